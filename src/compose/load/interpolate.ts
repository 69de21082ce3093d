import { ComposeError } from '../error.ts';
import { InvalidTemplate, type Lookup, substitute } from '../interpolation.ts';
import { lookup as find, next, show } from '../path.ts';
import { type Dict, isDict, type Value } from '../value.ts';

type Cast = (text: string, warn: (message: string) => void) => Value;

/** What values become when a variable, or a quoted text, stands where a number or a boolean is expected (compose-go, loader/interpolate.go). */
const CASTS: Readonly<Record<string, Cast>> = Object.fromEntries([
  ...[
    'cpu_count',
    'cpu_period',
    'cpu_quota',
    'cpu_rt_period',
    'cpu_rt_runtime',
    'cpu_shares',
    'oom_score_adj',
    'pids_limit',
  ].map((name) => [`services.*.${name}`, toInt64]),
  ...['cpu_percent', 'cpus', 'deploy.update_config.max_failure_ratio', 'deploy.rollback_config.max_failure_ratio'].map(
    (name) => [`services.*.${name}`, toFloat],
  ),
  ...[
    ...['deploy.replicas', 'deploy.update_config.parallelism', 'deploy.rollback_config.parallelism'],
    ...['deploy.restart_policy.max_attempts', 'deploy.placement.max_replicas_per_node', 'healthcheck.retries'],
    ...['ports.[].target', 'scale', 'ulimits.*', 'ulimits.*.hard', 'ulimits.*.soft'],
  ].map((name) => [`services.*.${name}`, toInt]),
  ...[
    ...['init', 'healthcheck.disable', 'oom_kill_disable', 'privileged', 'read_only', 'stdin_open', 'tty'],
    ...['volumes.[].read_only', 'volumes.[].volume.nocopy'],
  ].map((name) => [`services.*.${name}`, toBoolean]),
  ...[
    ...['networks.*.external', 'networks.*.internal', 'networks.*.attachable', 'networks.*.enable_ipv4'],
    ...['networks.*.enable_ipv6', 'volumes.*.external', 'secrets.*.external', 'configs.*.external'],
  ].map((name) => [name, toBoolean]),
]) as Readonly<Record<string, Cast>>;

function syntaxError(name: string, text: string): ComposeError {
  return new ComposeError(`strconv.${name}: parsing ${JSON.stringify(text)}: invalid syntax`);
}

/** A whole number as strconv.Atoi reads it. */
export function toInt(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw syntaxError('Atoi', text);
  return Number(text);
}

export function toInt64(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw syntaxError('ParseInt', text);
  return Number(text);
}

export function toFloat(text: string): number {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) throw syntaxError('ParseFloat', text);
  return Number(text);
}

/** A boolean as compose-go reads it: YAML 1.1's words are understood, with a warning. */
export function toBoolean(text: string, warn: (message: string) => void): boolean {
  const word = text.toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  const yes = ['y', 'yes', 'on'].includes(word);
  if (!yes && !['n', 'no', 'off'].includes(word)) throw new ComposeError(`invalid boolean: ${text}`);
  warn(`${JSON.stringify(text)} for boolean is not supported by YAML 1.2, please use \`${yes}\``);
  return yes;
}

/** The model with variables filled in. Throws {@link ComposeError}: `error while interpolating services.a.image: …`. */
export function interpolate(model: Dict, lookup: Lookup, warn: (message: string) => void): Dict {
  const unset = (name: string) =>
    warn(`The ${JSON.stringify(name)} variable is not set. Defaulting to a blank string.`);
  const walk = (value: Value, path: string): Value => {
    if (isDict(value))
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, next(path, key))]));
    if (Array.isArray(value)) return value.map((one) => walk(one, `${path}.[]`));
    if (typeof value !== 'string') return value;
    try {
      const text = substitute(value, lookup, unset);
      const cast = find(CASTS, path);
      if (!cast) return text;
      try {
        return cast(text, warn);
      } catch (error) {
        throw new ComposeError(`failed to cast to expected type: ${(error as Error).message}`);
      }
    } catch (error) {
      if (error instanceof InvalidTemplate)
        throw new ComposeError(
          `invalid interpolation format for ${show(path)}.\nYou may need to escape any $ with another $.\n${error.template}`,
        );
      throw new ComposeError(`error while interpolating ${show(path)}: ${(error as Error).message}`);
    }
  };
  return walk(model, '') as Dict;
}

import { EngineError } from '../errors.ts';
import type { ImageConfig } from '../images/image.ts';
import { DockerfileError } from './dockerfile-error.ts';
import { type Command, parseInstruction } from './instructions.ts';
import { parseDockerfile } from './parser.ts';
import { exposedPorts } from './ports.ts';

const ALLOWED = [
  ...['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'ENV', 'EXPOSE', 'LABEL', 'ONBUILD', 'STOPSIGNAL', 'USER', 'VOLUME'],
  'WORKDIR',
];

/**
 * A configuration after the instructions of `docker commit --change` and `docker import --change` (moby,
 * builder/dockerfile, BuildFromConfig). Throws 400 with the daemon's messages.
 */
export function applyChanges(config: ImageConfig, changes: readonly string[]): ImageConfig {
  if (changes.length === 0) return config;
  try {
    const { nodes } = parseDockerfile(changes.join('\n'));
    for (const { instruction } of nodes)
      if (!ALLOWED.includes(instruction.toUpperCase()))
        throw new EngineError(400, `${instruction} is not a valid change command`);
    return nodes.map((node) => parseInstruction(node) as Command).reduce(apply, config);
  } catch (error) {
    if (error instanceof DockerfileError) throw new EngineError(400, error.message);
    throw error;
  }
}

function apply(config: ImageConfig, command: Command): ImageConfig {
  switch (command.kind) {
    case 'env': {
      const variables = new Map((config.Env ?? []).map((entry) => [entry.split('=', 1)[0]!, entry]));
      for (const { key, value } of command.pairs) variables.set(key, `${key}=${expand(value, variables)}`);
      return { ...config, Env: [...variables.values()] };
    }
    case 'label':
      return {
        ...config,
        Labels: { ...config.Labels, ...Object.fromEntries(command.pairs.map(({ key, value }) => [key, value])) },
      };
    case 'cmd':
    case 'entrypoint': {
      const { args, shell } = command;
      const words = shell ? [...(config.Shell ?? ['/bin/sh', '-c']), args.join(' ')] : args;
      return command.kind === 'cmd' ? { ...config, Cmd: words } : { ...config, Entrypoint: words };
    }
    case 'expose':
      return {
        ...config,
        ExposedPorts: {
          ...config.ExposedPorts,
          ...Object.fromEntries(command.values.flatMap(daemonPorts).map((port) => [port, {}])),
        },
      };
    case 'volume':
      return {
        ...config,
        Volumes: { ...config.Volumes, ...Object.fromEntries(command.values.map((path) => [path, {}])) },
      };
    case 'user':
      return { ...config, User: command.value };
    case 'workdir':
      return {
        ...config,
        WorkingDir: command.value.startsWith('/') ? command.value : `${config.WorkingDir ?? ''}/${command.value}`,
      };
    case 'stopsignal':
      return { ...config, StopSignal: command.value };
    case 'healthcheck':
      return { ...config, Healthcheck: command.health };
    case 'onbuild':
      return { ...config, OnBuild: [...(config.OnBuild ?? []), command.expression] };
    default:
      return config;
  }
}

/** Variables that were set before, `$NAME` and `${NAME}`. */
function expand(value: string, variables: ReadonlyMap<string, string>): string {
  return value.replace(/\$(?:(\w+)|\{(\w+)\})/g, (_whole, plain?: string, braced?: string) => {
    const entry = variables.get(plain ?? braced ?? '');
    return entry === undefined ? '' : entry.slice(entry.indexOf('=') + 1);
  });
}

/** The daemon's own builder says the same as BuildKit, beginning with a capital. */
function daemonPorts(word: string): string[] {
  try {
    return exposedPorts(word);
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    throw new DockerfileError(error.message.replace(/^./, (first) => first.toUpperCase()));
  }
}

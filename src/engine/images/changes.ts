import { DockerfileError } from '../build/dockerfile-error.ts';
import { type Instruction, parseInstruction } from '../build/instructions.ts';
import { parseDockerfile } from '../build/parser.ts';
import { exposedPorts } from '../build/ports.ts';
import { processWords } from '../build/shell-words.ts';
import { EngineError } from '../errors.ts';
import { resolve } from '../files/path.ts';
import type { ImageConfig } from './image.ts';

/** Instructions that change nothing but the configuration (moby, builder/dockerfile, validCommitCommands). */
const ALLOWED = new Set([
  ...[
    'cmd',
    'entrypoint',
    'healthcheck',
    'env',
    'expose',
    'label',
    'onbuild',
    'stopsignal',
    'user',
    'volume',
    'workdir',
  ],
]);

/** A configuration with Dockerfile instructions applied to it, as `--change` of commit and import does. Throws 400. */
export function applyChanges(config: ImageConfig, changes: readonly string[]): ImageConfig {
  if (changes.length === 0) return config;
  try {
    const { nodes } = parseDockerfile(changes.join('\n'));
    for (const { instruction } of nodes)
      if (!ALLOWED.has(instruction.toLowerCase()))
        throw new EngineError(400, `${instruction} is not a valid change command`);
    const commands = nodes.map(parseInstruction);
    const changed = commands.reduce(applied, config);
    // A new entry point does not go with the old command.
    const entrypoint = commands.findIndex(({ kind }) => kind === 'entrypoint');
    const isNew = entrypoint >= 0 && !commands.some(({ kind }) => kind === 'cmd');
    return isNew ? { ...changed, Cmd: [] } : changed;
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    // The daemon has an older reader of ports than BuildKit, which begins its messages with capitals.
    throw new EngineError(400, error.message.replace(/^invalid (?=containerPort|hostPort|ranges)/, 'Invalid '));
  }
}

function variables({ Env = [] }: ImageConfig): ReadonlyMap<string, string> {
  return new Map(Env.map((entry) => entry.split(/=(.*)/s).slice(0, 2) as [string, string]));
}

function applied(config: ImageConfig, command: Instruction): ImageConfig {
  const word = (text: string) => processWords(text, variables(config)).result;
  switch (command.kind) {
    case 'env':
      return {
        ...config,
        Env: command.pairs.reduce((env, { key, value }) => setVariable(env, word(key), word(value)), config.Env ?? []),
      };
    case 'label':
      return {
        ...config,
        Labels: {
          ...config.Labels,
          ...Object.fromEntries(command.pairs.map(({ key, value }) => [word(key), word(value)])),
        },
      };
    case 'cmd':
    case 'entrypoint': {
      const line = command.shell ? [...(config.Shell ?? ['/bin/sh', '-c']), command.args.join(' ')] : command.args;
      return command.kind === 'cmd' ? { ...config, Cmd: line } : { ...config, Entrypoint: line };
    }
    case 'workdir':
      return { ...config, WorkingDir: resolve(config.WorkingDir || '/', word(command.value)) };
    case 'user':
      return { ...config, User: word(command.value) };
    case 'stopsignal':
      return { ...config, StopSignal: word(command.value) };
    case 'expose':
      return {
        ...config,
        ExposedPorts: { ...config.ExposedPorts, ...keys(command.values.map(word).flatMap(exposedPorts)) },
      };
    case 'volume':
      return { ...config, Volumes: { ...config.Volumes, ...keys(command.values.map(word)) } };
    case 'healthcheck':
      return { ...config, Healthcheck: command.health };
    case 'onbuild':
      return { ...config, OnBuild: [...(config.OnBuild ?? []), command.expression] };
    default:
      return config;
  }
}

function setVariable(env: readonly string[], key: string, value: string): string[] {
  const entry = `${key}=${value}`;
  const at = env.findIndex((old) => old.split('=', 1)[0] === key);
  return at < 0 ? [...env, entry] : env.with(at, entry);
}

const keys = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, {}]));

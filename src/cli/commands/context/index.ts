import { encode } from '../../../engine/bytes.ts';
import { resolve } from '../../../engine/files/path.ts';
import { CliError, type CommandContext, type CommandTable } from '../../command.ts';
import { formatRows, TABLE } from '../../format/formatter.ts';
import { inspect } from '../../format/inspect.ts';
import { Methods, type Value } from '../../format/value.ts';
import { cut } from '../../options/key-value.ts';
import { failureText, forEachArgument, printInspection } from '../failures.ts';
import { readHostFile } from '../image/archive.ts';
import { contextArchive, readContextArchive } from './archive.ts';
import {
  type ContextMetadata,
  currentContext,
  DEFAULT_CONTEXT,
  defaultContext,
  findContext,
  metadataFolder,
  readConfig,
  removeContext,
  requireContext,
  storedContexts,
  writeConfig,
  writeContext,
} from './store.ts';

const NAME = '^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$';
const DESCRIPTION = 'Current DOCKER_HOST based configuration';
const HEADERS = {
  Name: 'NAME',
  Description: 'DESCRIPTION',
  DockerEndpoint: 'DOCKER ENDPOINT',
  Error: 'ERROR',
};
const TABLE_FORMAT = 'table {{.Name}}{{if .Current}} *{{end}}\t{{.Description}}\t{{.DockerEndpoint}}\t{{.Error}}';
const HOST = /^(?:unix|tcp|ssh|npipe|fd|http|https):\/\/.*$/;

function checkName(name: string): void {
  if (name === '') throw new CliError('context name cannot be empty');
  if (name === DEFAULT_CONTEXT) throw new CliError('"default" is a reserved context name');
  if (!new RegExp(NAME).test(name))
    throw new CliError(`context name "${name}" is invalid, names are validated against regexp "${NAME}"`);
}

/** The endpoint that `--docker host=…,ca=…` describes. */
function dockerEndpoint(values: readonly string[]): ContextMetadata['Endpoints']['docker'] {
  let host = '';
  let skip = false;
  for (const one of values) {
    const [key, value = ''] = cut(one);
    if (key === 'host') host = value;
    else if (key === 'skip-tls-verify') skip = value === 'true' || value === '1';
    else if (!['ca', 'cert', 'key', 'from'].includes(key))
      throw new CliError(`unable to create docker endpoint config: unrecognized config key: ${key}`);
  }
  if (host !== '' && !HOST.test(host))
    throw new CliError(
      `unable to create docker endpoint config: unable to apply docker endpoint options: unable to parse docker host \`${host}\``,
    );
  return { ...(host === '' ? {} : { Host: host }), SkipTLSVerify: skip };
}

function create({ kernel, flags, args: [name = ''], out, err }: CommandContext): number {
  checkName(name);
  if (findContext(kernel, name)) throw new CliError(`context "${name}" already exists`);
  const from = flags.string('from');
  const description = flags.string('description');
  const source = from === '' && !flags.changed('docker') ? defaultSource(kernel) : undefined;
  const base = from === '' ? source : requireContext(kernel, from);
  const docker = flags.changed('docker') ? dockerEndpoint(flags.list('docker')) : base!.Endpoints.docker;
  const text = flags.changed('description') ? description : (base?.Metadata.Description ?? '');
  writeContext(kernel, { Name: name, Metadata: text === '' ? {} : { Description: text }, Endpoints: { docker } });
  out(`${name}\n`);
  err(`Successfully created context "${name}"\n`);
  return 0;
}

/** Without anything else to go by, a new context is like the one in use. */
function defaultSource(kernel: CommandContext['kernel']): ContextMetadata {
  const current = findContext(kernel, currentContext({ kernel })) ?? defaultContext(kernel);
  return current.Name === DEFAULT_CONTEXT ? { ...current, Metadata: { Description: DESCRIPTION } } : current;
}

function update({ kernel, flags, args: [name = ''], out, err }: CommandContext): number {
  checkName(name);
  const context = requireContext(kernel, name);
  const docker = flags.changed('docker') ? dockerEndpoint(flags.list('docker')) : context.Endpoints.docker;
  const description = flags.changed('description') ? flags.string('description') : context.Metadata.Description;
  writeContext(kernel, {
    ...context,
    Metadata: description ? { Description: description } : {},
    Endpoints: { docker },
  });
  out(`${name}\n`);
  err(`Successfully updated context "${name}"\n`);
  return 0;
}

function row({ Name, Metadata, Endpoints }: ContextMetadata, current: boolean): Methods {
  const description = Name === DEFAULT_CONTEXT ? DESCRIPTION : (Metadata.Description ?? '');
  return new Methods('*formatter.clientContextContext', {
    Current: () => current,
    Name: () => Name,
    Description: () => description,
    DockerEndpoint: () => Endpoints.docker.Host ?? '',
    Error: () => '',
  });
}

const OVERRIDES =
  'Warning: DOCKER_HOST environment variable overrides the active context. To use a context, either set the global --context flag, or unset DOCKER_HOST environment variable.\n';

function list(context: CommandContext): number {
  const { kernel, flags, out, err } = context;
  const current = currentContext(context);
  const contexts = [defaultContext(kernel), ...storedContexts(kernel)].sort((a, b) => (a.Name < b.Name ? -1 : 1));
  const format = flags.string('format');
  const quiet = flags.boolean('quiet');
  const whole = quiet ? '{{.Name}}' : format === '' || format === TABLE ? TABLE_FORMAT : format;
  out(
    formatRows(
      whole,
      HEADERS,
      contexts.map((one) => row(one, one.Name === current)),
    ),
  );
  if (kernel.environment['DOCKER_HOST']) err(OVERRIDES);
  return 0;
}

function use(context: CommandContext): number {
  const {
    kernel,
    args: [name = ''],
    out,
    err,
  } = context;
  if (name !== DEFAULT_CONTEXT) requireContext(kernel, name);
  const { currentContext: _, ...rest } = readConfig(kernel);
  const inUse = readConfig(kernel)['currentContext'] ?? DEFAULT_CONTEXT;
  if (inUse !== name) writeConfig(kernel, name === DEFAULT_CONTEXT ? rest : { ...rest, currentContext: name });
  out(`${name}\n`);
  err(`Current context is now "${name}"\n`);
  if (name !== DEFAULT_CONTEXT && kernel.environment['DOCKER_HOST'])
    err(
      `Warning: DOCKER_HOST environment variable overrides the active context. To use "${name}", either set the global --context flag, or unset DOCKER_HOST environment variable.\n`,
    );
  return 0;
}

function show(context: CommandContext): number {
  context.out(`${currentContext(context)}\n`);
  return 0;
}

function remove(context: CommandContext): Promise<number> {
  const { kernel, flags } = context;
  const force = flags.boolean('force');
  const configured = readConfig(kernel)['currentContext'];
  return forEachArgument(context, (name) => {
    if (name === DEFAULT_CONTEXT) throw new CliError('context "default" cannot be removed');
    if (!findContext(kernel, name)) {
      if (force) return `${name}\n`;
      throw new CliError(`context "${name}" does not exist`);
    }
    if (configured === name && !kernel.environment['DOCKER_HOST']) {
      if (!force) throw new CliError(`context "${name}" is in use, set -f flag to force remove`);
    }
    if (configured === name) {
      const { currentContext: _, ...rest } = readConfig(kernel);
      writeConfig(kernel, rest);
    }
    removeContext(kernel, name);
    return `${name}\n`;
  });
}

function inspectContexts(context: CommandContext): number {
  const { kernel, args, flags } = context;
  const find = (name: string) => {
    const found = requireContext(kernel, name);
    const stored = name !== DEFAULT_CONTEXT;
    const path = metadataFolder(kernel, name);
    const typed: Value = {
      Name: found.Name,
      Metadata: new Map(Object.entries(found.Metadata)),
      Endpoints: new Map([['docker', found.Endpoints.docker as Value]]),
      TLSMaterial: new Map(),
      Storage: {
        MetadataPath: stored ? path : '<IN MEMORY>',
        TLSPath: stored ? path.replace('/contexts/meta/', '/contexts/tls/') : '<IN MEMORY>',
      },
    };
    return { typed, raw: undefined };
  };
  const names = args.length > 0 ? args : [currentContext(context)];
  return printInspection(context, inspect(names, flags.string('format'), find, failureText));
}

function exportContext(context: CommandContext): number {
  const {
    kernel,
    args: [name = '', target],
    err,
  } = context;
  const archive = contextArchive(requireContext(kernel, name), context.engine.state.now);
  if (target === '-') {
    if (kernel.terminal.stdout) throw new CliError('cowardly refusing to export to a terminal, specify a file path');
    kernel.output(archive);
    return 0;
  }
  const file = target ?? `${name}.dockercontext`;
  kernel.files.write(resolve(kernel.cwd, encode(file)), archive, { mode: 0o600 });
  err(`Written file "${file}"\n`);
  return 0;
}

function importContext({ kernel, args: [name = '', source = ''], out, err }: CommandContext): number {
  checkName(name);
  if (findContext(kernel, name)) throw new CliError(`context "${name}" already exists`);
  const archive = source === '-' ? kernel.wholeInput() : readHostFile(kernel, source);
  const found = readContextArchive(archive);
  if (!found) throw new CliError('unexpected EOF');
  writeContext(kernel, { ...found, Name: name });
  out(`${name}\n`);
  err(`Successfully imported context "${name}"\n`);
  return 0;
}

/** `docker context …`. */
export const contextCommands: CommandTable = {
  'context create': create,
  'context export': exportContext,
  'context import': importContext,
  'context inspect': inspectContexts,
  'context ls': list,
  'context rm': remove,
  'context show': show,
  'context update': update,
  'context use': use,
};

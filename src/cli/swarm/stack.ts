import { ComposeError } from '../../compose/error.ts';
import { absolutePath } from '../../compose/load/loading.ts';
import { loadProject } from '../../compose/load/project.ts';
import type { Project } from '../../compose/project/project.ts';
import { serviceNames } from '../../compose/project/project.ts';
import { encodeYaml } from '../../compose/yaml/encode.ts';
import { encode } from '../../engine/bytes.ts';
import { EngineError } from '../../engine/errors.ts';
import { createNetwork, removeNetwork } from '../../engine/networks/manage.ts';
import { createFile, listFiles, removeFile } from '../../engine/swarm/files.ts';
import { createService, listServices, removeService, updateService } from '../../engine/swarm/services.ts';
import { swarmOf } from '../../engine/swarm/state.ts';
import { CliError, type CommandContext, type CommandTable } from '../command.ts';
import { textEnvironment } from '../commands/container/streams.ts';
import { failureText } from '../commands/failures.ts';
import { composeFiles } from '../compose/files.ts';
import { formatRows, TABLE } from '../format/formatter.ts';
import { Methods } from '../format/value.ts';
import { digestWarning, printServices } from './services.ts';
import { LATEST, stackConfig } from './stack-config.ts';
import { checkStackOptions } from './stack-options.ts';
import { NAMESPACE, stackService, stackServiceUpdate } from './stack-service.ts';
import { printTasks } from './tasks.ts';

/** The stack's file as a project. Throws what the loader says. */
function load({ kernel, flags, err }: CommandContext, name: string): Project {
  const paths = flags.list('compose-file');
  if (paths.length === 0) throw new CliError('Specify a Compose file (with --compose-file)');
  const files = composeFiles(kernel);
  for (const path of paths)
    if (path !== '-' && files.kind(absolutePath(kernel.cwd, path)) !== 'file')
      throw new CliError(`open ${path}: no such file or directory`);
  const obsolete = (message: string) => {
    if (!message.includes('obsolete')) err(`${message}\n`);
  };
  try {
    return loadProject({
      ...{
        files,
        cwd: kernel.cwd,
        // Stacks know no .env.
        variables: { ...textEnvironment(kernel), COMPOSE_DISABLE_ENV_FILE: '1' },
        name: name.toLowerCase().replace(/[^a-z0-9_-]/g, ''),
        configPaths: paths,
      },
      ...{ projectDirectory: '', envFiles: [], profiles: [], resolveEnvironment: true, warn: obsolete },
    }).project;
  } catch (error) {
    if (error instanceof ComposeError) throw new CliError(stackMessage(error.message));
    throw error;
  }
}

/** A refusal in the words of the stack's own loader, which is an older one than Compose's. */
function stackMessage(message: string): string {
  const unknown = /^validating [^:]+: (\S*) additional properties '([^']+)'.* not allowed$/s;
  const [, where, name] = unknown.exec(message) ?? [];
  if (name !== undefined) return `${where || '(root)'} Additional property ${name} is not allowed`;
  return message.replace(/^failed to parse [^:]+: /, '');
}

/** `docker stack config`. */
function config(context: CommandContext): number {
  const { kernel, flags, out } = context;
  const project = load(context, 'stack');
  const [path = ''] = flags.list('compose-file');
  const text = path === '-' ? '' : (composeFiles(kernel).read(absolutePath(kernel.cwd, path)) ?? '');
  const version = /^version:\s*["']?([\d.]+)/m.exec(text)?.[1] ?? '3';
  if (!/^3(\.(\d|1[0-3]))?$/.test(version)) throw new CliError(`unsupported Compose file version: ${version}`);
  out(encodeYaml(stackConfig(project, version === '3' ? LATEST : version)));
  return 0;
}

function deploy(context: CommandContext): number {
  const { engine, flags, args, out, err } = context;
  const [stack = ''] = args;
  if (!/^[a-zA-Z0-9]/.test(stack) || stack.includes('/'))
    throw new CliError(`invalid stack name: ${JSON.stringify(stack)}`);
  const project = load(context, stack);
  checkStackOptions(project, err);
  const resolution = flags.string('resolve-image');
  if (!['always', 'changed', 'never'].includes(resolution))
    throw new CliError(`Invalid option ${resolution} for flag --resolve-image`);
  swarmOf(engine);
  if (!flags.changed('detach'))
    err(
      'Since --detach=false was not specified, tasks will be created in the background.\nIn a future release, --detach=false will become the default.\n',
    );
  const names = serviceNames(project);
  networks(context, stack, project, names);
  for (const kind of ['secret', 'config'] as const) files(context, stack, project, kind);
  for (const name of names) {
    const full = `${stack}_${name}`;
    const spec = stackService(context, stack, project, name);
    const old = listServices(engine).find((service) => service.spec.Name === full);
    const warning = () => {
      const text = resolution === 'never' ? '' : digestWarning(context, spec.Container.Image);
      if (text !== '') err(`${text}\n`);
    };
    if (old) {
      out(`Updating service ${full} (id: ${old.id})\n`);
      updateService(engine, old.id, stackServiceUpdate(spec, old.spec));
      warning();
    } else {
      out(`Creating service ${full}\n`);
      attempt(`failed to create service ${full}`, () => createService(engine, spec));
    }
  }
  if (flags.boolean('prune'))
    for (const service of ofStack(context, stack))
      if (!names.includes(service.spec.Name.slice(stack.length + 1))) removeOne(context, 'service', service.spec.Name);
  return 0;
}

function attempt(what: string, action: () => unknown): void {
  try {
    action();
  } catch (error) {
    if (error instanceof EngineError) throw new CliError(`${what}: ${failureText(error)}`);
    throw error;
  }
}

function networks({ engine, out }: CommandContext, stack: string, project: Project, names: readonly string[]): void {
  const used = new Set(names.flatMap((name) => Object.keys(project.services[name]!.networks ?? { default: null })));
  for (const [key, network] of Object.entries(project.networks)) {
    const existing = [...engine.state.networks.values()].find(({ name }) => name === networkName(stack, key, project));
    if (!used.has(key) || existing) continue;
    const name = networkName(stack, key, project);
    if (network.external)
      throw new CliError(
        `network "${name}" is declared as external, but could not be found. You need to create a swarm-scoped network before the stack is deployed`,
      );
    out(`Creating network ${name}\n`);
    attempt(`failed to create network ${name}`, () => {
      if (!/^[a-zA-Z0-9]+(?:[a-zA-Z0-9-_]*[a-zA-Z0-9])?$/.test(name))
        throw new EngineError(
          400,
          'rpc error: code = InvalidArgument desc = name must be valid as a DNS name component',
        );
      createNetwork(engine, {
        name,
        driver: network.driver ?? 'overlay',
        scope: 'swarm',
        labels: { ...network.labels, [NAMESPACE]: stack },
        attachable: network.attachable ?? false,
        internal: network.internal ?? false,
      });
    });
  }
}

/** The name of a stack's network: its own if the file says one, else with the stack's before it. */
export function networkName(stack: string, key: string, project: Project): string {
  const network = project.networks[key];
  const automatic = `${project.name}_${key}`;
  return network?.external || (network && network.name !== automatic) ? network.name : `${stack}_${key}`;
}

function files(
  { engine, kernel, out }: CommandContext,
  stack: string,
  project: Project,
  kind: 'secret' | 'config',
): void {
  const objects = kind === 'secret' ? project.secrets : project.configs;
  for (const [key, object] of Object.entries(objects)) {
    const name = fileName(stack, key, project, kind);
    const existing = listFiles(engine, kind).find((file) => file.name === name);
    if (object.external) {
      if (!existing) throw new CliError(`${kind} not found: ${name}`);
      continue;
    }
    if (existing) continue;
    const text =
      object.content ??
      (object.file ? composeFiles(kernel).read(object.file) : project.environment.get(object.environment ?? '')) ??
      '';
    out(`Creating ${kind} ${name}\n`);
    createFile(engine, kind, name, encode(text), { [NAMESPACE]: stack });
  }
}

export function fileName(stack: string, key: string, project: Project, kind: 'secret' | 'config'): string {
  const object = (kind === 'secret' ? project.secrets : project.configs)[key];
  return object?.external || (object && object.name !== `${project.name}_${key}`) ? object.name : `${stack}_${key}`;
}

const ofStack = ({ engine }: CommandContext, stack: string) =>
  listServices(engine).filter(({ spec }) => spec.Labels[NAMESPACE] === stack);

function list(context: CommandContext): number {
  const { flags, out, engine } = context;
  const counts = new Map<string, number>();
  for (const { spec } of listServices(engine)) {
    const stack = spec.Labels[NAMESPACE];
    if (stack !== undefined) counts.set(stack, (counts.get(stack) ?? 0) + 1);
  }
  const given = flags.string('format');
  const format = given === '' || given === TABLE ? 'table {{.Name}}\t{{.Services}}' : given;
  const rows = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, count]) => new Methods('*formatter.stackContext', { Name: () => name, Services: () => String(count) }),
    );
  out(formatRows(format, { Name: 'NAME', Services: 'SERVICES' }, rows));
  return 0;
}

function services(context: CommandContext): number {
  const [stack = ''] = context.args;
  const found = ofStack(context, stack);
  if (found.length === 0) context.err(`Nothing found in stack: ${stack}\n`);
  else printServices(context, found);
  return 0;
}

function tasks(context: CommandContext): number {
  const [stack = ''] = context.args;
  const ids = ofStack(context, stack).map(({ id }) => id);
  if (ids.length === 0) throw new CliError(`nothing found in stack: ${stack}`);
  printTasks(
    context,
    Object.values(swarmOf(context.engine).tasks).filter(
      ({ service, desired }) => ids.includes(service) && desired !== 'remove',
    ),
  );
  return 0;
}

type Part = 'service' | 'secret' | 'config' | 'network';

function removeOne({ engine, out }: CommandContext, kind: Part, name: string): void {
  out(`Removing ${kind} ${name}\n`);
  if (kind === 'service') removeService(engine, name);
  else if (kind === 'network') removeNetwork(engine, name);
  else removeFile(engine, kind, name);
}

async function remove(context: CommandContext): Promise<number> {
  const { engine, args, err } = context;
  swarmOf(engine);
  for (const stack of args) {
    const own = (labels: Readonly<Record<string, string>>) => labels[NAMESPACE] === stack;
    const parts: [Part, string][] = [
      ...ofStack(context, stack).map(({ spec }): [Part, string] => ['service', spec.Name]),
      ...listFiles(engine, 'secret')
        .filter(({ labels }) => own(labels))
        .map(({ name }): [Part, string] => ['secret', name]),
      ...listFiles(engine, 'config')
        .filter(({ labels }) => own(labels))
        .map(({ name }): [Part, string] => ['config', name]),
      ...[...engine.state.networks.values()]
        .filter(({ labels }) => own(labels))
        .map(({ name }): [Part, string] => ['network', name]),
    ];
    if (parts.length === 0) err(`Nothing found in stack: ${stack}\n`);
    for (const [kind, name] of parts.filter(([kind]) => kind !== 'network')) removeOne(context, kind, name);
    const gone = () => [...engine.state.containers.values()].every(({ config }) => config.Labels[NAMESPACE] !== stack);
    for (const [kind, name] of parts.filter(([kind]) => kind === 'network')) {
      await engine.scheduler.until(gone);
      removeOne(context, kind, name);
    }
  }
  return 0;
}

/** `docker stack …`. */
export const stackCommands: CommandTable = {
  'stack config': config,
  'stack deploy': deploy,
  'stack ls': list,
  'stack ps': tasks,
  'stack rm': remove,
  'stack services': services,
};

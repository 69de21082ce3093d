import { EngineError } from '../../engine/errors.ts';
import { parseNormalized } from '../../engine/images/reference.ts';
import { connectRegistry } from '../../engine/registry/connect.ts';
import { desiredCount } from '../../engine/swarm/orchestrator.ts';
import {
  createService,
  findService,
  listServices,
  removeService,
  rollbackService,
  updateService,
} from '../../engine/swarm/services.ts';
import { type Service, swarmOf } from '../../engine/swarm/state.ts';
import { hasEnded, isWanted, tasksOf } from '../../engine/swarm/tasks.ts';
import { CliError, type CommandContext, type CommandTable } from '../command.ts';
import { failureText, forEachArgument, printInspection } from '../commands/failures.ts';
import { formatRows, TABLE } from '../format/formatter.ts';
import { inspect, inspected } from '../format/inspect.ts';
import { Methods } from '../format/value.ts';
import { parseFilters } from '../options/filter.ts';
import { changedSpec } from './change.ts';
import { prettyService, serviceAnswer } from './inspect.ts';
import { serviceLogs } from './logs.ts';
import { followProgress } from './progress.ts';
import { serviceSpec } from './specification.ts';
import { printTasks } from './tasks.ts';

const HEADERS = { ID: 'ID', Name: 'NAME', Mode: 'MODE', Replicas: 'REPLICAS', Image: 'IMAGE', Ports: 'PORTS' };
const TABLE_FORMAT = 'table {{.ID}}\t{{.Name}}\t{{.Mode}}\t{{.Replicas}}\t{{.Image}}\t{{.Ports}}';

/** The digest of an image is asked of its registry, so that all nodes run the same; the warning when that can't be done. */
export function digestWarning({ engine }: CommandContext, image: string): string {
  try {
    connectRegistry(engine, parseNormalized(image).domain);
    return '';
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
  return `image ${image} could not be accessed on a registry to record\nits digest. Each node will access ${image} independently,\npossibly leading to different nodes running different\nversions of the image.\n`;
}

async function create(context: CommandContext): Promise<number> {
  const { engine, flags, out, err } = context;
  const { id, spec } = createService(engine, serviceSpec(context));
  const warning = flags.boolean('no-resolve-image') ? '' : digestWarning(context, spec.Container.Image);
  if (warning !== '') err(`${warning}\n`);
  out(`${id}\n`);
  if (!flags.boolean('detach')) await followProgress(context, id, id);
  return 0;
}

export function replicas({ engine }: CommandContext, service: Service): string {
  const running = tasksOf(engine, service.id).filter((task) => task.status === 'running' && !hasEnded(task)).length;
  const most = service.spec.MaxReplicas > 0 ? ` (max ${service.spec.MaxReplicas} per node)` : '';
  return `${running}/${desiredCount(engine, service)}${most}`;
}

export function publishedPorts({ ports }: Service): string {
  return ports
    .filter(({ PublishMode }) => PublishMode === 'ingress')
    .map(({ PublishedPort, TargetPort, Protocol }) => `*:${PublishedPort}->${TargetPort}/${Protocol}`)
    .join(', ');
}

/** Prints services as `docker service ls` does. */
export function printServices(context: CommandContext, services: readonly Service[]): void {
  const { flags, out } = context;
  const given = flags.string('format');
  const table = given === '' || given === TABLE;
  const format = table ? (flags.boolean('quiet') ? '{{.ID}}' : TABLE_FORMAT) : given;
  const rows = services.map(
    (service) =>
      new Methods('*service.serviceContext', {
        ID: () => service.id.slice(0, 12),
        Name: () => service.spec.Name,
        Mode: () => service.spec.Mode,
        Replicas: () => replicas(context, service),
        Image: () => service.spec.Container.Image.replace(/@sha256:[0-9a-f]{64}$/, ''),
        Ports: () => publishedPorts(service),
      }),
  );
  out(formatRows(format, HEADERS, rows));
}

function list(context: CommandContext): number {
  const filters = parseFilters(context.flags.list('filter'));
  const labels = (service: Service) => service.spec.Labels;
  const shown = listServices(context.engine).filter(
    (service) =>
      (filters['name'] ?? ['']).some((prefix) => service.spec.Name.startsWith(prefix)) &&
      (filters['id'] ?? ['']).some((prefix) => service.id.startsWith(prefix)) &&
      (filters['mode'] ?? [service.spec.Mode]).includes(service.spec.Mode) &&
      (filters['label'] ?? []).every((label) =>
        label.includes('=')
          ? labels(service)[label.split('=')[0]!] === label.split(/=(.*)/s)[1]
          : label in labels(service),
      ),
  );
  printServices(context, shown);
  return 0;
}

function tasks(context: CommandContext): number {
  const { engine, args, err } = context;
  const services: string[] = [];
  const missing: string[] = [];
  for (const ref of args) {
    try {
      services.push(findService(engine, ref).id);
    } catch (error) {
      if (!(error instanceof EngineError) || error.status !== 404) throw error;
      missing.push(`no such service: ${ref}`);
    }
  }
  if (services.length > 0)
    printTasks(
      context,
      Object.values(swarmOf(engine).tasks).filter(
        ({ service, desired }) => services.includes(service) && desired !== 'remove',
      ),
    );
  for (const text of missing) err(`${text}\n`);
  return missing.length > 0 ? 1 : 0;
}

function inspectServices(context: CommandContext): number {
  const { engine, flags, args, out } = context;
  if (flags.boolean('pretty')) {
    if (flags.string('format') !== '') throw new CliError('--format is incompatible with human friendly format');
    for (const ref of args) out(prettyService(engine, findService(engine, ref)));
    return 0;
  }
  const find = (ref: string) => {
    try {
      return inspected(serviceAnswer(engine, findService(engine, ref)));
    } catch (error) {
      if (error instanceof EngineError && error.status === 404) throw new CliError(`Error: no such service: ${ref}`);
      throw error;
    }
  };
  return printInspection(context, inspect(args, flags.string('format'), find, failureText));
}

async function update(context: CommandContext): Promise<number> {
  const { engine, flags, args, out, err } = context;
  const [ref = ''] = args;
  const service = findService(engine, ref);
  const changed = flags.boolean('rollback')
    ? rollbackService(engine, ref)
    : updateService(engine, ref, changedSpec(context, service.spec));
  if (flags.changed('image') && !flags.boolean('no-resolve-image')) {
    const warning = digestWarning(context, changed.spec.Container.Image);
    if (warning !== '') err(`${warning}\n`);
  }
  out(`${ref}\n`);
  if (!flags.boolean('detach')) await followProgress(context, service.id, ref);
  return 0;
}

async function rollback(context: CommandContext): Promise<number> {
  const { engine, flags, args, out } = context;
  const [ref = ''] = args;
  const { id } = rollbackService(engine, ref);
  out(`${ref}\n`);
  if (!flags.boolean('detach')) await followProgress(context, id, ref);
  return 0;
}

async function scale(context: CommandContext): Promise<number> {
  const { engine, flags, args, out, err } = context;
  const failures: string[] = [];
  const scaled: [string, string][] = [];
  for (const word of args)
    if (!/^[^=]+=/.test(word))
      throw new CliError(
        `invalid scale specifier '${word}'.\nSee 'docker service scale --help'.\n\nUsage:  docker service scale SERVICE=REPLICAS [SERVICE=REPLICAS...]\n\nScale one or multiple replicated services`,
      );
  for (const word of args) {
    const [ref = '', count = ''] = word.split(/=(.*)/s);
    if (!/^\d+$/.test(count)) {
      failures.push(`${ref}: invalid replicas value ${count}: strconv.ParseUint: parsing "${count}": invalid syntax`);
      continue;
    }
    try {
      const service = findService(engine, ref);
      if (service.spec.Mode !== 'replicated')
        throw new CliError('scale can only be used with replicated or replicated-job mode');
      updateService(engine, ref, { ...service.spec, Replicas: Number(count) });
      out(`${ref} scaled to ${count}\n`);
      scaled.push([service.id, ref]);
    } catch (error) {
      failures.push(`${ref}: ${failureText(error)}`);
    }
  }
  if (!flags.boolean('detach')) for (const [id, ref] of scaled) await followProgress(context, id, ref);
  for (const text of failures) err(`${text}\n`);
  return failures.length > 0 ? 1 : 0;
}

function remove(context: CommandContext): Promise<number> {
  return forEachArgument(context, (ref) => {
    removeService(context.engine, ref);
    return `${ref}\n`;
  });
}

/** Tasks that a service counts on, for whoever waits for it. */
export const wantedTasks = ({ engine }: CommandContext, service: Service) =>
  tasksOf(engine, service.id).filter(isWanted);

/** `docker service …`. */
export const serviceCommands: CommandTable = {
  'service create': create,
  'service inspect': inspectServices,
  'service logs': serviceLogs,
  'service ls': list,
  'service ps': tasks,
  'service rm': remove,
  'service rollback': rollback,
  'service scale': scale,
  'service update': update,
};

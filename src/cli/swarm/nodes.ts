import { EngineError } from '../../engine/errors.ts';
import { findNode, inspectNode, removeNode, updateNode } from '../../engine/swarm/nodes.ts';
import { type Node, swarmOf } from '../../engine/swarm/state.ts';
import { CliError, type CommandContext, type CommandTable } from '../command.ts';
import { failureText, forEachArgument, printInspection } from '../commands/failures.ts';
import { formatRows, TABLE } from '../format/formatter.ts';
import { inspect, inspected } from '../format/inspect.ts';
import { Methods } from '../format/value.ts';
import { parseFilters } from '../options/filter.ts';
import { keyValueMap } from '../options/key-value.ts';
import { printTasks } from './tasks.ts';

const HEADERS = {
  ...{ ID: 'ID', Self: '', Hostname: 'HOSTNAME', Status: 'STATUS', Availability: 'AVAILABILITY' },
  ...{ ManagerStatus: 'MANAGER STATUS', EngineVersion: 'ENGINE VERSION', TLSStatus: 'TLS STATUS' },
};
const TABLE_FORMAT =
  'table {{.ID}} {{if .Self}}*{{else}} {{end}}\t{{.Hostname}}\t{{.Status}}\t{{.Availability}}\t{{.ManagerStatus}}\t{{.EngineVersion}}';

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function list({ engine, flags, out }: CommandContext): number {
  const { nodes, self } = swarmOf(engine);
  const filters = parseFilters(flags.list('filter'));
  const shown = Object.values(nodes).filter(
    ({ id, hostname, role }) =>
      (filters['id'] ?? ['']).some((prefix) => id.startsWith(prefix)) &&
      (filters['name'] ?? ['']).some((prefix) => hostname.startsWith(prefix)) &&
      (filters['role'] ?? [role]).includes(role),
  );
  const given = flags.string('format');
  const format = given === '' || given === TABLE ? (flags.boolean('quiet') ? '{{.ID}}' : TABLE_FORMAT) : given;
  out(
    formatRows(
      format,
      HEADERS,
      shown.map((node) => row(node, self)),
    ),
  );
  return 0;
}

function row(node: Node, self: string): Methods {
  return new Methods('*node.nodeContext', {
    ID: () => node.id,
    Self: () => node.id === self,
    Hostname: () => node.hostname,
    Status: () => capital(node.state),
    Availability: () => capital(node.availability),
    ManagerStatus: () => (node.role === 'manager' ? 'Leader' : ''),
    EngineVersion: () => '28.5.2+dfsg4',
    TLSStatus: () => 'Ready',
  });
}

/** `self` is this node where a command may ask for it. */
function reference(context: CommandContext, ref: string): string {
  return ref === 'self' ? swarmOf(context.engine).self : ref;
}

function inspectNodes(context: CommandContext): number {
  const { engine, flags, args, out } = context;
  if (flags.boolean('pretty')) {
    for (const ref of args) out(pretty(findNode(engine, reference(context, ref))));
    return 0;
  }
  const find = (ref: string) => inspected(inspectNode(engine, reference(context, ref)));
  return printInspection(context, inspect(args, flags.string('format'), find, failureText));
}

function pretty(node: Node): string {
  const labels = Object.keys(node.labels).sort();
  return [
    `ID:\t\t\t${node.id}`,
    ...(labels.length > 0 ? ['Labels:', ...labels.map((name) => ` - ${name}=${node.labels[name]}`)] : []),
    `Hostname:              \t${node.hostname}`,
    'Status:',
    ` State:\t\t\t${capital(node.state)}`,
    ` Availability:         \t${capital(node.availability)}`,
    ` Address:\t\t${node.address}`,
    ...(node.role === 'manager'
      ? ['Manager Status:', ` Address:\t\t${node.address}:2377`, ' Raft Status:\t\tReachable', ' Leader:\t\tYes']
      : []),
    '',
    '',
  ].join('\n');
}

function tasks(context: CommandContext): number {
  const { engine, args } = context;
  const wanted = (args.length > 0 ? args : ['self']).map((ref) => findNode(engine, reference(context, ref)).id);
  printTasks(
    context,
    Object.values(swarmOf(engine).tasks).filter(({ node }) => wanted.includes(node)),
  );
  return 0;
}

function update({ engine, flags, args, out }: CommandContext): number {
  const [ref = ''] = args;
  const availability = flags.string('availability');
  const role = flags.string('role');
  findNode(engine, ref);
  if (role !== '' && role !== 'worker' && role !== 'manager')
    throw new EngineError(400, `invalid Role: ${JSON.stringify(role)}`);
  if (availability !== '' && !['active', 'pause', 'drain'].includes(availability))
    throw new EngineError(400, `invalid Availability: ${JSON.stringify(availability)}`);
  const { labels } = findNode(engine, ref);
  for (const name of flags.list('label-rm'))
    if (!(name in labels)) throw new CliError(`key ${name} doesn't exist in node's labels`);
  updateNode(engine, ref, {
    ...(availability === '' ? {} : { availability: availability as Node['availability'] }),
    ...(role === '' ? {} : { role: role as Node['role'] }),
    addLabels: keyValueMap(flags.list('label-add')),
    removeLabels: flags.list('label-rm'),
  });
  out(`${ref}\n`);
  return 0;
}

const changeRole = (role: Node['role']) => (context: CommandContext) => {
  const { engine } = context;
  return forEachArgument(context, (ref) => {
    const node = findNode(engine, ref);
    if (node.role === role) return `Node ${ref} is already a ${role}.\n`;
    updateNode(engine, ref, { role });
    return role === 'manager'
      ? `Node ${ref} promoted to a manager in the swarm.\n`
      : `Manager ${ref} demoted in the swarm.\n`;
  });
};

function remove(context: CommandContext): Promise<number> {
  return forEachArgument(context, (ref) => {
    removeNode(context.engine, ref, context.flags.boolean('force'));
    return `${ref}\n`;
  });
}

/** `docker node …`. */
export const nodeCommands: CommandTable = {
  'node demote': changeRole('worker'),
  'node inspect': inspectNodes,
  'node ls': list,
  'node promote': changeRole('manager'),
  'node ps': tasks,
  'node rm': remove,
  'node update': update,
};

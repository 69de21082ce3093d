import { humanDuration } from '../../engine/duration.ts';
import type { Engine } from '../../engine/engine.ts';
import { taskName } from '../../engine/swarm/executor.ts';
import { swarmOf, type Task } from '../../engine/swarm/state.ts';
import type { CommandContext } from '../command.ts';
import { ellipsis } from '../format/ellipsis.ts';
import { formatRows, TABLE } from '../format/formatter.ts';
import { Methods } from '../format/value.ts';
import { parseFilters } from '../options/filter.ts';

const HEADERS = {
  ...{ ID: 'ID', Name: 'NAME', Image: 'IMAGE', Node: 'NODE', DesiredState: 'DESIRED STATE' },
  ...{ CurrentState: 'CURRENT STATE', Error: 'ERROR', Ports: 'PORTS' },
};
const TABLE_FORMAT =
  'table {{.ID}}\t{{.Name}}\t{{.Image}}\t{{.Node}}\t{{.DesiredState}}\t{{.CurrentState}}\t{{.Error}}\t{{.Ports}}';

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Prints tasks: of a slot the newest first, the older ones indented (docker/cli, command/task). */
export function printTasks(context: CommandContext, tasks: readonly Task[]): void {
  const { engine, flags, out } = context;
  const filters = parseFilters(flags.list('filter'));
  const shown = tasks.filter((task) => passes(engine, task, filters)).sort((a, b) => order(engine, a, b));
  const given = flags.string('format');
  const table = given === '' || given === TABLE;
  const format = table ? (flags.boolean('quiet') ? '{{.ID}}' : TABLE_FORMAT) : given;
  let before = '';
  const rows = shown.map((task) => {
    const name = flags.boolean('no-resolve') ? unresolved(task) : taskName(engine, task);
    const again = table && name === before;
    before = name;
    return row(context, task, again ? ` \\_ ${name}` : name);
  });
  out(formatRows(format, HEADERS, rows));
}

const unresolved = ({ service, slot, node }: Task) => `${service}.${slot === 0 ? node : slot}`;

function order(engine: Engine, a: Task, b: Task): number {
  const key = (task: Task) => `${swarmOf(engine).services[task.service]?.spec.Name ?? task.spec.Name}`;
  const [first, second] = [key(a), key(b)];
  if (first !== second) return first < second ? -1 : 1;
  return a.slot - b.slot || (a.node < b.node ? -1 : a.node > b.node ? 1 : 0) || b.created - a.created;
}

function passes(engine: Engine, task: Task, filters: Readonly<Record<string, readonly string[]>>): boolean {
  const tests: Readonly<Record<string, (value: string) => boolean>> = {
    id: (value) => task.id.startsWith(value),
    name: (value) => taskName(engine, task).startsWith(value) || task.spec.Name === value,
    node: (value) => task.node.startsWith(value) || swarmOf(engine).nodes[task.node]?.hostname === value,
    'desired-state': (value) => value === task.desired || (value === 'shutdown' && task.desired === 'remove'),
  };
  return Object.entries(filters).every(([name, values]) => !tests[name] || values.some(tests[name]));
}

function row({ engine, flags }: CommandContext, task: Task, name: string): Methods {
  const trunc = !flags.boolean('no-trunc');
  const error = task.error === '' ? '' : `"${trunc ? ellipsis(task.error, 30) : task.error}"`;
  const node = flags.boolean('no-resolve') ? task.node : (swarmOf(engine).nodes[task.node]?.hostname ?? task.node);
  const ports = task.spec.Ports.filter(({ PublishMode }) => PublishMode === 'host' && task.status === 'running');
  return new Methods('*task.taskContext', {
    ID: () => (trunc ? task.id.slice(0, 12) : task.id),
    Name: () => name,
    Image: () => task.spec.Container.Image.replace(/@sha256:[0-9a-f]{64}$/, trunc ? '' : '$&'),
    Node: () => node,
    DesiredState: () => capital(task.desired),
    CurrentState: () =>
      `${capital(task.status)} ${humanDuration((engine.state.now - task.changed) / 1000).toLowerCase()} ago`,
    Error: () => error,
    Ports: () =>
      ports.map(({ PublishedPort, TargetPort, Protocol }) => `*:${PublishedPort}->${TargetPort}/${Protocol}`).join(','),
  });
}

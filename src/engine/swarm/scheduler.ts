import type { Engine } from '../engine.ts';
import { HOST_CPUS, HOST_MEMORY } from '../process/proc.ts';
import type { ServiceSpec } from './spec.ts';
import { type Node, swarmOf } from './state.ts';

/**
 * The node on which a new task shall run: one that is ready and meets all constraints and reservations, the one with the
 * fewest tasks of the service (spread). `only` restricts the choice to one node.
 */
export function suitableNode(engine: Engine, spec: ServiceSpec, only?: string): string | undefined {
  const { nodes, tasks } = swarmOf(engine);
  const busy = (node: string) =>
    Object.values(tasks).filter(
      (task) => task.node === node && task.desired === 'running' && task.spec.Name === spec.Name,
    ).length;
  return Object.values(nodes)
    .filter((node) => (only === undefined || node.id === only) && fits(engine, node, spec))
    .filter((node) => spec.MaxReplicas === 0 || busy(node.id) < spec.MaxReplicas)
    .sort((a, b) => busy(a.id) - busy(b.id))[0]?.id;
}

function fits(engine: Engine, node: Node, spec: ServiceSpec): boolean {
  if (node.availability !== 'active' || node.state !== 'ready') return false;
  if (!spec.Constraints.every((constraint) => satisfied(node, constraint))) return false;
  const { NanoCPUs = 0, MemoryBytes = 0 } = spec.Reservations ?? {};
  const reserved = Object.values(swarmOf(engine).tasks).filter(
    (task) => task.node === node.id && task.desired === 'running',
  );
  const sum = (pick: (spec: ServiceSpec) => number) => reserved.reduce((total, task) => total + pick(task.spec), 0);
  const cpus = sum(({ Reservations }) => Reservations?.NanoCPUs ?? 0);
  const memory = sum(({ Reservations }) => Reservations?.MemoryBytes ?? 0);
  return cpus + NanoCPUs <= HOST_CPUS * 1e9 && memory + MemoryBytes <= HOST_MEMORY;
}

/** `node.role==manager`, `node.labels.zone!=a` (docker service create, "--constraint"). */
function satisfied(node: Node, constraint: string): boolean {
  const match = /^\s*([\w.-]+)\s*(==|!=)\s*(.*?)\s*$/.exec(constraint);
  if (!match) return false;
  const [, key = '', operator, wanted = ''] = match;
  const value = attribute(node, key);
  return (value?.toLowerCase() === wanted.toLowerCase()) === (operator === '==');
}

function attribute(node: Node, key: string): string | undefined {
  if (key.startsWith('node.labels.')) return node.labels[key.slice('node.labels.'.length)] ?? '';
  const known: Readonly<Record<string, string>> = {
    ...{ 'node.id': node.id, 'node.hostname': node.hostname, 'node.role': node.role, 'node.ip': node.address },
    ...{ 'node.platform.os': 'linux', 'node.platform.arch': 'x86_64' },
  };
  return known[key] ?? (key.startsWith('engine.labels.') ? '' : undefined);
}

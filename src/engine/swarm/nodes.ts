import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { HOST_CPUS, HOST_MEMORY } from '../process/proc.ts';
import { formatTime } from '../time.ts';
import { changeSwarm, type Node, swarmOf } from './state.ts';
import { scheduleReconcile } from './tasks.ts';

/** A node by id, unique prefix of one, or host name; `self` is up to the client. Throws 404 `node X not found`. */
export function findNode(engine: Engine, ref: string): Node {
  const { nodes } = swarmOf(engine);
  const all = Object.values(nodes);
  const found =
    nodes[ref] ??
    all.find(({ hostname }) => hostname === ref) ??
    all.find(({ id }) => ref !== '' && id.startsWith(ref));
  if (!found) throw new EngineError(404, `node ${ref} not found`);
  return found;
}

export interface NodeChange {
  readonly availability?: Node['availability'];
  readonly role?: Node['role'];
  readonly addLabels?: Readonly<Record<string, string>>;
  readonly removeLabels?: readonly string[];
}

/** Changes role, availability or labels of a node. Throws 400 when the last manager would be lost. */
export function updateNode(engine: Engine, ref: string, change: NodeChange): void {
  const node = findNode(engine, ref);
  const { nodes } = swarmOf(engine);
  if (
    change.role === 'worker' &&
    node.role === 'manager' &&
    Object.values(nodes).filter(({ role }) => role === 'manager').length === 1
  )
    throw new EngineError(
      400,
      'rpc error: code = FailedPrecondition desc = attempting to demote the last manager of the swarm',
    );
  const labels = { ...node.labels, ...change.addLabels };
  for (const name of change.removeLabels ?? []) {
    if (!(name in labels)) throw new EngineError(400, `key ${name} doesn't exist in node's labels`);
    delete labels[name];
  }
  const changed = {
    ...node,
    labels,
    role: change.role ?? node.role,
    availability: change.availability ?? node.availability,
    updated: engine.state.now,
    index: swarmOf(engine).index + 1,
  };
  changeSwarm(engine, { nodes: { ...nodes, [node.id]: changed } });
  engine.event('node', 'update', node.id, { name: node.hostname }, 'swarm');
  scheduleReconcile(engine);
}

/** Throws 400: a node that takes part can't be removed. */
export function removeNode(engine: Engine, ref: string, force: boolean): void {
  const { id, role, state } = findNode(engine, ref);
  if (role === 'manager')
    throw new EngineError(
      400,
      `rpc error: code = FailedPrecondition desc = node ${id} is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal`,
    );
  if (state !== 'down' && !force)
    throw new EngineError(
      400,
      `rpc error: code = FailedPrecondition desc = node ${id} is not down and can't be removed`,
    );
  const { [id]: _gone, ...nodes } = swarmOf(engine).nodes;
  changeSwarm(engine, { nodes });
}

/** What `GET /nodes/ID` answers. */
export function inspectNode(engine: Engine, ref: string): JsonObject {
  const node = findNode(engine, ref);
  const { tokens: _tokens } = swarmOf(engine);
  return {
    ...{
      ID: node.id,
      Version: { Index: node.index },
      CreatedAt: formatTime(node.created),
      UpdatedAt: formatTime(node.updated),
    },
    Spec: { Labels: new Map(Object.entries(node.labels)), Role: node.role, Availability: node.availability },
    Description: {
      ...{
        Hostname: node.hostname,
        Platform: { Architecture: 'x86_64', OS: 'linux' },
        Resources: { NanoCPUs: HOST_CPUS * 1e9, MemoryBytes: HOST_MEMORY },
      },
      Engine: { EngineVersion: '28.5.2+dfsg4', Plugins: [] },
    },
    Status: { State: node.state, Addr: node.address },
    ...(node.role === 'manager'
      ? { ManagerStatus: { Leader: true, Reachability: 'reachable', Addr: `${node.address}:2377` } }
      : {}),
  };
}

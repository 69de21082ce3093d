import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import type { Inspected } from '../format/inspect.ts';

/** Types of objects that only a swarm has, in the order in which `docker inspect` looks for them. */
export const SWARM_TYPES = ['service', 'task', 'node', 'secret', 'config'] as const;

/** Finds an object of the swarm. Throws 404 or 503, as long as nobody has said how: see {@link setSwarmInspector}. */
export function inspectedSwarmObject(engine: Engine, type: (typeof SWARM_TYPES)[number], ref: string): Inspected {
  if (!inspector)
    throw new EngineError(
      503,
      'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    );
  return inspector(engine, type, ref);
}

type Inspector = (engine: Engine, type: (typeof SWARM_TYPES)[number], ref: string) => Inspected;
let inspector: Inspector | undefined;

/** Tells `docker inspect` how to find services, tasks, nodes, secrets and configs; the swarm's commands do. */
export function setSwarmInspector(inspect: Inspector): void {
  inspector = inspect;
}

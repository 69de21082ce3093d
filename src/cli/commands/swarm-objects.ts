import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { swarmOrNothing } from '../../engine/swarm/state.ts';
import type { Inspected } from '../format/inspect.ts';

/** Types of objects that only a swarm has, in the order in which `docker inspect` looks for them. */
export const SWARM_TYPES = ['service', 'task', 'node', 'secret', 'config'] as const;
export type SwarmType = (typeof SWARM_TYPES)[number];

type Inspector = (engine: Engine, type: SwarmType, ref: string) => Inspected;
let inspector: Inspector | undefined;

/** Loads what finds a swarm's objects, when this engine is in one: others need not carry it. */
export async function prepareSwarmObjects({ state }: Engine): Promise<void> {
  if (swarmOrNothing({ state })) inspector ??= (await import('../swarm/objects.ts')).inspectSwarmObject;
}

/** Finds an object of the swarm. Throws 404 when there is none, 503 outside of a swarm. */
export function inspectedSwarmObject(engine: Engine, type: SwarmType, ref: string): Inspected {
  if (!inspector || !swarmOrNothing(engine))
    throw new EngineError(
      503,
      'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    );
  return inspector(engine, type, ref);
}

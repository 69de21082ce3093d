import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';

/** Starts a container that is created or exited; does nothing when it runs. Throws what runc and libnetwork say. */
export async function startContainer(_engine: Engine, _ref: string): Promise<void> {
  throw new EngineError(501, 'not modelled yet');
}

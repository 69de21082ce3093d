import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';

/** Freezes all processes of a container. */
export function pauseContainer(_engine: Engine, _ref: string): void {
  throw new EngineError(501, 'not modelled yet');
}

/** Lets them go on. */
export function unpauseContainer(_engine: Engine, _ref: string): void {
  throw new EngineError(501, 'not modelled yet');
}

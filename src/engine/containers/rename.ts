import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';

/** Gives a container another name. */
export function renameContainer(_engine: Engine, _ref: string, _name: string): void {
  throw new EngineError(501, 'not modelled yet');
}

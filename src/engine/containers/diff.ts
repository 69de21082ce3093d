import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { PathChange } from '../files/layer.ts';

/** What a container changed in its image's files. */
export function containerChanges(_engine: Engine, _ref: string): readonly PathChange[] {
  throw new EngineError(501, 'not modelled yet');
}

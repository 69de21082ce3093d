import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';

/** A free name of an adjective and a person, as `docker run` invents (moby, pkg/namesgenerator). */
export function inventName(_engine: Engine): string {
  throw new EngineError(501, 'not modelled yet');
}

import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { JsonObject } from '../json.ts';

/** What `GET /containers/ID/json` answers. */
export function inspectContainer(_engine: Engine, _ref: string, _size = false): JsonObject {
  throw new EngineError(501, 'not modelled yet');
}

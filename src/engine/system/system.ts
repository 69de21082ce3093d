import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { JsonObject } from '../json.ts';

/** What `GET /info` answers. */
export function systemInfo(_engine: Engine): JsonObject {
  throw new EngineError(501, 'not modelled yet');
}

/** What `GET /version` answers. */
export function serverVersion(_engine: Engine): JsonObject {
  throw new EngineError(501, 'not modelled yet');
}

/** Counts and bytes for `docker system df`: each `{ total, active, size, reclaimable }`. */
export function diskUsage(_engine: Engine): {
  readonly images: JsonObject;
  readonly containers: JsonObject;
  readonly volumes: JsonObject;
  readonly buildCache: JsonObject;
} {
  throw new EngineError(501, 'not modelled yet');
}

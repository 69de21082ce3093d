import type { Filters } from '../containers/list.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { HistoryEntry, Image } from './image.ts';

/** Images, the newest first. */
export function listImages(
  _engine: Engine,
  _options: { readonly all?: boolean; readonly filters?: Filters; readonly reference?: string } = {},
): readonly Image[] {
  throw new EngineError(501, 'not modelled yet');
}

/** What `GET /images/NAME/json` answers. */
export function inspectImage(_engine: Engine, _ref: string): JsonObject {
  throw new EngineError(501, 'not modelled yet');
}

/** History, the newest first; `id` is `<missing>` below the top. */
export function imageHistory(
  _engine: Engine,
  _ref: string,
): readonly (HistoryEntry & { readonly id: string; readonly size: number; readonly tags: readonly string[] })[] {
  throw new EngineError(501, 'not modelled yet');
}

/** Untags and, with the last tag, deletes. Throws 409 with the daemon's conflicts. */
export function removeImage(
  _engine: Engine,
  _ref: string,
  _options: { readonly force?: boolean; readonly prune?: boolean } = {},
): readonly ({ readonly untagged: string } | { readonly deleted: string })[] {
  throw new EngineError(501, 'not modelled yet');
}

/** Removes dangling images, or (`dangling=false`) all unused ones. */
export function pruneImages(
  _engine: Engine,
  _filters: Filters = {},
): {
  readonly deleted: readonly ({ readonly untagged: string } | { readonly deleted: string })[];
  readonly reclaimed: number;
} {
  throw new EngineError(501, 'not modelled yet');
}

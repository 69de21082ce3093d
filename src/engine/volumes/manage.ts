import type { Filters } from '../containers/list.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Volume } from './volume.ts';

export interface VolumeRequest {
  /** Empty: an anonymous volume with a name of 64 digits. */
  readonly name: string;
  readonly driver?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Creates a volume or returns the one of that name. Throws 400 for a bad name, 409 for another driver, 404 for an unknown one. */
export function createVolume(_engine: Engine, _request: VolumeRequest): Volume {
  throw new EngineError(501, 'not modelled yet');
}

/** Throws 404 `get NAME: no such volume`. */
export function findVolume(_engine: Engine, _name: string): Volume {
  throw new EngineError(501, 'not modelled yet');
}

/** What `GET /volumes/NAME` answers. */
export function inspectVolume(_engine: Engine, _name: string): JsonObject {
  throw new EngineError(501, 'not modelled yet');
}

/** Volumes by name. */
export function listVolumes(_engine: Engine, _filters: Filters = {}): readonly Volume[] {
  throw new EngineError(501, 'not modelled yet');
}

/** Throws 409 `remove NAME: volume is in use - [ID]`. */
export function removeVolume(_engine: Engine, _name: string, _force = false): void {
  throw new EngineError(501, 'not modelled yet');
}

/** Removes unused anonymous volumes, with the filter `all` named ones, too. */
export function pruneVolumes(
  _engine: Engine,
  _filters: Filters = {},
): { readonly deleted: readonly string[]; readonly reclaimed: number } {
  throw new EngineError(501, 'not modelled yet');
}

/** Ids of the containers that have it mounted, running or not. */
export function volumeUsers(_engine: Engine, _name: string): readonly string[] {
  throw new EngineError(501, 'not modelled yet');
}

/** Bytes of its files. */
export function volumeSize(_engine: Engine, _name: string): number {
  throw new EngineError(501, 'not modelled yet');
}

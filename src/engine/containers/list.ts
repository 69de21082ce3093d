import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { Container } from './container.ts';

/** Filters of the Engine API: values by name; several of one name are alternatives. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** Containers, the newest first. Throws 400 `invalid filter 'NAME'`. */
export function listContainers(
  _engine: Engine,
  _options: { readonly all?: boolean; readonly limit?: number; readonly filters?: Filters } = {},
): readonly Container[] {
  throw new EngineError(501, 'not modelled yet');
}

/** Removes all containers that do not run. */
export function pruneContainers(
  _engine: Engine,
  _filters: Filters = {},
): { readonly deleted: readonly string[]; readonly reclaimed: number } {
  throw new EngineError(501, 'not modelled yet');
}

/** Bytes of the writable layer, and of it with the image. */
export function containerSizes(_engine: Engine, _id: string): { readonly rw: number; readonly rootFs: number } {
  throw new EngineError(501, 'not modelled yet');
}

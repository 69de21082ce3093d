import type { Engine } from '../engine.ts';
import { layerSize } from '../files/layer.ts';
import { imageSize } from '../images/find.ts';
import { baseImage } from '../images/layers.ts';
import type { Container } from './container.ts';
import { writableLayer } from './diff.ts';
import { matchesContainer } from './filters.ts';
import { findContainer } from './find.ts';
import { dropContainer } from './remove.ts';

/** Filters of the Engine API: values by name; several of one name are alternatives. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** Containers, the newest first. Throws 400 `invalid filter 'NAME'`. */
export function listContainers(
  engine: Engine,
  options: { readonly all?: boolean; readonly limit?: number; readonly filters?: Filters } = {},
): readonly Container[] {
  const { all = false, limit = 0, filters = {} } = options;
  const matches = matchesContainer(engine, filters);
  const everyone = all || limit > 0 || 'status' in filters || 'exited' in filters;
  const found = [...engine.state.containers.values()]
    .reverse()
    .filter((container) => (everyone || isUp(container)) && matches(container));
  return limit > 0 ? found.slice(0, limit) : found;
}

const isUp = ({ state: { status } }: Container) =>
  status === 'running' || status === 'paused' || status === 'restarting';

const PRUNE_FILTERS = new Set(['label', 'label!', 'until']);

/** Removes all containers that do not run. Throws 400 `invalid filter 'NAME'`. */
export function pruneContainers(
  engine: Engine,
  filters: Filters = {},
): { readonly deleted: readonly string[]; readonly reclaimed: number } {
  const matches = matchesContainer(engine, filters, PRUNE_FILTERS);
  const idle = [...engine.state.containers.values()].filter((container) => !isUp(container) && matches(container));
  let reclaimed = 0;
  for (const container of idle) {
    reclaimed += containerSizes(engine, container.id).rw;
    dropContainer(engine, container, false);
  }
  engine.event('container', 'prune', '', { reclaimed: String(reclaimed) });
  return { deleted: idle.map(({ id }) => id), reclaimed };
}

/** Bytes of the writable layer, and of it with the image. */
export function containerSizes(engine: Engine, ref: string): { readonly rw: number; readonly rootFs: number } {
  const container = findContainer(engine, ref);
  const rw = layerSize(writableLayer(engine, container));
  const image = baseImage(engine.state, container.image);
  return { rw, rootFs: rw + (image ? imageSize(engine, image) : 0) };
}

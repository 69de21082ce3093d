import type { EngineState } from '../state.ts';
import type { Image } from './image.ts';

const REMOVED = 'removedImages';

/** Images that were deleted by force while containers still stand on their layers. */
function removedImages({ extensions }: EngineState): Readonly<Record<string, Image>> {
  return (extensions[REMOVED] as Readonly<Record<string, Image>> | undefined) ?? {};
}

/** The image that a container was made from, even if it has been deleted meanwhile. */
export function baseImage(state: EngineState, id: string): Image | undefined {
  return state.images.get(id) ?? removedImages(state)[id];
}

/** Deletes an image and returns the chain ids of the layers that nothing needs any more, the uppermost first. */
export function deleteImage(state: EngineState, image: Image): string[] {
  state.images.delete(image.id);
  if (isUsed(state, image.id))
    state.extensions = { ...state.extensions, [REMOVED]: { ...removedImages(state), [image.id]: image } };
  sweep(state);
  return release(state, image.layers.at(-1) ?? '');
}

function isUsed({ containers }: EngineState, image: string): boolean {
  return [...containers.values()].some((container) => container.image === image);
}

/** Forgets deleted images, and their layers, whose last container is gone. */
function sweep(state: EngineState): void {
  for (const [id, image] of Object.entries(removedImages(state))) {
    if (isUsed(state, id)) continue;
    const { [id]: _gone, ...kept } = removedImages(state);
    state.extensions = { ...state.extensions, [REMOVED]: kept };
    release(state, image.layers.at(-1) ?? '');
  }
}

/** Removes layers from the top down while nothing stands on them: no image, container, other layer or build cache. */
function release(state: EngineState, top: string): string[] {
  const needed = new Set<string>();
  for (const { layers } of state.images.values()) if (layers.length > 0) needed.add(layers.at(-1)!);
  for (const { layers } of Object.values(removedImages(state))) if (layers.length > 0) needed.add(layers.at(-1)!);
  for (const { parent } of state.layers.values()) needed.add(parent);
  const cached = new Set([...state.buildCache.values()].map(({ tree }) => tree));
  const removed: string[] = [];
  for (let chain = top; chain !== ''; ) {
    const layer = state.layers.get(chain);
    if (!layer || needed.has(chain) || cached.has(layer.tree)) break;
    state.layers.delete(chain);
    state.trees.delete(layer.tree);
    removed.push(chain);
    chain = layer.parent;
    if ([...state.layers.values()].every(({ parent }) => parent !== chain) && !standsOn(state, chain))
      needed.delete(chain);
  }
  return removed;
}

function standsOn(state: EngineState, chain: string): boolean {
  const images = [...state.images.values(), ...Object.values(removedImages(state))];
  return images.some(({ layers }) => layers.at(-1) === chain);
}

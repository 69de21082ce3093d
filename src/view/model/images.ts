import type { Image } from '../../engine/images/image.ts';
import { familiarName, parseReference, truncateId } from '../../engine/images/reference.ts';
import type { EngineState } from '../../engine/state.ts';
import { type Action, action, destroying } from './action.ts';

/** A layer in an image's stack. */
export interface LayerView {
  /** Where it lies in the store: the same for images that share it. */
  readonly chain: string;
  /** Begin of its diff id, as `docker image inspect` shows it. */
  readonly id: string;
  readonly size: number;
  /** The instruction that made it. */
  readonly createdBy: string;
  /** Other images that stand on it, too. */
  readonly sharedWith: readonly string[];
}

export interface ImageView {
  readonly id: string;
  /** Tag that it is called by, or the first digits of its id. */
  readonly name: string;
  /** All its tags; none for a dangling image. */
  readonly tags: readonly string[];
  /** Bytes of all its layers, and of those that others have, too. */
  readonly size: number;
  readonly shared: number;
  /** The lowest first. */
  readonly layers: readonly LayerView[];
  /** Containers made from it. */
  readonly containers: readonly string[];
  readonly actions: readonly Action[];
}

/** All images, the newest first, dangling ones among them. */
export function imagesView(state: EngineState): ImageView[] {
  const names = imageNames(state);
  const standing = new Map<string, string[]>();
  const parents = new Set<string>();
  for (const { id, layers, parent } of state.images.values()) {
    parents.add(parent);
    for (const chain of layers) standing.set(chain, [...(standing.get(chain) ?? []), id]);
  }
  return [...state.images.values()]
    .filter(({ id }) => names.has(id) || !parents.has(id))
    .reverse()
    .sort((a, b) => b.created - a.created)
    .map((image) => imageView(state, image, names, standing));
}

/** Bytes that all images take together, each layer once; and what it would be if nothing were shared. */
export function storeSize(images: readonly ImageView[]): { readonly stored: number; readonly apart: number } {
  const layers = new Map(images.flatMap((image) => image.layers.map(({ chain, size }) => [chain, size] as const)));
  return {
    stored: [...layers.values()].reduce((sum, size) => sum + size, 0),
    apart: images.reduce((sum, { size }) => sum + size, 0),
  };
}

/** Tags by id of the image, as Docker shows them, `latest` behind those that say more. */
function imageNames({ references }: EngineState): Map<string, string[]> {
  const names = new Map<string, string[]>();
  const isLatest = (text: string) => Number(text.endsWith(':latest'));
  const sorted = [...references.entries()].sort(([a], [b]) => isLatest(a) - isLatest(b) || (a < b ? -1 : 1));
  for (const [text, id] of sorted) {
    const reference = parseReference(text);
    if (reference.tag === undefined) continue;
    names.set(id, [...(names.get(id) ?? []), `${familiarName(reference)}:${reference.tag}`]);
  }
  return names;
}

function imageView(
  state: EngineState,
  image: Image,
  names: ReadonlyMap<string, readonly string[]>,
  standing: ReadonlyMap<string, readonly string[]>,
): ImageView {
  const tags = names.get(image.id) ?? [];
  const nameOf = (id: string) => names.get(id)?.[0] ?? truncateId(id);
  const instructions = image.history.filter(({ emptyLayer }) => !emptyLayer);
  const layers = image.layers.map((chain, index): LayerView => {
    const layer = state.layers.get(chain);
    const others = (standing.get(chain) ?? []).filter((id) => id !== image.id);
    return {
      ...{ chain, id: truncateId(layer?.diffId ?? '').slice(0, 6), size: layer?.size ?? 0 },
      ...{ createdBy: instruction(instructions[index]?.createdBy ?? ''), sharedWith: others.map(nameOf) },
    };
  });
  const sum = (list: readonly LayerView[]) => list.reduce((total, { size }) => total + size, 0);
  const containers = [...state.containers.values()].filter((one) => one.image === image.id).map(({ name }) => name);
  return {
    ...{ id: image.id, name: nameOf(image.id), tags, size: sum(layers), layers, containers },
    shared: sum(layers.filter(({ sharedWith }) => sharedWith.length > 0)),
    actions: actionsOf(nameOf(image.id), tags, containers.length > 0),
  };
}

/** How a layer came about, without what the builders put around it. */
function instruction(createdBy: string): string {
  return createdBy
    .replace(/^\/bin\/sh -c #\(nop\)\s+/, '')
    .replace(/^(?:RUN )?(?:\|\d+ .*?)?\/bin\/sh -c /, 'RUN ')
    .replace(/ # buildkit$/, '');
}

function actionsOf(name: string, tags: readonly string[], used: boolean): Action[] {
  return [
    ...[action('run', 'docker', 'run', '-d', name), action('history', 'docker', 'history', name)],
    action('inspect', 'docker', 'image', 'inspect', name),
    ...(tags.length > 0 ? tags : [name]).map((tag) => destroying('docker', 'rmi', ...(used ? ['-f'] : []), tag)),
  ];
}

import { digest } from '../digest.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { changesetEntries } from '../files/changeset-tar.ts';
import { changes, layerSize } from '../files/layer.ts';
import { type Directory, directory } from '../files/node.ts';
import { writeTar } from '../files/tar.ts';
import type { EngineState } from '../state.ts';
import { configJson } from './config.ts';
import type { HistoryEntry, Image, ImageConfig } from './image.ts';
import { familiarName, InvalidReference, parseNormalized, type Reference, referenceText } from './reference.ts';

/** A layer to be put into the store: the whole tree after it, and the bytes it adds (computed when left out). */
export interface NewLayer {
  readonly tree: Directory;
  readonly size?: number;
  /** What the diff id is made of when the tree alone does not say it (a catalogue's real digest). */
  readonly diffId?: string;
}

export interface NewImage {
  readonly config: ImageConfig;
  readonly history: readonly HistoryEntry[];
  /** Chain ids, the lowest first; see {@link addLayer}. */
  readonly layers: readonly string[];
  /** Now when left out; then the image is a new one even if its content is known. */
  readonly created?: number;
  readonly author?: string;
  readonly comment?: string;
  readonly architecture?: string;
  readonly parent?: string;
  readonly dockerVersion?: string;
}

/** A microsecond: what keeps two images apart that are made within one tick of the virtual clock. */
const TICK = 0.001;

/** Stores a layer over another (empty: none) and returns its chain id. The same content over the same parent is the same layer. */
export function addLayer({ state }: Engine, parent: string, { tree, size, diffId }: NewLayer): string {
  const layer = changes(layerTree(state, parent), tree);
  const diff = diffId ?? digest(writeTar(changesetEntries(layer)));
  const chainId = parent === '' ? diff : digest(`${parent} ${diff}`);
  if (state.layers.has(chainId)) return chainId;
  const key = `layer:${chainId}`;
  state.trees.set(key, tree);
  state.layers.set(chainId, { chainId, diffId: diff, parent, size: size ?? layerSize(layer), tree: key });
  return chainId;
}

/** Stores an image under the digest of its configuration (OCI image specification). */
export function addImage({ state }: Engine, made: NewImage): Image {
  const image = {
    created: made.created ?? state.now,
    architecture: made.architecture ?? 'amd64',
    os: 'linux',
    author: made.author ?? '',
    config: made.config,
    history: made.history,
    layers: made.layers,
    parent: made.parent ?? '',
    comment: made.comment ?? '',
    lastTagged: 0,
    ...(made.dockerVersion === undefined ? {} : { dockerVersion: made.dockerVersion }),
  };
  let id = digest(configJson(state, image));
  while (made.created === undefined && state.images.has(id)) {
    image.created += TICK;
    id = digest(configJson(state, image));
  }
  const known = state.images.get(id);
  if (known) return known;
  const stored: Image = { id, ...image };
  state.images.set(id, stored);
  return stored;
}

/** What a reference to be given to an image means, `latest` filled in. Throws 400 for what can't be a tag. */
export function tagReference(text: string): Reference & { readonly tag: string } {
  let reference: Reference;
  try {
    reference = parseNormalized(text);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    throw new EngineError(400, error.message);
  }
  if (reference.digest !== undefined) throw new EngineError(400, 'refusing to create a tag with a digest reference');
  if (reference.domain === 'docker.io' && reference.path === 'library/sha256')
    throw new EngineError(400, 'refusing to create an ambiguous tag using digest algorithm as name');
  return { ...reference, tag: reference.tag ?? 'latest' };
}

/** Lets a reference (any form, normalised here, `latest` when untagged) mean an image; an image that loses its last tag so stays as dangling. */
export function tagImage(engine: Engine, id: string, reference: string): void {
  referTo(engine, id, reference);
  const { domain, path, tag } = tagReference(reference);
  const name = `${familiarName({ domain, path })}:${tag}`;
  engine.event('image', 'tag', id, { ...engine.state.images.get(id)?.config.Labels, name });
}

/** The same without an event of its own, as a pull or a load does. */
export function referTo({ state }: Engine, id: string, reference: string): void {
  state.references.set(referenceText(tagReference(reference)), id);
  state.images.update(id, { lastTagged: state.now });
}

/** The tree of a layer with all below it; an empty one for no layer. */
export function layerTree(state: EngineState, chainId: string): Directory {
  const layer = state.layers.get(chainId);
  return (layer && state.trees.get(layer.tree)) ?? directory();
}

/** The files of an image, all layers together. */
export function imageTree({ state }: Pick<Engine, 'state'>, image: Image): Directory {
  return layerTree(state, image.layers.at(-1) ?? '');
}

import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { Directory } from '../files/node.ts';
import type { HistoryEntry, Image, ImageConfig } from './image.ts';

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
  readonly created?: number;
  readonly author?: string;
  readonly comment?: string;
  readonly architecture?: string;
  readonly parent?: string;
}

/** Stores a layer over another (empty: none) and returns its chain id. The same content over the same parent is the same layer. */
export function addLayer(_engine: Engine, _parent: string, _layer: NewLayer): string {
  throw new EngineError(501, 'not modelled yet');
}

/** Stores an image under the digest of its configuration (OCI image specification). */
export function addImage(_engine: Engine, _image: NewImage): Image {
  throw new EngineError(501, 'not modelled yet');
}

/** Lets a reference (any form, normalised here, `latest` when untagged) mean an image; an image that loses its last tag so stays as dangling. */
export function tagImage(_engine: Engine, _id: string, _reference: string): void {
  throw new EngineError(501, 'not modelled yet');
}

/** The files of an image, all layers together. */
export function imageTree(_engine: Engine, _image: Image): Directory {
  throw new EngineError(501, 'not modelled yet');
}

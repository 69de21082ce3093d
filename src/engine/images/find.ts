import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { Image } from './image.ts';

/** The image that a reference, a digest, an id or a unique prefix of one means. Throws 404 `No such image: REF`. */
export function findImage(_engine: Engine, _ref: string): Image {
  throw new EngineError(501, 'not modelled yet');
}

/** Familiar references of an image (`alpine:3.22`, `nginx@sha256:…`), sorted. */
export function referencesOf(
  _engine: Engine,
  _id: string,
): { readonly tags: readonly string[]; readonly digests: readonly string[] } {
  throw new EngineError(501, 'not modelled yet');
}

/** Bytes of all its layers. */
export function imageSize(_engine: Engine, _image: Image): number {
  throw new EngineError(501, 'not modelled yet');
}

import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { EngineState } from '../state.ts';
import type { Image } from './image.ts';
import {
  familiarName,
  InvalidReference,
  normalizeAny,
  parseNormalized,
  parseReference,
  type Reference,
  referenceText,
  repository,
} from './reference.ts';

const DIGEST = /^sha256:[a-f0-9]{64}$/;

/** A reference as the daemon shows it, `latest` filled in when it names neither tag nor digest. */
export function familiarText(reference: Reference): string {
  const { tag, digest } = reference;
  return `${familiarName(reference)}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** Reads a reference as the daemon does. Throws 400 with the reason. */
export function daemonReference(text: string): Reference {
  try {
    return parseNormalized(text);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    throw new EngineError(400, error.message);
  }
}

/** The image with an id that begins so, when there is exactly one. */
export function searchId({ images }: EngineState, prefix: string): Image | undefined {
  const hex = prefix.replace(/^sha256:/, '');
  if (!/^[a-f0-9]+$/.test(hex)) return undefined;
  const found = [...images.keys()].filter((id) => id.startsWith(`sha256:${hex}`));
  return found.length === 1 ? images.get(found[0]!) : undefined;
}

/** The image that a reference means by itself, not as the beginning of an id. */
export function lookupReference(state: EngineState, reference: Reference): Image | undefined {
  const { domain, path, digest } = reference;
  const key = digest === undefined ? { ...reference, tag: reference.tag ?? 'latest' } : { domain, path, digest };
  const id = state.references.get(referenceText(key));
  return id === undefined ? undefined : state.images.get(id);
}

/** As {@link findImage}, but nothing when there is none. Throws 400 for what can't be a reference. */
export function findImageIfAny({ state }: Engine, ref: string): Image | undefined {
  const full = /^[a-f0-9]{64}$/.test(ref) || DIGEST.test(ref) ? normalizeAny(ref) : undefined;
  if (full !== undefined) return state.images.get(full);
  return lookupReference(state, daemonReference(ref)) ?? searchId(state, ref);
}

/** The image that a reference, a digest, an id or a unique prefix of one means. Throws 404 `No such image: REF`. */
export function findImage(engine: Engine, ref: string): Image {
  const found = findImageIfAny(engine, ref);
  if (found) return found;
  if (/^[a-f0-9]{64}$/.test(ref) || DIGEST.test(ref)) throw new EngineError(404, `No such image: ${normalizeAny(ref)}`);
  const reference = daemonReference(ref);
  const shown = reference.digest === undefined ? { ...reference, tag: reference.tag ?? 'latest' } : reference;
  throw new EngineError(404, `No such image: ${familiarText(shown)}`);
}

/** References of an image as they are kept, sorted. */
export function fullReferences({ references }: EngineState, id: string): string[] {
  const found = [];
  for (const [reference, image] of references.entries()) if (image === id) found.push(reference);
  return found.sort();
}

/** Familiar references of an image (`alpine:3.22`, `nginx@sha256:…`), sorted as the daemon does: by their long form. */
export function referencesOf(
  engine: Engine,
  id: string,
): { readonly tags: readonly string[]; readonly digests: readonly string[] } {
  const tags: string[] = [];
  const digests: string[] = [];
  for (const text of fullReferences(engine.state, id)) {
    const reference = parseReference(text);
    (reference.digest === undefined ? tags : digests).push(familiarText(reference));
  }
  return { tags, digests };
}

/** The references of a repository (`docker.io/library/alpine`) that are tags, with the ids of their images. */
export function referencesByName({ references }: EngineState, name: string): [reference: Reference, id: string][] {
  const found: [Reference, string][] = [];
  for (const [text, id] of [...references.entries()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const reference = parseReference(text);
    if (repository(reference) === name) found.push([reference, id]);
  }
  return found;
}

/** Bytes of all its layers. */
export function imageSize({ state }: Engine, { layers }: Image): number {
  return layers.reduce((sum, chain) => sum + (state.layers.get(chain)?.size ?? 0), 0);
}

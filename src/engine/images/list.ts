import type { Filters } from '../containers/list.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { booleanFilter, checkFilters, labelsMatch, timeOrDuration } from '../filters.ts';
import { BadPattern, pathMatch } from '../pattern.ts';
import { familiarText, findImage, fullReferences, imageSize } from './find.ts';
import type { Image } from './image.ts';
import { familiarName, parseReference, type Reference } from './reference.ts';

/** A line of `docker images` before it is split by tags (Engine API, ImageSummary). */
export interface ImageSummary extends Image {
  /** Familiar references that the filters let through, sorted; none for a dangling image. */
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  /** Bytes of all its layers, and of those that other images have, too. */
  readonly size: number;
  readonly sharedSize: number;
  /** Number of containers made from it, running or not. */
  readonly containers: number;
}

/** Whether a reference, or its name alone, fits a pattern as users write it (distribution/reference, FamiliarMatch). */
function matches(pattern: string, reference: Reference): boolean {
  try {
    return pathMatch(pattern, familiarText(reference)) || pathMatch(pattern, familiarName(reference));
  } catch (error) {
    if (!(error instanceof BadPattern)) throw error;
    throw new EngineError(400, error.message);
  }
}

/** Images, the newest first. */
export function listImages(
  engine: Engine,
  {
    all = false,
    filters = {},
    reference,
  }: { readonly all?: boolean; readonly filters?: Filters; readonly reference?: string } = {},
): readonly ImageSummary[] {
  checkFilters(filters, ['dangling', 'label', 'before', 'since', 'reference', 'until']);
  const dangling = booleanFilter(filters, 'dangling');
  const before = Math.min(
    ...(filters['before'] ?? []).map((ref) => findImage(engine, ref).created),
    ...(filters['until'] ?? []).map((text) => timeOrDuration(engine, text)),
  );
  const since = Math.max(...(filters['since'] ?? []).map((ref) => findImage(engine, ref).created));
  const patterns = [...(filters['reference'] ?? []), ...(reference === undefined ? [] : [reference])];
  const parents = new Set([...engine.state.images.values()].map(({ parent }) => parent));
  const found: ImageSummary[] = [];
  for (const image of engine.state.images.values()) {
    if (image.created >= before || image.created <= since || !labelsMatch(filters, image.config.Labels ?? {})) continue;
    const references = fullReferences(engine.state, image.id).map(parseReference);
    const shown = references.filter(
      (ref) => patterns.length === 0 || patterns.some((pattern) => matches(pattern, ref)),
    );
    const tags = shown.filter(({ digest }) => digest === undefined).map(familiarText);
    const digests = shown.filter(({ digest }) => digest !== undefined).map(familiarText);
    if (shown.length === 0) {
      if (patterns.length > 0 || references.length > 0 || dangling === false) continue;
      if (!all && parents.has(image.id)) continue;
    } else if (dangling === true && tags.length > 0) continue;
    found.push({ ...image, tags, digests, ...sizes(engine, image), containers: users(engine, image.id) });
  }
  return found.reverse().sort((a, b) => b.created - a.created);
}

function users({ state }: Engine, id: string): number {
  let count = 0;
  for (const { image } of state.containers.values()) if (image === id) count += 1;
  return count;
}

function sizes(engine: Engine, image: Image): { size: number; sharedSize: number } {
  const others = new Set<string>();
  for (const other of engine.state.images.values())
    if (other.id !== image.id) for (const chain of other.layers) others.add(chain);
  const shared = image.layers.filter((chain) => others.has(chain));
  return { size: imageSize(engine, image), sharedSize: imageSize(engine, { ...image, layers: shared }) };
}

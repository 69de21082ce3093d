import type { Filters } from '../containers/list.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { booleanFilter, checkFilters, labelsMatch, untilFilter } from '../filters.ts';
import { familiarText, findImage, fullReferences } from './find.ts';
import type { Image } from './image.ts';
import { deleteImage } from './layers.ts';
import { parseNormalized, parseReference, type Reference, referenceText, repository, truncateId } from './reference.ts';

/** What was done to an image: a reference taken away, or an image or a layer deleted. */
export type ImageDeletion = { readonly untagged: string } | { readonly deleted: string };

/** An event of an image, with its labels as attributes. */
export function imageEvent(engine: Engine, action: string, id: string, name = id): void {
  engine.event('image', action, id, { ...engine.state.images.get(id)?.config.Labels, name });
}

/** Images that were made from another by `docker commit`. */
function children({ state }: Engine, id: string): Image[] {
  return [...state.images.values()].filter(({ parent }) => parent === id);
}

interface Conflict {
  readonly hard: boolean;
  /** A container uses the image. */
  readonly used: boolean;
  readonly message: string;
}

interface Checks {
  readonly references: boolean;
  readonly stopped: boolean;
}

/** Why an image can't be deleted (moby, daemon/images/image_delete.go). */
function conflict(engine: Engine, id: string, { references, stopped }: Checks): Conflict | undefined {
  if (children(engine, id).length > 0) return { hard: true, used: false, message: 'image has dependent child images' };
  const users = [...engine.state.containers.values()].filter(({ image }) => image === id);
  const runs = users.find(
    ({ state }) => state.status === 'running' || state.status === 'paused' || state.status === 'restarting',
  );
  if (runs)
    return { hard: true, used: true, message: `image is being used by running container ${truncateId(runs.id)}` };
  if (references && fullReferences(engine.state, id).length > 0)
    return { hard: false, used: false, message: 'image is referenced in multiple repositories' };
  const idle = stopped ? users[0] : undefined;
  if (idle)
    return { hard: false, used: true, message: `image is being used by stopped container ${truncateId(idle.id)}` };
  return undefined;
}

function refuse(id: string, { hard, message }: Conflict): never {
  const force = hard ? 'cannot be forced' : 'must be forced';
  throw new EngineError(409, `conflict: unable to delete ${truncateId(id)} (${force}) - ${message}`);
}

/** Whether all that refers to an image is one tag, with or without a digest of the same repository. */
function isSingleReference(references: readonly Reference[]): boolean {
  if (references.length <= 1) return true;
  const tags = references.filter(({ digest }) => digest === undefined);
  if (tags.length > 1) return false;
  const digests = new Set(references.filter(({ digest }) => digest !== undefined).map(repository));
  return digests.size === 1 && digests.has(repository(tags[0] ?? references[0]!));
}

const referencesTo = (engine: Engine, id: string) => fullReferences(engine.state, id).map(parseReference);

function untag(engine: Engine, id: string, reference: Reference, records: ImageDeletion[], silent = false): void {
  engine.state.references.delete(referenceText(reference));
  if (!silent) imageEvent(engine, 'untag', id);
  records.push({ untagged: familiarText(reference) });
}

/** Untags and, with the last tag, deletes. Throws 409 with the daemon's conflicts. */
export function removeImage(
  engine: Engine,
  ref: string,
  { force = false, prune = true }: { readonly force?: boolean; readonly prune?: boolean } = {},
): readonly ImageDeletion[] {
  const { id } = findImage(engine, ref);
  const records: ImageDeletion[] = [];
  const isId = id.startsWith(ref) || id.slice('sha256:'.length).startsWith(ref);
  if (isId) {
    if (isSingleReference(referencesTo(engine, id))) {
      const found = conflict(engine, id, { references: false, stopped: !force });
      if (found) refuse(id, found);
      for (const reference of referencesTo(engine, id)) untag(engine, id, reference, records);
    }
  } else if (untagGiven(engine, id, ref, force, records)) {
    return records;
  }
  deleteUnlessUsed(engine, id, records, { force, prune, quiet: !isId });
  return records;
}

/** Takes the reference away that the user named; true when others remain, so that the image stays. */
function untagGiven(engine: Engine, id: string, ref: string, force: boolean, records: ImageDeletion[]): boolean {
  if (!force && isSingleReference(referencesTo(engine, id))) {
    const user = [...engine.state.containers.values()].find(({ image }) => image === id);
    if (user)
      throw new EngineError(
        409,
        `conflict: unable to remove repository reference ${JSON.stringify(ref)} (must force) - container ${truncateId(user.id)} is using its referenced image ${truncateId(id)}`,
      );
  }
  const { domain, path, tag, digest } = parseNormalized(ref);
  const given = digest === undefined ? { domain, path, tag: tag ?? 'latest' } : { domain, path, digest };
  untag(engine, id, given, records);
  const name = repository(given);
  const left = referencesTo(engine, id);
  if (digest === undefined && !left.some((other) => other.digest === undefined && repository(other) === name))
    for (const other of left) if (repository(other) === name) untag(engine, id, other, records, true);
  return fullReferences(engine.state, id).length > 0;
}

function deleteUnlessUsed(
  engine: Engine,
  id: string,
  records: ImageDeletion[],
  { force, prune, quiet }: { readonly force: boolean; readonly prune: boolean; readonly quiet: boolean },
): void {
  const image = engine.state.images.get(id);
  if (!image) return;
  const found = conflict(engine, id, { references: !force, stopped: !force });
  if (found) {
    const dangling = fullReferences(engine.state, id).length === 0 && children(engine, id).length === 0;
    if (quiet && (!dangling || found.used)) return;
    refuse(id, found);
  }
  for (const reference of referencesTo(engine, id)) untag(engine, id, reference, records);
  const layers = deleteImage(engine.state, image);
  engine.event('image', 'delete', id, { name: id });
  records.push({ deleted: id }, ...layers.map((deleted) => ({ deleted })));
  if (prune && image.parent !== '')
    deleteUnlessUsed(engine, image.parent, records, { force: false, prune: true, quiet: true });
}

/** Removes dangling images, or (`dangling=false`) all unused ones. */
export function pruneImages(
  engine: Engine,
  filters: Filters = {},
): { readonly deleted: readonly ImageDeletion[]; readonly reclaimed: number } {
  checkFilters(filters, ['dangling', 'label', 'label!', 'until']);
  const danglingOnly = booleanFilter(filters, 'dangling') ?? true;
  const until = untilFilter(engine, filters);
  const { state } = engine;
  const sizes = new Map([...state.layers.values()].map(({ chainId, size }) => [chainId, size]));
  const deleted: ImageDeletion[] = [];
  for (const image of [...state.images.values()]) {
    if (!state.images.has(image.id)) continue;
    const references = fullReferences(state, image.id);
    if (children(engine, image.id).length > 0 && (danglingOnly || references.length === 0)) continue;
    if (until !== undefined && image.created > until) continue;
    if (!labelsMatch(filters, image.config.Labels ?? {})) continue;
    if (danglingOnly && references.some((text) => parseReference(text).digest === undefined)) continue;
    for (const target of references.length > 0 ? references : [image.id.slice('sha256:'.length)]) {
      try {
        deleted.push(...removeImage(engine, target));
      } catch (error) {
        if (!(error instanceof EngineError) || error.status !== 409) throw error;
      }
    }
  }
  let reclaimed = 0;
  for (const record of deleted) if ('deleted' in record) reclaimed += sizes.get(record.deleted) ?? 0;
  engine.event('image', 'prune', '', { reclaimed: String(reclaimed) });
  return { deleted, reclaimed };
}

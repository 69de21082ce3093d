import { apply, type Change, type Changeset } from './layer.ts';
import type { Directory } from './node.ts';
import { directory, regularFile } from './node.ts';
import { segments } from './path.ts';
import type { TarEntry } from './tar.ts';

const WHITEOUT = '.wh.';
const OPAQUE = '.wh..wh..opq';
const mark = () => regularFile('', { mode: 0o600 });

/** A layer as members of an archive, whiteouts as OCI writes them (image specification, "Representing Changes"). */
export function* changesetEntries(layer: Changeset, prefix = ''): Generator<TarEntry> {
  for (const name of [...layer.keys()].sort()) {
    const change = layer.get(name)!;
    if (change.kind === 'whiteout') yield { path: `${prefix}${WHITEOUT}${name}`, node: mark() };
    else if (change.kind === 'node') yield { path: `${prefix}${name}`, node: change.node };
    else {
      yield { path: `${prefix}${name}/`, node: { ...change.folder, entries: new Map() } };
      if (change.opaque) yield { path: `${prefix}${name}/${OPAQUE}`, node: mark() };
      yield* changesetEntries(change.changes, `${prefix}${name}/`);
    }
  }
}

interface Folder {
  folder: Directory;
  opaque: boolean;
  readonly changes: Map<string, Change | Folder>;
}

/** The layer that an archive holds: the reverse of {@link changesetEntries}. */
export function readChangeset(entries: Iterable<TarEntry>): Changeset {
  const root: Folder = { folder: directory(), opaque: false, changes: new Map() };
  for (const { path, node } of entries) {
    const names = segments(path);
    const name = names.pop();
    if (name === undefined) continue;
    let at = root;
    for (const part of names) at = folderIn(at, part);
    if (name === OPAQUE) at.opaque = true;
    else if (name.startsWith(WHITEOUT)) at.changes.set(name.slice(WHITEOUT.length), { kind: 'whiteout' });
    else if (node.type === 'directory') folderIn(at, name).folder = node;
    else at.changes.set(name, { kind: 'node', node });
  }
  return finished(root.changes);
}

function folderIn(parent: Folder, name: string): Folder {
  const old = parent.changes.get(name);
  if (old && !('kind' in old)) return old;
  const fresh: Folder = { folder: directory(), opaque: false, changes: new Map() };
  parent.changes.set(name, fresh);
  return fresh;
}

function finished(changes: ReadonlyMap<string, Change | Folder>): Changeset {
  const result = new Map<string, Change>();
  for (const [name, change] of changes)
    if ('kind' in change) result.set(name, change);
    else
      result.set(name, {
        kind: 'folder',
        folder: change.folder,
        opaque: change.opaque,
        changes: finished(change.changes),
      });
  return result;
}

/** The tree that one gets when the layer of an archive lies on another tree. */
export function applyArchive(tree: Directory, entries: Iterable<TarEntry>): Directory {
  return apply(tree, readChangeset(entries));
}

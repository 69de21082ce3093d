import type { Directory, FileNode } from './node.ts';

/**
 * What a layer does to the tree below it: a node stands where it is, a whiteout hides what was there. Folders carry
 * their own attributes and the changes inside; an opaque one hides all that was below (OCI image specification, "Layer
 * Filesystem Changeset").
 */
export type Change =
  | { readonly kind: 'whiteout' }
  | { readonly kind: 'node'; readonly node: FileNode }
  | { readonly kind: 'folder'; readonly folder: Directory; readonly opaque: boolean; readonly changes: Changeset };

export type Changeset = ReadonlyMap<string, Change>;

const sameAttributes = (a: FileNode, b: FileNode) =>
  a.type === b.type && a.mode === b.mode && a.uid === b.uid && a.gid === b.gid && a.mtime === b.mtime;

/** Whether two nodes that are no folders are the same in all that can be seen of them. */
function sameContent(a: FileNode, b: FileNode): boolean {
  if (a.type === 'file' && b.type === 'file') return a.data === b.data && a.size === b.size && a.program === b.program;
  if (a.type === 'symlink' && b.type === 'symlink') return a.target === b.target;
  return 'device' in a && 'device' in b && a.device === b.device;
}

/** The changes that lead from one tree to another: what overlayfs would hold in the upper folder. */
export function changes(from: Directory, to: Directory): Changeset {
  const result = new Map<string, Change>();
  for (const name of from.entries.keys()) if (!to.entries.has(name)) result.set(name, { kind: 'whiteout' });
  for (const [name, node] of to.entries) {
    const old = from.entries.get(name);
    if (old === node) continue;
    if (node.type === 'directory') {
      const below: Directory = old?.type === 'directory' ? old : { ...node, entries: new Map() };
      const inside = changes(below, node);
      if (old && sameAttributes(old, node) && inside.size === 0) continue;
      result.set(name, { kind: 'folder', folder: node, opaque: old !== undefined && old !== below, changes: inside });
    } else if (!old || !sameAttributes(old, node) || !sameContent(old, node)) {
      result.set(name, { kind: 'node', node });
    }
  }
  return result;
}

/** The tree that one gets when a layer lies on another tree. */
export function apply(tree: Directory, layer: Changeset): Directory {
  if (layer.size === 0) return tree;
  const entries = new Map(tree.entries);
  for (const [name, change] of layer) {
    if (change.kind === 'whiteout') entries.delete(name);
    else if (change.kind === 'node') entries.set(name, change.node);
    else {
      const old = entries.get(name);
      const below = !change.opaque && old?.type === 'directory' ? old.entries : new Map();
      entries.set(name, apply({ ...change.folder, entries: below }, change.changes));
    }
  }
  return { ...tree, entries };
}

/** Bytes of the files that a layer holds, as the image's history counts them. */
export function layerSize(layer: Changeset): number {
  let sum = 0;
  for (const change of layer.values()) {
    if (change.kind === 'node') sum += change.node.type === 'file' ? change.node.size : 0;
    else if (change.kind === 'folder') sum += layerSize(change.changes);
  }
  return sum;
}

/** One line of `docker diff`. */
export interface PathChange {
  readonly kind: 'A' | 'C' | 'D';
  readonly path: string;
}

/** What a container changed, in the order that Docker lists it: by path, a folder before what is in it. */
export function pathChanges(from: Directory, layer: Changeset, prefix = ''): PathChange[] {
  const list: PathChange[] = [];
  for (const name of [...layer.keys()].sort()) {
    const change = layer.get(name)!;
    const old = from.entries.get(name);
    const path = `${prefix}/${name}`;
    list.push({ kind: change.kind === 'whiteout' ? 'D' : old ? 'C' : 'A', path });
    if (change.kind !== 'folder') continue;
    const below = !change.opaque && old?.type === 'directory' ? old : { ...change.folder, entries: new Map() };
    list.push(...pathChanges(below, change.changes, path));
  }
  return list;
}

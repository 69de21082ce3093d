import { type Directory, directory, type FileNode } from './node.ts';

/** The node at a path of names, without following symbolic links. */
export function lookup(tree: FileNode, names: readonly string[]): FileNode | undefined {
  let node: FileNode | undefined = tree;
  for (const name of names) {
    if (node?.type !== 'directory') return undefined;
    node = node.entries.get(name);
  }
  return node;
}

/**
 * The tree with another node at a path (`undefined` removes it). Missing folders on the way are made with mode 0755,
 * owned by root. A folder whose list of names changes has its time set to `now`.
 */
export function replace(tree: Directory, names: readonly string[], node: FileNode | undefined, now: number): Directory {
  const [name, ...rest] = names;
  if (name === undefined) return node?.type === 'directory' ? node : tree;
  const old = tree.entries.get(name);
  const entries = new Map(tree.entries);
  if (rest.length > 0) {
    const child = old?.type === 'directory' ? old : directory({ mtime: now });
    entries.set(name, replace(child, rest, node, now));
    return { ...tree, entries, mtime: old ? tree.mtime : now };
  }
  if (node) entries.set(name, node);
  else entries.delete(name);
  const renamed = (old === undefined) !== (node === undefined);
  return { ...tree, entries, mtime: renamed ? now : tree.mtime };
}

/** Every node under a tree with its absolute path, parents first, names sorted. The root itself is not among them. */
export function* walk(tree: FileNode, prefix = ''): Generator<[path: string, node: FileNode]> {
  if (tree.type !== 'directory') return;
  for (const name of [...tree.entries.keys()].sort()) {
    const node = tree.entries.get(name)!;
    yield [`${prefix}/${name}`, node];
    yield* walk(node, `${prefix}/${name}`);
  }
}

/** Bytes of all files in a tree. */
export function treeSize(tree: FileNode): number {
  if (tree.type === 'file') return tree.size;
  let sum = 0;
  if (tree.type === 'directory') for (const node of tree.entries.values()) sum += treeSize(node);
  return sum;
}

import { encode } from '../bytes.ts';
import { sha256Hex } from '../digest.ts';
import { type Directory, directory, type FileNode } from '../files/node.ts';
import { resolve, segments } from '../files/path.ts';
import { lookup } from '../files/tree.ts';
import { PatternMatcher } from './ignore.ts';

const known = new WeakMap<FileNode, string>();

/**
 * A digest of what a file or folder holds: names, content, permissions, owners; not the times, so that touching a file
 * breaks no cache (BuildKit, cache/contenthash).
 */
export function contentDigest(node: FileNode): string {
  const before = known.get(node);
  if (before !== undefined) return before;
  const head = [node.type, node.mode, node.uid, node.gid];
  const digest = sha256Hex(
    node.type === 'directory'
      ? JSON.stringify([
          ...head,
          [...node.entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, child]) => [name, contentDigest(child)]),
        ])
      : node.type === 'file'
        ? `${JSON.stringify([...head, node.size, node.program ?? ''])}${node.data}`
        : JSON.stringify([...head, node.type === 'symlink' ? node.target : node.device]),
  );
  known.set(node, digest);
  return digest;
}

/** The node at a path of a tree, links followed inside it; and where it really lies. */
export function find(
  tree: Directory,
  path: string,
  depth = 0,
): { readonly path: string; readonly node: FileNode } | undefined {
  let current = '/';
  for (const name of segments(path)) {
    const next = resolve(current, name);
    const node = lookup(tree, segments(next));
    if (!node) return undefined;
    if (node.type !== 'symlink') current = next;
    else {
      if (depth > 40) return undefined;
      const target = find(tree, resolve(current, node.target), depth + 1);
      if (!target) return undefined;
      current = target.path;
    }
  }
  return { path: current, node: lookup(tree, segments(current)) ?? tree };
}

export const hasWildcard = (path: string) => /[*?[]|\\./.test(path);

/** A name pattern of Go's filepath.Match as an expression. */
function nameExpression(pattern: string): RegExp {
  const source = pattern.replace(
    /\\(.)|\[(\^?)((?:\\.|[^\]\\])+)\]|\*|\?|[.+(){}|$^[\]]/gs,
    (part, escaped?: string, not?: string, set?: string) => {
      if (escaped !== undefined) return escaped.replace(/[.+(){}|$^*?[\]\\]/, '\\$&');
      if (set !== undefined) return `[${not}${set}]`;
      if (part === '*') return '[^/]*';
      return part === '?' ? '[^/]' : `\\${part}`;
    },
  );
  return new RegExp(`^${source}$`, 's');
}

/** Paths of a tree that a pattern names, sorted; without a wildcard the path itself, whether it exists or not. */
export function glob(tree: Directory, pattern: string): string[] {
  if (!hasWildcard(pattern)) return [pattern];
  let paths = ['/'];
  for (const name of segments(pattern)) {
    const expression = nameExpression(name);
    paths = paths.flatMap((path) => {
      const node = find(tree, path)?.node;
      if (node?.type !== 'directory') return [];
      if (!hasWildcard(name)) return node.entries.has(name) ? [resolve(path, name)] : [];
      return [...node.entries.keys()]
        .filter((entry) => expression.test(entry))
        .sort()
        .map((entry) => resolve(path, entry));
    });
  }
  return paths;
}

/** A folder without what a matcher excludes. A folder goes with all that is in it, unless an exception may bring it back. */
export function filtered(tree: Directory, matcher: PatternMatcher, prefix = ''): Directory {
  const entries = new Map<string, FileNode>();
  let changed = false;
  for (const [name, node] of tree.entries) {
    const path = prefix === '' ? name : `${prefix}/${name}`;
    const excluded = matcher.matches(path);
    if (node.type === 'directory' && (!excluded || matcher.hasExceptions)) {
      const inside = filtered(node, matcher, path);
      if (excluded && inside.entries.size === 0) {
        changed = true;
        continue;
      }
      entries.set(name, inside);
      changed ||= inside !== node;
    } else if (excluded) changed = true;
    else entries.set(name, node);
  }
  return changed ? { ...tree, entries } : tree;
}

/** A host's folder as a build context: everything belongs to root (BuildKit's file sync resets owners). */
export function asContext(tree: Directory): Directory {
  const own = (node: FileNode): FileNode => {
    if (node.type !== 'directory') return node.uid === 0 && node.gid === 0 ? node : { ...node, uid: 0, gid: 0 };
    let changed = node.uid !== 0 || node.gid !== 0;
    const entries = new Map<string, FileNode>();
    for (const [name, child] of node.entries) {
      const owned = own(child);
      changed ||= owned !== child;
      entries.set(name, owned);
    }
    return changed ? { ...node, uid: 0, gid: 0, entries } : node;
  };
  return own(tree) as Directory;
}

/** A digest of the files that a copy takes from a tree; nothing when a file that is named is missing. */
export function selectionDigest(
  tree: Directory,
  source: string,
  wildcard: boolean,
  exclude: readonly string[] = [],
): string | undefined {
  const matcher = exclude.length > 0 ? new PatternMatcher(exclude) : undefined;
  const digests: string[] = [];
  for (const path of wildcard ? glob(tree, source) : [source]) {
    const found = find(tree, path);
    if (!found) return undefined;
    const node = matcher && found.node.type === 'directory' ? filtered(found.node, matcher) : found.node;
    digests.push(hasWildcard(source) ? `${path} ${contentDigest(node)}` : contentDigest(node));
  }
  return sha256Hex(encode(digests.join('\n')));
}

export const emptyTree = (now: number): Directory => directory({ mtime: now });

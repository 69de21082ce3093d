import { encode } from '../engine/bytes.ts';
import { type Directory, directory, type FileNode, regularFile, symbolicLink } from '../engine/files/node.ts';
import { segments } from '../engine/files/path.ts';

/** Which modelled program an executable file of an image holds, by its path; nothing: none. */
export type ProgramOf = (path: string) => string | undefined;

/** Folders that are being filled, before they become a tree. */
interface Folder {
  readonly node: Directory;
  readonly entries: Map<string, FileNode | Folder>;
}

const isFolder = (entry: FileNode | Folder): entry is Folder => 'entries' in entry && 'node' in entry;

/**
 * The file tree that a listing describes (src/build/image-listings.ts tells its form), over another tree. Times are
 * `mtime`.
 */
export function treeOf(
  listing: string,
  mtime: number,
  programOf: ProgramOf,
  base: Directory = directory({ mtime }),
): Directory {
  const root = opened(base);
  const lines = listing.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const match = /^(\d+) (\d+):(\d+) (\d+) (\/.+?)(\/)?(?: -> (.*))?$/.exec(lines[at]!);
    if (!match) continue;
    const [, mode = '', uid, gid, size, path = '', slash, target] = match;
    const text: string[] = [];
    for (; lines[at + 1]?.startsWith('\t'); at += 1) text.push(lines[at + 1]!.slice(1));
    const attributes = { mode: Number.parseInt(mode, 8), uid: Number(uid), gid: Number(gid), mtime };
    if (slash) putFolder(root, path, attributes);
    else if (target !== undefined) put(root, path, symbolicLink(target, attributes));
    else put(root, path, file(path, text.join('\n'), { ...attributes, size: Number(size) }, programOf));
  }
  return closed(root);
}

function file(
  path: string,
  text: string,
  attributes: Parameters<typeof regularFile>[1] & { mode: number; size: number },
  programOf: ProgramOf,
): FileNode {
  const data = encode(text);
  const program = text === '' && (attributes.mode & 0o111) !== 0 ? programOf(path) : undefined;
  return regularFile(data, {
    ...attributes,
    ...(text === '' ? {} : { size: data.length }),
    ...(program ? { program } : {}),
  });
}

function opened(node: Directory): Folder {
  return { node, entries: new Map(node.entries) };
}

function folderAt(root: Folder, names: readonly string[]): Folder {
  let folder = root;
  for (const name of names) {
    const entry = folder.entries.get(name);
    const next =
      entry && isFolder(entry)
        ? entry
        : opened(entry?.type === 'directory' ? entry : directory({ mtime: root.node.mtime }));
    folder.entries.set(name, next);
    folder = next;
  }
  return folder;
}

function put(root: Folder, path: string, node: FileNode): void {
  const names = segments(path);
  folderAt(root, names.slice(0, -1)).entries.set(names.at(-1)!, node);
}

function putFolder(root: Folder, path: string, attributes: Partial<Directory>): void {
  const names = segments(path);
  const { entries } = folderAt(root, names);
  folderAt(root, names.slice(0, -1)).entries.set(names.at(-1)!, { node: directory(attributes), entries });
}

function closed({ node, entries }: Folder): Directory {
  return {
    ...node,
    entries: new Map([...entries].map(([name, entry]) => [name, isFolder(entry) ? closed(entry) : entry])),
  };
}

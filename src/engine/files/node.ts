/** What every node of a file tree has. */
export interface Attributes {
  /** Permission bits with set-user-id, set-group-id and sticky bit, e.g. 0o1777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Time of last change, milliseconds since 1970. */
  readonly mtime: number;
}

export interface Directory extends Attributes {
  readonly type: 'directory';
  readonly entries: ReadonlyMap<string, FileNode>;
}

export interface RegularFile extends Attributes {
  readonly type: 'file';
  /** Content as a byte string; empty when only the size is known (a large binary of an image). */
  readonly data: string;
  /** Bytes; the length of `data` unless only the size is known. */
  readonly size: number;
  /** The modelled program that runs when the file is executed, e.g. `busybox`, `gnu`, `nginx`. See src/programs. */
  readonly program?: string;
}

export interface SymbolicLink extends Attributes {
  readonly type: 'symlink';
  readonly target: string;
}

/** Devices, sockets and named pipes: they can be listed and opened, what they do is decided by their name. */
export interface SpecialFile extends Attributes {
  readonly type: 'character' | 'block' | 'socket' | 'fifo';
  /** Which device it is: `null`, `zero`, `full`, `random`, `tty`, `stdout`, `docker.sock` … */
  readonly device: string;
}

/** A node of an immutable file tree. Trees share what they have in common. */
export type FileNode = Directory | RegularFile | SymbolicLink | SpecialFile;

export function directory(
  attributes: Partial<Attributes> = {},
  entries: ReadonlyMap<string, FileNode> = new Map(),
): Directory {
  return { mode: 0o755, uid: 0, gid: 0, mtime: 0, ...attributes, type: 'directory', entries };
}

export function regularFile(
  data: string,
  attributes: Partial<Attributes> & { size?: number; program?: string } = {},
): RegularFile {
  return { mode: 0o644, uid: 0, gid: 0, mtime: 0, size: data.length, ...attributes, type: 'file', data };
}

/**
 * A file under another name: which of several programs in one binary it is, it has to say itself from now on. BusyBox goes
 * by the name that it is called by.
 */
export function renamed<Node extends FileNode>(node: Node, from: string, to: string): Node {
  const name = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  if (node.type !== 'file' || node.program !== 'gnu' || name(from) === name(to)) return node;
  return { ...node, program: `gnu:${name(from)}` };
}

export function symbolicLink(target: string, attributes: Partial<Attributes> = {}): SymbolicLink {
  return { uid: 0, gid: 0, mtime: 0, ...attributes, mode: 0o777, type: 'symlink', target };
}

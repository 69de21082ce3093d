import { type Credentials, hasCapability } from '../process/credentials.ts';
import type { Table } from '../table.ts';
import { FileError } from './errors.ts';
import {
  type Attributes,
  type Directory,
  directory,
  type FileNode,
  type RegularFile,
  regularFile,
  renamed,
  symbolicLink,
} from './node.ts';
import { dirname, resolve, segments, within } from './path.ts';
import { lookup, replace } from './tree.ts';

/** A tree, or a single file, of the state that appears at a path of a process's file system. */
export interface Mount {
  /** Absolute path in the process's view. */
  readonly target: string;
  /** Key of the tree in the state: `container:ID`, `volume:NAME`, `host`, `tmpfs:ID:PATH`. */
  readonly tree: string;
  /** Path inside that tree that appears at `target`; `/` for all of it. */
  readonly source: string;
  readonly readOnly: boolean;
  /** File system type as `mount` shows it. */
  readonly type: 'overlay' | 'ext4' | 'tmpfs' | 'proc' | 'sysfs' | 'devtmpfs' | 'mqueue' | 'devpts' | 'cgroup2';
  /** Bytes that fit, for a tmpfs with a size. */
  readonly limit?: number;
  /** Nothing on this mount may be executed. */
  readonly noExec?: boolean;
  /** What is mounted, where its kind does not say it: `shm`, a device. */
  readonly device?: string;
  /** Options after `ro` or `rw`, where they are not those that are usual for its kind. */
  readonly options?: readonly string[];
  /** Shows a tree in its place, but is no mount that anybody sees. */
  readonly hidden?: boolean;
}

/** Where trees are kept, and the files that the kernel makes up while they are read (`proc`, `sysfs`). */
export interface TreeStore {
  readonly trees: Table<Directory>;
  /** A tree that is computed, not stored: `/proc` and `/sys` of a container. */
  virtual?(key: string): Directory | undefined;
  /** Something was written to a file of such a tree. */
  written?(key: string, names: readonly string[], data: string): void;
  /** A file is to lose its name: who has mounted it keeps it. */
  detached?(key: string, names: readonly string[], node: RegularFile): void;
  /** Where a path of a tree leads into another tree, as from the engine's folder into its volumes. */
  inside?(
    key: string,
    names: readonly string[],
  ): { readonly tree: string; readonly names: readonly string[] } | undefined;
  readonly now: number;
}

interface Place {
  readonly mount: Mount;
  /** Absolute path in the process's view, without symbolic links except, perhaps, the last. */
  readonly path: string;
  /** Names inside the mounted tree. */
  readonly names: readonly string[];
  readonly node: FileNode | undefined;
}

const READ = 4;
const WRITE = 2;
const EXECUTE = 1;
const MAX_LINKS = 40;
/** What a shell opens for itself, `<(…)`. */
const DESCRIPTOR = /^\/proc\/(?:self|\d+)\/fd\/\d+$/;
const PSEUDO = new Set<Mount['type']>(['proc', 'sysfs', 'cgroup2']);
/** Bytes of nothing but zeros above which only their number is kept. */
const LARGE = 1 << 20;
/** Bytes of such a file that are made up for who reads it. */
const MOST = 1 << 28;
const PAGE = 4096;

/**
 * The files that one process sees: mounts over one another, access decided by its credentials. All paths are absolute
 * or relative to `/`; every refusal is a {@link FileError} with the kernel's code.
 */
export class FileSystem {
  readonly #store: TreeStore;
  readonly #mounts: readonly Mount[];
  readonly #who: Credentials;

  /** `mounts` in the order in which they were made; a later one hides an earlier one at the same path. */
  constructor(store: TreeStore, mounts: readonly Mount[], credentials: Credentials) {
    this.#store = store;
    this.#mounts = mounts;
    this.#who = credentials;
  }

  /** What is mounted, in the order in which it was. */
  get mounts(): readonly Mount[] {
    return this.#mounts.filter(({ hidden }) => !hidden);
  }

  /** Whether the process may read (4), write (2), execute (1) a node, or a sum of these. */
  permits(node: Attributes & { type?: string }, access: number): boolean {
    const { uid, gid, groups } = this.#who;
    const shift = uid === node.uid ? 6 : gid === node.gid || groups.includes(node.gid) ? 3 : 0;
    if (((node.mode >> shift) & access) === access) return true;
    if (hasCapability(this.#who, 'DAC_OVERRIDE'))
      return (access & EXECUTE) === 0 || node.type === 'directory' || (node.mode & 0o111) !== 0;
    if (hasCapability(this.#who, 'DAC_READ_SEARCH'))
      return access === READ || (node.type === 'directory' && (access & WRITE) === 0);
    return false;
  }

  /** The node at a path, or nothing; symbolic links followed. */
  stat(path: string): FileNode | undefined {
    return this.#find(path, true)?.node;
  }

  /** The node at a path, or nothing; the last name is not followed when it is a symbolic link. */
  lstat(path: string): FileNode | undefined {
    return this.#find(path, false)?.node;
  }

  exists(path: string): boolean {
    return this.stat(path) !== undefined;
  }

  /** The path without symbolic links. Throws ENOENT. */
  realpath(path: string): string {
    return this.#existing(path, true).path;
  }

  /** The mount that a path lies on. */
  mountOf(path: string): Mount {
    return this.#place(resolve('/', path)).mount;
  }

  /** Content of a file as a byte string. Throws ENOENT, EISDIR, EACCES. */
  read(path: string): string {
    const { node } = this.#existing(path, true);
    if (node.type === 'directory') throw new FileError('EISDIR', path);
    if (!this.permits(node, READ)) throw new FileError('EACCES', path);
    if (node.type !== 'file') return '';
    // Of a large file of zeros only the size is kept.
    return node.data.length < node.size && !node.program && node.size <= MOST
      ? node.data.padEnd(node.size, '\0')
      : node.data;
  }

  /** Bytes that still fit where a path lies, beside what other files there take; `Infinity` on a disk. */
  room(path: string): number {
    const place = this.#find(path, true) ?? this.#fresh(path);
    const { limit } = place.mount;
    if (limit === undefined) return Number.POSITIVE_INFINITY;
    const own = place.node?.type === 'file' ? pages(place.node) : 0;
    return Math.max(0, limit - pages(this.#tree(place.mount.tree)) + own);
  }

  /** Names in a folder, sorted by byte. Throws ENOENT, ENOTDIR, EACCES. */
  list(path: string): string[] {
    const place = this.#existing(path, true);
    if (place.node.type !== 'directory') throw new FileError('ENOTDIR', path);
    if (!this.permits(place.node, READ)) throw new FileError('EACCES', path);
    return [...this.#names(place)].sort();
  }

  /** Writes a whole file, which is made when it is missing; `size` when only part of the content is kept. Throws ENOENT, EISDIR, EACCES, EROFS, ENOSPC. */
  write(
    path: string,
    data: string,
    options: { append?: boolean; mode?: number; program?: string; size?: number } = {},
  ): void {
    const place = this.#find(path, true) ?? this.#fresh(path);
    const { node } = place;
    if (node?.type === 'directory') throw new FileError('EISDIR', path);
    if (node && node.type !== 'file') {
      if (!this.permits(node, WRITE)) throw new FileError('EACCES', path);
      if (node.type === 'character' && node.device === 'full' && data !== '') throw new FileError('ENOSPC', path);
      return;
    }
    // A file that is not cut is looked at before its file system.
    const writable = !node || this.permits(node, WRITE);
    if (options.append && !writable) throw new FileError('EACCES', path);
    if (place.mount.readOnly) throw new FileError('EROFS', path);
    if (!writable) throw new FileError('EACCES', path);
    if (!node) this.#mayChange(place.path);
    const attributes = node ? this.#kept(node) : this.#owned(place.path, this.#masked(options.mode, 0o666));
    const more = options.program ? { program: options.program } : {};
    const old = options.append && node ? node : undefined;
    const whole = old ? joined(old, data) : { data, size: options.size ?? data.length };
    const room = place.mount.limit === undefined ? Number.POSITIVE_INFINITY : this.room(path);
    const size = Math.min(whole.size, room);
    const kept = whole.data.length > LARGE && !/[^\0]/.test(whole.data) ? '' : whole.data.slice(0, size);
    this.#put(place, regularFile(kept, { ...attributes, ...more, size }));
    if (size < whole.size) throw new FileError('ENOSPC', path);
  }

  /** Makes a folder. Throws EEXIST, ENOENT, EACCES, EROFS. */
  mkdir(path: string, mode?: number): void {
    this.#mayCall('mkdir', path);
    if (this.lstat(path)) throw new FileError('EEXIST', path);
    const place = this.#fresh(path);
    if (place.mount.readOnly) throw new FileError('EROFS', path);
    this.#mayChange(place.path);
    const folder = this.stat(dirname(place.path));
    const setgid = (folder?.mode ?? 0) & 0o2000;
    this.#put(place, directory(this.#owned(place.path, this.#masked(mode, 0o777) | setgid)));
  }

  /** Makes a folder and those above it, as `mkdir -p` does. Throws what {@link mkdir} throws, ENOTDIR for a file on the way. */
  mkdirs(path: string, mode?: number): void {
    let current = '';
    for (const name of segments(path)) {
      current += `/${name}`;
      const node = this.stat(current);
      if (!node) this.mkdir(current, mode);
      else if (node.type !== 'directory')
        throw new FileError(current === resolve('/', path) ? 'EEXIST' : 'ENOTDIR', path);
    }
  }

  /** Makes a symbolic link at `path`. Throws EEXIST, ENOENT, EACCES, EROFS. */
  symlink(target: string, path: string): void {
    this.#mayCall('symlink', path);
    this.place(path, symbolicLink(target, this.#owned(resolve('/', path), 0o777)));
  }

  /** Puts a node (a copied tree, a device) at a path where nothing is. Throws EEXIST, ENOENT, EACCES, EROFS. */
  place(path: string, node: FileNode): void {
    if (this.lstat(path)) throw new FileError('EEXIST', path);
    const place = this.#fresh(path);
    if (place.mount.readOnly) throw new FileError('EROFS', path);
    this.#mayChange(place.path);
    this.#put(place, node);
  }

  /** Removes a file, a link or a whole folder. Throws ENOENT, EACCES, EPERM, EROFS, EBUSY. */
  remove(path: string): void {
    const place = this.#existing(path, false);
    this.#mayCall(place.node.type === 'directory' ? 'rmdir' : 'unlink', path);
    if (this.#mounts.some(({ target }) => target === place.path)) throw new FileError('EBUSY', path);
    if (place.mount.readOnly) throw new FileError('EROFS', path);
    if (this.#mounts.some(({ target }) => within(place.path, target))) throw new FileError('EBUSY', path);
    this.#mayChange(place.path);
    const folder = this.stat(dirname(place.path))!;
    const sticky = (folder.mode & 0o1000) !== 0;
    if (sticky && ![folder.uid, place.node.uid].includes(this.#who.uid) && !hasCapability(this.#who, 'FOWNER'))
      throw new FileError('EPERM', path);
    this.#detach(place);
    this.#put(place, undefined);
  }

  /** Moves a node within what the process sees. Throws what {@link remove} and {@link place} throw. */
  rename(from: string, to: string): void {
    const { node: old, path } = this.#existing(from, false);
    const node = renamed(old, path, to);
    this.#mayCall('rename', from);
    const target = this.lstat(to);
    if (target?.type === 'directory' && node.type !== 'directory') throw new FileError('EISDIR', to);
    const fresh = this.#find(to, false) ?? this.#fresh(to);
    if (fresh.mount.readOnly) throw new FileError('EROFS', to);
    this.#mayChange(fresh.path);
    if (this.#mounts.some((mount) => mount.target === fresh.path)) throw new FileError('EBUSY', to);
    this.remove(from);
    if (target) this.remove(to);
    this.#put({ ...fresh, node: undefined }, node);
  }

  /**
   * Puts a new file with other content in the place of one, as programs do that write beside it and rename. Throws what
   * {@link rename} throws.
   */
  replaceFile(path: string, data: string): void {
    const place = this.#existing(path, false);
    if (place.mount.readOnly) throw new FileError('EROFS', path);
    this.#mayChange(place.path);
    if (this.#mounts.some(({ target }) => target === place.path)) throw new FileError('EBUSY', path);
    const { node } = this.#existing(path, true);
    this.#detach(place);
    this.#put(place, regularFile(data, this.#kept(node)));
  }

  /** Changes permission bits. Throws ENOENT, EPERM, EROFS. */
  chmod(path: string, mode: number): void {
    this.#mayCall('chmod', path);
    const place = this.#existing(path, true);
    this.#mayOwn(place, path);
    this.#put(place, { ...place.node, mode });
  }

  /** Changes owner and group; `undefined` keeps one. Throws ENOENT, EPERM, EROFS. */
  chown(path: string, uid: number | undefined, gid: number | undefined, follow = true): void {
    this.#mayCall('chown', path);
    const place = this.#existing(path, follow);
    if (place.mount.readOnly) throw new FileError('EROFS', path);
    const own = this.#who.uid === place.node.uid && (uid === undefined || uid === place.node.uid);
    const mine = gid === undefined || gid === place.node.gid || gid === this.#who.gid || this.#who.groups.includes(gid);
    if (!hasCapability(this.#who, 'CHOWN') && !(own && mine)) throw new FileError('EPERM', path);
    this.#put(place, { ...place.node, uid: uid ?? place.node.uid, gid: gid ?? place.node.gid });
  }

  /** Sets the time of last change. Throws ENOENT, EACCES, EROFS. */
  touch(path: string, mtime = this.#store.now): void {
    const place = this.#existing(path, true);
    if (place.mount.readOnly) throw new FileError('EROFS', path);
    if (place.node.uid !== this.#who.uid && !this.permits(place.node, WRITE)) throw new FileError('EACCES', path);
    this.#put(place, { ...place.node, mtime });
  }

  /** Throws EPERM for a call that the process's seccomp profile refuses. */
  #mayCall(name: string, path: string): void {
    if (this.#who.refusedCalls?.includes(name)) throw new FileError('EPERM', path);
  }

  #kept({ mode, uid, gid }: Attributes): Attributes {
    return { mode, uid, gid, mtime: this.#store.now };
  }

  /** A mode that was asked for, which counts as it stands, or the usual one without what the umask takes away. */
  #masked(mode: number | undefined, usual: number): number {
    return mode ?? usual & ~(this.#who.umask ?? 0o022);
  }

  #owned(path: string, mode: number): Attributes {
    const folder = this.stat(dirname(path));
    const inherited = folder && (folder.mode & 0o2000) !== 0 ? folder.gid : this.#who.gid;
    return { mode, uid: this.#who.uid, gid: inherited, mtime: this.#store.now };
  }

  #mayChange(path: string): void {
    // What the kernel makes up has the files that it has.
    if (DESCRIPTOR.test(path)) return;
    if (PSEUDO.has(this.mountOf(path).type))
      throw new FileError(this.mountOf(path).type === 'proc' ? 'ENOENT' : 'EPERM', path);
    const folder = this.stat(dirname(path));
    if (folder && !this.permits(folder, WRITE | EXECUTE)) throw new FileError('EACCES', path);
  }

  #mayOwn(place: Place, path: string): void {
    if (place.mount.readOnly) throw new FileError('EROFS', path);
    if (place.node?.uid !== this.#who.uid && !hasCapability(this.#who, 'FOWNER')) throw new FileError('EPERM', path);
  }

  #tree(key: string): Directory {
    return this.#store.trees.get(key) ?? this.#store.virtual?.(key) ?? directory();
  }

  /** Which mount shows a path that is free of links, and where in its tree. */
  #place(path: string): { mount: Mount; names: string[] } {
    let best: Mount | undefined;
    for (const mount of this.#mounts)
      if (within(mount.target, path) && (!best || mount.target.length >= best.target.length)) best = mount;
    if (!best) throw new FileError('ENOENT', path);
    const inside = segments(path).slice(segments(best.target).length);
    const names = [...segments(best.source), ...inside];
    const inner = this.#store.inside?.(best.tree, names);
    if (!inner) return { mount: best, names };
    const target = `${best.target}/${names.slice(0, names.length - inner.names.length).join('/')}`;
    return { mount: { ...best, tree: inner.tree, target, source: '/' }, names: [...inner.names] };
  }

  #at(path: string): Place {
    const { mount, names } = this.#place(path);
    const node = lookup(this.#tree(mount.tree), names);
    // Where something is mounted there is a folder to mount it on, even if the tree below has none.
    if (!node && this.#mounts.some(({ target }) => within(path, target)))
      return { mount, path, names, node: directory() };
    return { mount, path, names, node };
  }

  #names({ path, node }: Place): Set<string> {
    const names = new Set(node?.type === 'directory' ? node.entries.keys() : []);
    const depth = segments(path).length;
    for (const { target } of this.#mounts)
      if (target !== path && within(path, target)) names.add(segments(target)[depth]!);
    return names;
  }

  #find(path: string, follow: boolean): Place | undefined {
    const queue = rawSegments(path);
    let current = this.#at('/');
    let links = 0;
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      if (current.node?.type !== 'directory') throw new FileError(current.node ? 'ENOTDIR' : 'ENOENT', path);
      if (!this.permits(current.node, EXECUTE)) throw new FileError('EACCES', path);
      const next = this.#at(resolve(current.path, name));
      if (!next.node) return undefined;
      if (next.node.type === 'symlink' && (follow || queue.length > 0)) {
        links += 1;
        if (links > MAX_LINKS) throw new FileError('ELOOP', path);
        if (next.node.target.startsWith('/')) current = this.#at('/');
        queue.unshift(...rawSegments(next.node.target));
      } else {
        current = next;
      }
    }
    return current;
  }

  #existing(path: string, follow: boolean): Place & { node: FileNode } {
    const place = this.#find(path, follow);
    if (!place?.node) throw new FileError('ENOENT', path);
    return place as Place & { node: FileNode };
  }

  /** The place of a name that is still free, in a folder that must exist. */
  #fresh(path: string): Place {
    const names = rawSegments(path);
    const name = names.pop();
    const folder = this.#find(`/${names.join('/')}`, true);
    if (!folder?.node || name === undefined) throw new FileError('ENOENT', path);
    if (folder.node.type !== 'directory') throw new FileError('ENOTDIR', path);
    const link = this.lstat(`${folder.path}/${name}`);
    if (link?.type === 'symlink') return this.#fresh(resolve(folder.path, link.target));
    return this.#at(resolve(folder.path, name));
  }

  /** A file loses its name. Where it is mounted by itself it lives on. */
  #detach({ mount, names, node }: Place): void {
    if (node?.type === 'file') this.#store.detached?.(mount.tree, names, node);
  }

  #put({ mount, names }: Place, node: FileNode | undefined): void {
    if (this.#store.virtual?.(mount.tree)) {
      if (node?.type === 'file') this.#store.written?.(mount.tree, names, node.data);
      return;
    }
    const changed = replace(this.#tree(mount.tree), names, node, this.#store.now);
    this.#store.trees.set(mount.tree, changed);
  }
}

/** A file with something more at its end. */
function joined({ data, size }: RegularFile, more: string): { data: string; size: number } {
  // What is not kept can't be followed by bytes: all of it becomes zeros again, or stays unknown.
  const whole = size > data.length && size <= MOST && /[^\0]/.test(more) ? data.padEnd(size, '\0') : data;
  return { data: whole.length === size ? whole + more : whole, size: size + more.length };
}

/** Bytes that a tree takes in memory, where every file has whole pages. */
function pages(tree: FileNode): number {
  if (tree.type === 'file') return Math.ceil(tree.size / PAGE) * PAGE;
  let sum = 0;
  if (tree.type === 'directory') for (const node of tree.entries.values()) sum += pages(node);
  return sum;
}

/** The names of a path with its `..` kept: after a symbolic link they lead elsewhere than the text says. */
function rawSegments(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

import { EngineError } from '../errors.ts';
import { applyArchive } from '../files/changeset-tar.ts';
import { FileError } from '../files/errors.ts';
import { FileSystem, type TreeStore } from '../files/filesystem.ts';
import { GzipProblem, gunzip, isGzip } from '../files/gzip.ts';
import { type Directory, directory, type FileNode } from '../files/node.ts';
import { basename, dirname, resolve, segments } from '../files/path.ts';
import { readTar, TarError } from '../files/tar.ts';
import { lookup, replace } from '../files/tree.ts';
import { HOST_ROOT } from '../process/credentials.ts';
import { Table } from '../table.ts';
import { find, glob } from './content.ts';
import { PatternMatcher } from './ignore.ts';
import { changeMode } from './mode.ts';
import { fileOwner } from './owner.ts';
import type { CopyAction } from './vertex.ts';

/** What a copy does to the nodes that it makes. */
interface Changes {
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  readonly chmod: string;
  readonly exclude: PatternMatcher | undefined;
}

/** A tree that file operations change: the upper side of a COPY, ADD or WORKDIR. */
export class TreeEditor {
  readonly #trees: Table<Directory>;
  readonly #files: FileSystem;
  readonly #now: number;
  /** Where BuildKit has mounted it, for messages. */
  readonly #mountpoint: string;

  constructor(tree: Directory, now: number, id: string) {
    this.#trees = new Table([['root', tree]]);
    this.#now = now;
    this.#mountpoint = `/var/lib/docker/overlay2/${id}/merged`;
    const store: TreeStore = { trees: this.#trees, now };
    const mounts = [{ target: '/', tree: 'root', source: '/', readOnly: false, type: 'overlay' as const }];
    this.#files = new FileSystem(store, mounts, HOST_ROOT);
  }

  get tree(): Directory {
    return this.#trees.get('root')!;
  }

  /** Who `name:group` is in this tree. */
  owner(text: string): { uid: number; gid: number } | undefined {
    return text === '' ? undefined : fileOwner(this.#files, text);
  }

  /** Makes a folder and those above it that are missing. Throws EngineError as BuildKit's `mkdir PATH: …`. */
  mkdirs(path: string, owner?: { uid: number; gid: number }): void {
    let current = '/';
    for (const name of segments(path)) {
      current = resolve(current, name);
      const found = this.#stat(current);
      if (found?.type === 'directory') continue;
      if (found) throw new EngineError(500, `mkdir ${current}: not a directory`);
      this.#files.place(current, directory({ mtime: this.#now, ...owner }));
    }
  }

  /** Runs one COPY or ADD from a source tree. */
  copy(source: Directory, action: CopyAction): void {
    const changes: Changes = {
      owner: this.owner(action.chown),
      chmod: action.chmod,
      exclude: action.exclude.length > 0 ? new PatternMatcher(action.exclude) : undefined,
    };
    for (const path of action.wildcard ? glob(source, action.source) : [action.source]) {
      const found = find(source, path);
      if (!found) throw new EngineError(500, `lstat ${path}: no such file or directory`);
      if (action.unpack && found.node.type === 'file' && this.#unpack(found.node.data, action.destination, changes))
        continue;
      if (found.node.type === 'directory') this.#copyFolder(found.node, action.destination, changes);
      else this.#copyFile(found.node, basename(path), action.destination, changes);
    }
  }

  #stat(path: string): FileNode | undefined {
    try {
      return this.#files.stat(path);
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  /** Unpacks an archive into a folder; false when it is none. */
  #unpack(data: string, destination: string, { owner }: Changes): boolean {
    let entries: ReturnType<typeof readTar>;
    try {
      const archive = isGzip(data) ? gunzip(data) : data;
      if (archive.slice(257, 262) !== 'ustar') return false;
      entries = readTar(archive);
    } catch (error) {
      if (error instanceof TarError || error instanceof GzipProblem) return false;
      throw error;
    }
    this.mkdirs(destination, owner);
    const real = this.#files.realpath(destination);
    const folder = lookup(this.tree, segments(real)) as Directory;
    this.#trees.set('root', replace(this.tree, segments(real), applyArchive(folder, entries), this.#now));
    return true;
  }

  #copyFile(node: FileNode, name: string, destination: string, changes: Changes): void {
    const existing = this.#stat(destination);
    const inside = destination.endsWith('/') || existing?.type === 'directory';
    const target = inside ? resolve(destination, name) : resolve('/', destination);
    this.mkdirs(dirname(target), changes.owner);
    this.#place(node, target, changes);
  }

  #copyFolder(folder: Directory, destination: string, changes: Changes): void {
    const target = resolve('/', destination);
    const existing = this.#stat(target);
    if (existing && existing.type !== 'directory')
      throw new EngineError(500, `cannot copy to non-directory: ${this.#mountpoint}${target}`);
    if (!existing) {
      this.mkdirs(dirname(target), changes.owner);
      // The folder itself is a new one: of what is copied it takes the content and the time.
      const made = this.#changed(directory({ mtime: folder.mtime }), changes);
      this.#files.place(target, { ...made, type: 'directory', entries: new Map() });
    }
    this.#merge(folder, target, '', changes);
  }

  #merge(folder: Directory, target: string, prefix: string, changes: Changes): void {
    for (const name of [...folder.entries.keys()].sort()) {
      const node = folder.entries.get(name)!;
      const path = prefix === '' ? name : `${prefix}/${name}`;
      if (changes.exclude?.matches(path)) continue;
      const at = resolve(target, name);
      if (node.type !== 'directory') this.#place(node, at, changes);
      else {
        const existing = this.#files.lstat(at);
        if (existing && existing.type !== 'directory')
          throw new EngineError(500, `cannot copy to non-directory: ${this.#mountpoint}${at}`);
        const { mode, uid, gid } = this.#changed(node, changes);
        if (existing) {
          this.#files.chmod(at, mode);
          this.#files.chown(at, uid, gid);
        } else this.#files.place(at, { ...node, mode, uid, gid, entries: new Map() });
        this.#merge(node, at, path, changes);
      }
    }
    // What is made in a folder must not make it younger than its source says.
    if (prefix !== '' || this.#files.stat(target)?.mtime === this.#now) this.#files.touch(target, folder.mtime);
  }

  #place(node: FileNode, path: string, changes: Changes): void {
    const existing = this.#files.lstat(path);
    if (existing?.type === 'directory')
      throw new EngineError(500, `cannot replace to directory ${this.#mountpoint}${path} with file`);
    if (existing) this.#files.remove(path);
    this.#files.place(path, this.#changed(node, changes));
  }

  #changed(node: FileNode, { owner, chmod }: Changes): FileNode {
    const mode = chmod === '' || node.type === 'symlink' ? node.mode : changeMode(node, chmod);
    return { ...node, mode, ...owner };
  }
}

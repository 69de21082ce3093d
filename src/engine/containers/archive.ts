import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { FileError } from '../files/errors.ts';
import { FileSystem, type Mount } from '../files/filesystem.ts';
import { directory, type FileNode } from '../files/node.ts';
import { basename, resolve } from '../files/path.ts';
import { HOST_ROOT } from '../process/credentials.ts';
import type { Container } from './container.ts';
import { containerEvent } from './event.ts';
import { findContainer } from './find.ts';
import { networkMounts, pointMount } from './mounts/table.ts';

/**
 * All files of a container as the daemon sees them: its root with volumes, host folders and the files of its network,
 * but without what only its processes have (`/proc`, `/dev`, tmpfs).
 */
export function containerFiles(engine: Engine, container: Container): FileSystem {
  const { id, mounts } = container;
  const root: Mount = { target: '/', tree: `container:${id}`, source: '/', readOnly: false, type: 'overlay' };
  return new FileSystem(
    engine.treeStore(),
    [
      root,
      ...mounts.filter(({ Type }) => Type !== 'tmpfs').map((point) => pointMount(engine, point)),
      ...(engine.state.trees.has(`files:${id}`) ? networkMounts(container) : []),
    ],
    HOST_ROOT,
  );
}

/**
 * The file or folder at a path of a container, mounts included; links inside stay links. Throws 404 `Could not find the
 * file PATH in container REF`.
 */
export function readPath(
  engine: Engine,
  ref: string,
  path: string,
): { readonly name: string; readonly node: FileNode } {
  const found = statPath(engine, ref, path);
  containerEvent(engine, findContainer(engine, ref), 'archive-path');
  return found;
}

/** The same only to look at it, of which nobody is told. */
export function statPath(
  engine: Engine,
  ref: string,
  path: string,
): { readonly name: string; readonly node: FileNode } {
  const files = containerFiles(engine, findContainer(engine, ref));
  const absolute = resolve('/', path);
  const node = lstat(files, path);
  if (!node) throw new EngineError(404, `Could not find the file ${path} in container ${ref}`);
  return { name: basename(absolute), node: whole(files, absolute, node) };
}

/** The node at a path; one that asks for a folder where there is none is refused as lstat(2) refuses it. */
function lstat(files: FileSystem, path: string): FileNode | undefined {
  const absolute = resolve('/', path);
  const refused = new EngineError(400, `lstat ${path}: not a directory`);
  try {
    const node = files.lstat(absolute);
    if (node && /\/\.?$/.test(path) && files.stat(absolute)?.type !== 'directory') throw refused;
    return node;
  } catch (error) {
    if (error instanceof FileError && error.code === 'ENOTDIR') throw refused;
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

/** A folder with what is mounted in it. */
function whole(files: FileSystem, path: string, node: FileNode): FileNode {
  if (
    node.type !== 'directory' ||
    !files.mounts.some(({ target }) => target !== path && target.startsWith(path === '/' ? '/' : `${path}/`))
  )
    return node;
  const entries = new Map<string, FileNode>();
  for (const name of files.list(path)) {
    const child = files.lstat(resolve(path, name));
    if (child) entries.set(name, whole(files, resolve(path, name), child));
  }
  return { ...node, entries };
}

/** Puts files and folders into a folder of a container, over what is there, as unpacking an archive does. */
export function writePath(engine: Engine, ref: string, folder: string, entries: ReadonlyMap<string, FileNode>): void {
  const container = findContainer(engine, ref);
  const files = containerFiles(engine, container);
  const target = files.stat(folder);
  if (!target) throw new EngineError(404, `Could not find the file ${folder} in container ${ref}`);
  if (target.type !== 'directory') throw new EngineError(400, 'extraction point is not a directory');
  const real = files.realpath(folder);
  const within = ({ Destination }: { Destination: string }) =>
    real === Destination || real.startsWith(`${Destination}/`);
  if (container.hostConfig.ReadonlyRootfs && !container.mounts.some(within))
    throw new EngineError(400, 'container rootfs is marked read-only');
  if (files.mountOf(real).readOnly) throw new EngineError(403, 'mounted volume is marked read-only');
  for (const [name, node] of entries) put(files, resolve(folder, name), node);
  containerEvent(engine, container, 'extract-to-dir');
}

function put(files: FileSystem, path: string, node: FileNode): void {
  const old = files.lstat(path);
  // A file that is mounted can be written to, but not replaced, which unpacking does.
  if (old && old.type !== 'directory' && path !== '/' && files.mounts.some(({ target }) => target === path))
    throw new EngineError(500, `RemoveAll ${basename(path)}: device or resource busy`);
  if (node.type === 'directory') {
    if (old && old.type !== 'directory') files.remove(path);
    if (!old || old.type !== 'directory')
      files.place(path, directory({ mode: node.mode, uid: node.uid, gid: node.gid, mtime: node.mtime }));
    for (const [name, child] of node.entries) put(files, resolve(path, name), child);
    return;
  }
  if (old?.type === 'directory') throw new EngineError(400, `cannot overwrite directory "${path}" with non-directory`);
  if (old) files.remove(path);
  files.place(path, node);
}

import type { FileSystem, Mount } from '../../engine/files/filesystem.ts';
import type { FileNode } from '../../engine/files/node.ts';

/** Device numbers of the nodes that a container has in /dev (Linux, admin-guide/devices). */
const DEVICES: Readonly<Record<string, readonly [number, number]>> = {
  ...{ null: [1, 3], zero: [1, 5], full: [1, 7], random: [1, 8], urandom: [1, 9], kmsg: [1, 11] },
  ...{ tty: [5, 0], console: [5, 1], ptmx: [5, 2], fuse: [10, 229] },
};

/** Major and minor number of a device. */
export function deviceNumbers(node: FileNode): readonly [number, number] {
  if (node.type !== 'character' && node.type !== 'block') return [0, 0];
  const numbers = /^(\d+):(\d+)$/.exec(node.device);
  if (numbers) return [Number(numbers[1]), Number(numbers[2])];
  return DEVICES[node.device] ?? [0, 0];
}

const PAGE = 4096;

function mountType(files: FileSystem, path: string): Mount['type'] {
  return files.mountOf(path).type;
}

/** Bytes as stat(2) gives them: for a folder what its file system keeps its names in. */
export function byteSize(files: FileSystem, path: string, node: FileNode): number {
  if (node.type === 'file') return node.size;
  if (node.type === 'symlink') return node.target.length;
  if (node.type !== 'directory') return 0;
  const type = mountType(files, path);
  if (type === 'tmpfs' || type === 'devtmpfs' || type === 'mqueue') return 40 + 20 * node.entries.size;
  if (type !== 'overlay' && type !== 'ext4') return 0;
  // ext4: twelve bytes and the name, in steps of four, in whole blocks.
  let bytes = 24;
  for (const name of node.entries.keys()) bytes += 8 + Math.ceil(name.length / 4) * 4;
  return Math.max(1, Math.ceil(bytes / PAGE)) * PAGE;
}

/** Allocated blocks of 512 bytes. */
export function blockCount(files: FileSystem, path: string, node: FileNode): number {
  if (node.type === 'file') return Math.ceil(node.size / PAGE) * (PAGE / 512);
  if (node.type !== 'directory') return 0;
  const type = mountType(files, path);
  return type === 'overlay' || type === 'ext4' ? byteSize(files, path, node) / 512 : 0;
}

/** Hard links: a folder is also named by its `.` and by the `..` of each folder in it. */
export function linkCount(node: FileNode): number {
  if (node.type !== 'directory') return 1;
  let count = 2;
  for (const entry of node.entries.values()) if (entry.type === 'directory') count += 1;
  return count;
}

/** A number like an inode's, the same for the same path. */
export function inodeNumber(path: string): number {
  let hash = 7;
  for (let i = 0; i < path.length; i += 1) hash = (hash * 31 + path.charCodeAt(i)) % 899_981;
  return 100_000 + hash;
}

/** What `stat -c %F`, `ls -F` and others call a node. */
export function fileType(node: FileNode): string {
  switch (node.type) {
    case 'directory':
      return 'directory';
    case 'symlink':
      return 'symbolic link';
    case 'character':
      return 'character special file';
    case 'block':
      return 'block special file';
    case 'socket':
      return 'socket';
    case 'fifo':
      return 'fifo';
    default:
      return node.size === 0 ? 'regular empty file' : 'regular file';
  }
}

import { EMPTY_CONTEXT } from '../../engine/build/build.ts';
import { decode } from '../../engine/bytes.ts';
import { FileError } from '../../engine/files/errors.ts';
import { GzipProblem, gunzip, isGzip } from '../../engine/files/gzip.ts';
import { type Directory, directory } from '../../engine/files/node.ts';
import { basename, dirname, resolve } from '../../engine/files/path.ts';
import { readTar, unpack } from '../../engine/files/tar.ts';
import type { Kernel } from '../../engine/process/program.ts';
import { buildFailure } from './failure.ts';

/** What is to be built: a folder, and the Dockerfile in it or beside it. */
export interface BuildInput {
  readonly context: Directory;
  /** Path of the context; empty when it came through standard input. */
  readonly path: string;
  readonly dockerfile: string | undefined;
  readonly dockerfileName: string;
  /** How `--check` names the Dockerfile. */
  readonly dockerfilePath: string;
  readonly dockerignore?: string;
  /** The Dockerfile came through standard input. */
  readonly fromStdin?: boolean;
  /** The context came as an archive through standard input. */
  readonly archive?: boolean;
}

const REMOTE = /^(?:https?:\/\/|git:\/\/|git@|ssh:\/\/|github\.com\/)/;

export const isRemote = (path: string) => REMOTE.test(path);

/** Reads what `PATH` or `-` and `-f` name. Throws what buildx says. */
export function readInput(kernel: Kernel, path: string, file: string): BuildInput {
  if (path === '-' && file === '-')
    throw buildFailure("invalid argument: can't use stdin for both build context and dockerfile");
  if (path === '-') return fromStdin(kernel, file);
  const folder = nodeAt(kernel, path);
  if (folder?.type !== 'directory')
    throw buildFailure(`unable to prepare context: path ${JSON.stringify(path)} not found`);
  const base = { context: folder, path: resolve(kernel.cwd, path) };
  if (file === '-') {
    const dockerfile = decode(kernel.wholeInput());
    return { ...base, dockerfile, dockerfileName: 'Dockerfile', dockerfilePath: emptyFolder(kernel), fromStdin: true };
  }
  const wanted = file === '' ? defaultFile(kernel, path) : file;
  const where = dirname(resolve(kernel.cwd, wanted));
  if (file !== '' && nodeAt(kernel, where)?.type !== 'directory') {
    const missing = wanted.split('/').slice(0, -1).join('/');
    throw buildFailure(`resolve : lstat ${missing}: no such file or directory`);
  }
  const dockerfile = textAt(kernel, wanted);
  const ignore = textAt(kernel, `${wanted}.dockerignore`);
  return {
    ...{ ...base, dockerfile, dockerfileName: basename(wanted) },
    dockerfilePath: relative(kernel.cwd, resolve(kernel.cwd, wanted)),
    ...(ignore === undefined ? {} : { dockerignore: ignore }),
  };
}

/** `Dockerfile` of a folder, or `dockerfile` where there is only that. */
function defaultFile(kernel: Kernel, path: string): string {
  const lower = `${path}/dockerfile`;
  return !nodeAt(kernel, `${path}/Dockerfile`) && nodeAt(kernel, lower) ? lower : `${path}/Dockerfile`;
}

function relative(cwd: string, path: string): string {
  return path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
}

function emptyFolder(kernel: Kernel): string {
  return `/tmp/empty-dir${Math.floor(kernel.random() * 4e9)}/Dockerfile`;
}

function fromStdin(kernel: Kernel, file: string): BuildInput {
  const input = decompressed(kernel.wholeInput());
  const name = file || 'Dockerfile';
  if (input.slice(257, 262) === 'ustar') {
    const context = unpack(readTar(input), directory());
    const node = find(context, name);
    const ignore = find(context, `${name}.dockerignore`);
    return {
      ...{ context, archive: true, path: '', dockerfileName: basename(name), dockerfilePath: name },
      dockerfile: node?.type === 'file' ? decode(node.data) : undefined,
      ...(ignore?.type === 'file' ? { dockerignore: decode(ignore.data) } : {}),
    };
  }
  const dockerfile = decode(input);
  return {
    context: EMPTY_CONTEXT,
    path: '',
    dockerfile,
    dockerfileName: 'Dockerfile',
    dockerfilePath: emptyFolder(kernel),
    fromStdin: true,
  };
}

/** The daemon takes an archive compressed as well. */
function decompressed(bytes: string): string {
  try {
    return isGzip(bytes) ? gunzip(bytes) : bytes;
  } catch (error) {
    if (error instanceof GzipProblem) return bytes;
    throw error;
  }
}

function find(tree: Directory, path: string) {
  let node: ReturnType<Directory['entries']['get']> = tree;
  for (const name of path.split('/').filter((part) => part !== '' && part !== '.'))
    node = node?.type === 'directory' ? node.entries.get(name) : undefined;
  return node;
}

/** The node at a path of the host, seen from the client's folder; nothing when there is none. */
export function nodeAt(kernel: Kernel, path: string) {
  try {
    return kernel.files.stat(resolve(kernel.cwd, path));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

function textAt(kernel: Kernel, path: string): string | undefined {
  const node = nodeAt(kernel, path);
  return node?.type === 'file' ? decode(node.data) : undefined;
}

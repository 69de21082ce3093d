import { decode, encode } from '../../../engine/bytes.ts';
import { readPath, statPath, writePath } from '../../../engine/containers/archive.ts';
import { findContainer } from '../../../engine/containers/find.ts';
import { EngineError } from '../../../engine/errors.ts';
import { FileError } from '../../../engine/files/errors.ts';
import type { FileSystem } from '../../../engine/files/filesystem.ts';
import type { Directory, FileNode } from '../../../engine/files/node.ts';
import { basename, dirname, resolve } from '../../../engine/files/path.ts';
import { readTar, type TarEntry, TarError, treeEntries, unpack, writeTar } from '../../../engine/files/tar.ts';
import { humanSize } from '../../../engine/units.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { goReason } from '../../options/host-file.ts';
import { checkRef } from './errors.ts';
import { exists, validateOutputPath } from './output-path.ts';

/** One end of a copy: in a container, or on the client's host when `container` is empty. */
interface End {
  readonly container: string;
  readonly path: string;
}

/** `docker cp` (docker/cli, cli/command/container/cp.go). */
export async function cp(context: CommandContext): Promise<number> {
  const [source = '', destination = ''] = context.args;
  if (source === '') throw new CliError('source can not be empty');
  if (destination === '') throw new CliError('destination can not be empty');
  const from = splitEnd(source);
  const to = splitEnd(destination);
  if (from.container !== '' && to.container !== '') throw new CliError('copying between containers is not supported');
  if (from.container !== '') return fromContainer(context, from, to.path);
  if (to.container !== '') return toContainer(context, from.path, to);
  throw new CliError('must specify at least one container source');
}

/** `NAME:PATH` is in a container, unless it begins like a path. */
function splitEnd(text: string): End {
  const colon = text.indexOf(':');
  if (text.startsWith('/') || text.startsWith('.') || colon < 0) return { container: '', path: text };
  return { container: text.slice(0, colon), path: text.slice(colon + 1) };
}

const assertsDirectory = (path: string) => path === '' || /(?:^|\/)\.?$/.test(path);
const contentsOnly = (path: string) => /(?:^|\/)\.$/.test(path);

function isQuiet({ flags, kernel }: CommandContext): boolean {
  return flags.changed('quiet') ? flags.boolean('quiet') : !kernel.terminal.stdout;
}

function fromContainer(context: CommandContext, from: End, to: string): number {
  const { kernel, flags, err } = context;
  const { files, cwd } = kernel;
  const target = resolve(cwd, encode(to));
  if (to !== '-') validateOutputPath(kernel, target);
  checkRef(from.container);
  const found = readSource(context, from, flags.boolean('follow-link'));
  const name = found.name;
  const inside = contentsOnly(from.path) ? '.' : name;
  if (to === '-') {
    kernel.output(writeTar(archiveOf(inside, found.node)));
    return 0;
  }
  const node = owned(found.node);
  const entries = archiveOf(inside, node);
  const there = exists(() => files.stat(target));
  if (there?.type === 'directory') {
    if (contentsOnly(from.path) && node.type === 'directory')
      for (const [inner, child] of node.entries) put(files, resolve(target, inner), child);
    else put(files, resolve(target, name === '/' ? '' : name), node);
  } else {
    if (there && node.type === 'directory') throw new CliError('cannot copy directory');
    if (!there && node.type !== 'directory' && assertsDirectory(to)) throw new CliError('no such directory');
    put(files, target, node);
  }
  if (!isQuiet(context)) err(`Successfully copied ${archiveSize(entries)} to ${decode(target)}\n`);
  return 0;
}

/** The node at a path of a container; with `follow` that which a link means, under the link's name. */
function readSource({ engine }: CommandContext, { container, path }: End, follow: boolean) {
  let current = encode(path);
  const name = basename(resolve('/', current));
  for (let links = 0; ; links += 1) {
    const found = readPath(engine, container, current);
    if (!follow || found.node.type !== 'symlink' || links > 40) return { name, node: found.node };
    current = resolve(dirname(resolve('/', current)), found.node.target);
  }
}

async function toContainer(context: CommandContext, source: string, to: End): Promise<number> {
  const { engine, flags, err } = context;
  checkRef(to.container);
  const destination = statDestination(context, to);
  if (source === '-') return unpackInput(context, to, destination);
  const { node, name } = readLocal(context, source, flags.boolean('follow-link'));
  const given = flags.boolean('archive') ? containerOwned(context, to.container, node) : node;
  const path = resolve('/', destination.path);
  const base = basename(path);
  if (destination.node?.type === 'directory') {
    const whole = contentsOnly(source) && given.type === 'directory';
    const entries: ReadonlyMap<string, FileNode> = whole ? given.entries : new Map([[name, given]]);
    writePath(engine, to.container, path, entries);
  } else {
    if (destination.node && given.type === 'directory') throw new CliError('cannot copy directory');
    if (!destination.node && given.type !== 'directory' && assertsDirectory(to.path))
      throw new CliError('no such directory');
    writePath(engine, to.container, dirname(path), new Map([[base, given]]));
  }
  if (!isQuiet(context))
    err(`Successfully copied ${archiveSize(archiveOf(name, given))} to ${to.container}:${destination.path}\n`);
  return 0;
}

/** What is at the destination, a link there followed once. */
function statDestination({ engine }: CommandContext, { container, path }: End) {
  const look = (at: string) => {
    try {
      return at === '' ? undefined : statPath(engine, container, at).node;
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  };
  const wanted = encode(path);
  const node = look(wanted);
  if (node?.type !== 'symlink') return { path: wanted, node };
  const target = resolve(dirname(resolve('/', wanted)), node.target);
  return { path: target, node: look(target) };
}

/** `docker cp - CONTAINER:FOLDER`: unpacks the archive that comes as input. */
async function unpackInput(
  { engine, kernel }: CommandContext,
  to: End,
  { path, node }: { readonly path: string; readonly node: FileNode | undefined },
): Promise<number> {
  if (node?.type !== 'directory') throw new CliError(`destination "${to.container}:${to.path}" must be a directory`);
  await engine.scheduler.until(() => kernel.process.inputEnded);
  let tree: Directory;
  try {
    tree = unpack(readTar(kernel.input().data));
  } catch (error) {
    if (error instanceof TarError) throw new EngineError(400, error.message);
    throw error;
  }
  writePath(engine, to.container, path, tree.entries);
  return 0;
}

/** A file or folder of the host. A link is copied as such, unless asked otherwise or the path goes through it. */
function readLocal({ kernel: { files, cwd } }: CommandContext, source: string, follow: boolean) {
  const absolute = resolve(cwd, encode(source));
  const shown = decode(absolute) + (source.endsWith('/') && absolute !== '/' ? '/' : '');
  const through = follow || assertsDirectory(source);
  try {
    const node = through ? files.stat(absolute) : files.lstat(absolute);
    if (!node) throw new FileError('ENOENT', absolute);
    if (assertsDirectory(source) && node.type !== 'directory') throw new FileError('ENOTDIR', absolute);
    return { node, name: basename(absolute) };
  } catch (error) {
    if (error instanceof FileError) throw new CliError(`lstat ${shown}: ${goReason(error)}`);
    throw error;
  }
}

/** What the client unpacks belongs to whoever runs it. */
function owned(node: FileNode, uid = 0, gid = 0): FileNode {
  if (node.type !== 'directory') return { ...node, uid, gid };
  return {
    ...{ ...node, uid, gid },
    entries: new Map([...node.entries].map(([name, child]) => [name, owned(child, uid, gid)])),
  };
}

/** With `--archive`, files in a container belong to the container's user. */
function containerOwned({ engine }: CommandContext, ref: string, node: FileNode): FileNode {
  const [uid = '', gid = ''] = findContainer(engine, ref).config.User.split(':');
  return /^\d+$/.test(uid) ? owned(node, Number(uid), /^\d+$/.test(gid) ? Number(gid) : 0) : node;
}

function put(files: FileSystem, path: string, node: FileNode): void {
  const old = files.lstat(path);
  if (node.type === 'directory' && old?.type === 'directory') {
    for (const [name, child] of node.entries) put(files, resolve(path, name), child);
    return;
  }
  if (old?.type === 'directory') throw new CliError(`cannot overwrite directory "${decode(path)}" with non-directory`);
  if (old) files.remove(path);
  files.place(path, node);
}

function archiveOf(name: string, node: FileNode): TarEntry[] {
  if (node.type !== 'directory') return [{ path: name, node }];
  return [{ path: `${name}/`, node: { ...node, entries: new Map() } }, ...treeEntries(node, `${name}/`)];
}

/** Bytes that travelled, in the words of the summary. */
function archiveSize(entries: readonly TarEntry[]): string {
  return humanSize(writeTar(entries).length);
}

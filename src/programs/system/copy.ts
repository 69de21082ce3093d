import { FileError } from '../../engine/files/errors.ts';
import { type FileNode, type RegularFile, renamed, symbolicLink } from '../../engine/files/node.ts';
import { within } from '../../engine/files/path.ts';
import type { Tool } from '../tool.ts';
import { destination, type Target } from './destination.ts';
import { type Invocation, tool, UsageError } from './invocation.ts';
import { type Options, parseOptions } from './options.ts';

const GNU_NAMES = {
  ...{ archive: 'a', recursive: 'r', force: 'f', verbose: 'v', interactive: 'i', 'no-clobber': 'n', update: 'u::' },
  ...{ dereference: 'L', 'no-dereference': 'P', 'target-directory': 't', 'no-target-directory': 'T', parents: '' },
  ...{
    link: 'l',
    'symbolic-link': 's',
    preserve: '::',
    'no-preserve': ':',
    'one-file-system': 'x',
    sparse: ':',
    reflink: '::',
  },
  ...{ backup: '::', suffix: 'S', 'attributes-only': '', 'strip-trailing-slashes': '', 'remove-destination': '' },
};

export const cp: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, 'arRPLHdpfinlsTut:v')
      : parseOptions(call, 'arRPLHdpfinlsTut:vxbS:', { long: GNU_NAMES });
    const target = destination(call, options, 'cp');
    for (const source of target.sources) copyOperand(call, options, source, target);
  },
  { usage: 'cp [-arPLHpfinlsTu] SOURCE DEST\ncp [-arPLHpfinlsu] SOURCE... { -t DIRECTORY | DIRECTORY }' },
);

/** What is kept of each file that is copied. */
interface Manner {
  readonly recursive: boolean;
  readonly follow: 'all' | 'none' | 'command line';
  readonly preserve: boolean;
  readonly owner: boolean;
}

function manner(options: Options): Manner {
  const preserve = options.values('preserve').join(',');
  const archive = options.has('a');
  const recursive = archive || options.has('r', 'R');
  const follow = options.has('L')
    ? 'all'
    : options.has('H')
      ? 'command line'
      : recursive || options.has('d', 'P')
        ? 'none'
        : 'all';
  return {
    recursive,
    follow,
    preserve: archive || options.has('p') || options.has('preserve'),
    owner: archive || options.has('p') || (options.has('preserve') && (preserve === '' || /all|owner/.test(preserve))),
  };
}

function copyOperand(call: Invocation, options: Options, source: string, target: Target): undefined {
  const how = manner(options);
  const from = source.replace(/(?<=[^/])\/+$/, '');
  const node = call.attempt(
    () => call.stat(source, how.follow !== 'none'),
    (reason) => `can't stat '${source}': ${reason}`,
    (reason) => `cannot stat '${source}': ${reason}`,
  );
  if (!node) return;
  const name = options.has('parents') ? from : target.nameFor(from);
  const to = target.into ? (name === '' ? target.path : `${target.path.replace(/\/+$/, '')}/${name}`) : target.path;
  if (node.type === 'directory' && !how.recursive)
    return call.complain(`omitting directory '${source}'`, `-r not specified; omitting directory '${source}'`);
  if (options.has('parents')) call.kernel.files.mkdirs(call.path(to.slice(0, to.lastIndexOf('/'))));
  copyNode(call, options, how, source, to, node);
}

function copyNode(
  call: Invocation,
  options: Options,
  how: Manner,
  from: string,
  to: string,
  node: FileNode,
): undefined {
  const { files } = call.kernel;
  let existing: FileNode | undefined;
  try {
    existing = files.stat(call.path(to)) ?? (node.type === 'symlink' ? files.lstat(call.path(to)) : undefined);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'ENOTDIR' || error.code === 'ELOOP' || error.code === 'EACCES') {
      const reason = error.code === 'ENOTDIR' && call.busybox ? 'Path has non-directory component' : error.message;
      return call.complain(`can't stat '${to}': ${reason}`, `failed to access '${to}': ${error.message}`);
    }
  }
  if (existing && sameFile(call, from, to)) return call.complain(`'${from}' and '${to}' are the same file`);
  if (existing && options.has('n')) return;
  if (existing && options.has('u') && existing.mtime >= node.mtime) return;
  if (node.type === 'directory') copyFolder(call, options, how, from, to, node, existing);
  else {
    if (existing?.type === 'directory')
      return call.complain(
        `can't create '${to}': Is a directory`,
        `cannot overwrite directory '${to}' with non-directory`,
      );
    if (copyFile(call, options, how, from, to, node, existing) && options.has('v')) call.out(`'${from}' -> '${to}'\n`);
  }
}

function sameFile(call: Invocation, from: string, to: string): boolean {
  try {
    return call.kernel.files.realpath(call.path(from)) === call.kernel.files.realpath(call.path(to));
  } catch {
    return false;
  }
}

function copyFolder(
  call: Invocation,
  options: Options,
  how: Manner,
  from: string,
  to: string,
  node: FileNode & { type: 'directory' },
  existing: FileNode | undefined,
): undefined {
  const { files } = call.kernel;
  if (existing && existing.type !== 'directory')
    return call.complain(
      `target '${to}' is not a directory`,
      `cannot overwrite non-directory '${to}' with directory '${from}'`,
    );
  const real = files.realpath(call.path(from));
  if (within(real, call.path(to).replace(/\/+$/, '')))
    return call.complain(
      `recursion detected, omitting directory '${from}'`,
      `cannot copy a directory, '${from}', into itself, '${to}'`,
    );
  // What is there when copying begins: the copy must not find itself.
  const names = call.attempt(
    () => files.list(call.path(from)),
    (reason) => `can't open '${from}': ${reason}`,
    (reason) => `cannot access '${from}': ${reason}`,
  );
  if (!names) return;
  if (!existing) {
    const made = call.attempt(
      () => {
        files.mkdir(call.path(to), (how.preserve ? node.mode : node.mode & ~0o022) | 0o700);
        return true;
      },
      (reason) => `can't create directory '${to}': ${reason}`,
      (reason) => `cannot create directory '${to}': ${reason}`,
    );
    if (!made) return;
    if (options.has('v') && !call.busybox) call.out(`'${from}' -> '${to}'\n`);
  }
  const base = from.replace(/\/+$/, '');
  for (const name of names) {
    const inner = `${base}/${name}`;
    const child =
      how.follow === 'all' ? (call.tryStat(inner) ?? call.tryStat(inner, false)) : call.tryStat(inner, false);
    if (child)
      copyNode(
        call,
        options,
        { ...how, follow: how.follow === 'command line' ? 'none' : how.follow },
        inner,
        `${to.replace(/\/+$/, '')}/${name}`,
        child,
      );
  }
  if (options.has('v') && call.busybox && !existing) call.out(`'${from}' -> '${to}'\n`);
  if (how.preserve) keepAttributes(call, how, to, node);
  else if (!existing) files.chmod(call.path(to), node.mode & ~0o022 & 0o7777);
}

/** What the kernel says when a file could be made, but not filled. */
const FULL = 'No space left on device';

function programOf({ program }: RegularFile): { program?: string } {
  return program === undefined ? {} : { program };
}

function copyFile(
  call: Invocation,
  options: Options,
  how: Manner,
  from: string,
  to: string,
  node: FileNode,
  existing: FileNode | undefined,
): boolean {
  const { files, now, credentials } = call.kernel;
  const path = call.path(to);
  if (node.type === 'file' && !files.permits(node, 4)) {
    call.complain(`can't open '${from}': Permission denied`, `cannot open '${from}' for reading: Permission denied`);
    return false;
  }
  const done = call.attempt(
    () => {
      if (to.endsWith('/')) throw new FileError(call.busybox ? 'EISDIR' : 'ENOTDIR', to);
      const fresh = { uid: credentials.uid, gid: credentials.gid, mtime: now };
      if (options.has('s')) files.symlink(from, path);
      else if (options.has('l')) files.place(path, renamed(node, files.realpath(call.path(from)), path));
      else if (node.type === 'file') {
        // A device may be read like a file: nothing is in it.
        if (existing && options.has('remove-destination')) files.remove(path);
        files.write(path, node.data, {
          mode: node.mode & ~0o022 & 0o777,
          size: node.size,
          ...programOf(renamed(node, files.realpath(call.path(from)), path)),
        });
      } else if (node.type === 'symlink') {
        if (existing || files.lstat(path)) files.remove(path);
        files.place(path, symbolicLink(node.target, how.owner ? { ...node } : fresh));
      } else if (how.recursive) files.place(path, { ...node, ...(how.owner ? {} : fresh) } as FileNode);
      else files.write(path, '');
      return true;
    },
    (reason) => (reason === FULL ? `write error: ${reason}` : `can't create '${to}': ${reason}`),
    (reason) =>
      reason === FULL
        ? `error copying '${from}' to '${to}': ${reason}`
        : node.type === 'symlink' || options.has('s')
          ? `cannot create symbolic link '${to}': ${reason}`
          : `cannot create regular file '${to}': ${reason}`,
  );
  if (done && how.preserve && node.type === 'file') keepAttributes(call, how, to, node);
  return done === true;
}

function keepAttributes(call: Invocation, how: Manner, to: string, node: FileNode): undefined {
  const { files } = call.kernel;
  const path = call.path(to);
  try {
    if (how.owner) files.chown(path, node.uid, node.gid);
  } catch (error) {
    // Without CAP_CHOWN the owner is not kept, and cp says nothing.
    if (!(error instanceof FileError)) throw error;
  }
  try {
    files.chmod(path, node.mode);
    files.touch(path, node.mtime);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    call.complain(
      `can't preserve permissions of '${to}': ${error.message}`,
      `preserving times for '${to}': ${error.message}`,
    );
  }
}

/** Copies files and sets their attributes. */
export const install: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'cdDsvpo:g:m:t:TC', {
      long: { directory: 'd', mode: 'm', owner: 'o', group: 'g', 'target-directory': 't', verbose: 'v' },
    });
    const mode = options.value('m') ? Number.parseInt(options.value('m')!, 8) : 0o755;
    const { files } = call.kernel;
    if (options.has('d')) {
      if (options.operands.length === 0) throw new UsageError(call.busybox ? '' : 'missing file operand');
      for (const name of options.operands) {
        files.mkdirs(call.path(name));
        files.chmod(call.path(name), mode);
      }
      return;
    }
    if (options.has('D')) {
      const last = options.operands.at(-1) ?? '';
      const folder = options.value('t') ?? last.slice(0, Math.max(0, last.lastIndexOf('/')));
      if (folder !== '') files.mkdirs(call.path(folder));
    }
    const target = destination(call, options, 'install');
    for (const source of target.sources) {
      const to = target.into ? `${target.path.replace(/\/+$/, '')}/${target.nameFor(source)}` : target.path;
      const before = call.status;
      copyOperand(call, options, source, target);
      if (call.status === before) files.chmod(call.path(to), mode);
    }
  },
  { usage: 'install [-cdDsp] [-o USER] [-g GRP] [-m MODE] [-t DIR] [SOURCE]... DEST' },
);

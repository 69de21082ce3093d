import { FileError } from '../../engine/files/errors.ts';
import { resolve } from '../../engine/files/path.ts';
import type { Tool } from '../tool.ts';
import { Failure, type Invocation, tool, UsageError } from './invocation.ts';
import { relativePath } from './move.ts';
import { parseOptions } from './options.ts';

function lastPart(path: string): string {
  const bare = path.replace(/\/+$/, '');
  if (bare === '') return path === '' ? '' : '/';
  return bare.slice(bare.lastIndexOf('/') + 1);
}

export const basename: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'as:z', { long: { multiple: 'a', suffix: 's', zero: 'z' }, inOrder: true });
    const [first, second, third] = options.operands;
    if (first === undefined) throw new UsageError(call.busybox ? '' : 'missing operand');
    const many = options.has('a', 's');
    if (!many && third !== undefined) throw new UsageError(call.busybox ? '' : `extra operand ${call.quote(third)}`);
    const suffix = options.value('s') ?? (many ? '' : (second ?? ''));
    for (const path of many ? options.operands : [first]) {
      const name = lastPart(path);
      const cut = suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
      call.out(cut + (options.has('z') ? '\0' : '\n'));
    }
  },
  { usage: 'basename FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...' },
);

function folderOf(path: string): string {
  const bare = path.replace(/(?<=.)\/+$/, '');
  const at = bare.lastIndexOf('/');
  if (at < 0) return '.';
  return bare.slice(0, at).replace(/(?<=.)\/+$/, '') || '/';
}

export const dirname: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'z', { long: { zero: 'z' } });
    if (options.operands.length === 0) throw new UsageError(call.busybox ? '' : 'missing operand');
    if (call.busybox && options.operands.length > 1) throw new UsageError();
    for (const path of options.operands) call.out(folderOf(path) + (options.has('z') ? '\0' : '\n'));
  },
  { usage: 'dirname FILENAME' },
);

/** The path without links; the last name, or with `missing` any name, need not exist. */
function canonical(call: Invocation, name: string, missing: 'none' | 'last' | 'any'): string {
  const path = call.path(name);
  const { files } = call.kernel;
  try {
    if (name === '') throw new FileError('ENOENT', name);
    return files.realpath(path);
  } catch (error) {
    if (!(error instanceof FileError) || missing === 'none' || (error.code !== 'ENOENT' && missing !== 'any'))
      throw error;
    const link = call.tryStat(name, false);
    if (link?.type === 'symlink')
      return canonical(call, link.target.startsWith('/') ? link.target : `${folderOf(path)}/${link.target}`, missing);
    if (missing === 'any') {
      const up = folderOf(resolve('/', path));
      return up === '/' ? resolve('/', path) : resolve(canonical(call, up, 'any'), lastPart(path));
    }
    return resolve(files.realpath(folderOf(path)), lastPart(path));
  }
}

export const realpath: Tool = tool(
  (call) => {
    const options = call.busybox
      ? { operands: call.args, has: () => false, value: () => undefined }
      : parseOptions(call, 'emsqzLP', {
          long: {
            ...{
              'canonicalize-existing': 'e',
              'canonicalize-missing': 'm',
              strip: 's',
              'no-symlinks': 's',
              quiet: 'q',
            },
            ...{ 'relative-to': ':', 'relative-base': ':', zero: 'z' },
          },
        });
    if (options.operands.length === 0) {
      if (!call.busybox) throw new UsageError('missing operand');
      throw new UsageError();
    }
    for (const name of options.operands) {
      const missing = call.busybox ? 'none' : options.has('m') ? 'any' : options.has('e') ? 'none' : 'last';
      const found = call.attempt(
        () => (options.has('s') ? resolve(call.kernel.cwd, name) : canonical(call, name, missing)),
        (reason) => `${name}: ${reason}`,
      );
      if (found === undefined) continue;
      const base = options.value('relative-to');
      call.out(`${base === undefined ? found : relativePath(canonical(call, base, 'any'), found)}\n`);
    }
  },
  { usage: 'realpath FILE...' },
);

export const readlink: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, 'fnv')
      : parseOptions(call, 'femnqsvz', {
          long: {
            ...{ canonicalize: 'f', 'canonicalize-existing': 'e', 'canonicalize-missing': 'm', 'no-newline': 'n' },
            ...{ quiet: 'q', silent: 's', verbose: 'v', zero: 'z' },
          },
        });
    if (options.operands.length === 0) throw new UsageError(call.busybox ? '' : 'missing operand');
    const end = options.has('z') ? '\0' : options.has('n') ? '' : '\n';
    for (const name of options.operands) {
      try {
        // BusyBox finds the folder of a missing file only when the path names one.
        if (call.busybox && options.has('f') && !name.includes('/') && !call.tryStat(name, false)) call.status = 1;
        else if (options.has('f', 'e', 'm'))
          call.out(canonical(call, name, options.has('m') ? 'any' : options.has('e') ? 'none' : 'last') + end);
        else {
          const node = call.stat(name, false);
          if (node.type !== 'symlink') throw new FileError('EINVAL', name);
          call.out(node.target + end);
        }
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        call.status = 1;
        if (!options.has('v')) continue;
        call.complain(
          error.code === 'EINVAL' ? `${name}: cannot read link: not a symlink` : `${name}: ${error.message}`,
          `${name}: ${error.message}`,
        );
      }
    }
  },
  { usage: 'readlink [-fnv] FILE' },
);

export const which: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'as');
    if (options.operands.length === 0) {
      throw call.busybox ? new UsageError() : new Failure('');
    }
    const { files, environment } = call.kernel;
    const executable = (path: string) => {
      const node = call.tryStat(path);
      return node?.type === 'file' && files.permits(node, 1);
    };
    for (const name of options.operands) {
      const candidates = name.includes('/')
        ? [name]
        : (environment['PATH'] ?? '/sbin:/usr/sbin:/bin:/usr/bin')
            .split(':')
            .map((folder) => `${folder || '.'}/${name}`);
      const found = candidates.filter(executable);
      if (found.length === 0) call.status = 1;
      for (const path of options.has('a') ? found : found.slice(0, 1)) call.out(`${path}\n`);
    }
  },
  { usage: 'which [-a] COMMAND...' },
);

export const pwd: Tool = tool((call) => {
  const options = parseOptions(call, 'LP', { long: { logical: 'L', physical: 'P' } });
  const { files, cwd } = call.kernel;
  call.out(`${options.has('L') ? cwd : files.realpath(cwd)}\n`);
});

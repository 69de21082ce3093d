import { FileError } from '../../engine/files/errors.ts';
import { within } from '../../engine/files/path.ts';
import { hasCapability } from '../../engine/process/credentials.ts';
import type { Tool } from '../tool.ts';
import { type Invocation, tool, UsageError } from './invocation.ts';
import { type Options, parseOptions } from './options.ts';

const GNU_NAMES = {
  ...{ recursive: 'r', force: 'f', verbose: 'v', dir: 'd', interactive: 'i::', 'one-file-system': '' },
  ...{ 'no-preserve-root': '', 'preserve-root': '::' },
};

export const rm: Tool = tool(
  (call) => {
    const options = call.busybox ? parseOptions(call, 'fiRrvI') : parseOptions(call, 'rRfvdiI', { long: GNU_NAMES });
    if (options.operands.length === 0) {
      if (options.has('f')) return;
      throw new UsageError(call.busybox ? '' : 'missing operand');
    }
    const answers = options.has('i') ? call.kernel.wholeInput().split('\n') : [];
    for (const name of options.operands) removeOperand(call, options, name, answers);
  },
  { usage: 'rm [-irf] FILE...' },
);

function removeOperand(call: Invocation, options: Options, name: string, answers: string[]): undefined {
  const recursive = options.has('r', 'R');
  const last = name.replace(/\/+$/, '').split('/').at(-1);
  if (call.busybox && (last === '.' || last === '..')) return call.complain("can't remove '.' or '..'");
  const node = options.has('f')
    ? call.tryStat(name, false)
    : call.attempt(
        () => call.stat(name, false),
        (reason) => `can't remove '${name}': ${reason}`,
        (reason) => `cannot remove '${name}': ${reason}`,
      );
  if (!node) return;
  if (node.type === 'directory') {
    if (!call.busybox && recursive) {
      if (last === '.' || last === '..')
        return call.complain('', `refusing to remove '.' or '..' directory: skipping '${name}'`);
      if (call.kernel.files.realpath(call.path(name)) === '/' && !options.has('no-preserve-root')) {
        call.complain('', `it is dangerous to operate recursively on '${name}'`);
        return call.complain('', 'use --no-preserve-root to override this failsafe');
      }
    }
    if (!recursive) {
      if (options.has('d') && node.entries.size === 0) removeOne(call, options, name, true);
      else call.complain(`'${name}' is a directory`, `cannot remove '${name}': Is a directory`);
      return;
    }
  }
  if (options.has('i')) {
    const what =
      node.type === 'directory'
        ? 'directory'
        : node.type === 'symlink'
          ? 'symbolic link'
          : node.type === 'file' && node.size === 0
            ? 'regular empty file'
            : 'regular file';
    call.err(`${call.name}: remove ${call.busybox ? '' : `${what} `}'${name}'? `);
    if (!/^y/i.test(answers.shift() ?? '')) return;
  }
  if (node.type === 'directory') removeFolder(call, options, name);
  else removeOne(call, options, name, false);
}

function removeFolder(call: Invocation, options: Options, name: string): boolean {
  const { files, credentials } = call.kernel;
  const path = call.path(name);
  const real = files.realpath(path);
  const mountsInside = files.mounts.some(({ target }) => within(real, target));
  // Where nobody can object, all goes at once.
  if (
    !options.has('v') &&
    !mountsInside &&
    !files.mountOf(real).readOnly &&
    hasCapability(credentials, 'DAC_OVERRIDE') &&
    hasCapability(credentials, 'FOWNER')
  )
    return removeOne(call, options, name, true);
  let whole = true;
  try {
    for (const entry of files.list(path)) {
      const inner = `${name.replace(/\/+$/, '')}/${entry}`;
      const node = files.lstat(call.path(inner));
      const gone =
        node?.type === 'directory' ? removeFolder(call, options, inner) : removeOne(call, options, inner, false);
      whole &&= gone;
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    call.complain(`can't remove '${name}': ${error.message}`, `cannot remove '${name}': ${error.message}`);
    return false;
  }
  if (!whole) return false;
  return removeOne(call, options, name, true);
}

function removeOne(call: Invocation, options: Options, name: string, folder: boolean): boolean {
  const path = call.path(name);
  try {
    call.kernel.files.remove(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'ENOENT' && options.has('f')) return true;
    call.complain(`can't remove '${name}': ${error.message}`, `cannot remove '${name}': ${error.message}`);
    return false;
  }
  if (options.has('v')) call.out(`removed ${folder ? (call.busybox ? 'directory: ' : 'directory ') : ''}'${name}'\n`);
  return true;
}

export const rmdir: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'pv', {
      long: { parents: 'p', verbose: 'v', 'ignore-fail-on-non-empty': '' },
    });
    if (options.operands.length === 0) throw new UsageError(call.busybox ? '' : 'missing operand');
    for (const name of options.operands) {
      let current = name.replace(/(?<=.)\/+$/, '');
      let first = true;
      for (;;) {
        if (options.has('v') && !call.busybox) call.out(`rmdir: removing directory, '${current}'\n`);
        if (!removeEmpty(call, options, current, first)) break;
        const up = current.slice(0, Math.max(0, current.lastIndexOf('/')));
        if (!options.has('p') || up === '') break;
        current = up;
        first = false;
      }
    }
  },
  { usage: 'rmdir [-p] DIRECTORY...' },
);

function removeEmpty(call: Invocation, options: Options, name: string, first: boolean): boolean {
  try {
    const node = call.stat(name, false);
    if (node.type !== 'directory') throw new FileError('ENOTDIR', name);
    const path = call.path(name);
    if (call.kernel.files.mountOf(call.kernel.files.realpath(path)).readOnly) throw new FileError('EROFS', name);
    if (call.kernel.files.list(path).length > 0) throw new FileError('ENOTEMPTY', name);
    call.kernel.files.remove(path);
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'ENOTEMPTY' && options.has('ignore-fail-on-non-empty')) return false;
    const what = first ? 'failed to remove' : 'failed to remove directory';
    call.complain(`'${name}': ${error.message}`, `${what} '${name}': ${error.message}`);
    return false;
  }
}

export const unlink: Tool = tool(
  (call) => {
    const { operands } = parseOptions(call, '');
    const [name] = operands;
    if (name === undefined) throw new UsageError(call.busybox ? '' : 'missing operand');
    if (operands.length > 1) throw new UsageError(call.busybox ? '' : `extra operand ${call.quote(operands[1]!)}`);
    call.attempt(
      () => {
        if (call.stat(name, false).type === 'directory') throw new FileError('EISDIR', name);
        call.kernel.files.remove(call.path(name));
      },
      (reason) => `can't remove file '${name}': ${reason}`,
      (reason) => `cannot unlink '${name}': ${reason}`,
    );
  },
  { usage: 'unlink FILE' },
);

import { FileError } from '../../engine/files/errors.ts';
import { type FileNode, renamed } from '../../engine/files/node.ts';
import { hasCapability } from '../../engine/process/credentials.ts';
import type { Tool } from '../tool.ts';
import { Failure, type Invocation, tool, UsageError } from './invocation.ts';
import { changedMode } from './mode.ts';
import { parseOptions } from './options.ts';
import { suffixedNumber } from './sizes.ts';
import { parseDate, parseStamp } from './time.ts';

/** The value of `-m`, or undefined when it was not given. Throws for a mode that can't be read. */
function modeOption(call: Invocation, text: string | undefined, base: number): number | undefined {
  if (text === undefined) return undefined;
  const mode = changedMode(text, base, false, 0);
  if (mode === undefined) throw call.failure(`invalid mode '${text}'`, `invalid mode ${call.quote(text)}`);
  return mode;
}

export const mkdir: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'pm:vZ', { long: { parents: 'p', mode: 'm', verbose: 'v' } });
    if (options.operands.length === 0) throw new UsageError(call.busybox ? '' : 'missing operand');
    const mode = modeOption(call, options.value('m'), 0o777);
    for (const name of options.operands) {
      if (options.has('p')) makeAll(call, name, mode, options.has('v'));
      else makeOne(call, name, name, mode, options.has('v'));
    }
  },
  { usage: 'mkdir [-m MODE] [-p] DIRECTORY...' },
);

function makeOne(call: Invocation, name: string, shown: string, mode: number | undefined, verbose: boolean): boolean {
  const { files } = call.kernel;
  const made = call.attempt(
    () => {
      files.mkdir(call.path(name));
      if (mode !== undefined) files.chmod(call.path(name), mode);
      return true;
    },
    (reason) => `can't create directory '${shown}': ${reason}`,
    (reason) => `cannot create directory ${call.quote(shown)}: ${reason}`,
  );
  if (made && verbose)
    call.out(call.busybox ? `created directory: '${shown}'\n` : `${call.name}: created directory '${shown}'\n`);
  return made === true;
}

function makeAll(call: Invocation, name: string, mode: number | undefined, verbose: boolean): undefined {
  const parts = name.split('/');
  let current = '';
  for (const [i, part] of parts.entries()) {
    current += i === 0 ? part : `/${part}`;
    if (part === '' && i < parts.length - 1) continue;
    if (current === '') continue;
    const last = i === parts.length - 1 || parts.slice(i + 1).every((rest) => rest === '');
    const node = call.tryStat(current);
    if (node?.type === 'directory') continue;
    if (node) {
      const reason = last ? 'File exists' : 'Not a directory';
      return call.complain(
        `can't create directory '${current}${last ? '' : '/'}': ${reason}`,
        `cannot create directory ${call.quote(current)}: ${reason}`,
      );
    }
    if (!makeOne(call, current, call.busybox && !last ? `${current}/` : current, last ? mode : undefined, verbose))
      return;
    if (last) return;
  }
}

export const touch: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, 'chamd:t:r:f')
      : parseOptions(call, 'chamd:t:r:f', {
          long: { 'no-create': 'c', date: 'd', reference: 'r', time: ':', 'no-dereference': 'h' },
        });
    if (options.operands.length === 0) throw new UsageError(call.busybox ? '' : 'missing file operand');
    const { files, now } = call.kernel;
    let time = now;
    const [text, stamp, reference] = [options.value('d'), options.value('t'), options.value('r')];
    const invalid = (word: string) => call.failure(`invalid date '${word}'`, `invalid date format ${call.quote(word)}`);
    if (reference !== undefined) {
      const node = call.tryStat(reference);
      if (!node)
        throw call.failure(
          `${reference}: No such file or directory`,
          `failed to get attributes of '${reference}': No such file or directory`,
        );
      time = node.mtime;
    }
    if (text !== undefined) {
      const parsed = parseDate(text, now, !call.busybox) ?? (call.busybox ? parseStamp(text, now) : undefined);
      if (parsed === undefined) throw invalid(text);
      time = parsed;
    }
    if (stamp !== undefined) {
      const parsed = parseStamp(stamp, now);
      if (parsed === undefined) throw invalid(stamp);
      time = parsed;
    }
    for (const name of options.operands) {
      try {
        const path = call.path(name);
        const node = files.stat(path);
        if (node && !(name.endsWith('/') && node.type !== 'directory')) {
          if (!(options.has('a') && !options.has('m'))) files.touch(path, time);
        } else if (name.endsWith('/') || name === '') {
          if (name === '') throw new FileError('ENOENT', name);
          call.complain(`${name}: Is a directory`, `setting times of '${name}': No such file or directory`);
        } else if (!options.has('c')) {
          files.write(path, '');
          if (time !== now) files.touch(path, time);
        }
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        call.complain(`${name}: ${error.message}`, `cannot touch '${name}': ${error.message}`);
      }
    }
  },
  { usage: 'touch [-cham] [-d DATE] [-t DATE] [-r FILE] FILE...' },
);

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const mktemp: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'dqup:t', {
      long: { directory: 'd', quiet: 'q', 'dry-run': 'u', tmpdir: 'p::', suffix: ':' },
    });
    const { files, environment } = call.kernel;
    const [given] = options.operands;
    const template = given ?? (call.busybox ? 'tmp.XXXXXX' : 'tmp.XXXXXXXXXX');
    if (!/X{3,}/.test(template) || (call.busybox && !/X{6}$/.test(template))) {
      throw options.has('q')
        ? new Failure('')
        : call.failure(': Invalid argument', `too few X's in template ${call.quote(template)}`);
    }
    const inFolder = given === undefined || options.has('t') || options.has('p');
    const folder = options.value('p') || environment['TMPDIR'] || '/tmp';
    const name = template.replace(/X{3,}(?!.*X{3})/, (marks) =>
      Array.from(marks, () => LETTERS[Math.floor(call.kernel.random() * LETTERS.length)]).join(''),
    );
    const full = (inFolder ? `${folder.replace(/\/+$/, '')}/${name}` : name) + (options.value('suffix') ?? '');
    const made = call.attempt(
      () => {
        if (options.has('u')) return true;
        if (options.has('d')) files.mkdir(call.path(full), 0o700);
        else files.write(call.path(full), '', { mode: 0o600 });
        return true;
      },
      (reason) => `: ${reason}`,
      (reason) =>
        `failed to create ${options.has('d') ? 'directory' : 'file'} via template ${call.quote(inFolder ? `${folder.replace(/\/+$/, '')}/${template}` : template)}: ${reason}`,
    );
    if (made) call.out(`${full}\n`);
  },
  { usage: 'mktemp [-dt] [-p DIR] [TEMPLATE]' },
);

/** Puts a device, socket or pipe. */
function placeSpecial(
  call: Invocation,
  name: string,
  type: 'fifo' | 'character' | 'block',
  device: string,
  mode: number,
): undefined {
  const { credentials, now } = call.kernel;
  if (type !== 'fifo' && !hasCapability(credentials, 'MKNOD')) throw new FileError('EPERM', name);
  const node: FileNode = { type, device, mode, uid: credentials.uid, gid: credentials.gid, mtime: now };
  call.kernel.files.place(call.path(name), node);
}

const KNOWN_DEVICES: Readonly<Record<string, string>> = {
  ...{ '1:3': 'null', '1:5': 'zero', '1:7': 'full', '1:8': 'random', '1:9': 'urandom', '5:0': 'tty' },
};

export const mknod: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'm:', { long: { mode: 'm' } });
    const [name, kind, major, minor] = options.operands;
    const { length } = options.operands;
    if (name === undefined || kind === undefined) {
      if (call.busybox) throw new UsageError();
      throw new UsageError(name === undefined ? 'missing operand' : `missing operand after ${call.quote(name)}`);
    }
    if (!/^[bcup]/.test(kind))
      throw call.busybox ? new UsageError() : new UsageError(`invalid device type ${call.quote(kind)}`);
    if (kind === 'p' ? length > 2 : length !== 4) {
      if (call.busybox) throw new UsageError();
      if (kind !== 'p')
        call.err(
          `${call.name}: missing operand after ${call.quote(options.operands.at(-1)!)}\nSpecial files require major and minor device numbers.\n`,
        );
      throw new UsageError(kind === 'p' ? `extra operand ${call.quote(major!)}` : '');
    }
    const mode = modeOption(call, options.value('m'), 0o666) ?? 0o666 & ~(call.kernel.credentials.umask ?? 0o022);
    const numbers = `${major}:${minor}`;
    call.attempt(
      () =>
        placeSpecial(
          call,
          name,
          kind === 'p' ? 'fifo' : kind === 'b' ? 'block' : 'character',
          KNOWN_DEVICES[numbers] ?? numbers,
          mode,
        ),
      (reason) => `${name}: ${reason}`,
    );
  },
  { usage: 'mknod [-m MODE] NAME TYPE [MAJOR MINOR]' },
);

export const mkfifo: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'm:', { long: { mode: 'm' } });
    if (options.operands.length === 0) throw new UsageError(call.busybox ? '' : 'missing operand');
    const mode = modeOption(call, options.value('m'), 0o666) ?? 0o666 & ~(call.kernel.credentials.umask ?? 0o022);
    for (const name of options.operands)
      call.attempt(
        () => placeSpecial(call, name, 'fifo', 'fifo', mode),
        (reason) => `${name}: ${reason}`,
        (reason) => `cannot create fifo '${name}': ${reason}`,
      );
  },
  { usage: 'mkfifo [-m MODE] NAME' },
);

/** Longest file that is kept with its content; above, only the size is known. */
const KEPT = 1_048_576;

/** Gives a file a length: cut, or filled up with zero bytes. */
export function setLength(call: Invocation, name: string, size: number): undefined {
  const { files } = call.kernel;
  const path = call.path(name);
  const node = files.stat(path);
  const data = node?.type === 'file' ? node.data.slice(0, size) : '';
  const filled = size <= KEPT ? data.padEnd(size, '\0') : data;
  files.write(path, filled, { size });
}

export const truncate: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'cs:r:o', { long: { size: 's', 'no-create': 'c', reference: 'r' } });
    const text = options.value('s');
    const reference = options.value('r');
    if (text === undefined && reference === undefined)
      throw new UsageError(
        call.busybox ? '' : `you must specify either ${call.quote('--size')} or ${call.quote('--reference')}`,
      );
    if (options.operands.length === 0) throw new UsageError(call.busybox ? '' : 'missing file operand');
    const [, sign = '', digits = ''] = (call.busybox ? /^()(.*)$/ : /^([-+<>/%]?)(.*)$/).exec(text ?? '') ?? [];
    const number = reference === undefined ? suffixedNumber(digits) : sizeOf(call.stat(reference));
    if (number === undefined)
      throw call.failure(`invalid number '${text}'`, `Invalid number: ${call.quote(text ?? '')}`);
    for (const name of options.operands) {
      const node = call.tryStat(name);
      if (!node && options.has('c')) continue;
      const old = node ? sizeOf(node) : 0;
      const size =
        sign === '+'
          ? old + number
          : sign === '-'
            ? Math.max(0, old - number)
            : sign === '<'
              ? Math.min(old, number)
              : sign === '>'
                ? Math.max(old, number)
                : number;
      call.attempt(
        () => setLength(call, name, size),
        (reason) => `${name}: open: ${reason}`,
        (reason) => `cannot open '${name}' for writing: ${reason}`,
      );
    }
  },
  { usage: 'truncate [-c] -s SIZE FILE...' },
);

const sizeOf = (node: FileNode) => (node.type === 'file' ? node.size : 0);

export const fallocate: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'l:o:nvxzd', { long: { length: 'l', offset: 'o' } });
    const length = options.value('l');
    const [name] = options.operands;
    if (length === undefined) throw call.busybox ? new UsageError() : call.failure('', 'no length argument specified');
    if (name === undefined) throw call.busybox ? new UsageError() : call.failure('', 'no filename specified');
    const bytes = suffixedNumber(length);
    if (!bytes) throw call.failure(`invalid number '${length}'`, 'invalid length value specified');
    call.attempt(
      () =>
        setLength(
          call,
          name,
          Math.max(
            bytes + (suffixedNumber(options.value('o') ?? '0') ?? 0),
            sizeOf(call.tryStat(name) ?? call.stat('/')),
          ),
        ),
      (reason) => `can't open '${name}': ${reason}`,
      (reason) => `cannot open ${name}: ${reason}`,
    );
  },
  { usage: 'fallocate [-o OFS] -l LEN FILE', pointer: false },
);

export const link: Tool = tool(
  (call) => {
    const [from, to] = call.args;
    if (from === undefined) throw new UsageError(call.busybox ? '' : 'missing operand');
    if (to === undefined) throw new UsageError(call.busybox ? '' : `missing operand after ${call.quote(from)}`);
    call.attempt(
      () =>
        call.kernel.files.place(
          call.path(to),
          renamed(call.stat(from, false), call.kernel.files.realpath(call.path(from)), to),
        ),
      (reason) => `can't create link '${to}' to '${from}': ${reason}`,
      (reason) => `cannot create link '${to}' to '${from}': ${reason}`,
    );
  },
  { usage: 'link FILE LINK' },
);

/** There is nothing to write: all changes are kept at once. */
export const sync: Tool = tool((call) => {
  for (const name of parseOptions(call, 'df', { long: { data: 'd', 'file-system': 'f' } }).operands)
    if (!call.tryStat(name))
      call.complain(
        `can't open '${name}': No such file or directory`,
        `error opening '${name}': No such file or directory`,
      );
});

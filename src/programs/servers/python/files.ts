import { decode, encode } from '../../../engine/bytes.ts';
import { FileError } from '../../../engine/files/errors.ts';
import { resolve } from '../../../engine/files/path.ts';
import type { Machine } from './machine.ts';
import { classOf, type } from './types.ts';
import { type FileObj, is, PyError, type Value } from './value.ts';

const NUMBERS: Readonly<Record<string, number>> = {
  ...{ EPERM: 1, ENOENT: 2, ESRCH: 3, EACCES: 13, EEXIST: 17, ENOTDIR: 20, EISDIR: 21, EINVAL: 22, ETXTBSY: 26 },
  ...{ ENOSPC: 28, EROFS: 30, ENOTEMPTY: 39, ELOOP: 40, EXDEV: 18, EBUSY: 16 },
};
const CLASSES: Readonly<Record<number, string>> = {
  ...{ 1: 'PermissionError', 2: 'FileNotFoundError', 3: 'ProcessLookupError', 10: 'ChildProcessError' },
  ...{ 13: 'PermissionError', 17: 'FileExistsError', 20: 'NotADirectoryError', 21: 'IsADirectoryError' },
  ...{ 32: 'BrokenPipeError', 104: 'ConnectionResetError', 110: 'TimeoutError', 111: 'ConnectionRefusedError' },
};

/** An OSError of the class that belongs to its number. */
export function osError(vm: Machine, number: number, text: string, file?: Value): PyError {
  const args: Value[] = [BigInt(number), text, ...(file === undefined ? [] : [file])];
  return new PyError(vm.exception(type(CLASSES[number] ?? 'OSError'), args));
}

/** Does something with files; what they refuse becomes an OSError about `file`. */
export function guarded<T>(vm: Machine, file: Value, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw osError(vm, NUMBERS[error.code] ?? 5, error.reason, file);
  }
}

/** A path as `open` and `os` take it: text, or something with `__fspath__`. */
export function pathOf(vm: Machine, value: Value): { shown: Value; path: string } {
  let shown = value;
  if (is(value, 'object')) shown = vm.method(value, '__fspath__');
  if (is(shown, 'bytes')) return { shown, path: resolve(vm.kernel.cwd, shown.v) };
  if (typeof shown !== 'string')
    throw vm.error('TypeError', `expected str, bytes or os.PathLike object, not ${classOf(value).name}`);
  return { shown, path: resolve(vm.kernel.cwd, encode(shown)) };
}

export function openFile(vm: Machine, target: Value, mode: string): FileObj {
  if (!/^[rwax]b?\+?b?t?$|^b[rwax]\+?$/.test(mode.replace('t', '')))
    throw vm.error('ValueError', `invalid mode: '${mode}'`);
  const { shown, path } = pathOf(vm, target);
  const { files } = vm.kernel;
  const file: FileObj = {
    ...{ t: 'file' as const, path, name: shown, mode, binary: mode.includes('b'), data: '', at: 0, closed: false },
  };
  guarded(vm, shown, () => {
    if (mode.startsWith('r')) {
      if (files.stat(path)?.type === 'directory') throw new FileError('EISDIR', path);
      const bytes = files.read(path);
      file.data = file.binary ? bytes : decode(bytes).replaceAll('\r\n', '\n');
      if (mode.includes('+')) files.write(path, '', { append: true });
      return;
    }
    if (mode.startsWith('x') && files.exists(path)) throw new FileError('EEXIST', path);
    if (files.stat(path)?.type === 'directory') throw new FileError('EISDIR', path);
    files.write(path, '', mode.startsWith('a') ? { append: true } : {});
  });
  return file;
}

/** Takes input that has arrived; true when no more will come. */
export function takeInput(vm: Machine): boolean {
  const { data, end } = vm.kernel.input();
  vm.state.input += data;
  return end;
}

/** Whether the next line of standard input has not arrived yet. */
export function awaitsInput(vm: Machine): boolean {
  return !takeInput(vm) && !vm.state.input.includes('\n');
}

/** The next line with its end, `''` at the end of the file; nothing when it has not arrived yet. */
export function readLine(vm: Machine, file: FileObj): string | undefined {
  if (file.closed) throw vm.error('ValueError', 'I/O operation on closed file.');
  if (file.path === 'stdin') {
    const end = takeInput(vm);
    const at = vm.state.input.indexOf('\n');
    if (at < 0 && !end) return undefined;
    const line = at < 0 ? vm.state.input : vm.state.input.slice(0, at + 1);
    vm.state.input = vm.state.input.slice(line.length);
    return file.binary ? line : decode(line);
  }
  const at = file.data.indexOf('\n', file.at);
  const line = file.data.slice(file.at, at < 0 ? undefined : at + 1);
  file.at += line.length;
  return line;
}

/** So much as is wanted, or all; nothing when standard input goes on. */
export function readAll(vm: Machine, file: FileObj, size?: number): string | undefined {
  if (file.closed) throw vm.error('ValueError', 'I/O operation on closed file.');
  if (!/[r+]/.test(file.mode)) throw new PyError(vm.exception(type('OSError'), ['not readable']));
  if (file.path === 'stdin') {
    const end = takeInput(vm);
    if (!end && (size === undefined || vm.state.input.length < size)) return undefined;
    const data = vm.state.input.slice(0, size);
    vm.state.input = vm.state.input.slice(data.length);
    return file.binary ? data : decode(data);
  }
  const data = file.data.slice(file.at, size === undefined ? undefined : file.at + size);
  file.at += data.length;
  return data;
}

export function writeFile(vm: Machine, file: FileObj, value: Value): bigint {
  if (file.closed) throw vm.error('ValueError', 'I/O operation on closed file.');
  if (file.path === 'stdin' || !/[wax+]/.test(file.mode))
    throw new PyError(vm.exception(type('OSError'), ['not writable']));
  if (file.binary ? !is(value, 'bytes', 'bytearray') : typeof value !== 'string')
    throw vm.error(
      'TypeError',
      file.binary
        ? `a bytes-like object is required, not '${classOf(value).name}'`
        : `write() argument must be str, not ${classOf(value).name}`,
    );
  const text = typeof value === 'string' ? value : (value as { v: string }).v;
  const bytes = file.binary ? text : encode(text);
  if (file.path === 'stdout') vm.write(bytes);
  else if (file.path === 'stderr') vm.kernel.error(bytes);
  else guarded(vm, file.name, () => vm.kernel.files.write(file.path, bytes, { append: true }));
  return BigInt([...text].length);
}

export function standardFile(name: 'stdin' | 'stdout' | 'stderr', binary = false): FileObj {
  return {
    ...{
      t: 'file',
      path: name,
      name: `<${name}>`,
      mode: name === 'stdin' ? 'r' : 'w',
      binary,
      data: '',
      at: 0,
      closed: false,
    },
  };
}

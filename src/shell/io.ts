import { deviceBytes, isEndless } from '../engine/files/devices.ts';
import { FileError } from '../engine/files/errors.ts';
import { resolve } from '../engine/files/path.ts';
import { satisfied } from '../engine/process/process.ts';
import { BrokenPipe, type Kernel, NeedInput } from '../engine/process/program.ts';
import type { Redirection } from './ast.ts';
import { openedConnection, receivedText } from './connection.ts';
import type { Expander } from './expand.ts';
import type { Descriptor, Descriptors, ShellMemory } from './state.ts';

/** A redirection that can't be made, in the shell's words without the name before them. */
export class RedirectionProblem extends Error {}

type Fds = Descriptors;

export const STREAMS: Fds = { 0: { to: 'stdin' }, 1: { to: 'stdout' }, 2: { to: 'stderr' } };

/** Files that stand for something else than a place in the file system. */
const SPECIAL: Readonly<Record<string, Descriptor>> = {
  '/dev/null': { to: 'nowhere' },
  '/dev/tty': { to: 'stdout' },
  '/proc/1/fd/1': { to: 'stdout' },
  '/proc/1/fd/2': { to: 'stderr' },
};

/** The descriptors after redirections. Throws {@link RedirectionProblem}. */
export function redirected(
  memory: ShellMemory,
  kernel: Kernel,
  fds: Fds,
  redirections: readonly Redirection[],
  expander: Expander,
): Fds {
  let result = fds;
  for (const { fd, op, word } of redirections) {
    if (op === '<<' || op === '<<<') {
      const text = expander.text(word, false) + (op === '<<<' ? '\n' : '');
      result = { ...result, [fd]: newText(memory, text) };
      continue;
    }
    const target = expander.text(word);
    if (op === '>&' || op === '<&') {
      if (target === '-') result = { ...result, [fd]: { to: 'closed' } };
      else if (/^\d+$/.test(target)) {
        const other = result[Number(target)];
        if (!other || other.to === 'closed')
          throw new RedirectionProblem(
            memory.flavour === 'ash' ? `dup2(${target},${fd}): Bad file descriptor` : `${target}: Bad file descriptor`,
          );
        result = { ...result, [fd]: other };
      } else {
        const file = opened(memory, kernel, result, '>', target);
        result = { ...result, 1: file, 2: file };
      }
    } else if (op === '&>' || op === '&>>') {
      const file = opened(memory, kernel, result, op === '&>' ? '>' : '>>', target);
      result = { ...result, 1: file, 2: file };
    } else result = { ...result, [fd]: opened(memory, kernel, result, op, target) };
  }
  return result;
}

export function newText(memory: ShellMemory, text: string): Descriptor {
  const id = memory.nextId;
  memory.nextId += 1;
  memory.texts[id] = text;
  return { to: 'text', id };
}

export function newBuffer(memory: ShellMemory): number {
  const id = memory.nextId;
  memory.nextId += 1;
  memory.buffers[id] = '';
  return id;
}

function opened(memory: ShellMemory, kernel: Kernel, fds: Fds, op: string, target: string): Descriptor {
  const path = resolve(memory.env.cwd, target);
  const standard = /^\/dev\/(?:std(in|out|err)|fd\/(\d+))$/.exec(path);
  const number = standard?.[2] ? Number(standard[2]) : undefined;
  if (standard && (number === undefined || fds[number]))
    return fds[number ?? ['in', 'out', 'err'].indexOf(standard[1]!)] ?? { to: 'nowhere' };
  if (SPECIAL[path]) return SPECIAL[path];
  const connection = openedConnection(memory, kernel, path);
  if (connection) return connection;
  try {
    if (op === '<') return newText(memory, contents(kernel, path));
    if (op === '>>') kernel.files.write(path, '', { append: true });
    else if (op === '<>') {
      if (!kernel.files.exists(path)) kernel.files.write(path, '');
      return newText(memory, kernel.files.read(path));
    } else {
      const kept = op === '>' && memory.env.options.includes('C') && kernel.files.stat(path)?.type === 'file';
      if (kept && memory.flavour === 'bash') throw new RedirectionProblem(`${target}: cannot overwrite existing file`);
      if (kept) throw new FileError('EEXIST', path);
      kernel.files.write(path, '');
    }
    return { to: 'file', path };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new RedirectionProblem(refusal(memory, op === '<' ? 'open' : 'create', target, error));
  }
}

/** Bytes of an endless device that a program finds behind a redirection: some zeros are as good as many. */
const ZEROS = 1 << 24;
const RANDOM = 1 << 16;

function contents(kernel: Kernel, path: string): string {
  const node = kernel.files.stat(path);
  if (node?.type !== 'character' || !isEndless(node)) return kernel.files.read(path);
  return deviceBytes(node.device, node.device.endsWith('random') ? RANDOM : ZEROS, () => kernel.random());
}

function refusal({ flavour }: ShellMemory, what: 'open' | 'create', target: string, error: FileError): string {
  if (flavour === 'bash') return `${target}: ${error.message}`;
  if (flavour === 'dash') {
    const reason =
      error.code === 'ENOENT' ? (what === 'open' ? 'No such file' : 'Directory nonexistent') : error.message;
    return `cannot ${what} ${target}: ${reason}`;
  }
  const reason = error.code === 'ENOENT' ? (what === 'open' ? 'no such file' : 'nonexistent directory') : error.message;
  return `can't ${what} ${target}: ${reason}`;
}

/** Writes to a descriptor. Throws {@link BrokenPipe}, FileError. */
export function writeTo(memory: ShellMemory, kernel: Kernel, descriptor: Descriptor | undefined, bytes: string): void {
  if (bytes === '') return;
  if (!descriptor || descriptor.to === 'closed') throw new FileError('EBADF', '');
  switch (descriptor.to) {
    case 'stdout':
      kernel.output(bytes);
      break;
    case 'stderr':
      kernel.error(bytes);
      break;
    case 'file':
      kernel.files.write(descriptor.path, bytes, { append: true });
      break;
    case 'socket':
      memory.buffers[descriptor.sent] = (memory.buffers[descriptor.sent] ?? '') + bytes;
      break;
    case 'buffer': {
      const { limit } = descriptor;
      if (limit && satisfied(memory.buffers[descriptor.id] ?? '', limit)) throw new BrokenPipe();
      memory.buffers[descriptor.id] = (memory.buffers[descriptor.id] ?? '') + bytes;
    }
  }
}

/** Takes everything that is left to read. Throws {@link NeedInput} when more will come. */
export function readAll(memory: ShellMemory, kernel: Kernel, from: Descriptor | undefined): string {
  const descriptor = from?.to === 'socket' ? receivedText(memory, from) : from;
  if (descriptor?.to === 'text') {
    const text = memory.texts[descriptor.id] ?? '';
    memory.texts[descriptor.id] = '';
    return text;
  }
  if (descriptor?.to !== 'stdin') return '';
  const { inputEnded } = kernel.process;
  if (!inputEnded) throw new NeedInput();
  const { data: whole } = kernel.input();
  kernel.reopenInput();
  return whole;
}

/** Takes one line with its end, or what is left; undefined at the end. Throws {@link NeedInput}. */
export function readLine(
  memory: ShellMemory,
  kernel: Kernel,
  from: Descriptor | undefined,
  delimiter = '\n',
): string | undefined {
  const descriptor = from?.to === 'socket' ? receivedText(memory, from) : from;
  if (descriptor?.to === 'text') {
    const text = memory.texts[descriptor.id] ?? '';
    if (text === '') return undefined;
    const end = text.indexOf(delimiter);
    const line = end < 0 ? text : text.slice(0, end + 1);
    memory.texts[descriptor.id] = text.slice(line.length);
    return line;
  }
  if (descriptor?.to !== 'stdin') return undefined;
  const { data, end } = kernel.input();
  const at = data.indexOf(delimiter);
  if (at < 0 && !end) {
    kernel.putBack(data);
    throw new NeedInput();
  }
  if (at < 0 && end) kernel.reopenInput();
  if (data === '') return undefined;
  const line = at < 0 ? data : data.slice(0, at + 1);
  kernel.putBack(data.slice(line.length));
  return line;
}

/** Writes where it does not matter whether anybody reads. */
export function quietly(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof BrokenPipe || error instanceof FileError)) throw error;
  }
}

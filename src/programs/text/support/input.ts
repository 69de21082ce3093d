import { deviceBytes, isEndless } from '../../../engine/files/devices.ts';
import { FileError } from '../../../engine/files/errors.ts';
import { resolve } from '../../../engine/files/path.ts';
import type { Kernel } from '../../../engine/process/program.ts';
import type { Context } from './tool.ts';

const STANDARD_INPUT = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

/** What a file holds; `-` is standard input. Throws FileError. */
export function readFile(kernel: Kernel, name: string, limit?: number): string {
  if (STANDARD_INPUT.has(name)) return kernel.wholeInput();
  if (name === '') throw new FileError('ENOENT', name);
  const path = resolve(kernel.cwd, name);
  const node = kernel.files.stat(path);
  if (name.endsWith('/') && node && node.type !== 'directory') throw new FileError('ENOTDIR', name);
  if (node?.type === 'block') throw new FileError('EPERM', name);
  if (!isEndless(node)) return kernel.files.read(path);
  const device = node?.type === 'character' ? node.device : '';
  return deviceBytes(device, limit ?? ENDLESS, () => kernel.random());
}

/** The same for a program that keeps all that it reads: of an endless device, more than memory holds. */
export function readInMemory(kernel: Kernel, name: string): string {
  if (!STANDARD_INPUT.has(name) && isEndless(kernel.files.stat(resolve(kernel.cwd, name))))
    kernel.allocate(Number.POSITIVE_INFINITY);
  return readFile(kernel, name);
}

/** So many bytes does an endless device give to who reads on, unless a number is asked for. */
const ENDLESS = 1 << 20;

/** Writes a file named by an argument; the standard streams' names are the streams. Throws FileError. */
export function writeFile(kernel: Kernel, name: string, bytes: string, append = false): void {
  const path = resolve(kernel.cwd, name);
  if (path === '/dev/stdout' || path === '/proc/self/fd/1') kernel.output(bytes);
  else if (path === '/dev/stderr' || path === '/proc/self/fd/2') kernel.error(bytes);
  else kernel.files.write(path, bytes, { append });
}

/**
 * Each operand's content (standard input when there is none). What can't be read is complained about, in the words of
 * `problem`, and left out.
 */
export function* readOperands(
  context: Context,
  operands: readonly string[],
  problem: (name: string, error: FileError) => string = openProblem(context),
): Generator<{ name: string; text: string }> {
  for (const name of operands.length > 0 ? operands : ['-']) {
    let text: string;
    try {
      text = readFile(context.kernel, name);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      context.complain(problem(name, error));
      continue;
    }
    yield { name, text };
  }
}

/** `cat: x: No such file or directory` or `cat: can't open 'x': No such file or directory`. */
export function openProblem({ busybox }: Context): (name: string, error: FileError) => string {
  return (name, error) => {
    if (!busybox) return `${name}: ${error.message}`;
    return error.code === 'EISDIR' ? `read error: ${error.message}` : `can't open '${name}': ${error.message}`;
  };
}

/** `x: No such file or directory`, as many programs of both flavours say it. */
export const plainProblem = (name: string, error: FileError): string => `${name}: ${error.message}`;

/** Lines without their ends. A last line without an end counts. */
export function splitLines(text: string, end = '\n'): string[] {
  if (text === '') return [];
  const lines = text.split(end);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

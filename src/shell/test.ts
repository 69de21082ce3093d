import { FileError } from '../engine/files/errors.ts';
import type { FileSystem } from '../engine/files/filesystem.ts';
import type { FileNode } from '../engine/files/node.ts';
import { resolve } from '../engine/files/path.ts';
import type { Flavour } from './state.ts';

export interface TestSubject {
  readonly files: FileSystem;
  readonly cwd: string;
  /** BusyBox takes it that root may write to whatever there is, without asking. */
  readonly writesAll?: boolean;
  /** Whether a descriptor is a terminal. */
  terminal(fd: number): boolean;
}

/** An expression that `test` can't make sense of, and the word that it stumbles over. */
export class TestProblem extends Error {
  readonly kind: 'integer' | 'unary' | 'binary' | 'argument' | 'count' | 'parenthesis';
  readonly words: readonly string[];

  constructor(kind: TestProblem['kind'], ...words: readonly string[]) {
    super(`${kind} ${words.join(' ')}`);
    this.kind = kind;
    this.words = words;
  }
}

/** What a shell says about it, without its own name and `test`'s. */
export function testMessage({ kind, words: [word = '', other = word] }: TestProblem, flavour: Flavour): string {
  switch (kind) {
    case 'integer':
      if (flavour === 'bash') return `${word}: integer expected`;
      return flavour === 'dash' ? `Illegal number: ${word}` : `${word}: bad number`;
    case 'unary':
      if (flavour === 'bash') return `${word}: unary operator expected`;
      return flavour === 'dash' ? `${word}: unexpected operator` : `${other}: unknown operand`;
    case 'binary':
      if (flavour === 'bash') return `${other}: binary operator expected`;
      return flavour === 'dash' ? `${word}: unexpected operator` : `${other}: unknown operand`;
    case 'count':
      if (flavour === 'bash') return 'too many arguments';
      return flavour === 'dash' ? `${word}: unexpected operator` : `${other}: unknown operand`;
    case 'argument':
      return flavour === 'bash' ? `${other}: unary operator expected` : `${word}: argument expected`;
    default:
      return flavour === 'bash'
        ? "`)' expected"
        : flavour === 'dash'
          ? 'closing paren expected'
          : 'closing paren expected';
  }
}

const NUMERIC: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};
const TEXTUAL: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
};
export const UNARY = new Set('-b -c -d -e -f -g -h -k -L -n -p -r -S -s -t -u -w -x -z -O -G'.split(' '));
const BINARY = new Set([...Object.keys(NUMERIC), ...Object.keys(TEXTUAL), '-nt', '-ot', '-ef']);

/** Whether an expression of `test` holds (POSIX, test). Throws {@link TestProblem}. */
export function evaluateTest(words: readonly string[], subject: TestSubject): boolean {
  let at = 0;
  const or = (): boolean => {
    let value = and();
    while (words[at] === '-o') {
      at += 1;
      const right = and();
      value = value || right;
    }
    return value;
  };
  const and = (): boolean => {
    let value = not();
    while (words[at] === '-a') {
      at += 1;
      const right = not();
      value = value && right;
    }
    return value;
  };
  const not = (): boolean => {
    if (words[at] === '!' && at + 1 < words.length && !(BINARY.has(words[at + 1] ?? '') && words.length - at === 3)) {
      at += 1;
      return !not();
    }
    return primary();
  };
  const primary = (): boolean => {
    const first = words[at];
    if (first === undefined) return false;
    const operator = words[at + 1];
    if (operator !== undefined && BINARY.has(operator) && at + 2 < words.length) {
      at += 3;
      return binaryTest(first, operator, words[at - 1]!, subject);
    }
    if (first === '(' && words.length - at > 2) {
      at += 1;
      const value = or();
      if (words[at] !== ')') throw new TestProblem('parenthesis');
      at += 1;
      return value;
    }
    if (UNARY.has(first) && operator !== undefined) {
      at += 2;
      return unaryTest(first, operator, subject);
    }
    at += 1;
    return first !== '';
  };
  if (words.length === 0) return false;
  const value = or();
  if (at < words.length) {
    const [first = '', second = ''] = words;
    if (words.length === 2 && BINARY.has(second)) throw new TestProblem('argument', second, first);
    const kind = words.length === 2 ? 'unary' : words.length === 3 ? 'binary' : 'count';
    throw new TestProblem(kind, words[at - 1] ?? first, words[at]!);
  }
  return value;
}

export function binaryTest(a: string, operator: string, b: string, { files, cwd }: TestSubject): boolean {
  const numeric = NUMERIC[operator];
  if (numeric) return numeric(integer(a), integer(b));
  const textual = TEXTUAL[operator];
  if (textual) return textual(a, b);
  const left = node(files, resolve(cwd, a));
  const right = node(files, resolve(cwd, b));
  if (operator === '-nt') return left !== undefined && (right === undefined || left.mtime > right.mtime);
  if (operator === '-ot') return right !== undefined && (left === undefined || left.mtime < right.mtime);
  return left !== undefined && left === right;
}

export function unaryTest(operator: string, value: string, { files, cwd, terminal, writesAll }: TestSubject): boolean {
  if (operator === '-n') return value !== '';
  if (operator === '-z') return value === '';
  if (operator === '-t') return terminal(Number(value));
  const path = resolve(cwd, value);
  if (operator === '-h' || operator === '-L') return value !== '' && node(files, path, false)?.type === 'symlink';
  const found = value === '' ? undefined : node(files, path);
  if (!found) return false;
  switch (operator) {
    case '-d':
      return found.type === 'directory';
    case '-f':
      return found.type === 'file';
    case '-s':
      return found.type !== 'file' || found.size > 0;
    case '-S':
      return found.type === 'socket';
    case '-p':
      return found.type === 'fifo';
    case '-c':
      return found.type === 'character';
    case '-b':
      return found.type === 'block';
    case '-r':
      return files.permits(found, 4);
    case '-w':
      return writesAll || (files.permits(found, 2) && !files.mountOf(path).readOnly);
    case '-x':
      return files.permits(found, 1);
    case '-u':
      return (found.mode & 0o4000) !== 0;
    case '-g':
      return (found.mode & 0o2000) !== 0;
    case '-k':
      return (found.mode & 0o1000) !== 0;
    default:
      return true;
  }
}

function node(files: FileSystem, path: string, follow = true): FileNode | undefined {
  try {
    return follow ? files.stat(path) : files.lstat(path);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

function integer(text: string): bigint {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw new TestProblem('integer', text);
  return BigInt(text.trim().replace(/^\+/, ''));
}

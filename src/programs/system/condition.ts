import type { Tool } from '../tool.ts';
import { type Invocation, tool } from './invocation.ts';

/** An expression that can't be evaluated. */
class Unreadable extends Error {}

/** `test`, and `[` which wants a `]` at its end: 0 true, 1 false, 2 unreadable. */
export const test: Tool = tool((call) => {
  const words = [...call.args];
  if (/(^|\/)\[$/.test(call.name) && words.pop() !== ']') {
    call.complain('missing ]', `missing ${call.quote(']')}`);
    return 2;
  }
  try {
    return new Evaluation(call, words).result() ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    call.complain(error.message);
    return 2;
  }
});

const BINARY = /^(?:=|==|!=|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/;
const UNARY = /^-[bcdefghknprstuwxzGLNOS]$/;

class Evaluation {
  readonly #call: Invocation;
  readonly #words: readonly string[];
  #at = 0;

  constructor(call: Invocation, words: readonly string[]) {
    this.#call = call;
    this.#words = words;
  }

  /** POSIX decides by the number of words; longer expressions are read with -a, -o, ! and parentheses. */
  result(): boolean {
    const { length } = this.#words;
    if (length === 0) return false;
    const [first = '', second = '', third = ''] = this.#words;
    if (length === 1) return first !== '';
    if (length === 2 && first !== '!') {
      if (UNARY.test(first)) return this.#unary(first, second);
      if (this.#call.busybox)
        throw new Unreadable(BINARY.test(second) ? `${second}: argument expected` : `${second}: unknown operand`);
      throw new Unreadable(`missing argument after ${this.#call.quote(second)}`);
    }
    if (length === 3) {
      if (BINARY.test(second)) return this.#binary(first, second, third);
      if (first === '(' && third === ')') return second !== '';
    }
    const value = this.#or();
    const rest = this.#words[this.#at];
    if (rest === undefined) return value;
    if (this.#call.busybox) throw new Unreadable(`${rest}: unknown operand`);
    throw new Unreadable(
      length === 3
        ? `${this.#call.quote(second)}: binary operator expected`
        : `extra argument ${this.#call.quote(rest)}`,
    );
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#words[this.#at] === '-o') {
      this.#at += 1;
      const right = this.#and();
      value = value || right;
    }
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#words[this.#at] === '-a') {
      this.#at += 1;
      const right = this.#not();
      value = value && right;
    }
    return value;
  }

  #not(): boolean {
    const [word, next, after] = this.#words.slice(this.#at);
    if (
      word === '!' &&
      next !== undefined &&
      !(BINARY.test(next) && after !== undefined && this.#words.length - this.#at === 3)
    ) {
      this.#at += 1;
      return !this.#not();
    }
    return this.#primary();
  }

  #primary(): boolean {
    const [word, operator, operand] = this.#words.slice(this.#at);
    if (word === undefined)
      throw new Unreadable(
        this.#call.busybox
          ? 'argument expected'
          : `missing argument after ${this.#call.quote(this.#words.at(-1) ?? '')}`,
      );
    if (operator !== undefined && operand !== undefined && BINARY.test(operator)) {
      this.#at += 3;
      return this.#binary(word, operator, operand);
    }
    if (word === '(') {
      this.#at += 1;
      const value = this.#or();
      if (this.#words[this.#at] !== ')')
        throw new Unreadable(this.#call.busybox ? 'closing paren expected' : `${this.#call.quote(')')} expected`);
      this.#at += 1;
      return value;
    }
    if (UNARY.test(word)) {
      if (operator === undefined) {
        this.#at += 1;
        return true;
      }
      this.#at += 2;
      return this.#unary(word, operator);
    }
    this.#at += 1;
    return word !== '';
  }

  #integer(text: string): number {
    const match = /^\s*([-+]?\d+)\s*$/.exec(text);
    if (match) return Number(match[1]);
    throw new Unreadable(this.#call.busybox ? `${text}: bad number` : `invalid integer ${this.#call.quote(text)}`);
  }

  #binary(left: string, operator: string, right: string): boolean {
    switch (operator) {
      case '=':
      case '==':
        return left === right;
      case '!=':
        return left !== right;
      case '<':
        return left < right;
      case '>':
        return left > right;
      case '-nt':
      case '-ot':
      case '-ef':
        return this.#files(left, operator, right);
    }
    const [a, b] = [this.#integer(left), this.#integer(right)];
    switch (operator) {
      case '-eq':
        return a === b;
      case '-ne':
        return a !== b;
      case '-lt':
        return a < b;
      case '-le':
        return a <= b;
      case '-gt':
        return a > b;
      default:
        return a >= b;
    }
  }

  #files(left: string, operator: string, right: string): boolean {
    const [a, b] = [this.#call.tryStat(left), this.#call.tryStat(right)];
    if (operator === '-ef') return a !== undefined && a === b;
    if (operator === '-nt') return a !== undefined && (b === undefined || a.mtime > b.mtime);
    return b !== undefined && (a === undefined || a.mtime < b.mtime);
  }

  #unary(operator: string, operand: string): boolean {
    const { kernel } = this.#call;
    if (operator === '-z') return operand === '';
    if (operator === '-n') return operand !== '';
    if (operator === '-t') {
      const fd = this.#integer(operand);
      return fd === 0 ? kernel.terminal.stdin : fd <= 2 && kernel.terminal.stdout;
    }
    const node = this.#call.tryStat(operand, !['-h', '-L'].includes(operator));
    if (!node) return false;
    switch (operator) {
      case '-f':
        return node.type === 'file';
      case '-d':
        return node.type === 'directory';
      case '-h':
      case '-L':
        return node.type === 'symlink';
      case '-p':
        return node.type === 'fifo';
      case '-S':
        return node.type === 'socket';
      case '-b':
        return node.type === 'block';
      case '-c':
        return node.type === 'character';
      case '-s':
        return node.type === 'file' ? node.size > 0 : node.type === 'directory';
      case '-r':
        return kernel.files.permits(node, 4);
      case '-w':
        // BusyBox takes it that root may write to whatever there is.
        if (this.#call.busybox && kernel.credentials.uid === 0) return true;
        return (
          kernel.files.permits(node, 2) &&
          !kernel.files.mountOf(kernel.files.realpath(this.#call.path(operand))).readOnly
        );
      case '-x':
        return kernel.files.permits(node, 1);
      case '-u':
        return (node.mode & 0o4000) !== 0;
      case '-g':
        return (node.mode & 0o2000) !== 0;
      case '-k':
        return (node.mode & 0o1000) !== 0;
      case '-O':
        return node.uid === kernel.credentials.uid;
      case '-G':
        return node.gid === kernel.credentials.gid;
      default:
        return true;
    }
  }
}

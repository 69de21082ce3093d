import { decode, encode } from '../../engine/bytes.ts';
import { FileError } from '../../engine/files/errors.ts';
import type { FileNode } from '../../engine/files/node.ts';
import { type Kernel, NeedInput, type Outcome, type Program } from '../../engine/process/program.ts';
import type { Flavour, Tool } from '../tool.ts';

/** Wrong usage: BusyBox answers with its usage, GNU's tools with a pointer to `--help`. */
export class UsageError extends Error {
  readonly status: number | undefined;
  constructor(message = '', status?: number) {
    super(message);
    this.status = status;
  }
}

/** The tool ends here with a message (its name is put before it) and a status. */
export class Failure extends Error {
  readonly status: number;
  /** What stands before the message when it is not the tool's name; empty: nothing. */
  readonly speaker: string | undefined;
  constructor(message: string, status = 1, speaker?: string) {
    super(message);
    this.status = status;
    this.speaker = speaker;
  }
}

/** BusyBox as Debian builds it: the one in the base images. */
export const BUSYBOX_VERSION = 'BusyBox v1.38.0 (Debian 1:1.38.0-3+b1) multi-call binary.';

/** One call of a tool: its words, its flavour, and how it speaks. */
export class Invocation {
  readonly kernel: Kernel;
  readonly flavour: Flavour;
  /** What stands before messages. */
  readonly name: string;
  readonly args: readonly string[];
  /** Exit status so far; a tool that goes on after an error sets it. */
  status = 0;

  constructor(kernel: Kernel, flavour: Flavour) {
    this.kernel = kernel;
    this.flavour = flavour;
    const [called = ''] = kernel.argv;
    this.name = flavour === 'busybox' ? called.slice(called.lastIndexOf('/') + 1).replace(/^-/, '') : called;
    this.args = kernel.argv.slice(1);
  }

  get busybox(): boolean {
    return this.flavour === 'busybox';
  }

  out(bytes: string): undefined {
    this.kernel.output(bytes);
  }

  err(bytes: string): undefined {
    this.kernel.error(bytes);
  }

  /** Says what went wrong, in the words of BusyBox or of GNU, and remembers a status. */
  complain(busybox: string, gnu = busybox, status = 1): undefined {
    this.err(`${this.name}: ${this.busybox ? busybox : gnu}\n`);
    this.status = status;
  }

  /** An error that ends the tool, in the words of BusyBox or of GNU. */
  failure(busybox: string, gnu = busybox, status = 1): Failure {
    return new Failure(this.busybox ? busybox : gnu, status);
  }

  /** Does something with a file; when the kernel refuses, says so and returns undefined. */
  attempt<T>(action: () => T, busybox: (reason: string) => string, gnu = busybox, status = 1): T | undefined {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.complain(busybox(error.message), gnu(error.message), status);
      return undefined;
    }
  }

  /** The absolute path of an argument; `..` stays, since links on the way decide where it leads. */
  path(argument: string): string {
    return argument.startsWith('/') ? argument : `${this.kernel.cwd === '/' ? '' : this.kernel.cwd}/${argument}`;
  }

  /** The node at a path, or the error that the kernel gives. */
  stat(argument: string, follow = true): FileNode {
    const node = follow ? this.kernel.files.stat(this.path(argument)) : this.kernel.files.lstat(this.path(argument));
    if (argument === '' || !node) throw new FileError('ENOENT', argument);
    if (argument.endsWith('/') && node.type !== 'directory') {
      const target = node.type === 'symlink' ? this.kernel.files.stat(this.path(argument)) : node;
      if (target?.type !== 'directory') throw new FileError(target ? 'ENOTDIR' : 'ENOENT', argument);
    }
    return node;
  }

  tryStat(argument: string, follow = true): FileNode | undefined {
    try {
      return this.stat(argument, follow);
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }

  /** A word in quotation marks of the locale, as GNU's `quote()` writes it. */
  quote(word: string): string {
    const { LC_ALL, LC_CTYPE, LANG } = this.kernel.environment;
    return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '') ? `${encode('‘')}${word}${encode('’')}` : `'${word}'`;
  }

  /** Children that have ended. What they wrote into memory is passed on as this process's own. */
  reap(): readonly { readonly pid: number; readonly status: number }[] {
    const ended = this.kernel.reap();
    for (const { collected } of ended)
      for (const { stream, bytes } of collected) {
        if (stream === 'stdout') this.out(bytes);
        else this.err(bytes);
      }
    return ended;
  }

  /** Complains about a command that could not be executed and returns its status. */
  cannotRun(name: string, status: 126 | 127, reason: string, gnu: string): number {
    const text = REASONS[reason] ?? 'No such file or directory';
    this.complain(`can't execute '${name}': ${text}`, `${gnu}${this.quote(name)}: ${text}`, status);
    return status;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EISDIR: 'Permission denied',
  ENOEXEC: 'Exec format error',
  ENOTDIR: 'Not a directory',
};

/** What {@link tool} and {@link waiting} need to know about a tool's interface. */
export interface Manual {
  /** Synopses as BusyBox prints them after its version: `rm [-irf] FILE...`. */
  readonly usage?: string;
  /** Status after wrong usage: 1 unless told otherwise. */
  readonly wrongUsage?: number;
  /** Whether what GNU's `Try 'NAME --help'` says applies; false for tools that are not GNU's. */
  readonly pointer?: boolean;
}

function usageText(call: Invocation, manual: Manual): string {
  const lines = (manual.usage ?? call.name).split('\n');
  return `${BUSYBOX_VERSION}\n\nUsage: ${lines.join('\nor: ')}\n`;
}

/** Ends a call that threw: says what must be said and returns the exit status. Throws what is no answer of a tool. */
export function conclude(call: Invocation, manual: Manual, error: unknown): number {
  if (error instanceof NeedInput) throw error;
  if (error instanceof UsageError) {
    if (error.message !== '') call.err(`${call.name}: ${error.message}\n`);
    if (call.busybox) call.err(usageText(call, manual));
    else if (manual.pointer !== false) call.err(`Try '${call.name} --help' for more information.\n`);
    return error.status ?? (call.busybox ? 1 : (manual.wrongUsage ?? 1));
  }
  if (error instanceof Failure) {
    const speaker = error.speaker ?? call.name;
    if (error.message !== '') call.err(`${speaker === '' ? '' : `${speaker}: `}${error.message}\n`);
    return error.status;
  }
  if (error instanceof FileError) {
    call.err(`${call.name}: ${error.message}\n`);
    return 1;
  }
  throw error;
}

function help(call: Invocation, manual: Manual): boolean {
  if (!call.args.includes('--help') || call.args.indexOf('--') >= 0) return false;
  if (call.args[0] !== '--help') return false;
  call.out(
    call.busybox
      ? usageText(call, manual)
      : `Usage: ${(manual.usage ?? `${call.name} [OPTION]...`).split('\n').join('\n  or:  ')}\n`,
  );
  return true;
}

// biome-ignore lint/suspicious/noConfusingVoidType: a tool that ends without a word returns nothing
type Status = number | undefined | void;

/** A tool that never waits. It returns its exit status, or nothing: the status noted in the call. */
export function tool(run: (call: Invocation) => Status | Promise<Status>, manual: Manual = {}): Tool {
  return {
    run: async (kernel, flavour) => {
      const call = new Invocation(kernel, flavour);
      if (help(call, manual)) return 0;
      try {
        return (await run(call)) ?? call.status;
      } catch (error) {
        return conclude(call, manual, error);
      }
    },
  };
}

/** A tool that may wait, go on as another program, or start children. */
export function waiting(
  run: (call: Invocation) => Outcome | Promise<Outcome>,
  manual: Manual = {},
  signal?: (call: Invocation, signal: number) => Outcome | undefined,
): Tool {
  return {
    program: (flavour): Program => ({
      run: async (kernel) => {
        const call = new Invocation(kernel, flavour);
        if (kernel.memory === undefined && help(call, manual)) return { exit: 0 };
        try {
          return await run(call);
        } catch (error) {
          return { exit: conclude(call, manual, error) };
        }
      },
      ...(signal ? { signal: (kernel, number) => signal(new Invocation(kernel, flavour), number) } : {}),
    }),
  };
}

export { decode, encode };

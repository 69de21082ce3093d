import type { FileSystem } from '../files/filesystem.ts';
import type { Credentials } from './credentials.ts';
import type { Process, Wait } from './process.ts';

/** How a run of a program ended: for good, or waiting for something. */
export type Outcome =
  | { readonly exit: number }
  | { readonly wait: Wait }
  /** Goes on as another program in the same process, as exec(2) does. */
  | { readonly replace: Executable; readonly argv: readonly string[]; readonly environment: Record<string, string> };

/** What the kernel offers to one process. Everything that a modelled program does goes through it. */
export interface Kernel {
  readonly process: Process;
  /** Process id in its own namespace: what `$$` and `ps` show. */
  readonly pid: number;
  readonly argv: readonly string[];
  readonly environment: Record<string, string>;
  readonly cwd: string;
  readonly credentials: Credentials;
  readonly files: FileSystem;
  readonly tty: boolean;
  readonly hostname: string;
  /** Virtual time, milliseconds since 1970. */
  readonly now: number;
  /** Program state between runs: read what the last run left, set what the next one needs. Plain data only. */
  memory: unknown;
  /** Writes to standard output. */
  output(bytes: string): void;
  /** Writes to standard error. */
  error(bytes: string): void;
  /** Takes all input that has arrived; `end` when no more will come. A program that needs more returns `{ wait: { input: true } }`. */
  input(): { data: string; end: boolean };
  /**
   * The same kernel for a command that runs inside this process, as a shell's own or a short-lived tool: other arguments,
   * environment, folder, input or outputs.
   */
  within(changes: KernelChanges): Kernel;
  /** Finds a program by name in PATH, or by path. */
  find(name: string): Found;
  /**
   * Starts a child. Its output is collected for {@link Kernel.reap} or goes where this process's output goes.
   * The command must have been found.
   */
  spawn(
    found: Executable,
    options: {
      argv: readonly string[];
      environment?: Record<string, string>;
      cwd?: string;
      input?: string;
      collect?: boolean;
      credentials?: Credentials;
    },
  ): number;
  /** Children that have ended since the last call, with their own process ids. */
  reap(): { pid: number; status: number; collected: string }[];
  /** Sends a signal; false when there is no such process, or it is not ours to signal. */
  kill(pid: number, signal: number): boolean;
  /** Processes of this PID namespace, by process id. */
  processes(): readonly Process[];
  /** A number of the seeded generator, 0 ≤ n < 1. */
  random(): number;
  /** Changes who this process is, as su, setpriv or a server that drops privileges do. */
  become(credentials: Credentials): void;
  /** Host name of this UTS namespace. False without CAP_SYS_ADMIN. */
  setHostname(name: string): boolean;
}

export interface KernelChanges {
  argv?: readonly string[];
  environment?: Record<string, string>;
  cwd?: string;
  /** Input that is all there is. */
  input?: string;
  output?: (bytes: string) => void;
  error?: (bytes: string) => void;
}

/** An executable file and the modelled program in it. */
export interface Executable {
  readonly path: string;
  readonly program: Program;
  /** Which program table entry it is: the `program` of the file. */
  readonly programName: string;
  readonly name: string;
  /** Words that come before the arguments: a script's interpreter, its option and the script's path. */
  readonly prefix: readonly string[];
}

/** A command that can't be executed: 126 or 127 as exit status, and the kernel's reason. */
export interface NotFound {
  readonly status: 126 | 127;
  readonly reason: 'ENOENT' | 'EACCES' | 'EISDIR' | 'ENOEXEC' | 'ENOTDIR';
}

export type Found = Executable | NotFound;

/**
 * A modelled program. `run` is called when the process starts and whenever something that it waits for has happened;
 * where it was, it keeps in `kernel.memory`.
 */
export interface Program {
  run(kernel: Kernel): Outcome | Promise<Outcome>;
  /** A signal other than KILL and STOP. Nothing returned: the signal has its default effect. */
  signal?(kernel: Kernel, signal: number): Outcome | undefined | Promise<Outcome | undefined>;
  /**
   * A tool that never waits: it may run inside its parent shell instead of as a process of its own.
   */
  readonly inline?: boolean;
}

/** A small tool: reads arguments and input, writes, and returns its exit status. Input is whole when it starts. */
export type Tool = (kernel: Kernel) => number | Promise<number>;

/** A tool as a program that never waits. */
export function toolProgram(tool: Tool, inline = true): Program {
  return { inline, run: async (kernel) => ({ exit: await tool(kernel) }) };
}

/** How programs are looked up: by the `program` of the executed file and the name it was called by. */
export type ProgramTable = (program: string, name: string) => Program | undefined;

import { FileError } from '../files/errors.ts';
import type { FileSystem } from '../files/filesystem.ts';
import type { NetworkView } from '../networks/view.ts';
import type { Credentials, Elevation } from './credentials.ts';
import type { Limit, Limits } from './limits.ts';
import type { Collected, Process, StreamTarget, Wait } from './process.ts';

/** How a run of a program ended: for good, or waiting for something. */
export type Outcome =
  | { readonly exit: number }
  | { readonly wait: Wait }
  /** Goes on as another program in the same process, as exec(2) does. */
  | {
      readonly replace: Executable;
      readonly argv: readonly string[];
      readonly environment: Record<string, string>;
      readonly cwd?: string;
      /** The command line stays what it was. */
      readonly keepsTitle?: boolean;
      readonly streams?: { readonly stdout: StreamTarget; readonly stderr: StreamTarget };
    };

/** More input is needed than has arrived; thrown through a tool, which is run again when there is more. */
export class NeedInput extends Error {}

/** Whoever read this output has stopped reading; thrown out of a write. A program that lets it pass ends as of SIGPIPE. */
export class BrokenPipe extends Error {}

/** A process wants more memory than it can have; thrown through its program, which the kernel then kills. */
export class OutOfMemory extends Error {}

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
  /** Whether standard input, or output, is a terminal. */
  readonly terminal: { readonly stdin: boolean; readonly stdout: boolean };
  readonly network: NetworkView;
  /** Takes all input that has arrived; `end` when no more will come. A program that needs more returns `{ wait: { input: true } }`. */
  input(): { data: string; end: boolean };
  /** At a terminal the end of input is for the one who reads it: the next reader may get more. */
  reopenInput(): void;
  /** Gives back what {@link input} took too much. */
  putBack(data: string): void;
  /** All input. Throws {@link NeedInput} while more may come. */
  wholeInput(): string;
  /**
   * The same kernel for a command that runs inside this process, as a shell's own or a short-lived tool: other arguments,
   * environment, folder, input or outputs.
   */
  within(changes: KernelChanges): Kernel;
  /** Finds a program by name in PATH, or by path. */
  find(name: string): Found;
  /**
   * Starts a child; -1 when there may be no more processes. Its outputs go where this process's own go, unless told
   * otherwise. The command must have been found.
   */
  spawn(found: Executable, options: SpawnOptions): number;
  /** Starts this process's program once more, with a memory of its own, as fork(2) does; -1 as {@link spawn}. Its outputs are this process's unless told otherwise. */
  fork(memory: unknown, outputs?: { readonly stdout: StreamTarget; readonly stderr: StreamTarget }): number;
  /**
   * Children that have ended since the last call: with their own process ids, the input that they have not read, and
   * the signal that they died of (0: none).
   */
  reap(): { pid: number; status: number; collected: readonly Collected[]; input: string; signal: number }[];
  /** Sends a signal; false when there is no such process, or it is not ours to signal. */
  kill(pid: number, signal: number): boolean;
  /** Whether there may be one more process. */
  readonly mayFork: boolean;
  /** Leaves a child to the first process of this PID namespace, as the end of the process between them does. */
  disown(pid: number): void;
  /** Processes of this PID namespace, by process id. */
  processes(): readonly Process[];
  /** Resource limits of this process, by Docker's names for `--ulimit`. */
  readonly limits: Limits;
  /** Sets a resource limit, as setrlimit(2) does; false when it is not allowed. */
  limit(name: string, limit: Limit): boolean;
  /** A number of the seeded generator, 0 ≤ n < 1. */
  random(): number;
  /** Changes who this process is, as su, setpriv or a server that drops privileges do. */
  become(credentials: Credentials): void;
  /** Host name of this UTS namespace. False without CAP_SYS_ADMIN. */
  setHostname(name: string): boolean;
  /** Mounts a file system. False without CAP_SYS_ADMIN. */
  mount(type: string, source: string, target: string, options?: readonly string[]): boolean;
  /** Makes a folder the root of this process and of what it starts. False without CAP_SYS_CHROOT. */
  chroot(path: string): boolean;
  /** Joins namespaces (`net`, `uts`, `mnt`, `pid`) of another process. False without CAP_SYS_ADMIN. */
  enter(pid: number, namespaces: readonly string[]): boolean;
  /** Takes away the last mount at a path. False without CAP_SYS_ADMIN, or when nothing is mounted there. */
  unmount(target: string): boolean;
  /** Takes so many bytes of memory for as long as this process runs. Throws {@link OutOfMemory} when that is more than it can have. */
  allocate(bytes: number): void;
  /** Notes that a process of this container was killed for its memory. What runs as a process of its own need not say so. */
  outOfMemory(): void;
}

export interface SpawnOptions {
  readonly argv: readonly string[];
  readonly environment?: Record<string, string>;
  readonly cwd?: string;
  /** Input that is all there is; nothing: none. */
  readonly input?: string;
  readonly inheritsInput?: boolean;
  readonly stdout?: StreamTarget;
  readonly stderr?: StreamTarget;
  readonly credentials?: Credentials;
  /** Command line as others see it, where that is not `argv`. */
  readonly title?: readonly string[];
}

export interface KernelChanges {
  argv?: readonly string[];
  environment?: Record<string, string>;
  cwd?: string;
  umask?: number;
  /** Input that is all there is, or how to take it. */
  input?: string | (() => string);
  output?: (bytes: string) => void;
  error?: (bytes: string) => void;
  terminal?: { readonly stdin: boolean; readonly stdout: boolean };
  /** Address of whoever sent the request that is being answered. */
  client?: string;
}

/** An executable file and the modelled program in it. */
export interface Executable {
  readonly path: string;
  readonly program: Program;
  /** Which program table entry it is: the `program` of the file. */
  readonly programName: string;
  readonly name: string;
  /** What the file's set-user-id and set-group-id bits make of who runs it. */
  readonly elevation?: Elevation;
  /** Words that come before the arguments: a script's interpreter, its option and the script's path. */
  readonly prefix: readonly string[];
}

/** A command that can't be executed: 126 or 127 as exit status, and the kernel's reason. */
export interface NotFound {
  readonly status: 126 | 127;
  readonly reason: 'ENOENT' | 'EACCES' | 'EISDIR' | 'ENOEXEC' | 'ENOTDIR';
  /** The file, where it may be executed and only the kernel can't: its format is unknown, or its interpreter is missing. */
  readonly file?: string;
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
  /** A request that reached a port on which this process listens: the bytes of the answer. */
  answer?(kernel: Kernel, request: string, port: number): string | Promise<string>;
}

/** A small tool: reads arguments and input, writes, and returns its exit status. Input is whole when it starts. */
export type Tool = (kernel: Kernel) => number | Promise<number>;

/** A tool as a program that never waits. */
export function toolProgram(tool: Tool, inline = true): Program {
  return {
    inline,
    run: async (kernel) => {
      try {
        return { exit: await tool(kernel) };
      } catch (error) {
        // Inside a shell, the shell handles what its own process lacks.
        if (error instanceof NeedInput && kernel.process.memory === undefined) return { wait: { input: true } };
        if (!(error instanceof FileError) || !inline) throw error;
        kernel.error(`${kernel.argv[0]}: ${error.message}\n`);
        return { exit: 1 };
      }
    },
  };
}

/** How programs are looked up: by the `program` of the executed file and the name it was called by. */
export type ProgramTable = (program: string, name: string) => Program | undefined;

import type { Mount } from '../files/filesystem.ts';
import type { Credentials } from './credentials.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';

/** Process id of the second process in a container: runc's own threads have taken some before it. */
export const FIRST_CHILD = 7;

/** What a waiting process waits for; it is run again when any of these has happened. */
export interface Wait {
  /** Virtual time in milliseconds since 1970. */
  readonly until?: number;
  /** Input, or its end. */
  readonly input?: boolean;
  /** The end of any child. */
  readonly child?: boolean;
}

/** A process of the host or of a container. Plain data: what it needs to go on lies in `memory`. */
export interface Process {
  /** Process id on the host. */
  readonly pid: number;
  /** Process id as its own PID namespace counts. */
  readonly nsPid: number;
  readonly parent: number;
  /** Id of the container that it belongs to; empty on the host. */
  readonly container: string;
  /** Arguments as byte strings; the first is the name it was called by. */
  readonly argv: readonly string[];
  /** Absolute path of the file that was executed, links followed. */
  readonly executable: string;
  /** Command line as others see it, where a program was begun without exec(2). */
  readonly title?: readonly string[];
  /** Short name where it is not that of the executed file: of a script. */
  readonly comm?: string;
  /** The modelled program, see src/programs. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly credentials: Credentials;
  readonly mounts: readonly Mount[];
  readonly tty: boolean;
  readonly startedAt: number;
  /** `waiting` with nothing in `wait` waits for signals or requests only, as servers do. */
  readonly state: 'ready' | 'waiting' | 'zombie';
  readonly wait: Wait;
  /** Does not run until SIGCONT. */
  readonly stopped?: boolean;
  /** Resource limits that are not those of the engine. */
  readonly limits?: Limits;
  /** What the program keeps between two runs; plain data, chosen by the program. */
  readonly memory: unknown;
  /** Signals that arrived and were not handled yet. */
  readonly pending: readonly number[];
  /** Unread input as a byte string, and whether no more will come. */
  readonly input: string;
  readonly inputEnded: boolean;
  /** Takes the input of its parent while it runs, as a command in the foreground does. */
  readonly inheritsInput: boolean;
  /** Whose streams its own are: `container ID`, `exec ID` or `host PID`. */
  readonly session: string;
  /** PID namespace: a container's id, or `host`. */
  readonly pidns: string;
  /** Host name namespace: a container's id, or `host`. */
  readonly uts: string;
  /** Network namespace: the id of the container that owns it, or `host`. */
  readonly netns: string;
  readonly stdout: StreamTarget;
  readonly stderr: StreamTarget;
  /** What was written to targets that collect. */
  readonly collected: readonly Collected[];
  /** Exit status, 128 + signal number after a deadly signal; set for a zombie. */
  readonly status: number;
  /** The signal that it died of; not set for one that has exited. */
  readonly signal?: number;
}

/** Short name of a process as the kernel keeps it: of the script, of the file executed, or BusyBox's applet. */
export function commandName({ argv, comm, executable }: Pick<Process, 'argv' | 'comm' | 'executable'>): string {
  const path = comm ?? (executable.endsWith('/busybox') ? (argv[0] ?? '') : executable);
  return path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/^-/, '')
    .slice(0, 15);
}

/** The name that a script gives to its process; `prefix`: its interpreter, an option, its path. */
export function scriptName(prefix: readonly string[]): Pick<Process, 'comm'> {
  const path = prefix.at(-1);
  return path === undefined ? {} : { comm: path.slice(path.lastIndexOf('/') + 1) };
}

/** What a process is limited to. */
export function limitsOf({ limits }: Pick<Process, 'limits'>): Limits {
  return limits ? { ...DEFAULT_LIMITS, ...limits } : DEFAULT_LIMITS;
}

/** Where an output of a process goes: to a stream of its session, into memory for its parent, to a file, or nowhere. */
export type StreamTarget =
  | { readonly to: 'stdout' | 'stderr' | 'nowhere' }
  /**
   * `limit`: a reader that takes no more than this; further writes find the pipe broken. `into`: what is written is kept
   * by another process, from which this end of the pipe was inherited.
   */
  | { readonly to: 'collect'; readonly limit?: ReaderLimit; readonly into?: PipeOwner }
  | { readonly to: 'file'; readonly path: string };

/** The process that keeps what is written to a pipe, and as which of its streams. */
export interface PipeOwner {
  readonly pid: number;
  readonly stream: 'stdout' | 'stderr';
}

/** What a target means that a process gives to a child: its `stdout` and `stderr` are the parent's own, as dup2(2) makes them. */
export function inherited(parent: Pick<Process, 'pid' | 'stdout' | 'stderr'>, target: StreamTarget): StreamTarget {
  if (target.to !== 'stdout' && target.to !== 'stderr') return target;
  const own = parent[target.to];
  return own.to === 'collect' && !own.into ? { ...own, into: { pid: parent.pid, stream: target.to } } : own;
}

/** How much the reader of a pipe takes before it goes away. */
export interface ReaderLimit {
  readonly lines?: number;
  readonly bytes?: number;
  /** Lines that match this regular expression, as `grep -m` counts them. */
  readonly matches?: { readonly pattern: string; readonly flags: string; readonly count: number };
}

/** Whether a reader has got what it wanted. */
export function satisfied(text: string, { lines, bytes, matches }: ReaderLimit): boolean {
  if (bytes !== undefined && text.length >= bytes) return true;
  if (lines !== undefined && text.split('\n').length > lines) return true;
  if (!matches) return false;
  const pattern = new RegExp(matches.pattern, matches.flags);
  const whole = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return whole.filter((line) => pattern.test(line)).length >= matches.count;
}

export interface Collected {
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: string;
  /** When it was written, virtual milliseconds. */
  readonly at: number;
}

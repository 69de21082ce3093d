import type { NetworkFailure } from '../engine/networks/view.ts';
import type { ReaderLimit } from '../engine/process/process.ts';
import type { Command } from './ast.ts';
import type { Frame } from './frames.ts';

/** What ends a command in the input of the host's shell, which its session sends. */
export const END_OF_COMMAND = '\0';

/** A shell variable: one value, or the values of an indexed or associative array. */
export interface Variable {
  readonly value?: string;
  readonly values?: Readonly<Record<string, string>>;
  /** Its values go by names rather than numbers. */
  readonly associative?: boolean;
  readonly exported?: boolean;
  readonly readOnly?: boolean;
  readonly integer?: boolean;
}

/** A connection that bash has opened: what is sent waits in a buffer until somebody reads, what came back is a text. */
export interface Connection {
  readonly to: 'socket';
  readonly address: string;
  readonly port: number;
  readonly sent: number;
  readonly received: number;
}

/** Where a descriptor leads. Plain data: the process's own streams, a file, a text that is being read, a buffer, or a connection. */
export type Descriptor =
  | { readonly to: 'stdin' | 'stdout' | 'stderr' | 'nowhere' }
  | { readonly to: 'closed' }
  | { readonly to: 'file'; readonly path: string }
  | { readonly to: 'text'; readonly id: number }
  | Connection
  /** `limit`: what its reader takes before it goes away. */
  | { readonly to: 'buffer'; readonly id: number; readonly limit?: ReaderLimit };

export type Descriptors = Readonly<Record<number, Descriptor>>;

/** What a subshell has of its own. Replaced as a whole, never changed in place. */
export interface Environment {
  readonly vars: Readonly<Record<string, Variable>>;
  readonly functions: Readonly<Record<string, Command>>;
  readonly aliases: Readonly<Record<string, string>>;
  readonly positional: readonly string[];
  /** Single letters as in `$-`, with `P` for pipefail. */
  readonly options: string;
  readonly cwd: string;
  readonly umask: number;
  readonly traps: Readonly<Record<string, string>>;
  readonly fds: Descriptors;
}

export type Flavour = 'ash' | 'dash' | 'bash';

/** A child that the shell has started. */
export interface Job {
  /** Set when it has ended. */
  readonly status?: number;
  /** What it died of, if it has not exited. */
  readonly signal?: number;
  /** The command as it is listed; empty for a child in the foreground. */
  readonly text: string;
  /** Where what it writes goes, when that is a buffer of this shell. */
  readonly outputs?: { readonly stdout: Descriptor; readonly stderr: Descriptor };
  /** The text that it reads from; what it leaves is there for others. */
  readonly input?: number;
}

/** Everything a shell process keeps between two runs. */
export interface ShellMemory {
  readonly flavour: Flavour;
  /** `$0`, which its messages begin with. */
  readonly name: string;
  /** `$$`: kept by subshells and background processes. */
  readonly pid: number;
  /** Where its commands come from. `session`: the host's shell, told by {@link Session} what to run. */
  readonly mode: 'command' | 'file' | 'stdin' | 'prompt' | 'session';
  env: Environment;
  status: number;
  /** Status of the last command substitution, for a command that is only an assignment. */
  substituted: number;
  lastBackground: number;
  jobs: Readonly<Record<number, Job>>;
  stack: Frame[];
  /** Texts being read and buffers being written, by id. */
  texts: Record<number, string>;
  buffers: Record<number, string>;
  /** What came of the connection that a redirection waits for; empty: it is open. */
  connected?: { readonly place: string; readonly failure: NetworkFailure | '' } | undefined;
  nextId: number;
  pendingTraps: readonly string[];
  /** How often fork(2) has been refused for the command at hand. */
  forkTries?: number;
  /** A copy of its parent that runs one list in the background. */
  forked?: boolean;
  /** Line of the command that runs. */
  line: number;
  /** Line that the next command line from input has. */
  nextLine: number;
  /** The file that is being sourced, which messages name then. */
  source: string;
  /** The builtin that runs other commands, `eval` or `.`, which the small shells' messages name then. */
  command: string;
  /** Text that came as input and is not a whole command yet. */
  typed: string;
  history: readonly string[];
  /** Whether it has asked for the command that it waits for. */
  prompted: boolean;
  /** Command lines of the session that have been run. */
  answered: number;
  /** Command lines of the session that have been taken up. */
  asked: number;
  /** How often the shell has been busy without waiting for anything. */
  busy: number;
  /** Ctrl-C was pressed, and a child in the foreground has not ended yet. */
  interrupted: boolean;
}

/** Whether somebody types: errors end the command then, not the shell. */
export function forgiving({ mode }: ShellMemory): boolean {
  return mode === 'prompt' || mode === 'session';
}

/** What a record holds under a name that somebody else has chosen: not what every object has, as `constructor`. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

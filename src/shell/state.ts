import type { Command, List } from './ast.ts';
import type { Frame } from './frames.ts';

/** A shell variable: one value, or the values of an indexed array. */
export interface Variable {
  readonly value?: string;
  readonly values?: Readonly<Record<number, string>>;
  readonly exported?: boolean;
  readonly readOnly?: boolean;
}

/** Where a descriptor leads. Plain data: the process's own streams, a file, a text that is being read, or a buffer. */
export type Descriptor =
  | { readonly to: 'stdin' | 'stdout' | 'stderr' | 'nowhere' }
  | { readonly to: 'file'; readonly path: string }
  | { readonly to: 'text'; readonly id: number }
  | { readonly to: 'buffer'; readonly id: number };

/** What a subshell has of its own. Replaced as a whole when one begins and ends; its records are never changed in place. */
export interface Environment {
  vars: Readonly<Record<string, Variable>>;
  functions: Readonly<Record<string, Command>>;
  aliases: Readonly<Record<string, string>>;
  positional: readonly string[];
  /** Single letters as in `$-`, with `P` for pipefail. */
  options: string;
  cwd: string;
  umask: number;
  traps: Readonly<Record<string, string>>;
  fds: Readonly<Record<number, Descriptor>>;
}

export type Flavour = 'ash' | 'dash' | 'bash';

/** Everything a shell process keeps between two runs. */
export interface ShellMemory {
  readonly flavour: Flavour;
  /** `$0`, which its messages begin with. */
  name: string;
  /** `$$`: kept by subshells and background processes. */
  pid: number;
  env: Environment;
  status: number;
  /** Status of the last command substitution, for a command that is only an assignment. */
  substituted: number;
  lastBackground: number;
  /** Background children: undefined while they run. */
  jobs: Readonly<Record<number, number | undefined>>;
  stack: Frame[];
  /** Texts being read and buffers being written, by id. */
  texts: Record<number, string>;
  buffers: Record<number, string>;
  nextId: number;
  /** Reads commands from its input rather than from a text. */
  interactive: boolean;
  pendingTraps: readonly string[];
  /** What a script of several lines has not run yet. */
  line: number;
  /** Whether the last command of the text may take the process's place. */
  mayReplace: boolean;
  /** Text typed that is not a whole command yet. */
  typed: string;
  history: readonly string[];
}

export function exported(env: Environment): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, { value, exported: out }] of Object.entries(env.vars))
    if (out && value !== undefined) result[name] = value;
  return result;
}

export type { List };

import type { AndOr, ArithmeticFor, Case, Command, For, If, List, Pipeline, Simple, While } from './ast.ts';
import type { Descriptor, Descriptors, Environment, Variable } from './state.ts';

/** `tested`: a failure here is looked at by something above, so `set -e` leaves it alone. `tail`: nothing follows. */
interface Position {
  readonly tested: boolean;
  readonly tail: boolean;
}

/** Variables as they were; null for one that was not there. */
export type Saved = Readonly<Record<string, Variable | null>>;

/** What the shell is in the middle of. Plain data, the innermost last; frames are replaced, never changed in place. */
export type Frame =
  /** A text whose command lines are parsed and run one after another; `kind` is how syntax errors name it. */
  | ({ f: 'script'; text: string; at: number; line: number; kind: '-c' | 'eval' | 'file' | 'trap' } & Position)
  /** Command lines that come as input: typed, piped, or sent by the session of the host. */
  | { f: 'commands' }
  | ({ f: 'list'; list: List; at: number } & Position)
  | ({ f: 'andor'; node: AndOr; at: number } & Position)
  | ({ f: 'pipeline'; node: Pipeline; at: number; statuses: readonly number[]; buffer: number } & Position)
  | ({ f: 'command'; node: Exclude<Command, Simple>; subs: readonly string[] } & Position)
  | ({ f: 'simple'; node: Simple; subs: readonly string[] } & Position)
  | ({ f: 'if'; node: If; at: number; phase: 'condition' | 'body' | 'start' } & Position)
  | ({ f: 'while'; node: While; phase: 'start' | 'condition' | 'body'; last: number } & Position)
  | ({ f: 'for'; node: For; values: readonly string[]; at: number } & Position)
  | ({ f: 'forarithmetic'; node: ArithmeticFor; started: boolean } & Position)
  | ({ f: 'case'; node: Case; at: number } & Position)
  | { f: 'redirect'; fds: Readonly<Record<number, Descriptor>> }
  /** `jobs`: the children that were there before. */
  | { f: 'subshell'; env: Environment; jobs: readonly string[] }
  | { f: 'capture'; env: Environment; buffer: number }
  | {
      f: 'function';
      name: string;
      positional: readonly string[];
      locals: Saved;
      fds: Readonly<Record<number, Descriptor>>;
      /** Variables that were assigned before the function's name. */
      assigned: Saved;
      line: number;
    }
  | { f: 'source'; positional: readonly string[] | null; source: string; command: string }
  | { f: 'trap'; status: number }
  /** Ends the shell, or the subshell, as `exit` does. */
  | { f: 'exit'; status: number }
  | { f: 'time'; since: number; posix: boolean }
  | { f: 'child'; pid: number }
  | { f: 'wait'; pids: readonly number[]; any: boolean; fds: Descriptors };

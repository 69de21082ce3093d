import type { AndOr, ArithmeticFor, Case, Command, For, If, List, Pipeline, Simple, While } from './ast.ts';
import type { Descriptor, Environment } from './state.ts';

/** `tested`: a failure here is looked at by something above, so `set -e` leaves it alone. `tail`: nothing follows. */
interface Position {
  readonly tested: boolean;
  readonly tail: boolean;
}

/** What the shell is in the middle of. Plain data, the innermost last; fields are replaced, never changed in place. */
export type Frame =
  | ({ f: 'list'; list: List; at: number } & Position)
  | ({ f: 'andor'; node: AndOr; at: number; running: boolean } & Position)
  | ({
      f: 'pipeline';
      node: Pipeline;
      at: number;
      statuses: readonly number[];
      buffer: number;
      limit: Limit | undefined;
    } & Position)
  | ({ f: 'command'; node: Exclude<Command, Simple>; subs: readonly string[] } & Position)
  | ({ f: 'simple'; node: Simple; subs: readonly string[] } & Position)
  | ({ f: 'if'; node: If; at: number; phase: 'condition' | 'body' | 'start' } & Position)
  | ({ f: 'while'; node: While; phase: 'start' | 'condition' | 'body'; last: number } & Position)
  | ({ f: 'for'; node: For; values: readonly string[]; at: number } & Position)
  | ({ f: 'forarithmetic'; node: ArithmeticFor; started: boolean } & Position)
  | ({ f: 'case'; node: Case; at: number } & Position)
  | { f: 'redirect'; fds: Readonly<Record<number, Descriptor>> }
  | { f: 'subshell'; env: Environment }
  | { f: 'capture'; env: Environment; buffer: number }
  | {
      f: 'function';
      positional: readonly string[];
      locals: Readonly<Record<string, Environment['vars'][string] | undefined>>;
      fds: Readonly<Record<number, Descriptor>>;
      env: Readonly<Record<string, Environment['vars'][string] | undefined>>;
    }
  | { f: 'source'; positional: readonly string[] | undefined }
  | { f: 'trap'; status: number }
  | { f: 'child'; pid: number }
  | { f: 'wait'; pids: readonly number[] }
  | { f: 'read'; argv: readonly string[]; fds: Readonly<Record<number, Descriptor>> };

/** How much the next stage of a pipeline takes before it stops reading. */
export interface Limit {
  readonly lines?: number;
  readonly bytes?: number;
}

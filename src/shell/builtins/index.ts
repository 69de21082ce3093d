import type { Kernel } from '../../engine/process/program.ts';
import type { Machine } from '../machine.ts';
import type { Descriptors, Flavour, ShellMemory } from '../state.ts';
import { control } from './control.ts';
import { jobBuiltins } from './jobs.ts';
import { output } from './output.ts';
import { variables } from './variables.ts';

/** What a builtin asks the machine to do when a status is not enough. */
export type Control =
  | { readonly to: 'break' | 'continue'; readonly count: number }
  /**
   * `message`: said before, or `builtin` with the builtin's name; what ends a script ends only the command where somebody
   * types.
   */
  | { readonly to: 'return' | 'exit'; readonly status: number; readonly message?: string; readonly builtin?: string }
  /** A text to be run; `source` names the file that it comes from. */
  | {
      readonly to: 'run';
      readonly text: string;
      readonly source?: string;
      readonly positional?: readonly string[];
    }
  /** Ends the command line, but not the shell. */
  | { readonly to: 'discard'; readonly status: number }
  | { readonly to: 'wait'; readonly pids: readonly number[]; readonly any: boolean }
  | { readonly to: 'exec' | 'command'; readonly argv: readonly string[] };

export interface BuiltinContext {
  readonly machine: Machine;
  readonly memory: ShellMemory;
  readonly kernel: Kernel;
  readonly fds: Descriptors;
  out(text: string): void;
  /** A message with the shell's name and line before it. */
  err(text: string): void;
  /** A message with the builtin's name, too; returns the status that goes with it. */
  fail(text: string): number;
}

export type Builtin = (
  context: BuiltinContext,
  argv: readonly string[],
) => number | Control | Promise<number | Control>;

/** The commands that a shell runs itself. */
export const BUILTINS: Readonly<Record<string, Builtin>> = Object.assign(
  Object.create(null),
  control,
  output,
  jobBuiltins,
  variables,
);

const BASH_ONLY = new Set(
  'declare typeset shopt mapfile readarray pushd popd dirs enable builtin compgen complete caller disown history'.split(
    ' ',
  ),
);
const NOT_DASH = new Set('source let logout history'.split(' '));

/** Whether a shell runs the command itself. */
export function isBuiltin(name: string, flavour: Flavour): boolean {
  if (!(name in BUILTINS)) return false;
  if (flavour === 'bash') return true;
  return !BASH_ONLY.has(name) && !(flavour === 'dash' && NOT_DASH.has(name));
}

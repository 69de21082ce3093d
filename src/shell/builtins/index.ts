import type { Kernel } from '../../engine/process/program.ts';
import type { List } from '../ast.ts';
import type { Machine } from '../machine.ts';
import type { Descriptor, ShellMemory } from '../state.ts';
import { control } from './control.ts';
import { jobs } from './jobs.ts';
import { output } from './output.ts';
import { variables } from './variables.ts';

/** What a builtin asks the machine to do when a status is not enough. */
export type Control =
  | { readonly to: 'break' | 'continue'; readonly count: number }
  | { readonly to: 'return' | 'exit'; readonly status: number }
  | { readonly to: 'run'; readonly list: List; readonly source: boolean; readonly positional?: readonly string[] }
  | { readonly to: 'wait'; readonly pids: readonly number[] }
  | { readonly to: 'exec' | 'command'; readonly argv: readonly string[] };

export interface BuiltinContext {
  readonly machine: Machine;
  readonly memory: ShellMemory;
  readonly kernel: Kernel;
  readonly fds: Readonly<Record<number, Descriptor>>;
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
  jobs,
  variables,
);

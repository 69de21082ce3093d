import type { Kernel, Program } from '../engine/process/program.ts';

/** Whose tools a file system has: BusyBox's (Alpine) or GNU's and their like (Debian). They differ in options and messages. */
export type Flavour = 'busybox' | 'gnu';

/**
 * A small tool, which reads arguments and input, writes, and returns its exit status; or, when it must wait (sleep, tail -f,
 * ping), a whole program. The tool reads its input with `kernel.wholeInput()`.
 */
export type Tool =
  | { readonly run: (kernel: Kernel, flavour: Flavour) => number | Promise<number> }
  | { readonly program: (flavour: Flavour) => Program };

/** Tools by the name they are called by. */
export type ToolTable = Readonly<Record<string, Tool>>;

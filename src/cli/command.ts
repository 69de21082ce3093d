import type { Engine } from '../engine/engine.ts';
import type { Kernel } from '../engine/process/program.ts';
import type { FlagValues } from './flags.ts';

/** What a command of the client gets. */
export interface CommandContext {
  readonly engine: Engine;
  /** The client as a process of the host: folder, environment, files, terminal, input. */
  readonly kernel: Kernel;
  /** Words after the flags. */
  readonly args: readonly string[];
  readonly flags: FlagValues;
  /** Flags of the plugin itself, given before the command: `-f`, `-p` … of `docker compose`. */
  readonly pluginFlags: FlagValues;
  /** The command as it was typed, `docker run` or `docker container run`, for messages. */
  readonly name: string;
  /** Writes text (Unicode) to standard output. */
  out(text: string): void;
  /** Writes text (Unicode) to standard error. */
  err(text: string): void;
}

/**
 * A command of the client: a function of its context that returns its exit status. Its name, usage, flags and number of
 * arguments stand in the command table; {@link CliError} and EngineError end it.
 */
export type Command = (context: CommandContext) => number | Promise<number>;

/** Commands by their canonical path without `docker`: `container run`, `volume create`. */
export type CommandTable = Readonly<Record<string, Command>>;

/**
 * An error of the client itself: the whole text that is printed, without the last line's end, and an exit status.
 * `usage` adds the command's usage and the pointer to its `--help`; `pointer` puts `docker: ` before and the pointer
 * behind, as `docker run` and `docker create` do with all their errors.
 */
export class CliError extends Error {
  readonly status: number;
  readonly usage: 'none' | 'usage' | 'pointer';
  constructor(message: string, status = 1, usage: 'none' | 'usage' | 'pointer' = 'none') {
    super(message);
    this.status = status;
    this.usage = usage;
  }
}

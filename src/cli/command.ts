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

/** An error of the client itself. */
export class CliError extends Error {
  readonly status: number;
  /** Whether usage and the pointer to `--help` follow the message. */
  readonly usage: 'none' | 'usage' | 'pointer';
  constructor(message: string, status = 1, usage: 'none' | 'usage' | 'pointer' = 'none') {
    super(message);
    this.status = status;
    this.usage = usage;
  }
}

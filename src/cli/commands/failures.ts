import { EngineError } from '../../engine/errors.ts';
import { InvalidReference } from '../../engine/images/reference.ts';
import { StreamError } from '../../engine/stream-error.ts';
import { CliError, type CommandContext } from '../command.ts';
import type { Inspection } from '../format/inspect.ts';
import { OptionError } from '../options/option-error.ts';

/** What the client prints of a failure: the daemon's with its prefix, its own as they are. Other errors are thrown on. */
export function failureText(error: unknown): string {
  if (error instanceof StreamError) return error.message;
  if (error instanceof EngineError) return `Error response from daemon: ${error.message}`;
  if (error instanceof CliError || error instanceof OptionError || error instanceof InvalidReference)
    return error.message;
  throw error;
}

/** Prints an inspection and what was not found; exit status 1 when there was such. */
export function printInspection({ out, err }: CommandContext, { stdout, errors }: Inspection): number {
  out(stdout);
  for (const text of errors) err(`${text}\n`);
  return errors.length > 0 ? 1 : 0;
}

/** Does the same with each argument and prints what it gives; failures follow at the end, exit status 1 with them. */
export async function forEachArgument(
  { args, out, err }: CommandContext,
  operate: (argument: string) => string | Promise<string>,
): Promise<number> {
  const failures: string[] = [];
  for (const argument of args) {
    try {
      out(await operate(argument));
    } catch (error) {
      failures.push(failureText(error));
    }
  }
  for (const text of failures) err(`${text}\n`);
  return failures.length > 0 ? 1 : 0;
}

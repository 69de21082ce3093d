import { EngineError } from '../../../engine/errors.ts';
import { InvalidReference } from '../../../engine/images/reference.ts';
import { StreamError } from '../../../engine/stream-error.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { OptionError } from '../../options/option-error.ts';

/** What the client prints of an error that came from the daemon, or from itself; nothing for errors of our own program. */
export function errorText(error: unknown): string | undefined {
  if (error instanceof StreamError) return error.message;
  if (error instanceof EngineError) return `Error response from daemon: ${error.message}`;
  if (error instanceof OptionError || error instanceof InvalidReference || error instanceof CliError)
    return error.message;
  return undefined;
}

/** Runs what may fail with an error of the daemon or an option; all failures become CliErrors by `convert`. */
export async function withErrors<T>(
  run: () => T | Promise<T>,
  convert: (message: string) => CliError = (message) => new CliError(message),
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const text = errorText(error);
    if (text === undefined) throw error;
    throw convert(text);
  }
}

/**
 * Does the same with each container and prints what it gives, the errors at the end: exit status 1 when there is one
 * (docker/cli, parallelOperation).
 */
export async function forEach(
  { args, out, err }: CommandContext,
  operate: (ref: string) => unknown,
  print: (ref: string, result: unknown) => string = (ref) => ref,
): Promise<number> {
  const errors: string[] = [];
  for (const ref of args) {
    try {
      checkRef(ref);
      const result = await operate(ref);
      out(`${print(ref, result)}\n`);
    } catch (error) {
      const text = errorText(error);
      if (text === undefined) throw error;
      errors.push(text);
    }
  }
  for (const text of errors) err(`${text}\n`);
  return errors.length === 0 ? 0 : 1;
}

/** Refuses the empty text as a container's name, before the daemon is asked (moby, client). */
export function checkRef(ref: string): void {
  if (ref.trim() === '') throw new CliError('invalid container name or ID: value is empty');
}

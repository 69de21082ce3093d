import { CliError } from '../command.ts';

/** An error as buildx prints it. */
export function buildxError(message: string): CliError {
  return new CliError(`ERROR: ${message}`);
}

/** An error of a build that has begun to be prepared. */
export function buildFailure(message: string): CliError {
  return buildxError(`failed to build: ${message}`);
}

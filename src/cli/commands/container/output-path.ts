import { FileError } from '../../../engine/files/errors.ts';
import { dirname } from '../../../engine/files/path.ts';
import type { Kernel } from '../../../engine/process/program.ts';
import { CliError } from '../../command.ts';

/** Refuses a place where no file can be written: a missing folder, a device (docker/cli, command.ValidateOutputPath). */
export function validateOutputPath({ files }: Kernel, path: string): void {
  if (!exists(() => files.stat(dirname(path))))
    throw new CliError(`invalid output path: directory "${dirname(path)}" does not exist`);
  const type = exists(() => files.stat(path))?.type;
  if (type === 'character' || type === 'block') throw irregular(path, 'got a device');
  if (type !== undefined && type !== 'file' && type !== 'directory') throw irregular(path, 'got an irregular file');
}

function irregular(path: string, what: string): CliError {
  return new CliError(`invalid output path: "${path}" must be a directory or a regular file: ${what}`);
}

/** A node, or nothing when the way there is not open. */
export function exists<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

import { FileError } from '../../engine/files/errors.ts';
import { resolve } from '../../engine/files/path.ts';
import type { Kernel } from '../../engine/process/program.ts';
import { OptionError } from './option-error.ts';

/** What Go's errors say of a refused system call: strerror's words, but small. */
export function goReason(error: FileError): string {
  return error.message[0]!.toLowerCase() + error.message.slice(1);
}

/** Runs a file operation of the client. Throws {@link OptionError} `VERB PATH: no such file or directory` and the like. */
export function onHost<T>(verb: string, path: string, operation: () => T): T {
  try {
    return operation();
  } catch (error) {
    if (error instanceof FileError) throw new OptionError(`${verb} ${path}: ${goReason(error)}`);
    throw error;
  }
}

/** The bytes of a file of the client's host. Throws {@link OptionError} as Go's os.ReadFile says it. */
export function readHostFile({ files, cwd }: Kernel, path: string): string {
  const absolute = resolve(cwd, path);
  const node = onHost('open', path, () => files.stat(absolute));
  if (!node) throw new OptionError(`open ${path}: no such file or directory`);
  if (node.type === 'directory') throw new OptionError(`read ${path}: is a directory`);
  return onHost('open', path, () => files.read(absolute));
}

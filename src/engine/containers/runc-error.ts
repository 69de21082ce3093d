import { EngineError } from '../errors.ts';
import type { NotFound } from '../process/program.ts';

const CREATE =
  'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';

/** What the daemon says when runc could not make a container or start its process. */
export function runcError(reason: string): EngineError {
  return new EngineError(400, `${CREATE}error during container init: ${reason}`);
}

/** What the daemon adds, which thinks of mounts first. */
const NO_FOLDER =
  'Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type';

/** Why a path can't be executed, in the words of Go's exec.LookPath and the kernel. */
export function executableProblem(word: string, { reason }: NotFound): string {
  const path = word.includes('/');
  switch (reason) {
    case 'ENOTDIR':
      return `exec: "${word}": stat ${word}: not a directory: ${NO_FOLDER}`;
    case 'ENOENT':
      return `exec: "${word}": ${path ? `stat ${word}: no such file or directory` : 'executable file not found in $PATH'}`;
    case 'EISDIR':
      return `exec: "${word}": is a directory: permission denied`;
    case 'EACCES':
      return `exec: "${word}": ${path ? 'permission denied' : 'executable file not found in $PATH'}`;
    case 'ENOEXEC':
      return `exec ${word}: exec format error`;
  }
}

/** The exit code that the daemon gives a container that could not be started (moby, daemon/start.go). */
export function startErrorCode(message: string): number {
  if (
    /executable file not found|no such file or directory|not a directory|system cannot find the file specified/.test(
      message,
    )
  )
    return 127;
  if (/permission denied|is a directory/.test(message)) return 126;
  return 128;
}

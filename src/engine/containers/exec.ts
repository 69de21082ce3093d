import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';

export interface ExecRequest {
  readonly command: readonly string[];
  readonly user?: string;
  readonly environment?: readonly string[];
  readonly workingDirectory?: string;
  readonly privileged?: boolean;
  readonly tty?: boolean;
  readonly openStdin?: boolean;
}

/** Prepares a command in a running container and returns the exec's id. Its streams are the session `exec ID`. Throws 409 when it is not running or paused. */
export function createExec(_engine: Engine, _ref: string, _request: ExecRequest): string {
  throw new EngineError(501, 'not modelled yet');
}

/** Starts it, without waiting for its end. Throws what runc says when it can't be executed (exit status 126 or 127 in the record). */
export async function startExec(_engine: Engine, _id: string): Promise<void> {
  throw new EngineError(501, 'not modelled yet');
}

/** Lets time pass until it has ended; its exit status. */
export async function waitExec(_engine: Engine, _id: string): Promise<number> {
  throw new EngineError(501, 'not modelled yet');
}

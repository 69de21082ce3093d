import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';

export interface StopOptions {
  /** Name or number; the container's own, else TERM. */
  readonly signal?: string;
  /** Seconds before KILL; -1 for ever; the container's own, else 10. */
  readonly timeout?: number;
}

/** Stops a container and waits for its end. */
export async function stopContainer(_engine: Engine, _ref: string, _options: StopOptions = {}): Promise<void> {
  throw new EngineError(501, 'not modelled yet');
}

/** Stops a container and starts it again. */
export async function restartContainer(_engine: Engine, _ref: string, _options: StopOptions = {}): Promise<void> {
  throw new EngineError(501, 'not modelled yet');
}

/** Sends a signal to a container's first process. Throws 409 `container ID is not running`. */
export async function killContainer(_engine: Engine, _ref: string, _signal: string): Promise<void> {
  throw new EngineError(501, 'not modelled yet');
}

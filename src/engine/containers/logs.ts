import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { LogEntry } from './container.ts';

export interface LogsRequest {
  readonly stdout?: boolean;
  readonly stderr?: boolean;
  /** Milliseconds since 1970. */
  readonly since?: number;
  readonly until?: number;
  /** Number of last lines; all when left out. */
  readonly tail?: number;
}

/** The lines that a container has written, each with its end (an entry holds one line). Throws 501 for log drivers that can't be read. */
export function readLogs(_engine: Engine, _ref: string, _request: LogsRequest = {}): readonly LogEntry[] {
  throw new EngineError(501, 'not modelled yet');
}

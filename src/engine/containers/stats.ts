import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';

export interface ContainerStats {
  readonly id: string;
  readonly name: string;
  /** Percent of one processor. */
  readonly cpu: number;
  readonly memory: number;
  readonly memoryLimit: number;
  readonly networkReceived: number;
  readonly networkSent: number;
  readonly blockRead: number;
  readonly blockWritten: number;
  readonly pids: number;
}

/** A sample of what a container uses now. */
export function containerStats(_engine: Engine, _ref: string): ContainerStats {
  throw new EngineError(501, 'not modelled yet');
}

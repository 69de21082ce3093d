import type { Engine } from '../engine/engine.ts';
import type { EngineState } from '../engine/state.ts';

export interface SessionOptions {
  readonly seed?: number;
  /** Virtual time at the start, milliseconds since 1970. */
  readonly now?: number;
  /** Files of the host's folder /root/lab, by path relative to it. */
  readonly files?: Readonly<Record<string, string>>;
  /** Images present at the start: the base images of the oracle unless told otherwise. */
  readonly images?: (engine: Engine) => void;
}

export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A host with a shell, a folder and a Docker. */
export interface Session {
  readonly engine: Engine;
  readonly state: EngineState;
  /** Runs a command line (several lines for a here-document) in the host's shell, which keeps its folder and variables. */
  run(line: string, onOutput?: (stream: 'stdout' | 'stderr', text: string) => void): Promise<Answer>;
  interrupt(): void;
  snapshot(): EngineState;
  restore(snapshot: EngineState): void;
}

export function createSession(_options: SessionOptions = {}): Session {
  throw new Error('not modelled yet');
}

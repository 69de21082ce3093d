import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';

/** Lets time pass until a container has ended; its exit status. */
export async function waitContainer(
  _engine: Engine,
  _ref: string,
  _condition: 'not-running' | 'next-exit' | 'removed' = 'not-running',
): Promise<number> {
  throw new EngineError(501, 'not modelled yet');
}

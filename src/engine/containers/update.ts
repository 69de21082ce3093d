import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { HostConfig } from './container.ts';

/** Changes limits and restart policy; returns warnings. */
export function updateContainer(_engine: Engine, _ref: string, _change: Partial<HostConfig>): readonly string[] {
  throw new EngineError(501, 'not modelled yet');
}

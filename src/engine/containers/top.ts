import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';

/** What `ps` on the host says of a container's processes. */
export function containerProcesses(
  _engine: Engine,
  _ref: string,
  _psArguments: readonly string[],
): { readonly titles: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  throw new EngineError(501, 'not modelled yet');
}

import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';

/** Removes a container with its writable layer; with `volumes` its anonymous volumes, too. */
export async function removeContainer(
  _engine: Engine,
  _ref: string,
  _options: { readonly force?: boolean; readonly volumes?: boolean; readonly link?: boolean } = {},
): Promise<void> {
  throw new EngineError(501, 'not modelled yet');
}

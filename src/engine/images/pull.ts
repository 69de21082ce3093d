import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';

/** One line of progress. */
export interface PullProgress {
  readonly id?: string;
  readonly status: string;
}

/** Fetches an image from its registry. Throws what registries and the daemon say. */
export async function pullImage(
  _engine: Engine,
  _reference: string,
  _options: { readonly platform?: string; readonly onProgress?: (progress: PullProgress) => void } = {},
): Promise<void> {
  throw new EngineError(501, 'not modelled yet');
}

/** Sends an image to its registry. */
export async function pushImage(
  _engine: Engine,
  _reference: string,
  _onProgress?: (progress: PullProgress) => void,
): Promise<void> {
  throw new EngineError(501, 'not modelled yet');
}

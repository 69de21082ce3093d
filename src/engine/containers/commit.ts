import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { ImageConfig } from '../images/image.ts';

/** Makes an image of a container's files and configuration; its id. */
export function commitContainer(
  _engine: Engine,
  _ref: string,
  _options: {
    readonly reference?: string;
    readonly author?: string;
    readonly message?: string;
    readonly pause?: boolean;
    readonly config?: Partial<ImageConfig>;
  } = {},
): string {
  throw new EngineError(501, 'not modelled yet');
}

import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { Directory } from '../files/node.ts';

/** An archive (tar, as a byte string) of images in the OCI layout with manifest.json. */
export function saveImages(_engine: Engine, _refs: readonly string[]): string {
  throw new EngineError(501, 'not modelled yet');
}

/** Stores what an archive holds; lines to print (`Loaded image: …`). */
export function loadImages(_engine: Engine, _archive: string): readonly string[] {
  throw new EngineError(501, 'not modelled yet');
}

/** An image of one layer from an archive of files; its id. */
export function importImage(
  _engine: Engine,
  _archive: string,
  _options: { readonly reference?: string; readonly message?: string; readonly changes?: readonly string[] } = {},
): string {
  throw new EngineError(501, 'not modelled yet');
}

/** An archive (tar) of a file tree, as `docker export` writes. */
export function exportTree(_tree: Directory): string {
  throw new EngineError(501, 'not modelled yet');
}

import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { FileNode } from '../files/node.ts';

/** The file or folder at a path of a container, mounts included; links inside stay links. Throws 404 `Could not find the file PATH in container REF`. */
export function readPath(
  _engine: Engine,
  _ref: string,
  _path: string,
): { readonly name: string; readonly node: FileNode } {
  throw new EngineError(501, 'not modelled yet');
}

/** Puts files and folders into a folder of a container, over what is there, as unpacking an archive does. */
export function writePath(
  _engine: Engine,
  _ref: string,
  _folder: string,
  _entries: ReadonlyMap<string, FileNode>,
): void {
  throw new EngineError(501, 'not modelled yet');
}

import { type Directory, directory, type FileNode } from '../files/node.ts';
import type { EngineState } from '../state.ts';

/** Key of the tree that stands for the engine's folder of volumes, as the host sees it. */
export const VOLUMES = 'volumes';
const DATA = '_data';

/** The folder with a folder for each volume, its files in `_data`. */
export function volumesTree(state: EngineState): Directory {
  const entries = new Map<string, FileNode>();
  for (const { name, created } of state.volumes.values()) {
    const data = state.trees.get(`volume:${name}`) ?? directory({ mtime: created });
    entries.set(name, directory({ mode: 0o701, mtime: created }, new Map([[DATA, data]])));
  }
  return directory({ mode: 0o701 }, entries);
}

/** What lies below a volume's `_data` is the volume's own tree. */
export function insideVolume(
  state: EngineState,
  names: readonly string[],
): { tree: string; names: readonly string[] } | undefined {
  const [name = '', data] = names;
  if (data !== DATA || !state.volumes.has(name)) return undefined;
  return { tree: `volume:${name}`, names: names.slice(2) };
}

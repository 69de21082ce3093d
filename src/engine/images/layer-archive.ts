import { changesetEntries } from '../files/changeset-tar.ts';
import { changes, layerSize } from '../files/layer.ts';
import { readTar, readTarGlobals, type TarEntry, writeTar } from '../files/tar.ts';
import type { EngineState } from '../state.ts';
import type { Layer } from './image.ts';
import { layerTree } from './store.ts';

/** Key of our own in a layer's archive: its bytes, where the files that the model has of it are not all. */
const SIZE = 'STAPELLAUF.layer.size';

/** A layer as an archive: what images are saved and pushed as. */
export function layerArchive(state: EngineState, { parent, tree, size }: Layer): string {
  const layer = changes(layerTree(state, parent), state.trees.get(tree)!);
  const globals = size === layerSize(layer) ? {} : { [SIZE]: String(size) };
  return writeTar(changesetEntries(layer), globals);
}

/** What {@link layerArchive} wrote: members, and the layer's bytes when they are not those of its members. */
export function readLayerArchive(data: string): { readonly entries: readonly TarEntry[]; readonly size?: number } {
  const size = readTarGlobals(data)[SIZE];
  return { entries: readTar(data), ...(size === undefined ? {} : { size: Number(size) }) };
}

import type { Engine } from '../engine.ts';
import { type Changeset, changes, type PathChange, pathChanges } from '../files/layer.ts';
import { directory } from '../files/node.ts';
import { baseImage } from '../images/layers.ts';
import { imageTree } from '../images/store.ts';
import type { Container } from './container.ts';
import { findContainer } from './find.ts';
import { initialTree } from './root.ts';

/** What a container began with. */
export function beginning(engine: Pick<Engine, 'state'>, container: Container) {
  const image = baseImage(engine.state, container.image);
  return initialTree(image ? imageTree(engine, image) : directory(), container.created);
}

/** The upper layer of a container: what it changed in its image's files. */
export function writableLayer(engine: Pick<Engine, 'state'>, container: Container): Changeset {
  const now = engine.state.trees.get(`container:${container.id}`) ?? directory();
  return changes(beginning(engine, container), now);
}

/** What a container changed in its image's files. */
export function containerChanges(engine: Engine, ref: string): readonly PathChange[] {
  const container = findContainer(engine, ref);
  return pathChanges(beginning(engine, container), writableLayer(engine, container));
}

import type { Container } from '../../src/engine/containers/container.ts';
import { fullConfig, fullHostConfig } from '../../src/engine/containers/defaults.ts';
import { Engine } from '../../src/engine/engine.ts';
import { type Directory, directory, regularFile } from '../../src/engine/files/node.ts';
import type { Image } from '../../src/engine/images/image.ts';
import { addImage, addLayer, layerTree, tagImage } from '../../src/engine/images/store.ts';
import { addDefaultNetworks } from '../../src/engine/networks/manage.ts';
import { randomHex } from '../../src/engine/random.ts';

/** An engine with its three networks and nothing that runs. */
export function workbench(): Engine {
  const engine = new Engine({ programs: () => undefined });
  addDefaultNetworks(engine);
  return engine;
}

export const message = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

/** An image with one file a layer, named after the layer, over the layers of others when the names are the same. */
export function image(engine: Engine, layers: readonly string[], ...references: readonly string[]): Image {
  let chain = '';
  const chains = layers.map((name) => {
    const below = layerTree(engine.state, chain);
    const entries = new Map(below.entries).set(name, regularFile(name));
    chain = addLayer(engine, chain, { tree: directory({}, entries) as Directory });
    return chain;
  });
  const history = layers.map((name) => ({ created: 0, createdBy: `ADD ${name} /`, comment: '', emptyLayer: false }));
  const made = addImage(engine, { config: { Cmd: ['sh'] }, history, layers: chains });
  for (const reference of references) tagImage(engine, made.id, reference);
  return made;
}

/** A container's record, without anything that runs in it. */
export function container(engine: Engine, name: string, change: Partial<Container> = {}): Container {
  const id = randomHex(engine.state, 64);
  const record: Container = {
    ...{ id, name, created: engine.state.now, path: 'sh', args: [], image: '', mounts: [], networks: {}, ports: {} },
    config: fullConfig({ Image: '', Hostname: id.slice(0, 12) }),
    hostConfig: fullHostConfig(),
    state: { status: 'created', pid: 0, exitCode: 0, error: '', oomKilled: false, startedAt: 0, finishedAt: 0 },
    ...{ restartCount: 0, stoppedByUser: false, execs: [], log: undefined },
    ...change,
  };
  engine.state.containers.set(id, record);
  engine.state.containerNames.set(name, id);
  return record;
}

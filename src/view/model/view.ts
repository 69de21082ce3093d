import type { EngineState } from '../../engine/state.ts';
import { type BuildView, buildView, type CacheView, cacheView } from './build.ts';
import { type ContainerView, containersView } from './containers.ts';
import { type ImageView, imagesView } from './images.ts';
import { type NetworksView, networksView } from './networks.ts';
import { type SwarmView, swarmView } from './swarm.ts';
import { type StorageView, storageView } from './volumes.ts';

/** The subjects that an engine is shown by, in the order of the tabs. */
export const SUBJECTS = ['containers', 'images', 'volumes', 'networks', 'build', 'swarm'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** All that is shown of an engine. Plain data. */
export interface EngineView {
  readonly containers: readonly ContainerView[];
  readonly images: readonly ImageView[];
  readonly volumes: readonly StorageView[];
  readonly networks: NetworksView;
  readonly build?: BuildView;
  readonly cache: CacheView;
  readonly swarm?: SwarmView;
}

export function viewOf(state: EngineState): EngineView {
  const build = buildView(state);
  const swarm = swarmView(state);
  return {
    ...{ containers: containersView(state), images: imagesView(state), volumes: storageView(state) },
    ...{ networks: networksView(state), cache: cacheView(state) },
    ...(build ? { build } : {}),
    ...(swarm ? { swarm } : {}),
  };
}

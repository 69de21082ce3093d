import { cacheUsage } from '../build/cache.ts';
import { containerSizes } from '../containers/list.ts';
import type { Engine } from '../engine.ts';
import { listImages } from '../images/list.ts';
import { ownVolumes, volumeSize, volumeUsers } from '../volumes/manage.ts';

/** Counts, and bytes: all of them and those that pruning would free. */
export interface Usage {
  readonly total: number;
  readonly active: number;
  readonly size: number;
  readonly reclaimable: number;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** What `docker system df` counts (docker/cli, cli/command/formatter/disk_usage.go). */
export function diskUsage(engine: Engine): {
  readonly images: Usage;
  readonly containers: Usage;
  readonly volumes: Usage;
  readonly buildCache: Usage;
} {
  const { state } = engine;
  const images = listImages(engine, { all: true });
  const layers = new Set(images.flatMap((image) => image.layers));
  const layersSize = sum([...layers].map((chain) => state.layers.get(chain)?.size ?? 0));
  const inUse = images.filter((image) => image.containers > 0);
  const containers = [...state.containers.values()].map((container) => ({
    up: ['running', 'paused', 'restarting'].includes(container.state.status),
    size: containerSizes(engine, container.id).rw,
  }));
  const volumes = ownVolumes(engine).map(({ name }) => ({
    up: volumeUsers(engine, name).length > 0,
    size: volumeSize(engine, name),
  }));
  const usage = (entries: readonly { readonly up: boolean; readonly size: number }[]): Usage => ({
    total: entries.length,
    active: entries.filter(({ up }) => up).length,
    size: sum(entries.map(({ size }) => size)),
    reclaimable: sum(entries.filter(({ up }) => !up).map(({ size }) => size)),
  });
  return {
    images: {
      total: images.length,
      active: inUse.length,
      size: layersSize,
      reclaimable: layersSize - sum(inUse.map(({ size, sharedSize }) => size - sharedSize)),
    },
    containers: usage(containers),
    volumes: usage(volumes),
    // What images share with the cache counts as theirs.
    buildCache: usage(cacheUsage(engine).map(({ size, shared }) => ({ up: false, size: shared ? 0 : size }))),
  };
}

import type { Engine } from '../engine.ts';
import type { Container } from './container.ts';
import { hexOf } from './sandbox.ts';

const ROOT = '/var/lib/docker/overlay2';

/** The folders of the host from which a container's root is put together (overlay2). */
export function overlayFolders(engine: Engine, { id, image }: Pick<Container, 'id' | 'image'>) {
  const layer = hexOf(`layer ${id}`, 64);
  const lower = [...(engine.state.images.get(image)?.layers ?? [])]
    .reverse()
    .map((chain) => `${ROOT}/${chain.slice(chain.indexOf(':') + 1)}/diff`);
  const place = (name: string) => `${ROOT}/${layer}/${name}`;
  return {
    LowerDir: [`${ROOT}/${layer}-init/diff`, ...lower].join(':'),
    MergedDir: place('merged'),
    UpperDir: place('diff'),
    WorkDir: place('work'),
  };
}

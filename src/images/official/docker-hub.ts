import type { Registry, RemoteReference } from '../../engine/registry/registry.ts';
import { type OfficialImage, type Repository, remoteImage } from './repository.ts';
import { RUNTIMES } from './runtimes.ts';
import { SERVERS } from './servers.ts';
import { SYSTEMS } from './systems.ts';

/** All repositories of the catalogue, by path. */
export const CATALOGUE: ReadonlyMap<string, Repository> = new Map(
  [...SYSTEMS, ...SERVERS, ...RUNTIMES].map((repository) => [repository.path, repository]),
);

/**
 * Docker Hub as far as tutorials use it: the official images of the catalogue. Everything else is denied, as Docker Hub does with what
 * it does not have. For a session: `engine.registries.set('docker.io', dockerHub())`.
 */
export function dockerHub(): Registry {
  const find = ({ path, tag, digest }: RemoteReference): OfficialImage | 'denied' | 'unknown' => {
    const repository = CATALOGUE.get(path);
    if (!repository) return 'denied';
    const found = repository.images.find((image) =>
      digest === undefined ? image.tags.includes(tag ?? 'latest') : remoteImage(repository, image).digest === digest,
    );
    return found ?? 'unknown';
  };
  return {
    image(reference) {
      const found = find(reference);
      return typeof found === 'string' ? found : remoteImage(CATALOGUE.get(reference.path)!, found);
    },
    tags: (path) =>
      CATALOGUE.get(path)
        ?.images.flatMap(({ tags }) => tags)
        .sort() ?? 'denied',
    hasLayer(path, digest) {
      const repository = CATALOGUE.get(path);
      return (
        repository?.images.some((image) =>
          remoteImage(repository, image).layers.some((layer) => layer.digest === digest),
        ) ?? false
      );
    },
  };
}

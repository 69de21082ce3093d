import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { FileError } from '../files/errors.ts';
import { FileSystem } from '../files/filesystem.ts';
import { segments } from '../files/path.ts';
import { lookup } from '../files/tree.ts';
import { HOST_ROOT } from '../process/credentials.ts';
import type { Container } from './container.ts';

/** The container's own files as root sees them, nothing mounted. */
export function ownFiles(engine: Engine, id: string): FileSystem {
  return new FileSystem(
    engine.treeStore(),
    [{ target: '/', tree: `container:${id}`, source: '/', readOnly: false, type: 'overlay' }],
    HOST_ROOT,
  );
}

/** Makes the working folder when it is missing. Throws 400 when there is a file in its place. */
export function createDirectories(engine: Engine, { id, config: { WorkingDir } }: Container): void {
  try {
    ownFiles(engine, id).mkdirs(WorkingDir);
  } catch (error) {
    if (error instanceof FileError) throw new EngineError(400, `Cannot mkdir: ${WorkingDir} is not a directory`);
    throw error;
  }
}

/**
 * Copies what the image has at a mount point into a volume that is still empty, with owner and mode (docker docs, "Populate a
 * volume using a container").
 */
export function fillVolumes(engine: Engine, container: Container): void {
  const { trees, volumes } = engine.state;
  for (const { Type, Name = '', Destination, Mode } of container.mounts) {
    if (Type !== 'volume' || volumes.get(Name)?.options?.['device']) continue;
    const request = container.hostConfig.Mounts?.find(({ Target }) => Target === Destination);
    if (Mode.split(',').includes('nocopy') || request?.VolumeOptions?.NoCopy) continue;
    const files = ownFiles(engine, container.id);
    const source = files.exists(Destination)
      ? lookup(trees.get(`container:${container.id}`)!, segments(files.realpath(Destination)))
      : undefined;
    if (!source) continue;
    if (source.type !== 'directory')
      throw new EngineError(
        400,
        `source /var/lib/docker/overlay2/${container.id}/merged${Destination} is not directory`,
      );
    const key = `volume:${Name}`;
    if ((trees.get(key)?.entries.size ?? 0) === 0) trees.set(key, source);
  }
}

/** Removes the container's trees. */
export function dropTrees(engine: Engine, id: string): void {
  const { trees } = engine.state;
  for (const kind of ['container', 'dev', 'shm', 'files', 'secrets']) trees.delete(`${kind}:${id}`);
  for (const key of [...trees.keys()]) if (key.startsWith(`tmpfs:${id}:`)) trees.delete(key);
}

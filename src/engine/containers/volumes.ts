import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { FileError } from '../files/errors.ts';
import { FileSystem } from '../files/filesystem.ts';
import type { Directory } from '../files/node.ts';
import { segments } from '../files/path.ts';
import { lookup, replace } from '../files/tree.ts';
import { HOST_ROOT } from '../process/credentials.ts';
import type { Container, MountPoint } from './container.ts';
import { pointMount } from './mounts/table.ts';

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
  for (const point of container.mounts) {
    const { Type, Name = '', Destination, Mode } = point;
    if (Type !== 'volume') continue;
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
    if (volumes.get(Name)?.options?.['device']) fillFolder(engine, point, source);
    else if ((trees.get(`volume:${Name}`)?.entries.size ?? 0) === 0) trees.set(`volume:${Name}`, source);
  }
}

/** The same for a folder of the host that stands behind a volume; one that is missing is noticed when it is mounted. */
function fillFolder(engine: Engine, point: MountPoint, source: Directory): void {
  const volume = engine.state.volumes.get(point.Name ?? '');
  const path = volume?.options?.['device'] ?? '';
  const files = engine.hostFiles();
  if (files.stat(path)?.type !== 'directory' || files.list(path).length > 0) return;
  const { tree, source: place } = pointMount(engine, point);
  const whole = engine.state.trees.get(tree);
  if (whole) engine.state.trees.set(tree, replace(whole, segments(place), source, engine.state.now));
}

/** Removes the container's trees. */
export function dropTrees(engine: Engine, id: string): void {
  const { trees } = engine.state;
  for (const kind of ['container', 'dev', 'shm', 'files', 'secrets']) trees.delete(`${kind}:${id}`);
  for (const key of [...trees.keys()]) if (key.startsWith(`tmpfs:${id}:`)) trees.delete(key);
}

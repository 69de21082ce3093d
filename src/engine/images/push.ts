import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { connectRegistry } from '../registry/connect.ts';
import { ContainerRegistry } from '../registry/container-registry.ts';
import { StreamError } from '../stream-error.ts';
import { configJson } from './config.ts';
import { daemonReference, familiarText, referencesByName } from './find.ts';
import type { Image, Layer } from './image.ts';
import { layerArchive } from './layer-archive.ts';
import type { PullProgress } from './pull.ts';
import { familiarName, type Reference, referenceText, repository, truncateId } from './reference.ts';

/** How much smaller gzip makes a layer, roughly: registries keep them compressed. */
const COMPRESSION = 0.55;

/**
 * Sends an image, or all tags of a repository, to its registry. Throws {@link StreamError} with what registries and the
 * daemon say.
 */
export async function pushImage(
  engine: Engine,
  text: string,
  onProgress: (progress: PullProgress) => void = () => {},
  { allTags = false }: { readonly allTags?: boolean } = {},
): Promise<void> {
  const reference = daemonReference(text);
  const name = repository(reference);
  onProgress({ status: `The push refers to repository [${name}]` });
  const tag = reference.tag ?? 'latest';
  const found = referencesByName(engine.state, name).filter(
    (entry): entry is [Reference & { tag: string }, string] =>
      entry[0].tag !== undefined && (allTags || entry[0].tag === tag),
  );
  if (found.length === 0)
    throw new StreamError(404, `An image does not exist locally with the tag: ${familiarName(reference)}`);
  let registry: ReturnType<typeof connectRegistry>;
  try {
    registry = connectRegistry(engine, reference.domain);
  } catch (error) {
    if (error instanceof EngineError) throw new StreamError(500, error.message);
    throw error;
  }
  for (const [target, id] of found) pushOne(engine, registry, target, engine.state.images.get(id)!, onProgress);
}

function pushOne(
  engine: Engine,
  registry: ReturnType<typeof connectRegistry>,
  target: Reference & { readonly tag: string },
  image: Image,
  report: (progress: PullProgress) => void,
): void {
  const { state } = engine;
  const layers = image.layers.map((chain) => state.layers.get(chain)!);
  for (const { diffId } of [...layers].reverse()) report({ id: truncateId(diffId), status: 'Preparing' });
  if (!(registry instanceof ContainerRegistry))
    throw new StreamError(403, 'denied: requested access to the resource is denied');
  const blobs = layers.map((layer) => ({ ...compressed(engine, layer), id: truncateId(layer.diffId) }));
  for (const { id, digest } of [...blobs].reverse()) {
    const known = registry.hasLayer(target.path, digest);
    report({ id, status: known ? 'Layer already exists' : 'Pushed' });
  }
  const { digest, size } = registry.put(target.path, target.tag, { config: configJson(state, image), layers: blobs });
  state.references.set(referenceText({ domain: target.domain, path: target.path, digest }), image.id);
  report({ status: `${target.tag}: digest: ${digest} size: ${size}` });
  engine.event('image', 'push', familiarText(target), { ...image.config.Labels, name: familiarName(target) });
}

/** A layer as it travels. Its digest is that of the tar: the model does not compress. */
function compressed({ state }: Engine, layer: Layer): { digest: string; size: number; data: string } {
  const size = Math.max(32, Math.round(layer.size * COMPRESSION));
  return { digest: layer.diffId, size, data: layerArchive(state, layer) };
}

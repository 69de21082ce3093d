import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { connectRegistry } from '../registry/connect.ts';
import type { RegistryRefusal, RemoteImage } from '../registry/registry.ts';
import { daemonReference, familiarText } from './find.ts';
import { familiarName, type Reference, referenceText, truncateId } from './reference.ts';
import { addImage, addLayer, layerTree, referTo } from './store.ts';

export { pushImage } from './push.ts';

/** One line of progress. */
export interface PullProgress {
  readonly id?: string;
  readonly status: string;
}

type Report = (progress: PullProgress) => void;

const HOST_PLATFORM = 'linux/amd64';
/** So many layers are fetched at a time; the others wait. */
const CONCURRENT = 3;

/** Fetches an image from its registry, or all tags of a repository. Throws what registries and the daemon say. */
export async function pullImage(
  engine: Engine,
  text: string,
  {
    platform,
    allTags = false,
    onProgress = () => {},
  }: { readonly platform?: string; readonly allTags?: boolean; readonly onProgress?: Report } = {},
): Promise<void> {
  const reference = daemonReference(text);
  const registry = connectRegistry(engine, reference.domain);
  const wanted: Reference[] = [];
  if (allTags) {
    const tags = registry.tags(reference.path);
    if (typeof tags === 'string') throw refused(reference, tags);
    wanted.push(...tags.map((tag) => ({ domain: reference.domain, path: reference.path, tag })));
  } else {
    const named = reference.tag !== undefined || reference.digest !== undefined;
    wanted.push(named ? reference : { ...reference, tag: 'latest' });
  }
  for (const one of wanted) {
    const image = registry.image(one);
    if (typeof image === 'string') throw refused(one, image);
    if (platform !== undefined && !matchesPlatform(platform, image))
      throw new EngineError(
        404,
        `no matching manifest for ${platform} in the manifest list entries: no match for platform in manifest: not found`,
      );
    fetchImage(engine, one, image, onProgress);
  }
}

function matchesPlatform(platform: string, { platforms = [HOST_PLATFORM] }: RemoteImage): boolean {
  return platforms.some((offered) => offered === platform || offered === `linux/${platform}`);
}

/** What the daemon makes of a registry's refusal (moby, distribution/errors.go). */
export function refused(reference: Reference, refusal: RegistryRefusal): EngineError {
  switch (refusal) {
    case 'denied':
      return new EngineError(
        404,
        `pull access denied for ${familiarName(reference)}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
      );
    case 'limited':
      return new EngineError(
        500,
        'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
      );
    case 'unknown':
      return new EngineError(
        404,
        `manifest for ${familiarText(reference)} not found: manifest unknown: manifest unknown`,
      );
  }
}

function fetchImage(engine: Engine, reference: Reference, remote: RemoteImage, report: Report): void {
  const { state } = engine;
  const shown = reference.digest === undefined ? reference.tag! : referenceText(reference);
  report({ id: shown, status: `Pulling from ${reference.path}` });
  const layers = storeLayers(engine, remote, report);
  const { config, history, created, author, comment, dockerVersion } = remote;
  const about = {
    ...(author ? { author } : {}),
    ...(comment ? { comment } : {}),
    ...(dockerVersion ? { dockerVersion } : {}),
  };
  const image = addImage(engine, { config, history, layers, created, ...about });
  const { domain, path, tag, digest } = reference;
  const byDigest = referenceText({ domain, path, digest: remote.digest });
  const key = digest === undefined && tag !== undefined ? referenceText({ domain, path, tag }) : byDigest;
  const isNew = state.references.get(key) !== image.id;
  state.references.set(byDigest, image.id);
  if (digest === undefined && tag !== undefined && isNew)
    referTo(engine, image.id, referenceText({ domain, path, tag }));
  report({ status: `Digest: ${remote.digest}` });
  const familiar = familiarText(reference);
  report({
    status: isNew ? `Status: Downloaded newer image for ${familiar}` : `Status: Image is up to date for ${familiar}`,
  });
  engine.event('image', 'pull', familiar, { ...image.config.Labels, name: familiarName(reference) });
}

/** Stores the layers that are missing and reports on them, unless the image is known as a whole. Their chain ids. */
function storeLayers(engine: Engine, remote: RemoteImage, report: Report): string[] {
  const { state } = engine;
  const chains: string[] = [];
  const missing: string[] = [];
  const lines: PullProgress[] = [];
  for (const layer of remote.layers) {
    const below = chains.at(-1) ?? '';
    const before = state.layers.size;
    const chain = addLayer(engine, below, {
      tree: layer.tree(layerTree(state, below)),
      ...(layer.unpackedSize === undefined ? {} : { size: layer.unpackedSize }),
      ...(layer.diffId === undefined ? {} : { diffId: layer.diffId }),
    });
    chains.push(chain);
    const id = truncateId(layer.digest);
    if (state.layers.size > before) missing.push(id);
    lines.push({ id, status: state.layers.size > before ? 'Pulling fs layer' : 'Already exists' });
  }
  const known = [...state.images.values()].some(
    ({ layers, created }) => created === remote.created && layers.join() === chains.join(),
  );
  if (known) return chains;
  for (const line of lines) report(line);
  for (const id of missing.slice(CONCURRENT)) report({ id, status: 'Waiting' });
  for (const id of missing) {
    report({ id, status: 'Verifying Checksum' });
    report({ id, status: 'Download complete' });
  }
  for (const id of missing) report({ id, status: 'Pull complete' });
  return chains;
}

import { decode } from '../bytes.ts';
import { digest as digestOf } from '../digest.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { applyArchive } from '../files/changeset-tar.ts';
import { GzipProblem, gunzip, isGzip } from '../files/gzip.ts';
import { type Directory, directory, regularFile } from '../files/node.ts';
import { readTar, type TarEntry, TarError, treeEntries, unpack, writeTar } from '../files/tar.ts';
import { randomInteger } from '../random.ts';
import { StreamError } from '../stream-error.ts';
import { SERVER_VERSION } from '../system/version.ts';
import { configJson, goJson, readConfig } from './config.ts';
import { daemonReference, familiarText, lookupReference, referencesByName, searchId } from './find.ts';
import type { Image, ImageConfig } from './image.ts';
import { layerArchive, readLayerArchive } from './layer-archive.ts';
import { legacyConfigs } from './legacy-config.ts';
import { familiarName, normalizeAny, type Reference, referenceText, repository } from './reference.ts';
import { imageEvent } from './remove.ts';
import { addImage, addLayer, layerTree, referTo, tagImage } from './store.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar';
const blob = (digest: string) => `blobs/sha256/${digest.slice('sha256:'.length)}`;

/** What is to be saved: images, each with the tags that were asked for. */
type Selection = Map<string, Reference[]>;

function select(engine: Engine, refs: readonly string[]): Selection {
  const { state } = engine;
  const selection: Selection = new Map();
  const add = (id: string, reference?: Reference) => {
    const tags = selection.get(id) ?? [];
    const known = reference && tags.some((tag) => referenceText(tag) === referenceText(reference));
    selection.set(id, reference && !known ? [...tags, reference] : tags);
  };
  const byId = (ref: string) => {
    const image = searchId(state, ref);
    if (!image) throw new EngineError(404, `No such image: ${ref}`);
    add(image.id);
  };
  for (const ref of refs) {
    if (/^(?:sha256:)?[a-f0-9]{64}$/.test(ref)) {
      const id = normalizeAny(ref);
      if (!state.images.has(id)) throw new EngineError(404, `No such image: ${id}`);
      add(id);
      continue;
    }
    const reference = daemonReference(ref);
    if (familiarName(reference) === 'sha256') byId(ref);
    else if (reference.tag === undefined && reference.digest === undefined) {
      const tagged = referencesByName(state, repository(reference)).filter(([{ digest }]) => digest === undefined);
      for (const [tag, id] of tagged) add(id, tag);
      if (tagged.length === 0) byId(ref);
    } else {
      const image = lookupReference(state, reference);
      if (!image) throw new EngineError(404, 'reference does not exist');
      add(image.id, reference.digest === undefined ? reference : undefined);
    }
  }
  return selection;
}

/** An archive (tar, as a byte string) of images in the OCI layout with manifest.json. */
export function saveImages(engine: Engine, refs: readonly string[]): string {
  const { state } = engine;
  const selection = select(engine, refs);
  const blobs = new Map<string, { data: string; time: number }>();
  const put = (data: string, time: number) => {
    const digest = digestOf(data);
    blobs.set(blob(digest), { data, time });
    return { digest, size: data.length };
  };
  const manifests: object[] = [];
  const legacy: object[] = [];
  const repositories: Record<string, Record<string, string>> = {};
  for (const [id, tags] of selection) {
    const image = state.images.get(id)!;
    const layers = image.layers.map((chain) => {
      const layer = state.layers.get(chain)!;
      const { diffId } = layer;
      const data = layerArchive(state, layer);
      blobs.set(blob(diffId), { data, time: image.created });
      return { mediaType: LAYER, digest: diffId, size: data.length };
    });
    for (const text of legacyConfigs(state, image)) put(text, image.created);
    const { size } = put(configJson(state, image), image.created);
    const config = { mediaType: CONFIG, digest: id, size };
    const manifest = put(goJson({ schemaVersion: 2, mediaType: MANIFEST, config, layers }), 0);
    const described = { mediaType: MANIFEST, ...manifest };
    for (const tag of tags) {
      const annotations = {
        'io.containerd.image.name': referenceText(tag),
        'org.opencontainers.image.ref.name': tag.tag,
      };
      manifests.push({ ...described, annotations });
      const top = layers.at(-1)?.digest.slice('sha256:'.length);
      const name = familiarName(tag);
      if (top !== undefined) repositories[name] = { ...repositories[name], [tag.tag ?? 'latest']: top };
    }
    if (tags.length === 0) manifests.push(described);
    const sources = layers.map(
      ({ mediaType, digest, size: bytes }) => [digest, { mediaType, size: bytes, digest }] as const,
    );
    legacy.push({
      Config: blob(id),
      RepoTags: tags.length > 0 ? tags.map(familiarText) : null,
      Layers: layers.map(({ digest }) => blob(digest)),
      LayerSources: Object.fromEntries([...sources].sort(([a], [b]) => (a < b ? -1 : 1))),
    });
    imageEvent(engine, 'save', id);
  }
  const folder = (path: string): TarEntry => ({ path, node: directory({ mtime: state.now }) });
  const file = (path: string, data: string, mtime = 0): TarEntry => ({ path, node: regularFile(data, { mtime }) });
  return writeTar([
    folder('blobs/'),
    folder('blobs/sha256/'),
    ...[...blobs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, { data, time }]) => file(path, data, time)),
    file('index.json', goJson({ schemaVersion: 2, mediaType: INDEX, manifests })),
    file('manifest.json', `${goJson(legacy)}\n`),
    file('oci-layout', '{"imageLayoutVersion": "1.0.0"}'),
    ...(Object.keys(repositories).length > 0 ? [file('repositories', `${goJson(repositories)}\n`)] : []),
  ]);
}

interface ManifestItem {
  readonly Config: string;
  readonly RepoTags: readonly string[] | null;
  readonly Layers: readonly string[];
}

/** The members of an archive, which may be compressed. Throws {@link TarError}. */
function readArchive(archive: string): TarEntry[] {
  try {
    return readTar(isGzip(archive) ? gunzip(archive) : archive);
  } catch (error) {
    throw error instanceof GzipProblem ? new TarError('unexpected EOF') : error;
  }
}

function membersOf(archive: string): Map<string, string> {
  try {
    const files = readArchive(archive).filter(({ node }) => node.type === 'file');
    return new Map(files.map(({ path, node }) => [path.replace(/^\.\//, ''), node.type === 'file' ? node.data : '']));
  } catch (error) {
    if (error instanceof TarError) throw new StreamError(500, error.message);
    throw error;
  }
}

/** Stores what an archive holds; lines to print (`Loaded image: …`). Throws {@link StreamError} for what is no such archive. */
export function loadImages(engine: Engine, archive: string): readonly string[] {
  const files = membersOf(archive);
  const manifest = files.get('manifest.json');
  if (manifest === undefined) {
    const folder = `/var/lib/docker/tmp/docker-import-${randomInteger(engine.state, 100_000_000, 4_294_967_296)}`;
    throw new StreamError(500, `open ${folder}/repositories: no such file or directory`);
  }
  const lines: string[] = [];
  for (const item of JSON.parse(decode(manifest)) as readonly ManifestItem[]) {
    const image = loadImage(engine, files, item);
    for (const tag of item.RepoTags ?? []) {
      const old = engine.state.references.get(referenceText(daemonReference(tag)));
      if (old !== undefined && old !== image.id)
        lines.push(`The image ${tag} already exists, renaming the old one with ID ${old} to empty string`);
      if (old !== image.id) referTo(engine, image.id, tag);
      lines.push(`Loaded image: ${tag}`);
    }
    if ((item.RepoTags ?? []).length === 0) lines.push(`Loaded image ID: ${image.id}`);
    imageEvent(engine, 'load', image.id);
  }
  return lines;
}

function loadImage(engine: Engine, files: ReadonlyMap<string, string>, { Config, Layers }: ManifestItem): Image {
  const { config, diffIds } = readConfig(files.get(Config) ?? '{}');
  let chain = '';
  const layers = Layers.map((path, index) => {
    const data = files.get(path);
    if (data === undefined) throw new StreamError(500, `open ${path}: no such file or directory`);
    const { entries, ...about } = readLayerArchive(data);
    const tree = applyArchive(layerTree(engine.state, chain), entries);
    const diffId = diffIds[index];
    chain = addLayer(engine, chain, { tree, ...about, ...(diffId === undefined ? {} : { diffId }) });
    return chain;
  });
  return addImage(engine, { ...config, layers });
}

/** An image of one layer from an archive of files; its id. */
export function importImage(
  engine: Engine,
  archive: string,
  {
    reference,
    message = '',
    config = {},
  }: { readonly reference?: string; readonly message?: string; readonly config?: ImageConfig } = {},
): string {
  let tree: Directory;
  try {
    tree = unpack(readArchive(archive));
  } catch (error) {
    if (error instanceof TarError) throw new EngineError(500, error.message);
    throw error;
  }
  const comment = message || 'Imported from -';
  const image = addImage(engine, {
    config,
    history: [{ created: engine.state.now, createdBy: '', comment, emptyLayer: false }],
    layers: [addLayer(engine, '', { tree })],
    comment,
    dockerVersion: SERVER_VERSION,
  });
  if (reference) tagImage(engine, image.id, reference);
  imageEvent(engine, 'import', image.id);
  return image.id;
}

/** An archive (tar) of a file tree, as `docker export` writes. */
export function exportTree(tree: Directory): string {
  return writeTar(treeEntries(tree));
}

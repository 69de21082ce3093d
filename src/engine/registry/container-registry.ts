import { digest as digestOf } from '../digest.ts';
import type { Engine } from '../engine.ts';
import { applyArchive } from '../files/changeset-tar.ts';
import { FileSystem } from '../files/filesystem.ts';
import type { Directory } from '../files/node.ts';
import { dirname } from '../files/path.ts';
import { readConfig } from '../images/config.ts';
import { readLayerArchive } from '../images/layer-archive.ts';
import { HOST_ROOT } from '../process/credentials.ts';
import type { Process } from '../process/process.ts';
import { readManifest, writeManifest } from './manifest.ts';
import type { RegistryRefusal, RemoteImage, RemoteReference } from './registry.ts';

/** Where distribution/distribution keeps what it has, in its storage driver "filesystem". */
const ROOT = '/var/lib/registry/docker/registry/v2';
const hex = (digest: string) => digest.slice('sha256:'.length);
const blobPath = (digest: string) => `${ROOT}/blobs/sha256/${hex(digest).slice(0, 2)}/${hex(digest)}/data`;

/** What is pushed: the blobs of an image, by digest. */
export interface PushedImage {
  readonly config: string;
  readonly layers: readonly { readonly digest: string; readonly size: number; readonly data: string }[];
}

/** A registry that runs in a container: what it has lies in that container's files. */
export class ContainerRegistry {
  readonly #files: FileSystem;

  constructor(engine: Engine, process: Process) {
    this.#files = new FileSystem(engine.treeStore(process.pid), process.mounts, HOST_ROOT);
  }

  tags(path: string): readonly string[] | RegistryRefusal {
    const folder = `${ROOT}/repositories/${path}/_manifests/tags`;
    return this.#files.exists(folder) ? this.#files.list(folder) : 'unknown';
  }

  hasLayer(path: string, digest: string): boolean {
    return this.#files.exists(`${ROOT}/repositories/${path}/_layers/sha256/${hex(digest)}/link`);
  }

  image({ path, tag = 'latest', digest }: RemoteReference): RemoteImage | RegistryRefusal {
    const folder = `${ROOT}/repositories/${path}/_manifests`;
    const link = digest ? `${folder}/revisions/sha256/${hex(digest)}/link` : `${folder}/tags/${tag}/current/link`;
    if (!this.#files.exists(link)) return 'unknown';
    const name = this.#files.read(link).trim();
    const manifest = readManifest(this.#files.read(blobPath(name)));
    const { config, diffIds } = readConfig(this.#files.read(blobPath(manifest.config.digest)));
    const layers = manifest.layers.map(({ digest: layer, size }, index) => {
      const diffId = diffIds[index];
      const { entries, size: unpackedSize } = readLayerArchive(this.#files.read(blobPath(layer)));
      return {
        ...{ digest: layer, size, tree: (below: Directory) => applyArchive(below, entries) },
        ...(diffId === undefined ? {} : { diffId }),
        ...(unpackedSize === undefined ? {} : { unpackedSize }),
      };
    });
    return { ...config, digest: name, layers, created: config.created ?? 0 };
  }

  put(path: string, tag: string, { config, layers }: PushedImage): { readonly digest: string; readonly size: number } {
    const repository = `${ROOT}/repositories/${path}`;
    const configDigest = digestOf(config);
    for (const { digest, data } of [...layers, { digest: configDigest, data: config }]) {
      this.#write(blobPath(digest), data);
      this.#write(`${repository}/_layers/sha256/${hex(digest)}/link`, digest);
    }
    const manifest = writeManifest({ config: { digest: configDigest, size: config.length }, layers });
    const digest = digestOf(manifest);
    this.#write(blobPath(digest), manifest);
    this.#write(`${repository}/_manifests/revisions/sha256/${hex(digest)}/link`, digest);
    this.#write(`${repository}/_manifests/tags/${tag}/current/link`, digest);
    this.#write(`${repository}/_manifests/tags/${tag}/index/sha256/${hex(digest)}/link`, digest);
    return { digest, size: manifest.length };
  }

  #write(path: string, data: string): void {
    this.#files.mkdirs(dirname(path));
    this.#files.write(path, data);
  }
}

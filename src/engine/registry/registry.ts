import type { Directory } from '../files/node.ts';
import type { HistoryEntry, ImageConfig } from '../images/image.ts';

/** A layer as a registry keeps it: compressed, under a digest of its own. */
export interface RemoteLayer {
  /** Digest and bytes of the compressed layer. */
  readonly digest: string;
  readonly size: number;
  /** The whole tree once this layer lies on those below; called only when the layer is fetched. */
  readonly tree: (below: Directory) => Directory;
  /** Bytes of its files, and digest of the uncompressed layer, where the tree does not say them. */
  readonly unpackedSize?: number;
  readonly diffId?: string;
}

/** An image as a registry offers it. */
export interface RemoteImage {
  /** Digest of its manifest, or of the index that lists it for several platforms. */
  readonly digest: string;
  readonly layers: readonly RemoteLayer[];
  readonly config: ImageConfig;
  readonly history: readonly HistoryEntry[];
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly author?: string;
  readonly comment?: string;
  readonly dockerVersion?: string;
  /** `linux/amd64` and the like; only that when left out. */
  readonly platforms?: readonly string[];
}

/** What a repository is asked for. */
export interface RemoteReference {
  /** Path in the registry: `library/alpine`. */
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Whether a registry hands out, takes, or refuses. */
export type RegistryRefusal =
  /** No such repository, or not for this user: Docker Hub does not tell which. */
  | 'denied'
  /** No such tag or digest. */
  | 'unknown'
  /** Too many pulls. */
  | 'limited';

/** A registry, by the host name in front of an image's name. */
export interface Registry {
  /** The image of a reference. */
  image(reference: RemoteReference): RemoteImage | RegistryRefusal;
  /** Tags of a repository, sorted. */
  tags(path: string): readonly string[] | RegistryRefusal;
  /** Whether it has a layer in a repository. */
  hasLayer(path: string, digest: string): boolean;
}

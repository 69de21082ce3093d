import { digest } from '../../engine/digest.ts';
import type { Directory } from '../../engine/files/node.ts';
import type { ImageConfig } from '../../engine/images/image.ts';
import type { RemoteImage, RemoteLayer } from '../../engine/registry/registry.ts';
import { treeOf } from '../listing.ts';
import { programOf } from '../programs.ts';

/** A step of an official image's build: a line of its history, and the layer that it made. */
export interface Step {
  readonly createdBy: string;
  readonly layer?: {
    /** Bytes to fetch, and bytes of the files. */
    readonly compressed: number;
    readonly unpacked: number;
    /** Listings (see src/images/listing.ts) of the files that matter to examples, one over the other. */
    readonly files?: readonly string[];
  };
}

/** An official image: what its Dockerfile says, for all of its tags. */
export interface OfficialImage {
  readonly tags: readonly string[];
  /** Day of its build, as in `2025-11-04`. */
  readonly created: string;
  readonly config: ImageConfig;
  readonly steps: readonly Step[];
  readonly platforms?: readonly string[];
  /** Modelled programs of files whose names don't tell: by path. */
  readonly programs?: Readonly<Record<string, string>>;
}

export interface Repository {
  /** Path in the registry: `library/alpine`. */
  readonly path: string;
  readonly images: readonly OfficialImage[];
}

/** Platforms that most official images are built for. */
export const PLATFORMS: readonly string[] = [
  ...['linux/amd64', 'linux/arm/v5', 'linux/arm/v7', 'linux/arm64', 'linux/386', 'linux/ppc64le', 'linux/riscv64'],
  'linux/s390x',
];
/** The few for which projects of their own build. */
export const MAIN_PLATFORMS: readonly string[] = ['linux/amd64', 'linux/arm64'];

export const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** A step that changes the configuration only. */
export const note = (createdBy: string): Step => ({ createdBy });

/** A step that makes a layer; sizes in bytes. */
export function layer(createdBy: string, compressed: number, unpacked: number, ...files: readonly string[]): Step {
  return { createdBy, layer: { compressed, unpacked, ...(files.length > 0 ? { files } : {}) } };
}

const kept = new WeakMap<OfficialImage, RemoteImage>();

/**
 * The image as its registry offers it. Digests are made up, always the same ones: the real ones change whenever an image is built
 * anew.
 */
export function remoteImage(repository: Repository, image: OfficialImage): RemoteImage {
  const known = kept.get(image);
  if (known) return known;
  const created = Date.parse(`${image.created}T12:00:00Z`);
  const find = (path: string) => image.programs?.[path] ?? programOf(path);
  const layers: RemoteLayer[] = [];
  // Images on the same base share its layers: a digest tells what lies below.
  let below = '';
  for (const { createdBy, layer: made } of image.steps) {
    if (!made) continue;
    below = digest(`${below} ${createdBy} ${made.compressed}`);
    const files = made.files ?? [];
    layers.push({
      digest: below,
      size: made.compressed,
      unpackedSize: made.unpacked,
      diffId: digest(`diff ${below}`),
      tree: (base: Directory) => files.reduce((tree, listing) => treeOf(listing, created, find, tree), base),
    });
  }
  const remote: RemoteImage = {
    digest: digest(`${repository.path}:${image.tags.join()}`),
    layers,
    config: image.config,
    history: image.steps.map(({ createdBy, layer: made }) => ({
      ...{ created, createdBy, emptyLayer: made === undefined },
      comment: 'buildkit.dockerfile.v0',
    })),
    created,
    comment: 'buildkit.dockerfile.v0',
    platforms: image.platforms ?? PLATFORMS,
  };
  kept.set(image, remote);
  return remote;
}

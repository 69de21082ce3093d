import { encode } from '../bytes.ts';

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const CONFIG = 'application/vnd.docker.container.image.v1+json';
const LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip';

export interface Descriptor {
  readonly digest: string;
  readonly size: number;
}

export interface Manifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** A manifest (Docker image manifest, version 2, schema 2) as the daemon pushes it: indented by three spaces. */
export function writeManifest({ config, layers }: Manifest): string {
  const described = (mediaType: string, { size, digest }: Descriptor) => ({ mediaType, size, digest });
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: described(CONFIG, config),
    layers: layers.map((layer) => described(LAYER, layer)),
  };
  return encode(JSON.stringify(manifest, null, 3));
}

export function readManifest(text: string): Manifest {
  return JSON.parse(text) as Manifest;
}

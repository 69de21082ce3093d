import type { Engine } from '../engine/engine.ts';
import { type Directory, directory } from '../engine/files/node.ts';
import type { HistoryEntry, Image, ImageConfig, Layer } from '../engine/images/image.ts';
import { addImage, addLayer, tagImage } from '../engine/images/store.ts';
import { treeOf } from './listing.ts';
import alpine from './listings/alpine.ts';
import debian from './listings/debian.ts';
import nginx from './listings/nginx.ts';
import python from './listings/python.ts';
import redis from './listings/redis.ts';
import { programOf } from './programs.ts';

export const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Seconds between the build of the images and the start of a session. */
const AGE = 420_000;
const COMMENT = 'buildkit.dockerfile.v0';

/** A step of a build: an instruction as the history shows it, the files after it, and what its layer weighs. */
interface Step {
  readonly createdBy: string;
  readonly tree?: (below: Directory, mtime: number) => Directory;
  readonly size?: number;
  /** Of a step that was made for another image: when, as {@link BaseImage.after}. */
  readonly after?: number;
}

export interface BaseImage {
  readonly references: readonly string[];
  /** Milliseconds from the start of the build of all images to the end of this one's. */
  readonly after: number;
  readonly config: ImageConfig;
  readonly steps: readonly Step[];
}

/** A step that lays a listing's files over what is there. */
export const over = (listing: string) => (below: Directory, mtime: number) => treeOf(listing, mtime, programOf, below);
export const RUN = 'RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends';

/** What is in a folder, or some files, of Alpine's tree, copied over another: the folder itself is a new one. */
function part(...paths: readonly string[]) {
  return (below: Directory, mtime: number): Directory => {
    const wanted = alpine
      .split(/\n(?!\t)/)
      .filter((line) => paths.some((path) => new RegExp(` ${path}(/[^\\n]| |$|\\n)`).test(line)));
    const folders = paths.filter((path) => !/\/etc\//.test(path)).map((path) => `755 0:0 0 ${path}/`);
    return treeOf([...folders, ...wanted].join('\n'), mtime, programOf, below);
  };
}

const DEBIAN_AFTER = 3350.852625;
/** The steps of debian:trixie-slim, on which others stand. */
export const DEBIAN: readonly Step[] = [
  { createdBy: 'ADD trixie/ / # buildkit', tree: over(debian), size: 120_206_019, after: DEBIAN_AFTER },
  { createdBy: 'CMD ["bash"]', after: DEBIAN_AFTER },
];

const NGINX_PAGE = `mkdir -p /usr/share/nginx/html && printf '<!DOCTYPE html>\\n<html>\\n<head>\\n<title>Welcome to nginx!</title>\\n</head>\\n<body>\\n<h1>Welcome to nginx!</h1>\\n</body>\\n</html>\\n' > /usr/share/nginx/html/index.html && printf 'server {\\n  listen 80;\\n  server_name localhost;\\n  root /usr/share/nginx/html;\\n  index index.html;\\n}\\n' > /etc/nginx/sites-enabled/default`;

/** The stand-ins for the most used official images, as `../shared/oracle` builds them from Debian's packages. */
const IMAGES: readonly BaseImage[] = [
  {
    references: ['alpine:3.22', 'alpine:latest'],
    after: 851.696142,
    config: { Env: [PATH], Cmd: ['/bin/sh'], WorkingDir: '/' },
    steps: [
      { createdBy: 'ADD alpine/ / # buildkit', tree: over(alpine), size: 2_068_905 },
      { createdBy: 'CMD ["/bin/sh"]' },
    ],
  },
  {
    references: ['busybox:1.37', 'busybox:latest'],
    after: 1288.754739,
    config: { Env: [PATH], Cmd: ['sh'], WorkingDir: '/' },
    steps: [
      { createdBy: 'ADD alpine/bin /bin # buildkit', tree: part('/bin'), size: 2_068_283 },
      { createdBy: 'ADD alpine/tmp /tmp # buildkit', tree: part('/tmp'), size: 0 },
      { createdBy: 'ADD alpine/root /root # buildkit', tree: part('/root'), size: 0 },
      {
        createdBy: 'ADD alpine/etc/passwd alpine/etc/group /etc/ # buildkit',
        tree: part('/etc/passwd', '/etc/group'),
        size: 379,
      },
      { createdBy: 'CMD ["sh"]' },
    ],
  },
  {
    references: ['debian:trixie-slim', 'debian:latest'],
    after: DEBIAN_AFTER,
    config: { Env: [PATH], Cmd: ['bash'], WorkingDir: '/' },
    steps: DEBIAN,
  },
  {
    references: ['nginx:1.29', 'nginx:latest'],
    after: 9121.423056,
    config: {
      ...{ ExposedPorts: { '80/tcp': {} }, Env: [PATH, 'NGINX_VERSION=1.26.3'], Entrypoint: ['/docker-entrypoint.sh'] },
      ...{ Cmd: ['nginx', '-g', 'daemon off;'], WorkingDir: '/', StopSignal: 'SIGQUIT' },
    },
    steps: [
      ...DEBIAN,
      { createdBy: 'ENV NGINX_VERSION=1.26.3' },
      {
        createdBy: `${RUN} nginx-light && rm -rf /var/lib/apt/lists/* && ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log && ${NGINX_PAGE} # buildkit`,
        tree: (below, mtime) =>
          treeOf(nginx.replace(/^\d+ 0:0 \d+ \/docker-entrypoint.sh\n(\t.*\n)*/m, ''), mtime, programOf, below),
        size: 108_592_945,
      },
      { createdBy: 'COPY entrypoint.sh /docker-entrypoint.sh # buildkit', tree: over(nginx), size: 20 },
      ...[
        'ENTRYPOINT ["/docker-entrypoint.sh"]',
        'EXPOSE [80/tcp]',
        'STOPSIGNAL SIGQUIT',
        'CMD ["nginx" "-g" "daemon off;"]',
      ].map((createdBy) => ({ createdBy })),
    ],
  },
  {
    references: ['redis:8', 'redis:latest'],
    after: 13_143.555511,
    config: {
      ...{ ExposedPorts: { '6379/tcp': {} }, Env: [PATH], Cmd: ['redis-server', '--protected-mode', 'no'] },
      ...{ Volumes: { '/data': {} }, WorkingDir: '/data' },
    },
    steps: [
      ...DEBIAN,
      {
        createdBy: `${RUN} redis-server && rm -rf /var/lib/apt/lists/* && mkdir -p /data && chown redis:redis /data # buildkit`,
        tree: over(redis),
        size: 105_195_879,
      },
      { createdBy: 'VOLUME [/data]' },
      { createdBy: 'WORKDIR /data', tree: (below) => below, size: 0 },
      ...['EXPOSE [6379/tcp]', 'CMD ["redis-server" "--protected-mode" "no"]'].map((createdBy) => ({ createdBy })),
    ],
  },
  {
    references: ['python:3.13-slim', 'python:latest'],
    after: 19_448.344476,
    config: { Env: [PATH], Cmd: ['python3'], WorkingDir: '/' },
    steps: [
      ...DEBIAN,
      {
        createdBy: `${RUN} python3 && rm -rf /var/lib/apt/lists/* && ln -s /usr/bin/python3 /usr/local/bin/python3 && ln -s /usr/bin/python3 /usr/local/bin/python # buildkit`,
        tree: over(python),
        size: 136_444_768,
      },
      { createdBy: 'CMD ["python3"]' },
    ],
  },
];

/** What the base images are in an engine's state: records and trees, which nobody changes. */
export interface Prepared {
  readonly trees: readonly (readonly [string, Directory])[];
  readonly layers: readonly Layer[];
  readonly images: readonly Image[];
  readonly references: readonly (readonly [string, string])[];
}

const prepared = new Map<number, Prepared>();

/**
 * Puts the base images of `../shared/oracle` (stand-ins built from Debian's packages) into an engine that has none yet. They are
 * made once; engines that start at the same time share them.
 */
export function addBaseImages(engine: Engine): void {
  addOnce(engine, prepared, () => buildImages(engine, IMAGES));
}

/** Builds images into an engine that has none, or puts there what was built for another one that started at the same time. */
export function addOnce({ state }: Engine, kept: Map<number, Prepared>, build: () => void): void {
  const known = kept.get(state.now);
  if (!known) {
    build();
    kept.set(state.now, {
      trees: [...state.trees.entries()].filter(([key]) => key.startsWith('layer:')),
      layers: [...state.layers.values()],
      images: [...state.images.values()],
      references: [...state.references.entries()],
    });
    return;
  }
  for (const [key, tree] of known.trees) state.trees.set(key, tree);
  for (const layer of known.layers) state.layers.set(layer.chainId, layer);
  for (const image of known.images) state.images.set(image.id, image);
  for (const [reference, id] of known.references) state.references.set(reference, id);
}

/** Builds images step by step, as their Dockerfiles say. */
export function buildImages(engine: Engine, images: readonly BaseImage[]): void {
  const begin = engine.state.now - AGE;
  for (const { references, config, steps, after } of images) {
    const created = begin + after;
    const layers: string[] = [];
    const history: HistoryEntry[] = [];
    let tree = directory({ mtime: begin });
    for (const { createdBy, tree: change, size, after: own } of steps) {
      const at = own === undefined ? created : begin + own;
      history.push({ created: at, createdBy, comment: COMMENT, emptyLayer: change === undefined });
      if (!change) continue;
      tree = change(tree, at);
      layers.push(addLayer(engine, layers.at(-1) ?? '', { tree, ...(size === undefined ? {} : { size }) }));
    }
    const shown = { ...config, ArgsEscaped: true };
    const { id } = addImage(engine, { config: shown, history, layers, created });
    for (const reference of references) tagImage(engine, id, reference);
  }
}

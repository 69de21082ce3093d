import type { Engine } from '../engine/engine.ts';
import { type Directory, directory } from '../engine/files/node.ts';
import type { HistoryEntry, ImageConfig } from '../engine/images/image.ts';
import { addImage, addLayer, tagImage } from '../engine/images/store.ts';
import { treeOf } from './listing.ts';
import alpine from './listings/alpine.ts';
import debian from './listings/debian.ts';
import nginx from './listings/nginx.ts';
import python from './listings/python.ts';
import redis from './listings/redis.ts';
import { programOf } from './programs.ts';

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** Seconds between the build of the images and the start of a session. */
const AGE = 420_000;

/** A step of a build: an instruction as the history shows it, the files after it, and what its layer weighs. */
interface Step {
  readonly createdBy: string;
  readonly tree?: (below: Directory, mtime: number) => Directory;
  readonly size?: number;
}

interface BaseImage {
  readonly references: readonly string[];
  readonly config: ImageConfig;
  readonly steps: readonly Step[];
}

const over = (listing: string) => (below: Directory, mtime: number) => treeOf(listing, mtime, programOf, below);
const RUN = 'RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends';

/** One folder or some files of Alpine's tree, laid over another. */
function part(...paths: readonly string[]) {
  return (below: Directory, mtime: number): Directory => {
    const wanted = alpine
      .split(/\n(?!\t)/)
      .filter((line) => paths.some((path) => new RegExp(` ${path}(/| |$|\\n)`).test(line)));
    return treeOf(wanted.join('\n'), mtime, programOf, below);
  };
}

const DEBIAN: readonly Step[] = [
  { createdBy: 'ADD trixie/ / # buildkit', tree: over(debian), size: 120_206_019 },
  { createdBy: 'CMD ["bash"]' },
];

const NGINX_PAGE = `mkdir -p /usr/share/nginx/html && printf '<!DOCTYPE html>\\n<html>\\n<head>\\n<title>Welcome to nginx!</title>\\n</head>\\n<body>\\n<h1>Welcome to nginx!</h1>\\n</body>\\n</html>\\n' > /usr/share/nginx/html/index.html && printf 'server {\\n  listen 80;\\n  server_name localhost;\\n  root /usr/share/nginx/html;\\n  index index.html;\\n}\\n' > /etc/nginx/sites-enabled/default`;

/** The stand-ins for the most used official images, as `../shared/oracle` builds them from Debian's packages. */
const IMAGES: readonly BaseImage[] = [
  {
    references: ['alpine:3.22', 'alpine:latest'],
    config: { Env: [PATH], Cmd: ['/bin/sh'], WorkingDir: '/' },
    steps: [
      { createdBy: 'ADD alpine/ / # buildkit', tree: over(alpine), size: 2_068_905 },
      { createdBy: 'CMD ["/bin/sh"]' },
    ],
  },
  {
    references: ['busybox:1.37', 'busybox:latest'],
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
    config: { Env: [PATH], Cmd: ['bash'], WorkingDir: '/' },
    steps: DEBIAN,
  },
  {
    references: ['nginx:1.29', 'nginx:latest'],
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

/** Puts the base images of `../shared/oracle` (stand-ins built from Debian's packages) into an engine. */
export function addBaseImages(engine: Engine): void {
  const created = engine.state.now - AGE;
  for (const { references, config, steps } of IMAGES) {
    const layers: string[] = [];
    const history: HistoryEntry[] = [];
    let tree = directory({ mtime: created });
    for (const { createdBy, tree: change, size } of steps) {
      history.push({ created, createdBy, comment: 'buildkit.dockerfile.v0', emptyLayer: change === undefined });
      if (!change) continue;
      tree = change(tree, created);
      layers.push(addLayer(engine, layers.at(-1) ?? '', { tree, ...(size === undefined ? {} : { size }) }));
    }
    const { id } = addImage(engine, { config, history, layers, created, comment: 'buildkit.dockerfile.v0' });
    for (const reference of references) tagImage(engine, id, reference);
  }
}

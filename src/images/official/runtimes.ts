import { layer, note, type OfficialImage, PATH, type Repository } from './repository.ts';
import { alpineBase, debianBase } from './systems.ts';

const program = (path: string, size: number) => `755 0:0 ${size} ${path}`;
const env = (name: string, value: string) => note(`ENV ${name}=${value}`);
const BUILD_TOOLS = [
  layer(
    'RUN /bin/sh -c set -eux; apt-get install -y --no-install-recommends ca-certificates curl gnupg netbase sq wget tzdata # buildkit',
    25_600_000,
    63_000_000,
  ),
  layer(
    'RUN /bin/sh -c set -eux; apt-get install -y --no-install-recommends git mercurial openssh-client procps # buildkit',
    67_800_000,
    184_000_000,
  ),
  layer(
    'RUN /bin/sh -c set -ex; apt-get install -y --no-install-recommends autoconf automake g++ gcc make libssl-dev # buildkit',
    236_000_000,
    619_000_000,
  ),
];

type Variant = 'slim' | 'alpine' | 'full';
const base = (variant: Variant) =>
  variant === 'alpine'
    ? alpineBase()
    : variant === 'slim'
      ? debianBase()
      : [...debianBase('trixie', false), ...BUILD_TOOLS];

function python(version: string, variant: Variant, ...tags: readonly string[]): OfficialImage {
  const minor = version.split('.').slice(0, 2).join('.');
  const files = [
    program(`/usr/local/bin/python${minor}`, 14_400),
    ...['python', 'python3'].map((name) => `777 0:0 0 /usr/local/bin/${name} -> python${minor}`),
    `755 0:0 0 /usr/local/lib/python${minor}/`,
  ].join('\n');
  const sizes = { slim: [12_000_000, 41_000_000], alpine: [12_500_000, 38_000_000], full: [19_000_000, 65_000_000] }[
    variant
  ] as [number, number];
  return {
    ...{ tags, created: '2025-11-04', programs: { [`/usr/local/bin/python${minor}`]: 'python' } },
    config: {
      Env: [PATH.replace('=', '=/usr/local/bin:'), 'LANG=C.UTF-8', `PYTHON_VERSION=${version}`],
      Cmd: ['python3'],
    },
    steps: [
      ...base(variant),
      ...[
        env('PATH', '/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'),
        env('LANG', 'C.UTF-8'),
      ],
      layer(
        'RUN /bin/sh -c set -eux; apt-get update; apt-get install -y --no-install-recommends ca-certificates netbase tzdata # buildkit',
        1_290_000,
        3_800_000,
      ),
      env('PYTHON_VERSION', version),
      layer(
        'RUN /bin/sh -c set -eux; wget -O python.tar.xz; ./configure; make install # buildkit',
        sizes[0],
        sizes[1],
        files,
      ),
      layer(
        'RUN /bin/sh -c set -eux; for src in idle3 pip3 pydoc3 python3 python3-config; do ln -svT "$src" "/usr/local/bin/$dst"; done # buildkit',
        249,
        36,
      ),
      note('CMD ["python3"]'),
    ],
  };
}

function node(version: string, variant: Variant, ...tags: readonly string[]): OfficialImage {
  const files = [
    program('/usr/local/bin/node', 123_000_000),
    program('/usr/local/lib/node_modules/npm/bin/npm-cli.js', 54),
    '777 0:0 0 /usr/local/bin/npm -> ../lib/node_modules/npm/bin/npm-cli.js',
    '755 1000:1000 0 /home/node/',
  ].join('\n');
  const sizes = { slim: [48_000_000, 142_000_000], alpine: [50_000_000, 146_000_000], full: [57_000_000, 187_000_000] }[
    variant
  ] as [number, number];
  return {
    ...{ tags, created: '2025-11-11', programs: { '/usr/local/bin/node': 'node' } },
    config: {
      Env: [PATH, `NODE_VERSION=${version}`, 'YARN_VERSION=1.22.22'],
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['node'],
    },
    steps: [
      ...base(variant),
      layer(
        'RUN /bin/sh -c groupadd --gid 1000 node   && useradd --uid 1000 --gid node --shell /bin/bash --create-home node # buildkit',
        3_300,
        8_980,
      ),
      env('NODE_VERSION', version),
      layer(
        'RUN /bin/sh -c curl -fsSLO --compressed "https://nodejs.org/dist/v$NODE_VERSION/node-v$NODE_VERSION-linux-x64.tar.xz" # buildkit',
        sizes[0],
        sizes[1],
        files,
      ),
      env('YARN_VERSION', '1.22.22'),
      layer('RUN /bin/sh -c set -ex   && curl -fsSLO --compressed yarn # buildkit', 1_250_000, 5_340_000),
      layer(
        'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
        447,
        388,
        '755 0:0 90 /usr/local/bin/docker-entrypoint.sh\n\t#!/bin/sh\n\tset -e\n\tcommand -v "$1" > /dev/null 2>&1 || set -- node "$@"\n\texec "$@"\n\t',
      ),
      ...['ENTRYPOINT ["docker-entrypoint.sh"]', 'CMD ["node"]'].map(note),
    ],
  };
}

function golang(version: string, variant: Variant, ...tags: readonly string[]): OfficialImage {
  return {
    ...{ tags, created: '2025-11-06', programs: { '/usr/local/go/bin/go': 'go', '/usr/local/go/bin/gofmt': 'go' } },
    config: {
      Env: [
        PATH.replace('=', '=/go/bin:/usr/local/go/bin:'),
        `GOLANG_VERSION=${version}`,
        'GOTOOLCHAIN=local',
        'GOPATH=/go',
      ],
      ...{ Cmd: variant === 'alpine' ? ['/bin/sh'] : ['bash'], WorkingDir: '/go' },
    },
    steps: [
      ...(variant === 'alpine' ? alpineBase() : [...debianBase('trixie', false), ...BUILD_TOOLS.slice(0, 2)]),
      env('GOLANG_VERSION', version),
      ...[env('GOTOOLCHAIN', 'local'), env('GOPATH', '/go')],
      layer(
        'COPY /target/ / # buildkit',
        78_500_000,
        277_000_000,
        ['755 0:0 13000000 /usr/local/go/bin/go', '755 0:0 3000000 /usr/local/go/bin/gofmt'].join('\n'),
      ),
      layer(
        'RUN /bin/sh -c mkdir -p "$GOPATH/src" "$GOPATH/bin" && chmod -R 1777 "$GOPATH" # buildkit',
        126,
        0,
        '1777 0:0 0 /go/\n1777 0:0 0 /go/src/\n1777 0:0 0 /go/bin/',
      ),
      layer('WORKDIR /go', 32, 0),
    ],
  };
}

/** Languages with their tools. */
export const RUNTIMES: readonly Repository[] = [
  {
    path: 'library/python',
    images: [
      python('3.13.9', 'full', '3.13.9', '3.13', '3.13-trixie'),
      python('3.13.9', 'slim', '3.13.9-slim', '3.13-slim', '3.13-slim-trixie'),
      python('3.13.9', 'alpine', '3.13.9-alpine', '3.13-alpine'),
      python('3.12.12', 'slim', '3.12.12-slim', '3.12-slim'),
      python('3.14.0', 'full', '3.14.0', '3.14', '3', 'latest'),
      python('3.14.0', 'slim', '3.14.0-slim', '3.14-slim', '3-slim', 'slim'),
      python('3.14.0', 'alpine', '3.14.0-alpine', '3.14-alpine', '3-alpine', 'alpine'),
    ],
  },
  {
    path: 'library/node',
    images: [
      node('24.11.1', 'full', '24.11.1', '24', 'lts', 'krypton'),
      node('24.11.1', 'slim', '24.11.1-slim', '24-slim', 'lts-slim'),
      node('24.11.1', 'alpine', '24.11.1-alpine', '24-alpine', 'lts-alpine'),
      node('22.21.1', 'full', '22.21.1', '22', 'jod'),
      node('22.21.1', 'slim', '22.21.1-slim', '22-slim'),
      node('22.21.1', 'alpine', '22.21.1-alpine', '22-alpine'),
      node('25.2.0', 'full', '25.2.0', '25', 'current', 'latest'),
      node('25.2.0', 'slim', '25-slim', 'slim'),
      node('25.2.0', 'alpine', '25-alpine', 'alpine'),
    ],
  },
  {
    path: 'library/golang',
    images: [
      golang('1.24.10', 'full', '1.24.10', '1.24', '1.24-trixie'),
      golang('1.24.10', 'alpine', '1.24.10-alpine', '1.24-alpine'),
      golang('1.25.4', 'full', '1.25.4', '1.25', '1', 'latest'),
      golang('1.25.4', 'alpine', '1.25.4-alpine', '1.25-alpine', '1-alpine', 'alpine'),
    ],
  },
];

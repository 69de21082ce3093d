import alpine from '../listings/alpine.ts';
import debian from '../listings/debian.ts';
import { NGINX_FILES, NGINX_SCRIPTS, nginxAccount } from './nginx-files.ts';
import { layer, MAIN_PLATFORMS, note, type OfficialImage, PATH, type Repository, type Step } from './repository.ts';
import { alpineBase, debianBase } from './systems.ts';

/** A text file of a listing. */
function textOf(listing: string, path: string): string {
  const entry = listing.split(/\n(?!\t)/).find((line) => line.split('\n')[0]!.endsWith(` ${path}`)) ?? '';
  return entry
    .split('\n')
    .slice(1)
    .map((line) => line.slice(1))
    .join('\n');
}

const accounts = (listing: string, user: string, id: number, home: string) => {
  const passwd = `${textOf(listing, '/etc/passwd')}${user}:x:${id}:${id}::${home}:/bin/sh\n`;
  const group = `${textOf(listing, '/etc/group')}${user}:x:${id}:\n`;
  const indent = (text: string) =>
    text
      .split('\n')
      .map((line) => `\t${line}`)
      .join('\n');
  return `644 0:0 ${passwd.length} /etc/passwd\n${indent(passwd)}\n644 0:0 ${group.length} /etc/group\n${indent(group)}`;
};
const program = (path: string, size = 1_000_000) => `755 0:0 ${size} ${path}`;
const env = (name: string, value: string) => note(`ENV ${name}=${value}`);

function nginx(version: string, alpineBased: boolean, ...tags: readonly string[]): OfficialImage {
  const base = alpineBased ? alpineBase() : debianBase();
  const listing = alpineBased ? alpine : debian;
  const account = nginxAccount(textOf(listing, '/etc/passwd'), textOf(listing, '/etc/group'));
  const release = alpineBased ? '1' : '1~trixie';
  const variables = [
    ['NGINX_VERSION', version],
    ['NJS_VERSION', '0.9.4'],
    ['NJS_RELEASE', release],
    ['PKG_RELEASE', release],
    ['DYNPKG_RELEASE', release],
  ] as const;
  const [compressed, unpacked] = alpineBased ? [16_500_000, 44_300_000] : [29_990_000, 73_200_000];
  return {
    ...{ tags, created: '2025-11-04' },
    config: {
      ...{ ExposedPorts: { '80/tcp': {} }, Env: [PATH, ...variables.map(([name, value]) => `${name}=${value}`)] },
      ...{ Entrypoint: ['/docker-entrypoint.sh'], Cmd: ['nginx', '-g', 'daemon off;'], StopSignal: 'SIGQUIT' },
      Labels: { maintainer: 'NGINX Docker Maintainers <docker-maint@nginx.com>' },
    },
    steps: [
      ...base,
      note('LABEL maintainer=NGINX Docker Maintainers <docker-maint@nginx.com>'),
      ...variables.map(([name, value]) => env(name, value)),
      layer(
        'RUN /bin/sh -c set -x     && groupadd --system --gid 101 nginx     && useradd --system --gid nginx --no-create-home --home /nonexistent --comment "nginx user" --shell /bin/false --uid 101 nginx # buildkit',
        compressed,
        unpacked,
        NGINX_FILES,
        account,
      ),
      ...NGINX_SCRIPTS.map(([what, files]) => layer(`COPY ${what} # buildkit`, 1200, 4620, files)),
      ...[
        'ENTRYPOINT ["/docker-entrypoint.sh"]',
        'EXPOSE map[80/tcp:{}]',
        'STOPSIGNAL SIGQUIT',
        'CMD ["nginx" "-g" "daemon off;"]',
      ].map(note),
    ],
  };
}

function redis(alpineBased: boolean, ...tags: readonly string[]): OfficialImage {
  const [base, listing] = alpineBased ? [alpineBase('3.22.2'), alpine] : [debianBase('bookworm'), debian];
  const files = [
    ...['redis-server', 'redis-cli', 'redis-benchmark', 'redis-sentinel'].map((name) =>
      program(`/usr/local/bin/${name}`, 17_000_000),
    ),
    '755 999:999 0 /data/',
  ].join('\n');
  return {
    ...{ tags, created: '2025-11-04' },
    config: {
      ...{
        ExposedPorts: { '6379/tcp': {} },
        Env: [PATH, 'REDIS_DOWNLOAD_URL=https://github.com/redis/redis/archive/refs/tags/8.2.3.tar.gz'],
      },
      ...{ Entrypoint: ['docker-entrypoint.sh'], Cmd: ['redis-server'], Volumes: { '/data': {} }, WorkingDir: '/data' },
    },
    steps: [
      ...base,
      layer(
        'RUN /bin/sh -c set -eux; groupadd -r -g 999 redis; useradd -r -g redis -u 999 redis # buildkit',
        1_104,
        4_183,
        accounts(listing, 'redis', 999, '/home/redis'),
      ),
      env('REDIS_DOWNLOAD_URL', 'https://github.com/redis/redis/archive/refs/tags/8.2.3.tar.gz'),
      layer('RUN /bin/sh -c set -eux; make -C /usr/src/redis install # buildkit', 24_000_000, 58_000_000, files),
      note('VOLUME [/data]'),
      layer('WORKDIR /data', 97, 0),
      layer(
        'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
        574,
        661,
        '755 0:0 110 /usr/local/bin/docker-entrypoint.sh\n\t#!/bin/sh\n\t[ "${1#-}" = "$1" ] || set -- redis-server "$@"\n\t[ "$1" != redis-server ] || set -- "$@" --protected-mode no\n\texec "$@"\n\t',
      ),
      ...['ENTRYPOINT ["docker-entrypoint.sh"]', 'EXPOSE map[6379/tcp:{}]', 'CMD ["redis-server"]'].map(note),
    ],
  };
}

const POSTGRES_TOOLS = [
  'postgres',
  'psql',
  'pg_isready',
  'initdb',
  'pg_ctl',
  'createdb',
  'dropdb',
  'pg_dump',
  'pg_dumpall',
];

function postgres(major: string, version: string, alpineBased: boolean, ...tags: readonly string[]): OfficialImage {
  const [base, listing] = alpineBased ? [alpineBase(), alpine] : [debianBase(), debian];
  const bin = alpineBased ? '/usr/local/bin' : `/usr/lib/postgresql/${major}/bin`;
  const data = '/var/lib/postgresql/data';
  const files = [
    ...POSTGRES_TOOLS.map((name) => program(`${bin}/${name}`)),
    program('/usr/local/bin/gosu', 2_000_000),
    ...['755 0:0 0 /docker-entrypoint-initdb.d/', `1777 999:999 0 ${data}/`, '1777 999:999 0 /var/run/postgresql/'],
  ].join('\n');
  const programs = {
    ...Object.fromEntries(POSTGRES_TOOLS.map((name) => [`${bin}/${name}`, name])),
    '/usr/local/bin/docker-entrypoint.sh': 'postgres-entrypoint',
    '/usr/local/bin/gosu': 'gosu',
  };
  const path = alpineBased ? PATH : `${PATH}:/usr/lib/postgresql/${major}/bin`;
  return {
    ...{ tags, created: '2025-11-13', programs },
    config: {
      Env: [
        path,
        'GOSU_VERSION=1.19',
        'LANG=en_US.utf8',
        `PG_MAJOR=${major}`,
        `PG_VERSION=${version}`,
        `PGDATA=${data}`,
      ],
      ...{ Entrypoint: ['docker-entrypoint.sh'], Cmd: ['postgres'], ExposedPorts: { '5432/tcp': {} } },
      ...{ Volumes: { [data]: {} }, StopSignal: 'SIGINT' },
    },
    steps: [
      ...base,
      layer(
        'RUN /bin/sh -c set -eux; groupadd -r postgres --gid=999; useradd -r -g postgres --uid=999 --home-dir=/var/lib/postgresql --shell=/bin/bash postgres # buildkit',
        1_150,
        4_600,
        accounts(listing, 'postgres', 999, '/var/lib/postgresql'),
      ),
      ...[env('GOSU_VERSION', '1.19'), env('LANG', 'en_US.utf8'), env('PG_MAJOR', major), env('PG_VERSION', version)],
      layer(
        'RUN /bin/sh -c set -ex; apt-get install -y --no-install-recommends postgresql-$PG_MAJOR=$PG_VERSION # buildkit',
        alpineBased ? 99_000_000 : 113_000_000,
        alpineBased ? 268_000_000 : 358_000_000,
        files,
      ),
      env('PGDATA', data),
      note(`VOLUME [${data}]`),
      layer(
        'COPY docker-entrypoint.sh docker-ensure-initdb.sh /usr/local/bin/ # buildkit',
        5_900,
        18_000,
        program('/usr/local/bin/docker-entrypoint.sh', 14_000),
      ),
      ...[
        'ENTRYPOINT ["docker-entrypoint.sh"]',
        'STOPSIGNAL SIGINT',
        'EXPOSE map[5432/tcp:{}]',
        'CMD ["postgres"]',
      ].map(note),
    ],
  };
}

/** MySQL and MariaDB: alike in all but names. */
function mysql(
  name: 'mysql' | 'mariadb',
  version: string,
  sizes: readonly [number, number],
  ...tags: readonly string[]
): OfficialImage {
  const server = name === 'mysql' ? 'mysqld' : 'mariadbd';
  const files = [
    program(`/usr/sbin/${server}`, 60_000_000),
    program(`/usr/bin/${name}`, 8_000_000),
    program('/usr/bin/mysqladmin', 8_000_000),
    '755 0:0 0 /docker-entrypoint-initdb.d/',
    '1777 999:999 0 /var/lib/mysql/',
  ].join('\n');
  return {
    ...{ tags, created: '2025-10-21' },
    programs: {
      [`/usr/sbin/${server}`]: server,
      [`/usr/bin/${name}`]: name,
      '/usr/bin/mysqladmin': 'mysqladmin',
      '/usr/local/bin/docker-entrypoint.sh': `${name}-entrypoint`,
    },
    platforms: name === 'mysql' ? MAIN_PLATFORMS : [...MAIN_PLATFORMS, 'linux/ppc64le', 'linux/s390x'],
    config: {
      Env: [PATH, 'GOSU_VERSION=1.19', `${name === 'mysql' ? 'MYSQL_VERSION' : 'MARIADB_VERSION'}=${version}`],
      ...{ Entrypoint: ['docker-entrypoint.sh'], Cmd: [server], Volumes: { '/var/lib/mysql': {} } },
      ExposedPorts: name === 'mysql' ? { '3306/tcp': {}, '33060/tcp': {} } : { '3306/tcp': {} },
    },
    steps: [
      ...debianBase('bookworm'),
      layer(
        `RUN /bin/sh -c set -eux; groupadd --system --gid 999 mysql; useradd --system --uid 999 --gid 999 --home-dir /var/lib/mysql --no-create-home mysql # buildkit`,
        880,
        2_950,
        accounts(debian, 'mysql', 999, '/var/lib/mysql'),
      ),
      env('GOSU_VERSION', '1.19'),
      layer(`RUN /bin/sh -c set -eux; install ${name}-server # buildkit`, sizes[0], sizes[1], files),
      note('VOLUME [/var/lib/mysql]'),
      layer(
        'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
        5_330,
        16_400,
        program('/usr/local/bin/docker-entrypoint.sh', 14_200),
      ),
      ...['ENTRYPOINT ["docker-entrypoint.sh"]', 'EXPOSE map[3306/tcp:{}]', `CMD ["${server}"]`].map(note),
    ],
  };
}

const HTTPD_CONF =
  'ServerRoot "/usr/local/apache2"\nListen 80\nDocumentRoot "/usr/local/apache2/htdocs"\n<Directory "/usr/local/apache2/htdocs">\n    Options Indexes FollowSymLinks\n</Directory>\n';
const indented = (text: string) =>
  text
    .split('\n')
    .map((line) => `\t${line}`)
    .join('\n');
const textFile = (path: string, text: string, mode = '644') => `${mode} 0:0 ${text.length} ${path}\n${indented(text)}`;

function httpd(alpineBased: boolean, ...tags: readonly string[]): OfficialImage {
  const files = [
    ...['1777 0:0 0 /usr/local/apache2/logs/', program('/usr/local/apache2/bin/httpd', 900_000)],
    ...[
      textFile('/usr/local/apache2/conf/httpd.conf', HTTPD_CONF),
      textFile('/usr/local/apache2/htdocs/index.html', '<html><body><h1>It works!</h1></body></html>\n'),
    ],
    textFile(
      '/usr/local/bin/httpd-foreground',
      '#!/bin/sh\nrm -f /usr/local/apache2/logs/httpd.pid\nexec httpd -DFOREGROUND "$@"\n',
      '755',
    ),
  ].join('\n');
  return {
    ...{ tags, created: '2025-11-04', programs: { '/usr/local/apache2/bin/httpd': 'httpd' } },
    config: {
      Env: [PATH.replace('=', '=/usr/local/apache2/bin:'), 'HTTPD_PREFIX=/usr/local/apache2', 'HTTPD_VERSION=2.4.65'],
      ...{
        Cmd: ['httpd-foreground'],
        ExposedPorts: { '80/tcp': {} },
        WorkingDir: '/usr/local/apache2',
        StopSignal: 'SIGWINCH',
      },
    },
    steps: [
      ...(alpineBased ? alpineBase() : debianBase()),
      ...[
        env('HTTPD_PREFIX', '/usr/local/apache2'),
        env('PATH', '/usr/local/apache2/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'),
      ],
      layer('WORKDIR /usr/local/apache2', 145, 0),
      layer(
        'RUN /bin/sh -c set -eux; ./configure; make -j "$(nproc)"; make install # buildkit',
        alpineBased ? 14_000_000 : 15_600_000,
        alpineBased ? 53_000_000 : 38_900_000,
        files,
      ),
      note('STOPSIGNAL SIGWINCH'),
      layer('COPY httpd-foreground /usr/local/bin/ # buildkit', 293, 138),
      ...['EXPOSE map[80/tcp:{}]', 'CMD ["httpd-foreground"]'].map(note),
    ],
  };
}

const single = (path: string, image: OfficialImage): Repository => ({ path, images: [image] });
const steps = (
  base: readonly Step[],
  createdBy: string,
  compressed: number,
  unpacked: number,
  files: string,
): readonly Step[] => [...base, layer(createdBy, compressed, unpacked, files)];

/** Servers and databases. */
export const SERVERS: readonly Repository[] = [
  {
    path: 'library/nginx',
    images: [
      nginx('1.29.3', false, '1.29.3', '1.29', '1', 'mainline', 'latest', '1.29-trixie', 'trixie'),
      nginx('1.29.3', true, '1.29.3-alpine', '1.29-alpine', '1-alpine', 'mainline-alpine', 'alpine'),
      nginx('1.28.0', false, '1.28.0', '1.28', 'stable'),
      nginx('1.28.0', true, '1.28.0-alpine', '1.28-alpine', 'stable-alpine'),
    ],
  },
  {
    path: 'library/redis',
    images: [
      redis(false, '8.2.3', '8.2', '8', 'latest', '8-bookworm'),
      redis(true, '8.2.3-alpine', '8.2-alpine', '8-alpine', 'alpine'),
    ],
  },
  {
    path: 'library/postgres',
    images: [
      postgres('17', '17.7-3.pgdg13+1', false, '17.7', '17', '17-trixie'),
      postgres('17', '17.7', true, '17.7-alpine', '17-alpine'),
      postgres('16', '16.11-1.pgdg13+1', false, '16.11', '16', '16-trixie'),
      postgres('16', '16.11', true, '16.11-alpine', '16-alpine'),
    ],
  },
  {
    path: 'library/mysql',
    images: [
      mysql('mysql', '8.4.7-1.el9', [231_000_000, 785_000_000], '8.4.7', '8.4', '8', 'lts'),
      mysql('mysql', '9.5.0-1.el9', [268_000_000, 920_000_000], '9.5.0', '9.5', '9', 'latest', 'innovation'),
    ],
  },
  {
    path: 'library/mariadb',
    images: [
      mysql('mariadb', '1:11.8.5+maria~ubu2404', [81_000_000, 252_000_000], '11.8.5', '11.8', '11', 'lts'),
      mysql('mariadb', '1:12.1.2+maria~ubu2404', [83_000_000, 258_000_000], '12.1.2', '12.1', '12', 'latest'),
    ],
  },
  {
    path: 'library/httpd',
    images: [
      httpd(false, '2.4.65', '2.4', '2', 'latest', '2.4-trixie'),
      httpd(true, '2.4.65-alpine', '2.4-alpine', '2-alpine', 'alpine'),
    ],
  },
  single('library/memcached', {
    ...{
      tags: ['1.6.39', '1.6', '1', 'latest'],
      created: '2025-11-04',
      programs: { '/usr/local/bin/memcached': 'memcached' },
    },
    config: {
      Env: [PATH, 'MEMCACHED_VERSION=1.6.39'],
      User: 'memcache',
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['memcached'],
      ExposedPorts: { '11211/tcp': {} },
    },
    steps: steps(
      debianBase(),
      'RUN /bin/sh -c set -eux; make install # buildkit',
      2_800_000,
      6_800_000,
      [
        program('/usr/local/bin/memcached', 900_000),
        accounts(debian, 'memcache', 11_211, '/'),
        textFile(
          '/usr/local/bin/docker-entrypoint.sh',
          '#!/bin/sh\nset -e\n[ "${1#-}" = "$1" ] || set -- memcached "$@"\nexec "$@"\n',
          '755',
        ),
      ].join('\n'),
    ),
  }),
  single('library/registry', {
    ...{
      tags: ['3.0.0', '3.0', '3', '2', 'latest'],
      created: '2025-04-03',
      platforms: MAIN_PLATFORMS,
      programs: { '/bin/registry': 'registry' },
    },
    config: {
      Env: [PATH, 'OTEL_TRACES_EXPORTER=none'],
      Entrypoint: ['/entrypoint.sh'],
      Cmd: ['/etc/distribution/config.yml'],
      ExposedPorts: { '5000/tcp': {} },
      Volumes: { '/var/lib/registry': {} },
    },
    steps: [
      ...steps(
        alpineBase('3.21.5'),
        'RUN /bin/sh -c apk add --no-cache ca-certificates # buildkit',
        16_800_000,
        49_000_000,
        [
          program('/bin/registry', 45_000_000),
          textFile(
            '/etc/distribution/config.yml',
            'version: 0.1\nlog:\n  fields:\n    service: registry\nstorage:\n  filesystem:\n    rootdirectory: /var/lib/registry\nhttp:\n  addr: :5000\n',
          ),
          textFile(
            '/entrypoint.sh',
            '#!/bin/sh\nset -e\ncase "$1" in *.yaml|*.yml) set -- registry serve "$@" ;; serve|garbage-collect|help|-*) set -- registry "$@" ;; esac\nexec "$@"\n',
            '755',
          ),
          '755 0:0 0 /var/lib/registry/',
        ].join('\n'),
      ),
      ...[
        'ENV OTEL_TRACES_EXPORTER=none',
        'VOLUME [/var/lib/registry]',
        'EXPOSE map[5000/tcp:{}]',
        'ENTRYPOINT ["/entrypoint.sh"]',
        'CMD ["/etc/distribution/config.yml"]',
      ].map(note),
    ],
  }),
  single('library/hello-world', {
    ...{ tags: ['latest', 'linux', 'nanoserver'], created: '2025-08-08', programs: { '/hello': 'hello-world' } },
    config: { Env: [PATH], Cmd: ['/hello'], WorkingDir: '/' },
    steps: [layer('COPY hello / # buildkit', 2_378, 10_072, '755 0:0 10072 /hello'), note('CMD ["/hello"]')],
  }),
  single('traefik/whoami', {
    ...{
      tags: ['v1.11.0', 'v1.11', 'latest'],
      created: '2025-04-15',
      platforms: MAIN_PLATFORMS,
      programs: { '/whoami': 'whoami' },
    },
    config: { Env: [PATH], Entrypoint: ['/whoami'], ExposedPorts: { '80/tcp': {} }, WorkingDir: '/' },
    steps: [
      layer('COPY whoami . # buildkit', 2_800_000, 6_430_000, '755 0:0 6430000 /whoami'),
      ...['ENTRYPOINT ["/whoami"]', 'EXPOSE map[80/tcp:{}]'].map(note),
    ],
  }),
  single('library/traefik', {
    ...{
      tags: ['v3.6.1', 'v3.6', 'v3', '3', 'latest'],
      created: '2025-11-13',
      programs: { '/usr/local/bin/traefik': 'not-modelled' },
    },
    config: { Env: [PATH], Entrypoint: ['/entrypoint.sh'], Cmd: ['traefik'], ExposedPorts: { '80/tcp': {} } },
    steps: steps(
      alpineBase(),
      'RUN /bin/sh -c set -ex; wget traefik # buildkit',
      44_000_000,
      180_000_000,
      [
        program('/usr/local/bin/traefik', 170_000_000),
        textFile('/entrypoint.sh', '#!/bin/sh\nset -e\n[ "${1#-}" = "$1" ] || set -- traefik "$@"\nexec "$@"\n', '755'),
      ].join('\n'),
    ),
  }),
  single('library/adminer', {
    ...{
      tags: ['5.4.1', '5', 'latest', 'standalone'],
      created: '2025-10-08',
      programs: { '/usr/local/bin/php': 'not-modelled' },
    },
    config: {
      Env: [PATH, 'ADMINER_VERSION=5.4.1'],
      User: 'adminer',
      Entrypoint: ['entrypoint.sh', 'docker-php-entrypoint'],
      Cmd: ['php', '-S', '[::]:8080', '-t', '/var/www/html'],
      ExposedPorts: { '8080/tcp': {} },
      WorkingDir: '/var/www/html',
    },
    steps: steps(
      alpineBase(),
      'RUN /bin/sh -c set -x && curl adminer # buildkit',
      42_000_000,
      110_000_000,
      [
        program('/usr/local/bin/php', 17_000_000),
        accounts(alpine, 'adminer', 1000, '/'),
        ...['entrypoint.sh', 'docker-php-entrypoint'].map((name) =>
          textFile(`/usr/local/bin/${name}`, '#!/bin/sh\nexec "$@"\n', '755'),
        ),
      ].join('\n'),
    ),
  }),
];

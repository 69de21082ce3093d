import { resolveUser } from '../../../engine/containers/user.ts';
import { FileError } from '../../../engine/files/errors.ts';
import { hasCapability } from '../../../engine/process/credentials.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { appendLog } from '../log-file.ts';
import { all, configFiles, type Directive, find, readConfig } from './config.ts';
import { ConfigError } from './error.ts';
import { errorTime, handle, listenPort } from './handler.ts';

const CONFIG = '/etc/nginx/nginx.conf';
const WORKERS = 2;
const MASTER = 'nginx: master process ';
/** Folders that the two builds of nginx keep their temporary files in: Debian's, and the official image's. */
const TEMPORARY = [
  { folder: '/var/lib/nginx', names: ['body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'] },
  { folder: '/var/cache/nginx', names: ['client_temp', 'proxy_temp', 'fastcgi_temp', 'uwsgi_temp', 'scgi_temp'] },
];
const NUMBERS: Readonly<Record<string, number>> = {
  ENOENT: 2,
  EACCES: 13,
  EROFS: 30,
  EPERM: 1,
  ENOSPC: 28,
  ENOTDIR: 20,
  EEXIST: 17,
};

interface Memory {
  readonly config: readonly Directive[];
  readonly workers: readonly number[];
  readonly connections: number;
  /** Addresses of the servers that it passes requests on to, as they were when it read its configuration. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
}

const USAGE = `Usage: nginx [-?hvVtTq] [-s signal] [-p prefix]
             [-e filename] [-c filename] [-g directives]

Options:
  -?,-h         : this help
  -v            : show version and exit
  -V            : show version and configure options then exit
  -t            : test configuration and exit
  -T            : test configuration, dump it and exit
  -q            : suppress non-error messages during configuration testing
  -s signal     : send signal to a master process: stop, quit, reopen, reload
  -p prefix     : set prefix path (default: /usr/share/nginx/)
  -e filename   : set error log file (default: stderr)
  -c filename   : set configuration file (default: /etc/nginx/nginx.conf)
  -g directives : set global directives out of configuration file

`;
/** How Debian builds nginx-light. */
const BUILD = `built with OpenSSL 3.5.7 9 Jun 2026 (running with OpenSSL 3.5.9 29 Sep 2026)
TLS SNI support enabled
configure arguments: --with-cc-opt='-g -O2 -Werror=implicit-function-declaration -ffile-prefix-map=/build/reproducible-path/nginx-1.26.3=. -fstack-protector-strong -fstack-clash-protection -Wformat -Werror=format-security -fcf-protection -fPIC -Wdate-time -D_FORTIFY_SOURCE=2' --with-ld-opt='-Wl,-z,relro -Wl,-z,now -fPIC' --prefix=/usr/share/nginx --conf-path=/etc/nginx/nginx.conf --http-log-path=/var/log/nginx/access.log --error-log-path=stderr --lock-path=/var/lock/nginx.lock --pid-path=/run/nginx.pid --modules-path=/usr/lib/nginx/modules --http-client-body-temp-path=/var/lib/nginx/body --http-fastcgi-temp-path=/var/lib/nginx/fastcgi --http-proxy-temp-path=/var/lib/nginx/proxy --http-scgi-temp-path=/var/lib/nginx/scgi --http-uwsgi-temp-path=/var/lib/nginx/uwsgi --with-compat --with-debug --with-pcre-jit --with-http_ssl_module --with-http_stub_status_module --with-http_realip_module --with-http_auth_request_module --with-http_v2_module --with-http_v3_module --with-http_dav_module --with-http_slice_module --with-threads --with-http_addition_module --with-http_flv_module --with-http_gunzip_module --with-http_gzip_static_module --with-http_mp4_module --with-http_random_index_module --with-http_secure_link_module --with-http_sub_module --with-mail_ssl_module --with-stream_ssl_module --with-stream_ssl_preread_module --with-stream_realip_module --with-http_geoip_module=dynamic --with-http_image_filter_module=dynamic --with-http_perl_module=dynamic --with-http_xslt_module=dynamic --with-mail=dynamic --with-stream=dynamic --with-stream_geoip_module=dynamic
`;

/** An end that nginx explains in its error log. */
class Emergency extends Error {}

const version = (kernel: Kernel) => kernel.environment['NGINX_VERSION'] ?? '1.26.3';

/** nginx: reads its configuration, opens its ports, serves files and passes requests on. */
export const nginxProgram: Program = {
  run(kernel): Outcome {
    const [name = ''] = kernel.argv;
    if (name.startsWith('nginx: worker')) return { wait: {} };
    if (name.startsWith(MASTER))
      return kernel.memory === undefined ? becomeMaster(kernel, name.slice(MASTER.length)) : { wait: { child: true } };
    return start(kernel);
  },
  signal(kernel, signal): Outcome | undefined {
    const memory = kernel.memory as Memory | undefined;
    if (!memory)
      return [2, 3, 15].includes(signal) && kernel.argv[0] !== 'nginx: worker process' ? { exit: 0 } : undefined;
    if (signal === 1) {
      try {
        const config = readConfig(kernel.files, CONFIG, globalOf(words(kernel)));
        checkUpstreams(kernel, config);
        listenAll(kernel, config);
        kernel.memory = { ...memory, config, addresses: addressesOf(kernel, config) };
      } catch (error) {
        if (!(error instanceof ConfigError || error instanceof Emergency)) throw error;
        log(kernel, memory.config, 'emerg', error.message);
      }
      return { wait: { child: true } };
    }
    if (signal !== 2 && signal !== 3 && signal !== 15) return { wait: { child: true } };
    if (isTalkative(memory.config)) {
      const name = { 2: 'SIGINT', 3: 'SIGQUIT', 15: 'SIGTERM' }[signal]!;
      log(
        kernel,
        memory.config,
        'notice',
        `signal ${signal} (${name}) received, ${signal === 3 ? 'shutting down' : 'exiting'}`,
      );
    }
    for (const worker of memory.workers) kernel.kill(worker, 9);
    if (isTalkative(memory.config)) log(kernel, memory.config, 'notice', 'exit');
    return { exit: 0 };
  },
  async answer(kernel, request, port) {
    const memory = kernel.memory as Memory | undefined;
    if (!memory) return '';
    const number = memory.connections + 1;
    kernel.memory = { ...memory, connections: number };
    return handle(kernel, memory.config, request, port, {
      worker: memory.workers[0] ?? kernel.pid,
      number,
      client: kernel.network.client ?? '127.0.0.1',
      version: version(kernel),
      addresses: memory.addresses,
      user: memory.user,
      connect: () => {
        const now = kernel.memory as Memory;
        kernel.memory = { ...now, connections: now.connections + 1 };
      },
    });
  },
};

const words = (kernel: Kernel) => (kernel.argv[0] ?? '').replace(MASTER, '').split(' ');

function globalOf(args: readonly string[]): string {
  const at = args.indexOf('-g');
  return at < 0
    ? ''
    : args
        .slice(at + 1)
        .join(' ')
        .replace(/;?\s*$/, ';');
}

function log(kernel: Kernel, config: readonly Directive[] | undefined, level: string, text: string): void {
  const path = find(config, 'error_log')?.args[0] ?? '/var/log/nginx/error.log';
  const line = `${errorTime(kernel.now)} [${level}] ${kernel.pid}#${kernel.pid}: ${text}\n`;
  try {
    appendLog(kernel, path, line);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    kernel.error(line);
  }
}

function start(kernel: Kernel): Outcome {
  const args = kernel.argv.slice(1);
  const option = (letter: string) => (args.includes(letter) ? (args[args.indexOf(letter) + 1] ?? '') : undefined);
  const bad = args.find(
    (arg, at) =>
      arg.startsWith('-') &&
      !/^-[?hvVtTq]*[spgce]?$/.test(arg) &&
      !['-g', '-c', '-p', '-s', '-e'].includes(args[at - 1] ?? ''),
  );
  if (bad !== undefined) {
    kernel.error(`nginx: invalid option: "${bad.replace(/^-[qtv]?/, '')[0] ?? ''}"\n`);
    return { exit: 1 };
  }
  const letters = new Set(
    args.filter((arg, at) => arg.startsWith('-') && !/^-.*[spgce]$/.test(args[at - 1] ?? '')).join(''),
  );
  if (letters.has('?') || letters.has('h')) {
    kernel.error(`nginx version: nginx/${version(kernel)}\n${USAGE}`);
    return { exit: 0 };
  }
  if (letters.has('v') || letters.has('V')) {
    kernel.error(`nginx version: nginx/${version(kernel)}\n${letters.has('V') ? BUILD : ''}`);
    return { exit: 0 };
  }
  const path = option('-c') ?? CONFIG;
  const test = letters.has('t') || letters.has('T');
  const quiet = letters.has('q');
  let config: readonly Directive[] | undefined;
  try {
    config = readConfig(
      kernel.files,
      path,
      option('-g') === undefined ? '' : `${option('-g')!.replace(/;?\s*$/, '')};`,
    );
    if (option('-s') !== undefined) return sendSignal(kernel, config, option('-s')!);
    warnOfUser(kernel, config);
    checkUpstreams(kernel, config);
    if (test && !quiet) kernel.error(`nginx: the configuration file ${path} syntax is ok\n`);
    // A test tries the PID file first, and leaves what is in it alone.
    if (test) writePid(kernel, config, '');
    makeFolders(kernel, config);
    if (test) {
      if (!quiet) kernel.error(`nginx: configuration file ${path} test is successful\n`);
      if (letters.has('T'))
        for (const file of configFiles(kernel.files, path))
          kernel.output(`# configuration file ${file}:\n${kernel.files.read(file)}\n`);
      return { exit: 0 };
    }
    listenAll(kernel, config);
    writePid(kernel, config, `${kernel.pid}\n`);
  } catch (error) {
    if (error instanceof Emergency && error.message === '') return { exit: 1 };
    if (!(error instanceof ConfigError || error instanceof Emergency)) throw error;
    log(kernel, config, 'emerg', error.message);
    if (test) kernel.error(`nginx: configuration file ${path} test failed\n`);
    return { exit: 1 };
  }
  const foreground = all(config, 'daemon').some((directive) => directive.args[0] === 'off');
  const found = kernel.find(kernel.argv[0] ?? 'nginx');
  const title = `${MASTER}${kernel.argv.join(' ')}`;
  if ('status' in found) return { exit: found.status };
  const environment = kernel.environment;
  if (foreground) return { replace: found, argv: [title], environment };
  kernel.spawn(found, { argv: [title] });
  return { exit: 0 };
}

function becomeMaster(kernel: Kernel, line: string): Outcome {
  const args = line.split(' ');
  const config = readConfig(kernel.files, CONFIG, globalOf(args));
  listenAll(kernel, config);
  const found = kernel.find(args[0] ?? 'nginx');
  const name = find(config, 'user')?.args[0];
  const workers: number[] = [];
  for (let count = 0; !('status' in found) && count < WORKERS; count += 1) {
    const root = kernel.credentials.uid === 0;
    const credentials =
      root && name
        ? { ...kernel.credentials, ...resolveUser(kernel.files, name), capabilities: [] }
        : kernel.credentials;
    workers.push(kernel.spawn(found, { argv: ['nginx: worker process'], credentials }));
  }
  announce(kernel, config, workers);
  const user = kernel.credentials.uid === 0 && name ? resolveUser(kernel.files, name) : undefined;
  kernel.memory = { config, workers, connections: 0, addresses: addressesOf(kernel, config), user } satisfies Memory;
  return { wait: { child: true } };
}

/** Whether the error log takes what is no error: as in the official image, at level `notice`. */
const isTalkative = (config: readonly Directive[]) =>
  /^(?:debug|info|notice)$/.test(find(config, 'error_log')?.args[1] ?? '');

/** What nginx says when it has started. */
function announce(kernel: Kernel, config: readonly Directive[], workers: readonly number[]): void {
  if (!isTalkative(config)) return;
  const release = kernel.files.exists('/proc/sys/kernel/osrelease')
    ? kernel.files.read('/proc/sys/kernel/osrelease').trim()
    : '';
  for (const text of [
    'using the "epoll" event method',
    `nginx/${version(kernel)}`,
    'built by gcc 14.2.0 (Debian 14.2.0-19) ',
    `OS: Linux ${release}`,
    'getrlimit(RLIMIT_NOFILE): 1048576:1048576',
    'start worker processes',
    ...workers.map((worker) => `start worker process ${worker}`),
  ])
    log(kernel, config, 'notice', text);
}

function warnOfUser(kernel: Kernel, config: readonly Directive[]): void {
  const user = find(config, 'user');
  if (!user) return;
  if (kernel.credentials.uid !== 0)
    log(
      kernel,
      config,
      'warn',
      `the "user" directive makes sense only if the master process runs with super-user privileges, ignored in ${user.file}:${user.line}`,
    );
}

/** Hosts that requests are passed on to, with the addresses that they have now. */
function addressesOf(kernel: Kernel, config: readonly Directive[]): Record<string, string> {
  const http = find(config, 'http')?.block;
  const hosts = all(http, 'upstream').flatMap(({ block }) =>
    all(block, 'server').map(({ args }) => (args[0] ?? '').split(':')[0]!),
  );
  for (const { block } of all(http, 'server'))
    for (const location of all(block, 'location'))
      for (const pass of all(location.block, 'proxy_pass'))
        hosts.push(/^https?:\/\/([^/:]+)/.exec(pass.args[0] ?? '')?.[1] ?? '');
  return Object.fromEntries(
    hosts.flatMap((host) => {
      const [address] = host === '' || host.includes('$') ? [] : kernel.network.resolve(host);
      return address === undefined ? [] : [[host, address] as const];
    }),
  );
}

/** Names of upstreams must be known when nginx starts. */
function checkUpstreams(kernel: Kernel, config: readonly Directive[]): void {
  const http = find(config, 'http')?.block;
  const upstreams = all(http, 'upstream');
  const known = new Set(upstreams.map(({ args }) => args[0]));
  const check = (host: string, { file, line }: Directive, where: string) => {
    if (!host.includes('$') && kernel.network.resolve(host).length === 0)
      throw new Emergency(`host not found in ${where} "${host}" in ${file}:${line}`);
  };
  for (const { block } of upstreams)
    for (const server of all(block, 'server')) check((server.args[0] ?? '').split(':')[0]!, server, 'upstream');
  for (const { block } of all(http, 'server'))
    for (const location of all(block, 'location'))
      for (const pass of all(location.block, 'proxy_pass')) {
        const host = /^https?:\/\/([^/:]+)/.exec(pass.args[0] ?? '')?.[1];
        if (host === undefined && !(pass.args[0] ?? '').includes('$'))
          throw new ConfigError(`invalid URL prefix in ${pass.file}:${pass.line}`);
        if (host !== undefined && !known.has(host)) check(host, pass, 'upstream');
      }
}

function makeFolders(kernel: Kernel, config: readonly Directive[]): void {
  const place = TEMPORARY.find(({ folder }) => kernel.files.exists(folder));
  const user = find(config, 'user')?.args[0];
  for (const name of place?.names ?? []) {
    const path = `${place!.folder}/${name}`;
    if (!kernel.files.exists(path))
      attempt(
        () => kernel.files.mkdir(path, 0o700),
        (why) => `mkdir() "${path}" failed (${why})`,
      );
    if (kernel.credentials.uid !== 0 || !user) continue;
    const { uid } = resolveUser(kernel.files, user);
    const owner = kernel.files.stat(path)?.uid;
    if (owner !== uid && !hasCapability(kernel.credentials, 'CHOWN'))
      throw new Emergency(`chown("${path}", ${uid}) failed (1: Operation not permitted)`);
    if (owner !== uid) kernel.files.chown(path, uid, undefined);
  }
}

function attempt(action: () => void, message: (why: string) => string): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new Emergency(message(`${NUMBERS[error.code] ?? 5}: ${error.message}`));
  }
}

function listenAll(kernel: Kernel, config: readonly Directive[]): void {
  const ports = new Set<number>();
  for (const { block } of all(find(config, 'http')?.block, 'server')) {
    const listens = all(block, 'listen');
    if (listens.length === 0) ports.add(80);
    for (const { args } of listens) ports.add(listenPort(args));
  }
  for (const port of ports) {
    if (kernel.network.sockets().some((socket) => socket.port === port && socket.pid === kernel.process.pid)) continue;
    const problem = kernel.network.listen(port);
    if (problem === 'EACCES') throw new Emergency(`bind() to 0.0.0.0:${port} failed (13: Permission denied)`);
    if (problem === undefined) continue;
    for (let attempts = 0; attempts < 5; attempts += 1)
      both(kernel, config, `bind() to 0.0.0.0:${port} failed (98: Address already in use)`);
    both(kernel, config, 'still could not bind()');
    throw new Emergency('');
  }
}

/** Before nginx is a server, its complaints go to the log and to the terminal. */
function both(kernel: Kernel, config: readonly Directive[], text: string): void {
  log(kernel, config, 'emerg', text);
  kernel.error(`nginx: [emerg] ${text}\n`);
}

function pidFile(config: readonly Directive[]): string {
  return find(config, 'pid')?.args[0] ?? '/run/nginx.pid';
}

function writePid(kernel: Kernel, config: readonly Directive[], text: string): void {
  const path = pidFile(config);
  attempt(
    () => kernel.files.write(path, text, { append: text === '' }),
    (why) => `open() "${path}" failed (${why})`,
  );
}

function sendSignal(kernel: Kernel, config: readonly Directive[], name: string): Outcome {
  const signal = ({ stop: 15, quit: 3, reload: 1, reopen: 10 } as Record<string, number>)[name];
  if (signal === undefined) {
    kernel.error(`nginx: invalid option: "-s ${name}"\n`);
    return { exit: 1 };
  }
  log(kernel, config, 'notice', 'signal process started');
  const path = pidFile(config);
  if (!kernel.files.exists(path)) throw new Emergency(`open() "${path}" failed (2: No such file or directory)`);
  const pid = kernel.files.read(path).trim();
  if (pid === '') throw new Emergency(`invalid PID number "" in "${path}"`);
  if (!kernel.kill(Number(pid), signal)) throw new Emergency(`kill(${pid}, ${signal}) failed (3: No such process)`);
  return { exit: 0 };
}

import { resolveUser } from '../../../engine/containers/user.ts';
import { FileError } from '../../../engine/files/errors.ts';
import { hasCapability } from '../../../engine/process/credentials.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { appendLog } from '../log-file.ts';
import { all, ConfigError, type Directive, find, readConfig } from './config.ts';
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
}

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
    if (!memory) return undefined;
    if (signal === 1) {
      try {
        const config = readConfig(kernel.files, CONFIG, globalOf(words(kernel)));
        listenAll(kernel, config);
        kernel.memory = { ...memory, config };
      } catch (error) {
        if (!(error instanceof ConfigError || error instanceof Emergency)) throw error;
        log(kernel, memory.config, 'emerg', error.message);
      }
      return { wait: { child: true } };
    }
    if (signal !== 2 && signal !== 3 && signal !== 15) return { wait: { child: true } };
    for (const worker of memory.workers) kernel.kill(worker, 9);
    return { exit: 0 };
  },
  async answer(kernel, request, port) {
    const memory = kernel.memory as Memory | undefined;
    if (!memory) return '';
    const number = memory.connections + 1;
    kernel.memory = { ...memory, connections: number };
    const worker = memory.workers[number % Math.max(1, memory.workers.length)] ?? kernel.pid;
    return handle(kernel, memory.config, request, port, {
      worker,
      number,
      client: kernel.network.client ?? '127.0.0.1',
      version: version(kernel),
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
      !/^-[?hvVtTqspgceg]$/.test(arg) &&
      !['-g', '-c', '-p', '-s', '-e'].includes(args[at - 1] ?? ''),
  );
  if (bad !== undefined) {
    kernel.error(`nginx: invalid option: "${bad.replace(/^-[qtv]?/, '')[0] ?? ''}"\n`);
    return { exit: 1 };
  }
  if (args.includes('-v')) {
    kernel.error(`nginx version: nginx/${version(kernel)}\n`);
    return { exit: 0 };
  }
  const path = option('-c') ?? CONFIG;
  const test = args.includes('-t') || args.includes('-T');
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
    if (test) kernel.error(`nginx: the configuration file ${path} syntax is ok\n`);
    makeFolders(kernel, config);
    if (test) {
      kernel.error(`nginx: configuration file ${path} test is successful\n`);
      return { exit: 0 };
    }
    listenAll(kernel, config);
    writePid(kernel, config);
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
  kernel.memory = { config, workers, connections: 0 } satisfies Memory;
  return { wait: { child: true } };
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

function writePid(kernel: Kernel, config: readonly Directive[]): void {
  const path = pidFile(config);
  attempt(
    () => kernel.files.write(path, `${kernel.pid}\n`),
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

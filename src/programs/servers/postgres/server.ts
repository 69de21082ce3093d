import { FileError } from '../../../engine/files/errors.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { execute } from './database.ts';
import {
  dataFolder,
  FULL_VERSION,
  isInitialised,
  MAJOR,
  PORT,
  readCluster,
  readControl,
  SOCKET,
  VERSION,
  writeCluster,
  writeControl,
} from './storage.ts';

/** What a client asks. */
export interface Question {
  readonly user: string;
  readonly database: string;
  readonly password: string | undefined;
  readonly sql: string;
  /** Through the socket in the file system. */
  readonly local: boolean;
}

interface Memory {
  readonly folder: string;
  readonly children: readonly number[];
}

const HELPERS = [
  'checkpointer ',
  'background writer ',
  'walwriter ',
  'autovacuum launcher ',
  'logical replication launcher ',
];
const ROOT = `"root" execution of the PostgreSQL server is not permitted.
The server must be started under an unprivileged user ID to prevent
possible system security compromise.  See the documentation for
more information on how to properly start the server.
`;

/** postgres: the server. Its data lies in its data folder, where it is found again. */
export const postgresProgram: Program = {
  run(kernel): Outcome {
    if (kernel.memory !== undefined || kernel.argv[0]?.startsWith('postgres: ')) return { wait: {} };
    return start(kernel);
  },
  signal(kernel, signal): Outcome | undefined {
    const memory = kernel.memory as Memory | undefined;
    if (!memory) return kernel.argv[0]?.startsWith('postgres: ') ? { exit: 0 } : undefined;
    if (signal === 1) {
      log(kernel, 'received SIGHUP, reloading configuration files');
      return { wait: {} };
    }
    if (![2, 3, 15].includes(signal)) return { wait: {} };
    return shutDown(kernel, memory, signal);
  },
  answer(kernel, request): string {
    const { folder } = kernel.memory as Memory;
    return JSON.stringify(answer(kernel, folder, JSON.parse(request) as Question));
  },
};

function log(kernel: Kernel, text: string, level = 'LOG', pid = kernel.pid): void {
  const stamp = new Date(kernel.now).toISOString().replace('T', ' ').replace('Z', '');
  kernel.error(`${stamp} UTC [${pid}] ${level}:  ${text}\n`);
}

/** The value of `-c name=value`. */
function option(kernel: Kernel, name: string): string | undefined {
  const words = kernel.argv.flatMap((arg) => arg.split(' '));
  const found = words.find(
    (word) => word.startsWith(`${name}=`) || word.startsWith(`--${name}=`) || word.startsWith(`-c${name}=`),
  );
  return found?.slice(found.indexOf('=') + 1).replace(/^['"]|['"]$/g, '');
}

function start(kernel: Kernel): Outcome {
  if (kernel.argv[1] === '--version' || kernel.argv[1] === '-V') {
    kernel.output(`postgres (PostgreSQL) ${VERSION}\n`);
    return { exit: 0 };
  }
  if (kernel.credentials.uid === 0) {
    kernel.error(ROOT);
    return { exit: 1 };
  }
  const at = kernel.argv.indexOf('-D');
  const folder = at >= 0 ? (kernel.argv[at + 1] ?? '') : dataFolder(kernel);
  try {
    if (!isInitialised(kernel, folder)) {
      kernel.error(
        `postgres: could not access the server configuration file "${folder}/postgresql.conf": No such file or directory\n`,
      );
      return { exit: 2 };
    }
    return serve(kernel, folder);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    log(kernel, `could not open file "${error.path}": ${error.reason}`, 'FATAL');
    return { exit: 1 };
  }
}

function serve(kernel: Kernel, folder: string): Outcome {
  const version = kernel.files.read(`${folder}/PG_VERSION`).trim();
  if (version !== MAJOR) {
    log(kernel, 'database files are incompatible with server', 'FATAL');
    log(
      kernel,
      `The data directory was initialized by PostgreSQL version ${version}, which is not compatible with this version ${VERSION}.`,
      'DETAIL',
    );
    return { exit: 1 };
  }
  const lock = `${folder}/postmaster.pid`;
  const holder = kernel.files.exists(lock) ? Number(kernel.files.read(lock).split('\n')[0]) : undefined;
  if (holder !== undefined && holder !== kernel.pid && kernel.kill(holder, 0)) {
    log(kernel, 'lock file "postmaster.pid" already exists', 'FATAL');
    log(kernel, `Is another postmaster (PID ${holder}) running in data directory "${folder}"?`, 'HINT');
    return { exit: 1 };
  }
  log(kernel, `starting ${FULL_VERSION}`);
  const port = Number(option(kernel, 'port') ?? PORT);
  const addresses = option(kernel, 'listen_addresses') ?? configured(kernel, folder, 'listen_addresses') ?? 'localhost';
  if (!listen(kernel, port, addresses)) return { exit: 1 };
  log(kernel, `listening on Unix socket "/var/run/postgresql/.s.PGSQL.${port}"`);
  kernel.files.write(
    lock,
    `${kernel.pid}\n${folder}\n${Math.floor(kernel.now / 1000)}\n${port}\n/var/run/postgresql\n${addresses}\n`,
  );
  const { state, at } = readControl(kernel, folder);
  const stamp = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  if (state === 'shut down') log(kernel, `database system was shut down at ${stamp} UTC`, 'LOG', kernel.pid + 28);
  else {
    log(kernel, `database system was interrupted; last known up at ${stamp} UTC`, 'LOG', kernel.pid + 28);
    log(kernel, 'database system was not properly shut down; automatic recovery in progress', 'LOG', kernel.pid + 28);
    log(kernel, 'redo starts at 0/1955E38', 'LOG', kernel.pid + 28);
    log(
      kernel,
      'redo done at 0/1955E38 system usage: CPU: user: 0.00 s, system: 0.00 s, elapsed: 0.00 s',
      'LOG',
      kernel.pid + 28,
    );
  }
  writeControl(kernel, folder, 'in production');
  const own = kernel.find('postgres');
  const children = 'status' in own ? [] : HELPERS.map((name) => kernel.spawn(own, { argv: [`postgres: ${name}`] }));
  kernel.memory = { folder, children } satisfies Memory;
  log(kernel, 'database system is ready to accept connections');
  return { wait: {} };
}

function configured(kernel: Kernel, folder: string, name: string): string | undefined {
  const text = kernel.files.read(`${folder}/postgresql.conf`);
  return new RegExp(`^\\s*${name}\\s*=\\s*'([^']*)'`, 'm').exec(text)?.[1];
}

function listen(kernel: Kernel, port: number, addresses: string): boolean {
  const all = addresses === '*' || addresses === '0.0.0.0';
  const wanted = all ? '0.0.0.0' : addresses === '' ? SOCKET : '127.0.0.1';
  const problem = kernel.network.listen(port, wanted);
  if (problem) {
    log(kernel, `could not bind IPv4 address "${all ? '0.0.0.0' : '127.0.0.1'}": Address already in use`);
    log(kernel, `Is another postmaster already running on port ${port}? If not, wait a few seconds and retry.`, 'HINT');
    log(kernel, 'could not create any TCP/IP sockets', 'FATAL');
    return false;
  }
  if (wanted === SOCKET) return true;
  if (!all) kernel.network.listen(port, SOCKET);
  log(kernel, `listening on IPv4 address "${all ? '0.0.0.0' : '127.0.0.1'}", port ${port}`);
  log(kernel, `listening on IPv6 address "${all ? '::' : '::1'}", port ${port}`);
  return true;
}

function shutDown(kernel: Kernel, { folder, children }: Memory, signal: number): Outcome {
  const how = { 2: 'fast', 3: 'immediate', 15: 'smart' }[signal]!;
  log(kernel, `received ${how} shutdown request`);
  for (const child of children) kernel.kill(child, 9);
  if (how !== 'immediate') {
    if (how === 'fast') log(kernel, 'aborting any active transactions');
    log(
      kernel,
      `background worker "logical replication launcher" (PID ${children.at(-1) ?? 0}) exited with exit code 1`,
    );
    const checkpointer = children[0] ?? kernel.pid;
    log(kernel, 'shutting down', 'LOG', checkpointer);
    log(kernel, 'checkpoint starting: shutdown immediate', 'LOG', checkpointer);
    log(
      kernel,
      'checkpoint complete: wrote 3 buffers (0.0%); 0 WAL file(s) added, 0 removed, 0 recycled; write=0.003 s, sync=0.001 s, total=0.009 s; sync files=2, longest=0.001 s, average=0.001 s; distance=0 kB, estimate=0 kB; lsn=0/1955EE8, redo lsn=0/1955EE8',
      'LOG',
      checkpointer,
    );
    writeControl(kernel, folder, 'shut down');
  }
  kernel.files.remove(`${folder}/postmaster.pid`);
  log(kernel, 'database system is shut down');
  return { exit: 0 };
}

/** What a connection is told: results, or why there is none. */
export interface Reply {
  readonly fatal?: string;
  readonly results?: ReturnType<typeof execute>['results'];
  readonly error?: string;
  readonly databases?: readonly string[];
  readonly roles?: readonly string[];
  readonly tables?: ReturnType<typeof execute>['cluster']['databases'][string];
}

function answer(kernel: Kernel, folder: string, question: Question): Reply {
  const cluster = readCluster(kernel, folder);
  const { user, database, password, sql, local } = question;
  const refuse = (fatal: string): Reply => {
    log(kernel, fatal, 'FATAL', kernel.pid + 40);
    return { fatal };
  };
  const role = Object.hasOwn(cluster.roles, user) ? cluster.roles[user] : undefined;
  const client = kernel.network.client ?? '127.0.0.1';
  const hba = kernel.files.read(`${folder}/pg_hba.conf`);
  const trusted =
    local ||
    (client.startsWith('127.')
      ? /127\.0\.0\.1\/32\s+trust/.test(hba)
      : /^host\s+all\s+all\s+(all|0\.0\.0\.0\/0)\s+trust/m.test(hba));
  if (!trusted) {
    if (!client.startsWith('127.') && !/^host\s+all\s+all\s+(?:all|0\.0\.0\.0\/0)\s/m.test(hba))
      return refuse(`no pg_hba.conf entry for host "${client}", user "${user}", database "${database}", no encryption`);
    if (password === undefined) return { fatal: 'fe_sendauth: no password supplied' };
    if (!role || role.password !== password) return refuse(`password authentication failed for user "${user}"`);
  }
  if (!role) return refuse(`role "${user}" does not exist`);
  if (!Object.hasOwn(cluster.databases, database)) return refuse(`database "${database}" does not exist`);
  const done = execute(cluster, sql, { user, database, now: kernel.now, version: FULL_VERSION });
  if (done.cluster !== cluster) writeCluster(kernel, folder, done.cluster);
  if (done.error !== undefined) {
    log(kernel, done.error.split('\n')[0]!, 'ERROR', kernel.pid + 40);
    log(kernel, sql.trim(), 'STATEMENT', kernel.pid + 40);
  }
  return {
    results: done.results,
    ...(done.error === undefined ? {} : { error: done.error }),
    databases: Object.keys(done.cluster.databases),
    roles: Object.keys(done.cluster.roles),
    tables: done.cluster.databases[database] ?? {},
  };
}

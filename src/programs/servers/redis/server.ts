import { FileError } from '../../../engine/files/errors.ts';
import { resolve } from '../../../engine/files/path.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { COMMANDS } from './commands.ts';
import { type Database, decodeReply, encodeReply, type Reply } from './store.ts';

const VERSION = '8.0.2';
const BUILD = 'b843bbd074c0e1da';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DEFAULTS: Readonly<Record<string, string>> = {
  ...{
    port: '6379',
    bind: '* -::*',
    save: '3600 1 300 100 60 10000',
    dir: '.',
    dbfilename: 'dump.rdb',
    appendonly: 'no',
  },
  ...{
    appendfilename: 'appendonly.aof',
    appenddirname: 'appendonlydir',
    requirepass: '',
    'protected-mode': 'yes',
    maxmemory: '0',
  },
  ...{
    'maxmemory-policy': 'noeviction',
    loglevel: 'notice',
    databases: '16',
    daemonize: 'no',
    timeout: '0',
    'tcp-keepalive': '300',
  },
  ...{ appendfsync: 'everysec', hz: '10', maxclients: '10000', logfile: '', 'stop-writes-on-bgsave-error': 'yes' },
};

interface Memory {
  readonly config: Readonly<Record<string, string>>;
  readonly database: Database;
  readonly changes: number;
  readonly started: number;
}

/** redis-server: keeps its data in memory, on disk when it saves or ends, and answers redis-cli. */
export const redisServer: Program = {
  run(kernel): Outcome {
    if (kernel.memory !== undefined) return { wait: {} };
    if (/^redis-server [*\d]/.test(kernel.argv[0] ?? '')) return serve(kernel);
    return start(kernel);
  },
  signal(kernel, signal): Outcome | undefined {
    const memory = kernel.memory as Memory | undefined;
    if (!memory || (signal !== 15 && signal !== 2)) return memory && signal !== 9 ? { wait: {} } : undefined;
    kernel.output(
      `${kernel.pid}:signal-handler (${Math.floor(kernel.now / 1000)}) Received ${signal === 15 ? 'SIGTERM' : 'SIGINT'} scheduling shutdown...\n`,
    );
    log(kernel, 'M', '*', 'User requested shutdown...');
    if (memory.config['save'] !== '') {
      log(kernel, 'M', '*', 'Saving the final RDB snapshot before exiting.');
      if (!save(kernel, memory)) {
        log(kernel, 'M', '#', "Error trying to save the DB, can't exit.");
        return { wait: {} };
      }
    }
    log(kernel, 'M', '#', 'Redis is now ready to exit, bye bye...');
    return { exit: 0 };
  },
  answer: (kernel, request) => encodeReply(answer(kernel, request)),
};

function log(kernel: Kernel, role: 'C' | 'M', level: '*' | '#', text: string): void {
  const date = new Date(kernel.now);
  const stamp = `${String(date.getUTCDate()).padStart(2, '0')} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} ${date.toISOString().slice(11, 23)}`;
  kernel.output(`${kernel.pid}:${role} ${stamp} ${level} ${text}\n`);
}

function fatal(kernel: Kernel, line: number, directive: string, reason: string): Outcome {
  kernel.error(
    `\n*** FATAL CONFIG FILE ERROR (Redis ${VERSION}) ***\nReading the configuration file, at line ${line}\n>>> '${directive}'\n${reason}\n`,
  );
  return { exit: 1 };
}

/** Options on the command line as lines of a configuration file: `name "value"`. `--save` alone means none at all. */
function directives(args: readonly string[]): string[] {
  const lines: string[] = [];
  for (const [at, word] of args.entries()) {
    const last = args[at + 1]?.startsWith('--') ?? true;
    if (word.startsWith('--')) lines.push(word.slice(2) + (last && word === '--save' ? ' ""' : ''));
    else if (lines.length > 0) lines[lines.length - 1] += ` ${JSON.stringify(word)}`;
  }
  return lines;
}

/** The words of a line of configuration, of which quoted ones may be empty or hold spaces. */
function words(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double?.replace(/\\(.)/g, '$1') ?? single ?? bare ?? '',
  );
}

/** An amount of memory as a number of bytes: `10mb` is 10485760, `10m` is 10000000. */
function bytes(text: string): string {
  const [, digits, unit = '', binary] = /^(\d+)([kmg])(b?)$/i.exec(text) ?? [];
  if (digits === undefined) return text;
  const exponent = { k: 1, m: 2, g: 3 }[unit.toLowerCase()] ?? 0;
  return String(Number(digits) * (binary === '' ? 1000 : 1024) ** exponent);
}

/** What is wrong with a directive; undefined when it may stand. */
function complaint(name: string, values: readonly string[]): string | undefined {
  const bad = 'Bad directive or wrong number of arguments';
  if (!(name in DEFAULTS) || values.length === 0) return bad;
  if (name === 'save') {
    const numbers = values.join(' ').trim().split(/\s+/);
    const pairs = numbers.length % 2 === 0 && numbers.every((text) => /^\d+$/.test(text));
    return values.join('') === '' || pairs ? undefined : 'Invalid save parameters';
  }
  if (name !== 'bind' && values.length > 1) return 'wrong number of arguments';
  if (/^\d+$/.test(DEFAULTS[name] ?? '') && !/^\d+([kmg]b?)?$/i.test(values[0] ?? ''))
    return "argument couldn't be parsed into an integer";
  return undefined;
}

function start(kernel: Kernel): Outcome {
  const [, ...args] = kernel.argv;
  if (args[0] === '--version' || args[0] === '-v') {
    kernel.output(`Redis server v=${VERSION} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=${BUILD}\n`);
    return { exit: 0 };
  }
  const lines: string[] = [];
  const file = args[0] !== undefined && !args[0].startsWith('-') ? args[0] : undefined;
  if (file !== undefined) {
    try {
      lines.push(
        ...kernel.files
          .read(resolve(kernel.cwd, file))
          .split('\n')
          .filter((line) => line.trim() !== '' && !line.trim().startsWith('#')),
      );
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      log(kernel, 'C', '#', `Fatal error, can't open config file '${resolve(kernel.cwd, file)}': ${error.message}`);
      return { exit: 1 };
    }
  }
  lines.push(...directives(file === undefined ? args : args.slice(1)));
  const config: Record<string, string> = { ...DEFAULTS };
  for (const [index, line] of lines.entries()) {
    const [given = '', ...values] = words(line);
    const name = given.toLowerCase();
    const wrong = complaint(name, values);
    if (wrong !== undefined) return fatal(kernel, index + 2, line.trim(), wrong);
    config[name] = name.startsWith('maxmemory') ? bytes(values[0] ?? '') : values.join(' ').trim();
  }
  log(
    kernel,
    'C',
    '#',
    "WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition. Being disabled, it can also cause failures without low memory condition, see https://github.com/jemalloc/jemalloc/issues/1328. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.",
  );
  log(kernel, 'C', '*', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
  log(
    kernel,
    'C',
    '*',
    `Redis version=${VERSION}, bits=64, commit=00000000, modified=0, pid=${kernel.pid}, just started`,
  );
  if (lines.length > 0) log(kernel, 'C', '*', 'Configuration loaded');
  else
    log(
      kernel,
      'C',
      '#',
      'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
    );
  const found = kernel.find(kernel.argv[0] ?? 'redis-server');
  if ('status' in found) return { exit: found.status };
  return {
    replace: found,
    argv: [`redis-server *:${config['port']}`],
    environment: { ...kernel.environment, REDIS_CONFIG: JSON.stringify(config) },
  };
}

function serve(kernel: Kernel): Outcome {
  const config = JSON.parse(kernel.environment['REDIS_CONFIG'] ?? '{}') as Record<string, string>;
  const port = Number(config['port']);
  log(kernel, 'M', '*', 'monotonic clock: POSIX clock_gettime');
  const problem = kernel.network.listen(port);
  if (problem) {
    log(
      kernel,
      'M',
      '#',
      `Warning: Could not create server TCP listening socket *:${port}: bind: Address already in use`,
    );
    log(kernel, 'M', '#', 'Failed listening on port 6379 (tcp), aborting.');
    return { exit: 1 };
  }
  log(kernel, 'M', '*', `Running mode=standalone, port=${port}.`);
  log(kernel, 'M', '*', 'Server initialized');
  const database = load(kernel, config);
  kernel.memory = { config, database, changes: 0, started: kernel.now } satisfies Memory;
  log(kernel, 'M', '*', 'Ready to accept connections tcp');
  return { wait: {} };
}

const HEADER = 'REDIS0012';
const path = (kernel: Kernel, config: Readonly<Record<string, string>>, name: string) =>
  resolve(resolve(kernel.cwd, config['dir'] ?? '.'), name);

function load(kernel: Kernel, config: Readonly<Record<string, string>>): Database {
  const append = config['appendonly'] === 'yes';
  const folder = path(kernel, config, config['appenddirname'] ?? '');
  const file = append ? `${folder}/appendonly.aof.1.incr.aof` : path(kernel, config, config['dbfilename'] ?? '');
  const text = kernel.files.exists(file) ? kernel.files.read(file) : '';
  if (text.startsWith(HEADER)) {
    const database = JSON.parse(text.slice(HEADER.length)) as Database;
    if (append) {
      log(kernel, 'M', '*', 'DB loaded from append only file: 0.000 seconds');
      log(kernel, 'M', '*', 'Opening AOF incr file appendonly.aof.1.incr.aof on server start');
      return database;
    }
    log(kernel, 'M', '*', `Loading RDB produced by version ${VERSION}`);
    log(
      kernel,
      'M',
      '*',
      `RDB age ${Math.max(0, Math.floor((kernel.now - (kernel.files.stat(file)?.mtime ?? kernel.now)) / 1000))} seconds`,
    );
    log(kernel, 'M', '*', 'RDB memory usage when created 0.90 Mb');
    log(kernel, 'M', '*', `Done loading RDB, keys loaded: ${Object.keys(database).length}, keys expired: 0.`);
    log(kernel, 'M', '*', 'DB loaded from disk: 0.000 seconds');
    return database;
  }
  if (append) {
    if (!kernel.files.exists(folder)) kernel.files.mkdirs(folder);
    log(kernel, 'M', '*', 'Creating AOF base file appendonly.aof.1.base.rdb on server start');
    log(kernel, 'M', '*', 'Creating AOF incr file appendonly.aof.1.incr.aof on server start');
    kernel.files.write(`${folder}/appendonly.aof.1.base.rdb`, HEADER);
    kernel.files.write(`${folder}/appendonly.aof.1.incr.aof`, '');
    kernel.files.write(
      `${folder}/appendonly.aof.manifest`,
      'file appendonly.aof.1.base.rdb seq 1 type b\nfile appendonly.aof.1.incr.aof seq 1 type i\n',
    );
  }
  return {};
}

function save(kernel: Kernel, { config, database }: Memory): boolean {
  try {
    kernel.files.write(path(kernel, config, config['dbfilename'] ?? ''), HEADER + JSON.stringify(database));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    log(
      kernel,
      'M',
      '#',
      `Failed opening the temp RDB file temp-${kernel.pid}.rdb (in server root dir ${resolve(kernel.cwd, config['dir'] ?? '.')}) for saving: ${error.message}`,
    );
    return false;
  }
  log(kernel, 'M', '*', 'DB saved on disk');
  return true;
}

/** Answers a request: words in RESP, a password before them when one was given to the client. */
function answer(kernel: Kernel, request: string): Reply {
  const memory = kernel.memory as Memory | undefined;
  if (!memory) return { error: 'ERR not ready' };
  const first = decodeReply(request);
  let words = first.reply as readonly string[];
  let trusted = memory.config['requirepass'] === '';
  if (words[0]?.toLowerCase() === 'auth') {
    const right = words.at(-1) === memory.config['requirepass'];
    if (first.rest === '') return right ? { status: 'OK' } : refused(memory);
    if (!right) return { error: 'NOAUTH Authentication required.' };
    trusted = true;
    words = decodeReply(first.rest).reply as readonly string[];
  }
  const [name = '', ...args] = words;
  if (!trusted) return { error: 'NOAUTH Authentication required.' };
  return execute(kernel, memory, name, args);
}

function refused(memory: Memory): Reply {
  if (memory.config['requirepass'] === '')
    return {
      error:
        'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    };
  return { error: 'WRONGPASS invalid username-password pair or user is disabled.' };
}

function execute(kernel: Kernel, memory: Memory, name: string, args: readonly string[]): Reply {
  const lower = name.toLowerCase();
  if (lower === 'save' || lower === 'bgsave') {
    const saved = save(kernel, memory);
    if (!saved) return { error: 'ERR' };
    return { status: lower === 'save' ? 'OK' : 'Background saving started' };
  }
  if (lower === 'info') return info(kernel, memory, args[0]);
  if (lower === 'shutdown') {
    kernel.kill(kernel.pid, 15);
    return { status: '' };
  }
  const command = Object.hasOwn(COMMANDS, lower) ? COMMANDS[lower] : undefined;
  if (!command)
    return {
      error: `ERR unknown command '${name}', with args beginning with: ${args.map((arg) => `'${arg}' `).join('')}`,
    };
  const [fewest, most] = command.arity;
  if (args.length < fewest || args.length > most)
    return { error: `ERR wrong number of arguments for '${lower}' command` };
  const { reply, database } = command.run({ now: kernel.now, database: memory.database, config: memory.config }, args);
  if (database) {
    kernel.memory = { ...memory, database, changes: memory.changes + 1 };
    if (memory.config['appendonly'] === 'yes')
      kernel.files.write(
        `${path(kernel, memory.config, memory.config['appenddirname'] ?? '')}/appendonly.aof.1.incr.aof`,
        HEADER + JSON.stringify(database),
      );
  }
  return reply;
}

function info(kernel: Kernel, { config, database, started, changes }: Memory, section?: string): Reply {
  const keys = Object.keys(database).length;
  const sections: Record<string, readonly string[]> = {
    Server: [
      `redis_version:${VERSION}`,
      'redis_git_sha1:00000000',
      'redis_git_dirty:0',
      `redis_build_id:${BUILD}`,
      'redis_mode:standalone',
      'arch_bits:64',
      `process_id:${kernel.pid}`,
      `tcp_port:${config['port']}`,
      `uptime_in_seconds:${Math.floor((kernel.now - started) / 1000)}`,
    ],
    Clients: ['connected_clients:1', 'blocked_clients:0'],
    Memory: [
      'used_memory:943720',
      'used_memory_human:921.60K',
      `maxmemory:${config['maxmemory']}`,
      `maxmemory_policy:${config['maxmemory-policy']}`,
    ],
    Persistence: [
      'loading:0',
      `rdb_changes_since_last_save:${changes}`,
      'rdb_last_bgsave_status:ok',
      `aof_enabled:${config['appendonly'] === 'yes' ? 1 : 0}`,
    ],
    Replication: ['role:master', 'connected_slaves:0'],
    Keyspace:
      keys > 0
        ? [
            `db0:keys=${keys},expires=${Object.values(database).filter(({ expires }) => expires !== undefined).length},avg_ttl=0,subexpiry=0`,
          ]
        : [],
  };
  const wanted = Object.entries(sections).filter(
    ([name]) => section === undefined || name.toLowerCase() === section.toLowerCase(),
  );
  return wanted.map(([name, lines]) => `# ${name}\r\n${lines.map((line) => `${line}\r\n`).join('')}`).join('\r\n');
}

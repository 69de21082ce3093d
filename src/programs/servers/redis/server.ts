import { FileError } from '../../../engine/files/errors.ts';
import { resolve } from '../../../engine/files/path.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { BUILD, type Config, complaint, DEFAULTS, directives, settled, USAGE, VERSION, words } from './config.ts';
import { answerAll } from './connection.ts';
import { load, save } from './disk.ts';
import { log } from './log.ts';
import type { Databases } from './store.ts';

export interface Memory {
  readonly config: Config;
  readonly databases: Databases;
  /** Changes since the last snapshot, and when that was, milliseconds since 1970. */
  readonly changes: number;
  readonly saved: number;
  readonly started: number;
}

const OVERCOMMIT =
  "WARNING Memory overcommit must be enabled! Without it, a background save or replication may fail under low memory condition. Being disabled, it can also cause failures without low memory condition, see https://github.com/jemalloc/jemalloc/issues/1328. To fix this issue add 'vm.overcommit_memory = 1' to /etc/sysctl.conf and then reboot or run the command 'sysctl vm.overcommit_memory=1' for this to take effect.";

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
    const name = signal === 15 ? 'SIGTERM' : 'SIGINT';
    kernel.output(
      `${kernel.pid}:signal-handler (${Math.floor(kernel.now / 1000)}) Received ${name} scheduling shutdown...\n`,
    );
    return shutDown(kernel, memory, memory.config['save'] !== '');
  },
  answer: (kernel, request) => answerAll(kernel, request),
};

/** Ends, after a snapshot when one is wanted; without it when that can't be written. */
function shutDown(kernel: Kernel, { config, databases }: Memory, snapshot: boolean): Outcome {
  log(kernel, 'M', '*', 'User requested shutdown...');
  if (config['appendonly'] === 'yes') log(kernel, 'M', '*', 'Calling fsync() on the AOF file.');
  if (snapshot) {
    log(kernel, 'M', '*', 'Saving the final RDB snapshot before exiting.');
    if (!save(kernel, config, databases)) {
      log(kernel, 'M', '#', "Error trying to save the DB, can't exit.");
      return { wait: {} };
    }
  }
  log(kernel, 'M', '#', 'Redis is now ready to exit, bye bye...');
  return { exit: 0 };
}

function fatal(kernel: Kernel, line: number, directive: string, reason: string): Outcome {
  kernel.error(
    `\n*** FATAL CONFIG FILE ERROR (Redis ${VERSION}) ***\nReading the configuration file, at line ${line}\n>>> '${directive}'\n${reason}\n`,
  );
  return { exit: 1 };
}

function start(kernel: Kernel): Outcome {
  const [, ...args] = kernel.argv;
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-v')) {
    kernel.output(`Redis server v=${VERSION} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=${BUILD}\n`);
    return { exit: 0 };
  }
  if (args[0] === '--help' || args[0] === '-h') {
    kernel.error(USAGE);
    return { exit: 1 };
  }
  const lines: string[] = [];
  const file = args[0] !== undefined && !args[0].startsWith('-') ? resolve(kernel.cwd, args[0]) : undefined;
  if (file !== undefined) {
    try {
      const text = kernel.files.read(file);
      lines.push(...text.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#')));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      log(kernel, 'C', '#', `Fatal error, can't open config file '${file}': ${error.reason}`);
      return { exit: 1 };
    }
  }
  lines.push(...directives(file === undefined ? args : args.slice(1)));
  const config: Record<string, string> = { ...DEFAULTS, ...(file === undefined ? {} : { '#file': file }) };
  // What no module has asked for is found out only when the server runs.
  const unresolved: string[] = [];
  for (const [index, line] of lines.entries()) {
    const [given = '', ...values] = words(line);
    const name = given.toLowerCase();
    const wrong = complaint(name, values);
    if (wrong !== undefined) return fatal(kernel, index + 2, line.trim(), wrong);
    if (name in DEFAULTS) config[name] = settled(name, values);
    else unresolved.push([given, ...values].join(' '));
  }
  log(kernel, 'C', '#', OVERCOMMIT);
  log(kernel, 'C', '*', 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
  const head = `Redis version=${VERSION}, bits=64, commit=00000000, modified=0`;
  log(kernel, 'C', '*', `${head}, pid=${kernel.pid}, just started`);
  if (lines.length > 0) log(kernel, 'C', '*', 'Configuration loaded');
  else
    log(
      kernel,
      'C',
      '#',
      'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
    );
  if (unresolved.length > 0) return abandon(kernel, config, unresolved);
  const found = kernel.find(kernel.argv[0] ?? 'redis-server');
  if ('status' in found) return { exit: found.status };
  return {
    replace: found,
    argv: [
      `redis-server ${config['bind'] === DEFAULTS['bind'] ? '*' : config['bind']!.split(' ')[0]}:${config['port']}`,
    ],
    environment: { ...kernel.environment, REDIS_CONFIG: JSON.stringify(config) },
  };
}

function abandon(kernel: Kernel, config: Config, unresolved: readonly string[]): Outcome {
  log(kernel, 'M', '*', 'monotonic clock: POSIX clock_gettime');
  log(kernel, 'M', '*', `Running mode=standalone, port=${config['port']}.`);
  log(kernel, 'M', '#', 'Unresolved Configuration(s) Detected:');
  for (const line of unresolved) log(kernel, 'M', '#', `>>> '${line}'`);
  log(kernel, 'M', '#', 'Module Configuration detected without loadmodule directive or no ApplyConfig call: aborting');
  return { exit: 1 };
}

function serve(kernel: Kernel): Outcome {
  const config = JSON.parse(kernel.environment['REDIS_CONFIG'] ?? '{}') as Record<string, string>;
  const port = Number(config['port']);
  log(kernel, 'M', '*', 'monotonic clock: POSIX clock_gettime');
  const problem = kernel.network.listen(port, config['bind'] === '127.0.0.1' ? '127.0.0.1' : '0.0.0.0');
  if (problem) {
    log(
      kernel,
      'M',
      '#',
      `Warning: Could not create server TCP listening socket *:${port}: bind: Address already in use`,
    );
    log(kernel, 'M', '#', `Failed listening on port ${port} (tcp), aborting.`);
    return { exit: 1 };
  }
  log(kernel, 'M', '*', `Running mode=standalone, port=${port}.`);
  log(kernel, 'M', '*', 'Server initialized');
  const databases = load(kernel, config);
  kernel.memory = { config, databases, changes: 0, saved: kernel.now, started: kernel.now } satisfies Memory;
  log(kernel, 'M', '*', 'Ready to accept connections tcp');
  return { wait: {} };
}

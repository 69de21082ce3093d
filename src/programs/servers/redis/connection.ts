import type { Kernel } from '../../../engine/process/program.ts';
import { COMMANDS, glob } from './commands.ts';
import { type Config, complaint, DEFAULTS, settled } from './config.ts';
import { append, folderOf, save } from './disk.ts';
import { info } from './info.ts';
import { log } from './log.ts';
import type { Memory } from './server.ts';
import { type Database, decodeReply, encodeReply, type Reply } from './store.ts';

const OK: Reply = { status: 'OK' };
const DENIED =
  "DENIED Redis is running in protected mode because protected mode is enabled and no password is set for the default user. In this mode connections are only accepted from the loopback interface. If you want to connect from external computers to Redis you may adopt one of the following solutions: 1) Just disable protected mode sending the command 'CONFIG SET protected-mode no' from the loopback interface by connecting to Redis from the same host the server is running, however MAKE SURE Redis is not publicly accessible from internet if you do so. Use CONFIG REWRITE to make this change permanent. 2) Alternatively you can just disable the protected mode by editing the Redis configuration file, and setting the protected mode option to 'no', and then restarting the server. 3) If you started the server manually just for testing, restart it with the '--protected-mode no' option. 4) Set up an authentication password for the default user. NOTE: You only need to do one of the above things in order for the server to start accepting connections from the outside.";

/** What one connection knows of itself. */
interface Connection {
  trusted: boolean;
  database: string;
}

/** Answers the commands of a connection, one after another (RESP, pipelined). */
export function answerAll(kernel: Kernel, request: string): string {
  const memory = kernel.memory as Memory | undefined;
  if (!memory) return encodeReply({ error: 'LOADING Redis is loading the dataset in memory' });
  const { config } = memory;
  const client = kernel.network.client ?? '127.0.0.1';
  if (config['protected-mode'] === 'yes' && config['requirepass'] === '' && !client.startsWith('127.'))
    return encodeReply({ error: DENIED });
  const connection: Connection = { trusted: config['requirepass'] === '', database: '0' };
  let answers = '';
  for (let rest = request; rest !== ''; ) {
    const { reply, rest: after } = decodeReply(rest);
    rest = after;
    const [name = '', ...args] = reply as readonly string[];
    const answer = answerOne(kernel, connection, name, args);
    if (answer === undefined) return answers;
    answers += encodeReply(answer);
  }
  return answers;
}

/** One answer; nothing when the server closes the connection instead. */
function answerOne(kernel: Kernel, connection: Connection, name: string, args: readonly string[]): Reply | undefined {
  const memory = kernel.memory as Memory;
  const lower = name.toLowerCase();
  if (lower === 'auth') return authenticate(memory.config, connection, args);
  if (!connection.trusted) return { error: 'NOAUTH Authentication required.' };
  switch (lower) {
    case 'select':
      return select(memory.config, connection, args);
    case 'save':
    case 'bgsave':
      return snapshot(kernel, memory, lower);
    case 'lastsave':
      return Math.floor(memory.saved / 1000);
    case 'info':
      return info(kernel, memory, args[0]);
    case 'shutdown':
      return shutDown(kernel, memory, args);
    case 'config':
      return configure(kernel, memory, args);
    case 'flushall':
      kernel.memory = { ...memory, databases: {}, changes: memory.changes + 1 };
      // The snapshot is emptied as well, where one is kept at all.
      if (memory.config['save'] !== '') save(kernel, memory.config, {});
      append(kernel, memory.config, connection.database, [name, ...args]);
      return OK;
  }
  return data(kernel, memory, connection, name, args);
}

function data(
  kernel: Kernel,
  memory: Memory,
  { database: selected }: Connection,
  name: string,
  args: readonly string[],
): Reply {
  const lower = name.toLowerCase();
  const command = Object.hasOwn(COMMANDS, lower) ? COMMANDS[lower] : undefined;
  if (!command) {
    const begins = args.map((arg) => `'${arg}' `).join('');
    return { error: `ERR unknown command '${name}', with args beginning with: ${begins}` };
  }
  const [fewest, most] = command.arity;
  if (args.length < fewest || args.length > most)
    return { error: `ERR wrong number of arguments for '${lower}' command` };
  const { databases, config } = memory;
  const { reply, database } = command.run({ now: kernel.now, database: databases[selected] ?? {}, config }, args);
  if (!database) return reply;
  const next: Record<string, Database> = { ...databases, [selected]: database };
  if (Object.keys(database).length === 0) delete next[selected];
  kernel.memory = { ...memory, databases: next, changes: memory.changes + 1 };
  append(kernel, config, selected, [name, ...args]);
  return reply;
}

function authenticate(config: Config, connection: Connection, args: readonly string[]): Reply {
  if (args.length === 0) return { error: "ERR wrong number of arguments for 'auth' command" };
  if (config['requirepass'] === '' && args.length === 1)
    return {
      error:
        'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    };
  const right = (args.length === 1 || args[0] === 'default') && args.at(-1) === config['requirepass'];
  if (!right) return { error: 'WRONGPASS invalid username-password pair or user is disabled.' };
  connection.trusted = true;
  return OK;
}

function select(config: Config, connection: Connection, [index = '']: readonly string[]): Reply {
  if (!/^\d+$/.test(index)) return { error: 'ERR invalid DB index' };
  if (Number(index) >= Number(config['databases'])) return { error: 'ERR DB index is out of range' };
  connection.database = index;
  return OK;
}

function snapshot(kernel: Kernel, memory: Memory, how: 'save' | 'bgsave'): Reply {
  if (!save(kernel, memory.config, memory.databases))
    return how === 'save' ? { error: 'ERR' } : { status: 'Background saving started' };
  kernel.memory = { ...memory, changes: 0, saved: kernel.now };
  return { status: how === 'save' ? 'OK' : 'Background saving started' };
}

function shutDown(kernel: Kernel, memory: Memory, [how = '']: readonly string[]): Reply | undefined {
  if (how.toLowerCase() === 'nosave') kernel.memory = { ...memory, config: { ...memory.config, save: '' } };
  log(kernel, 'M', '*', 'User requested shutdown...');
  kernel.kill(kernel.pid, SHUTDOWN);
  return undefined;
}

/** SIGTERM: the server ends by itself as when it is told from outside. */
const SHUTDOWN = 15;

function configure(kernel: Kernel, memory: Memory, [what = '', ...args]: readonly string[]): Reply {
  const { config } = memory;
  const wrong = { error: `ERR wrong number of arguments for 'config|${what.toLowerCase()}' command` };
  switch (what.toLowerCase()) {
    case 'get': {
      if (args.length === 0) return wrong;
      const shown: Config = { ...config, dir: folderOf(kernel, config) };
      return Object.entries(shown)
        .filter(([name]) => !name.startsWith('#') && args.some((pattern) => glob(pattern.toLowerCase()).test(name)))
        .flat();
    }
    case 'set': {
      if (args.length < 2 || args.length % 2 !== 0) return wrong;
      const changed: Record<string, string> = { ...config };
      for (let at = 0; at < args.length; at += 2) {
        const name = args[at]!.toLowerCase();
        if (!(name in DEFAULTS))
          return { error: `ERR Unknown option or number of arguments for CONFIG SET - '${args[at]}'` };
        const value = args[at + 1]!;
        const problem = complaint(name, [value]);
        if (problem !== undefined)
          return { error: `ERR CONFIG SET failed (possibly related to argument '${args[at]}') - ${problem}` };
        changed[name] = settled(name, [value]);
      }
      kernel.memory = { ...memory, config: changed };
      return OK;
    }
    case 'resetstat':
      return OK;
    case 'rewrite':
      return { error: 'ERR The server is running without a config file' };
    default:
      return { error: `ERR unknown subcommand '${what}'. Try CONFIG HELP.` };
  }
}

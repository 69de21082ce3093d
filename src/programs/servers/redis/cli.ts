import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { VERSION } from './config.ts';
import { type Format, formatReply } from './reply-text.ts';
import { decodeReply, encodeCommand, type Reply } from './store.ts';

interface Options {
  host: string;
  port: number;
  user: string | undefined;
  password: string | undefined;
  database: string;
  format: Format | undefined;
  warn: boolean;
  repeat: number;
  /** Milliseconds between repetitions. */
  interval: number;
  /** The last argument comes from standard input. */
  stdin: boolean;
  /** `--scan`: tell all keys that match. */
  scan: string | undefined;
  /** `-e`: an error of the server is an error of the client. */
  strict: boolean;
  words: readonly string[];
}

interface Memory {
  /** Repetitions that are still to come. */
  readonly left: number;
  readonly status: number;
}

const FAILURES = {
  refused: 'Connection refused',
  noroute: 'No route to host',
  unreachable: 'Network is unreachable',
  timeout: 'Connection timed out',
  reset: 'Connection reset by peer',
} as const;

/** redis-cli: one command from its arguments, or one a line from its input. */
export const redisCli: Program = {
  async run(kernel): Promise<Outcome> {
    const options = readOptions(kernel);
    if ('exit' in options) return options;
    const memory = kernel.memory as Memory | undefined;
    if (options.password !== undefined && options.warn && !memory)
      kernel.error(
        "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n",
      );
    if (options.scan !== undefined) return { exit: await scan(kernel, options) };
    if (options.words.length === 0) return converse(kernel, options);
    let { words } = options;
    if (options.stdin) {
      const { data, end } = kernel.input();
      if (!end) {
        kernel.putBack(data);
        return { wait: { input: true } };
      }
      words = [...words, data];
    }
    const left = (memory?.left ?? options.repeat) - 1;
    const status = await ask(kernel, options, words);
    if (left <= 0) return { exit: status };
    kernel.memory = { left, status } satisfies Memory;
    return { wait: { until: kernel.now + options.interval } };
  },
};

/** One command a line. */
async function converse(kernel: Kernel, options: Options): Promise<Outcome> {
  const { data, end } = kernel.input();
  let status = 0;
  const lines = data.split('\n');
  const rest = lines.pop() ?? '';
  for (const line of end ? [...lines, rest] : lines) {
    const words =
      line.match(/"(?:[^"\\]|\\.)*"|'[^']*'|\S+/g)?.map((word) => word.replace(/^(["'])(.*)\1$/s, '$2')) ?? [];
    if (words.length === 0) continue;
    if (/^(quit|exit)$/i.test(words[0]!)) return { exit: 0 };
    if (words[0]!.toLowerCase() === 'select' && /^\d+$/.test(words[1] ?? '')) options.database = words[1]!;
    if (words[0]!.toLowerCase() === 'auth') options.password = words.at(-1);
    status = await ask(kernel, options, words);
  }
  if (end) return { exit: status };
  kernel.putBack(rest);
  if (kernel.terminal.stdin) kernel.output(`${options.host}:${options.port}> `);
  return { wait: { input: true } };
}

function readOptions(kernel: Kernel): Options | { exit: number } {
  const args = kernel.argv.slice(1);
  const options: Options = {
    ...{ host: '127.0.0.1', port: 6379, user: undefined, password: kernel.environment['REDISCLI_AUTH'] },
    ...{ database: '0', format: undefined, warn: false, repeat: 1, interval: 0, stdin: false, scan: undefined },
    ...{ strict: false, words: [] },
  };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    const next = () => {
      at += 1;
      return args[at] ?? '';
    };
    if (arg === '-h' && at + 1 < args.length) options.host = next();
    else if (arg === '-p') options.port = Number(next());
    else if (arg === '-a' || arg === '--pass') {
      options.password = next();
      options.warn = true;
    } else if (arg === '-u') readUrl(options, next());
    else if (arg === '-n') options.database = next();
    else if (arg === '-r') options.repeat = Number(next());
    else if (arg === '-i') options.interval = Number(next()) * 1000;
    else if (arg === '--user') options.user = next();
    else if (arg === '-x') options.stdin = true;
    else if (arg === '-e') options.strict = true;
    else if (arg === '--no-auth-warning' || arg === '-2' || arg === '-3' || arg === '-c') continue;
    else if (arg === '-t') next();
    else if (arg === '--raw' || arg === '--csv' || arg === '--json') options.format = arg.slice(2) as Format;
    else if (arg === '--quoted-json') options.format = 'json';
    else if (arg === '--no-raw') options.format = 'pretty';
    else if (arg === '--scan') options.scan ??= '*';
    else if (arg === '--pattern') options.scan = next();
    else if (arg === '-v' || arg === '--version') {
      kernel.output(`redis-cli ${VERSION}\n`);
      return { exit: 0 };
    } else if (arg === '--help' || arg === '-h') {
      kernel.output(`redis-cli ${VERSION}\n\nUsage: redis-cli [OPTIONS] [cmd [arg [arg ...]]]\n`);
      return { exit: arg === '-h' ? 1 : 0 };
    } else if (arg.startsWith('-') && arg !== '-') {
      kernel.error(`Unrecognized option or bad number of args for: '${arg}'\n`);
      return { exit: 1 };
    } else {
      options.words = args.slice(at);
      break;
    }
  }
  if (args.includes('--no-auth-warning')) options.warn = false;
  return options;
}

/** `redis://user:password@host:port/database`. */
function readUrl(options: Options, url: string): void {
  const [, user, password, host, port, database] =
    /^rediss?:\/\/(?:([^:@]*)(?::([^@]*))?@)?([^:/]+)?(?::(\d+))?(?:\/(\d+))?$/.exec(url) ?? [];
  if (password !== undefined) {
    // A name before the colon counts even when it is empty.
    options.user = user ?? '';
    options.password = password;
    options.warn = true;
  } else if (user !== undefined) {
    options.password = user;
    options.warn = true;
  }
  if (host !== undefined) options.host = host;
  if (port !== undefined) options.port = Number(port);
  if (database !== undefined) options.database = database;
}

/** Sends commands on one connection; their answers, or nothing when there is no connection. */
async function exchange(kernel: Kernel, options: Options, words: readonly string[]): Promise<Reply | undefined> {
  const { host, port, password, user, database } = options;
  const [address] = kernel.network.resolve(host);
  const failed = (why: string) => {
    kernel.error(`Could not connect to Redis at ${host}:${port}: ${why}\n`);
    return undefined;
  };
  if (address === undefined) return failed('Name or service not known');
  const before: string[][] = [];
  if (password !== undefined) before.push(user === undefined ? ['AUTH', password] : ['AUTH', user, password]);
  if (database !== '0') before.push(['SELECT', database]);
  const request = [...before, words].map(encodeCommand).join('');
  const result = await kernel.network.request(address, port, request);
  if ('failure' in result) return failed(FAILURES[result.failure]);
  // A server that goes down says nothing any more.
  if (result.answer === '') return /^shutdown$/i.test(words[0] ?? '') ? SILENT : failed('Connection refused');
  let rest = result.answer;
  for (const command of before) {
    const decoded = decodeReply(rest);
    if (decoded.rest === '') return /^shutdown$/i.test(words[0] ?? '') ? SILENT : decoded.reply;
    if (isError(decoded.reply) && command[0] === 'AUTH') kernel.error(`AUTH failed: ${decoded.reply.error}\n`);
    rest = decoded.rest;
  }
  return decodeReply(rest).reply;
}

const SILENT: Reply = { status: '' };
const isError = (reply: Reply): reply is { error: string } =>
  typeof reply === 'object' && reply !== null && 'error' in reply;

async function ask(kernel: Kernel, options: Options, words: readonly string[]): Promise<number> {
  const reply = await exchange(kernel, options, words);
  if (reply === undefined) return 1;
  if (reply === SILENT) return 0;
  kernel.output(formatReply(reply, options.format ?? (kernel.terminal.stdout ? 'pretty' : 'raw'), words));
  return options.strict && isError(reply) ? 1 : 0;
}

async function scan(kernel: Kernel, options: Options): Promise<number> {
  const reply = await exchange(kernel, options, ['KEYS', options.scan!]);
  if (reply === undefined) return 1;
  if (isError(reply)) kernel.output(`${reply.error}\n`);
  else for (const key of reply as readonly string[]) kernel.output(`${key}\n`);
  return 0;
}

import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { decodeReply, encodeCommand, type Reply } from './store.ts';

interface Options {
  readonly host: string;
  readonly port: number;
  readonly password: string | undefined;
  readonly warn: boolean;
  readonly raw: boolean;
  readonly words: readonly string[];
}

/** redis-cli: one command from its arguments, or one a line from its input. */
export const redisCli: Program = {
  async run(kernel): Promise<Outcome> {
    const options = readOptions(kernel);
    if ('exit' in options) return options;
    if (options.password !== undefined && options.warn)
      kernel.error(
        "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n",
      );
    if (options.words.length > 0) return { exit: await ask(kernel, options, options.words) };
    const { data, end } = kernel.input();
    let status = 0;
    const lines = data.split('\n');
    const rest = lines.pop() ?? '';
    for (const line of end ? [...lines, rest] : lines) {
      const words = line.match(/"[^"]*"|'[^']*'|\S+/g)?.map((word) => word.replace(/^(["'])(.*)\1$/s, '$2')) ?? [];
      if (words.length === 0) continue;
      if (/^(quit|exit)$/i.test(words[0]!)) return { exit: 0 };
      status = await ask(kernel, options, words);
    }
    if (end) return { exit: status };
    kernel.putBack(rest);
    if (kernel.terminal.stdin) kernel.output(`${options.host}:${options.port}> `);
    return { wait: { input: true } };
  },
};

function readOptions(kernel: Kernel): Options | { exit: number } {
  const options = {
    host: '127.0.0.1',
    port: 6379,
    password: kernel.environment['REDISCLI_AUTH'],
    warn: false,
    raw: !kernel.terminal.stdout,
  };
  const args = kernel.argv.slice(1);
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at]!;
    const next = () => {
      at += 1;
      return args[at] ?? '';
    };
    if (arg === '-h' && at + 1 < args.length) options.host = next();
    else if (arg === '-p') options.port = Number(next());
    else if (arg === '-a' || arg === '--pass') Object.assign(options, { password: next(), warn: true });
    else if (arg === '-n' || arg === '-r' || arg === '-i' || arg === '--user') next();
    else if (arg === '--no-auth-warning') options.warn = false;
    else if (arg === '--raw') options.raw = true;
    else if (arg === '--no-raw') options.raw = false;
    else if (arg === '-e' || arg === '-3' || arg === '-2') continue;
    else if (arg === '-v' || arg === '--version') {
      kernel.output('redis-cli 8.0.2\n');
      return { exit: 0 };
    } else if (arg.startsWith('-') && arg !== '-') {
      kernel.error(`Unrecognized option or bad number of args for: '${arg}'\n`);
      return { exit: 1 };
    } else return { ...options, warn: options.warn && !args.includes('--no-auth-warning'), words: args.slice(at) };
  }
  return { ...options, warn: options.warn && !args.includes('--no-auth-warning'), words: [] };
}

async function ask(kernel: Kernel, { host, port, password, raw }: Options, words: readonly string[]): Promise<number> {
  const [address] = kernel.network.resolve(host);
  const failed = (why: string) => {
    kernel.error(`Could not connect to Redis at ${host}:${port}: ${why}\n`);
    return 1;
  };
  if (address === undefined) return failed('Temporary failure in name resolution');
  const login = password === undefined ? '' : encodeCommand(['AUTH', password]);
  const result = await kernel.network.request(address, port, login + encodeCommand(words));
  if ('failure' in result)
    return failed(
      (
        {
          refused: 'Connection refused',
          noroute: 'No route to host',
          unreachable: 'Network is unreachable',
          timeout: 'Connection timed out',
          reset: 'Connection reset by peer',
        } as const
      )[result.failure],
    );
  if (result.answer === '') return failed('Connection refused');
  const { reply } = decodeReply(result.answer);
  kernel.output(raw ? rawText(reply) : `${pretty(reply, '')}\n`);
  return 0;
}

/** For a program: one line an element, errors followed by an empty line. */
function rawText(reply: Reply): string {
  if (reply === null) return '\n';
  if (typeof reply === 'string') return `${reply}\n`;
  if (typeof reply === 'number') return `${reply}\n`;
  if ('status' in reply) return `${reply.status}\n`;
  if ('error' in reply) return `${reply.error}\n\n`;
  return reply.length === 0 ? '\n' : reply.map(rawText).join('');
}

/** For a person at a terminal. */
function pretty(reply: Reply, indent: string): string {
  if (reply === null) return '(nil)';
  if (typeof reply === 'string') return JSON.stringify(reply);
  if (typeof reply === 'number') return `(integer) ${reply}`;
  if ('status' in reply) return reply.status;
  if ('error' in reply) return `(error) ${reply.error}`;
  if (reply.length === 0) return '(empty array)';
  const width = String(reply.length).length;
  return reply
    .map(
      (item, at) =>
        `${at === 0 ? '' : indent}${String(at + 1).padStart(width)}) ${pretty(item, `${indent}${' '.repeat(width + 2)}`)}`,
    )
    .join('\n');
}

import { decode, encode } from '../../../engine/bytes.ts';
import { FileError } from '../../../engine/files/errors.ts';
import { resolve } from '../../../engine/files/path.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { httpDate, parseRequest, response } from '../http.ts';
import { evaluate, line, show, Unknown, versionOf } from './expression.ts';
import { readScript, type Script } from './script.ts';

interface Memory {
  readonly source: string;
  readonly port?: number;
  /** When an interval prints next, milliseconds since 1970. */
  readonly next?: number;
}

const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  10: 'SIGUSR1',
  12: 'SIGUSR2',
  15: 'SIGTERM',
};

/** node: small services by the form of their text, and one-line programs (see script.ts). */
export const nodeProgram: Program = {
  async run(kernel): Promise<Outcome> {
    const memory = kernel.memory as Memory | undefined;
    if (memory) return tick(kernel, memory);
    const source = begin(kernel);
    if (typeof source !== 'string') return source;
    const script = readScript(source);
    if (typeof script === 'string') return refuse(kernel, script);
    try {
      return await start(kernel, script, source);
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
      return refuse(kernel, error.message);
    }
  },
  signal(kernel, signal): Outcome | undefined {
    const memory = kernel.memory as Memory | undefined;
    const script = memory && readScript(memory.source);
    const ends = typeof script === 'object' ? script.signals.get(SIGNALS[signal] ?? '') : undefined;
    if (!ends || typeof script !== 'object') return undefined;
    if (ends.print !== undefined) kernel.output(encode(line(kernel, ends.print, script.variables)));
    return { exit: ends.exit };
  },
  answer(kernel, request): string {
    const memory = kernel.memory as Memory;
    const script = readScript(memory.source);
    const read = parseRequest(request);
    if (!read || typeof script === 'string') return response(400, [['Connection', 'close']], '');
    const routes = script.server?.routes ?? [];
    const route = routes.find(({ path }) => path === read.target) ?? routes.find(({ path }) => path === undefined);
    if (!route) return response(404, [], '');
    const asked = { url: read.target, method: read.method };
    const parts = route.body
      .filter((part) => part !== '')
      .map((part) => show(evaluate(kernel, part, script.variables, asked)));
    const body = encode(parts.join(''));
    return response(
      Number(route.status),
      [
        ...route.headers,
        ['Date', httpDate(kernel.now)],
        ['Connection', read.version === '1.1' && read.headers['connection'] !== 'close' ? 'keep-alive' : 'close'],
        ['Content-Length', String(body.length)],
      ],
      read.method === 'HEAD' ? '' : body,
    );
  },
};

function refuse(kernel: Kernel, what: string): Outcome {
  kernel.error(encode(`node: not modelled in Stapellauf: ${what}\n`));
  return { exit: 1 };
}

/** The program that the arguments ask for, or how node ends without one. */
function begin(kernel: Kernel): string | Outcome {
  const args = kernel.argv.slice(1).map(decode);
  const [first, second] = args;
  if (first === '--version' || first === '-v') {
    kernel.output(`${versionOf(kernel)}\n`);
    return { exit: 0 };
  }
  if (first === '-e' || first === '--eval') return second ?? '';
  if (first === '-p' || first === '--print' || first === '-pe') return `console.log(${second ?? ''})`;
  const check = first === '--check' || first === '-c';
  const file = args.find((arg) => !arg.startsWith('-'));
  if (file === undefined) {
    if (kernel.terminal.stdin) {
      kernel.output(`Welcome to Node.js ${versionOf(kernel)}.\nType ".help" for more information.\n> `);
      return { wait: {} };
    }
    const { data, end } = kernel.input();
    if (end) return decode(data);
    kernel.putBack(data);
    return { wait: { input: true } };
  }
  const path = found(kernel, resolve(kernel.cwd, encode(file)));
  if (path === undefined) return missing(kernel, decode(resolve(kernel.cwd, encode(file))));
  const source = decode(kernel.files.read(path));
  return check ? { exit: 0 } : source;
}

function found(kernel: Kernel, path: string): string | undefined {
  try {
    return [path, `${path}.js`, `${path}/index.js`].find((name) => kernel.files.stat(name)?.type === 'file');
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return undefined;
  }
}

function missing(kernel: Kernel, path: string): Outcome {
  kernel.error(
    encode(
      `node:internal/modules/cjs/loader:1404\n  throw err;\n  ^\n\nError: Cannot find module '${path}'\n    at Module._resolveFilename (node:internal/modules/cjs/loader:1401:15)\n    at defaultResolveImpl (node:internal/modules/cjs/loader:1057:19)\n    at resolveForCJSWithHooks (node:internal/modules/cjs/loader:1062:22)\n    at Module._load (node:internal/modules/cjs/loader:1211:37)\n    at TracingChannel.traceSync (node:diagnostics_channel:322:14)\n    at wrapModuleLoad (node:internal/modules/cjs/loader:235:24)\n    at Module.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:171:5)\n    at node:internal/main/run_main_module:36:49 {\n  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}\n\nNode.js ${versionOf(kernel)}\n`,
    ),
  );
  return { exit: 1 };
}

async function start(kernel: Kernel, script: Script, source: string): Promise<Outcome> {
  for (const { expression, toError } of script.prints) {
    if (script.request) break;
    const text = encode(line(kernel, expression, script.variables));
    if (toError) kernel.error(text);
    else kernel.output(text);
  }
  if (script.thrown !== undefined) {
    const text = /\((.*)\)/.exec(script.thrown)?.[1]?.slice(1, -1) ?? '';
    kernel.error(
      encode(
        `Uncaught:\n${/^\w+/.exec(script.thrown)![0]}${text === '' ? '' : `: ${text}`}\n\nNode.js ${versionOf(kernel)}\n`,
      ),
    );
    return { exit: 1 };
  }
  if (script.request) return fetchUrl(kernel, script, source);
  if (script.server) {
    const port = Number(evaluate(kernel, script.server.port, script.variables));
    if (kernel.network.listen(port) !== undefined) {
      kernel.error(`Error: listen EADDRINUSE: address already in use :::${port}\n\nNode.js ${versionOf(kernel)}\n`);
      return { exit: 1 };
    }
    if (script.server.listening) kernel.output(encode(line(kernel, script.server.listening, script.variables)));
    kernel.memory = { source, port } satisfies Memory;
    return { wait: {} };
  }
  if (script.interval) {
    const next = kernel.now + script.interval.milliseconds;
    kernel.memory = { source, next } satisfies Memory;
    return { wait: { until: next } };
  }
  return { exit: script.exit ?? 0 };
}

/** `fetch(…)`: ends as the script ends after an answer, or without one. */
async function fetchUrl(kernel: Kernel, script: Script, source: string): Promise<Outcome> {
  const match = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(script.request!.url);
  if (!match) return refuse(kernel, script.request!.url);
  const [, host = '', port = '80', path = '/'] = match;
  const [address] = kernel.network.resolve(host);
  const request = `GET ${path} HTTP/1.1\r\nhost: ${host}:${port}\r\nconnection: close\r\nuser-agent: node\r\n\r\n`;
  const result = address === undefined ? undefined : await kernel.network.request(address, Number(port), request);
  const status = result && 'answer' in result ? Number(/^HTTP\/\d\.\d (\d+)/.exec(result.answer)?.[1] ?? 0) : 0;
  const exits = [...source.matchAll(/process\.exit\(([^()]*)\)/g)].map(([, code]) => code!);
  if (status === 0) {
    if (exits.length > 1 || /catch/.test(source)) return { exit: Number(exits.at(-1) ?? 1) };
    kernel.error(`TypeError: fetch failed\n\nNode.js ${versionOf(kernel)}\n`);
    return { exit: 1 };
  }
  if (result && 'answer' in result && /console\.log/.test(source)) {
    const body = result.answer.slice(result.answer.indexOf('\r\n\r\n') + 4);
    kernel.output(/\.status\b/.test(source) ? `${status}\n` : `${body}\n`);
  }
  const choice = /\?\s*(\d+)\s*:\s*(\d+)/.exec(exits[0] ?? '');
  return { exit: choice ? Number(status >= 200 && status < 300 ? choice[1] : choice[2]) : Number(exits[0] ?? 0) };
}

function tick(kernel: Kernel, memory: Memory): Outcome {
  if (memory.next === undefined) return { wait: {} };
  const script = readScript(memory.source) as Script;
  if (kernel.now < memory.next) return { wait: { until: memory.next } };
  kernel.output(encode(line(kernel, script.interval!.expression, script.variables)));
  const next = memory.next + script.interval!.milliseconds;
  kernel.memory = { ...memory, next } satisfies Memory;
  return { wait: { until: next } };
}

import { FileError } from '../../../engine/files/errors.ts';
import type { Outcome } from '../../../engine/process/program.ts';
import type { Tool } from '../../tool.ts';
import { Failure, type Invocation, UsageError, waiting } from '../invocation.ts';
import { type Options, parseOptions } from '../options.ts';
import {
  CONNECT_ERRORS,
  CONNECT_TIMES,
  exchange,
  type HttpRequest,
  header,
  parseUrl,
  type Reply,
  resolveUrl,
  type Url,
} from './http.ts';
import { ended, endLater } from './later.ts';
import { gnuWget } from './wget-gnu.ts';

const REDIRECTS = 10;

/** Fetches files by HTTP, in BusyBox's manner or GNU's. */
export const wget: Tool = waiting(
  async (call): Promise<Outcome> => ended(call) ?? (call.busybox ? busyboxWget(call) : gnuWget(call)),
  { usage: 'wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]', pointer: false },
);

async function busyboxWget(call: Invocation): Promise<Outcome> {
  const options = parseOptions(call, 'cqSO:o:P:T:t:U:Y:nv', {
    long: {
      ...{
        continue: 'c',
        quiet: 'q',
        'server-response': 'S',
        'output-document': 'O',
        'output-file': 'o',
        'directory-prefix': 'P',
      },
      ...{
        timeout: 'T',
        tries: 't',
        'user-agent': 'U',
        proxy: 'Y',
        spider: '',
        header: ':',
        'post-data': ':',
        'post-file': ':',
      },
      ...{ 'no-check-certificate': '', passive: '' },
    },
  });
  if (options.operands.length === 0) throw new UsageError();
  for (const text of options.operands) {
    const outcome = await fetchOne(call, options, text);
    if (outcome) return outcome;
  }
  return { exit: 0 };
}

/** Fetches one URL; undefined when that went well. */
async function fetchOne(call: Invocation, options: Options, text: string): Promise<Outcome | undefined> {
  let url = readUrl(call, text);
  const quiet = options.has('q');
  const { network } = call.kernel;
  const limit = Number(options.value('T') ?? 900) * 1000;
  for (let hops = 0; hops <= REDIRECTS; hops += 1) {
    const [address] = network.resolve(url.host);
    if (address === undefined) throw new Failure(`bad address '${url.authority}'`);
    if (!quiet)
      call.err(`Connecting to ${url.authority} (${address.includes(':') ? `[${address}]` : address}:${url.port})\n`);
    const result = await exchange(call.kernel, address, url, request(options, url, call));
    if ('failure' in result) {
      const { failure } = result;
      if (failure === 'empty' || failure === 'garbage')
        throw new Failure(failure === 'empty' ? 'error getting response' : "can't parse reply");
      if (failure === 'reset') throw new Failure('error getting response: Connection reset by peer');
      const wait = CONNECT_TIMES[failure];
      if (wait >= limit) return endLater(call, limit, 'wget: download timed out\n', 1);
      return endLater(call, wait, `wget: can't connect to remote host (${address}): ${CONNECT_ERRORS[failure]}\n`, 1);
    }
    const { reply } = result;
    if (options.has('S'))
      call.err(
        [reply.line, ...reply.headers.map(([name, value]) => `${name}: ${value}`), '']
          .map((line) => `  ${line}\n`)
          .join(''),
      );
    const location = header(reply, 'location');
    if ([300, 301, 302, 303, 307, 308].includes(reply.status) && location !== undefined) {
      const next = resolveUrl(url, location);
      if (!next) throw new Failure(`not an http or ftp url: ${location}`);
      url = next;
      continue;
    }
    if (reply.status < 200 || reply.status > 299) throw new Failure(`server returned error: ${reply.line}`);
    keep(call, options, url, reply);
    return undefined;
  }
  throw new Failure('too many redirections');
}

function readUrl(call: Invocation, text: string): Url {
  const url = parseUrl(text);
  if (!url) throw call.failure(`bad address '${text.replace(/^\w+:\/\//, '').replace(/[:/].*$/, '')}'`);
  if (!['http', 'https', 'ftp'].includes(url.scheme)) throw call.failure(`not an http or ftp url: ${text}`);
  return url;
}

function request(options: Options, url: Url, call: Invocation): HttpRequest {
  const file = options.value('post-file');
  const post = file === undefined ? options.value('post-data') : call.kernel.files.read(call.path(file));
  const own = options.values('header').map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1).trim()];
  });
  const has = (name: string) => own.some(([other]) => other.toLowerCase() === name.toLowerCase());
  const headers: [string, string][] = [];
  if (!has('Host')) headers.push(['Host', url.authority]);
  if (!has('User-Agent')) headers.push(['User-Agent', options.value('U') ?? 'Wget']);
  headers.push(['Connection', 'close'], ...own);
  if (post !== undefined) {
    if (!has('Content-Type')) headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
    headers.push(['Content-Length', String(post.length)]);
  }
  const method = options.has('spider') ? 'HEAD' : post === undefined ? 'GET' : 'POST';
  return { method, headers, ...(post === undefined ? {} : { body: post }) };
}

/** Writes what was fetched where it belongs, with the words for it. */
function keep(call: Invocation, options: Options, url: Url, reply: Reply): undefined {
  const quiet = options.has('q');
  if (options.has('spider')) {
    if (!quiet) call.err('remote file exists\n');
    return;
  }
  const given = options.value('O');
  if (given === '-') {
    if (!quiet) call.err('writing to stdout\n');
    call.out(reply.body);
    if (!quiet) call.err(`${progress('-', reply.body.length)}written to stdout\n`);
    return;
  }
  const last =
    url.path
      .replace(/[?].*$/s, '')
      .split('/')
      .at(-1) || 'index.html';
  const folder = options.value('P');
  const name = given ?? (folder === undefined ? last : `${folder.replace(/\/+$/, '')}/${last}`);
  try {
    if (given === undefined && !options.has('c') && call.kernel.files.exists(call.path(name)))
      throw new FileError('EEXIST', name);
    call.kernel.files.write(call.path(name), reply.body);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new Failure(`can't open '${name}': ${error.message}`);
  }
  if (!quiet) call.err(`saving to '${name}'\n${progress(name.split('/').at(-1)!, reply.body.length)}'${name}' saved\n`);
}

const UNITS = ' kMGTPEZY';

/** The finished progress line. */
function progress(name: string, bytes: number): string {
  let [size, unit] = [bytes, 0];
  while (size >= 100_000) {
    size /= 1024;
    unit += 1;
  }
  return `${name.slice(0, 20).padEnd(20)} 100% |${'*'.repeat(32)}| ${String(Math.floor(size)).padStart(5)}${UNITS[unit]} 0:00:00 ETA\n`;
}

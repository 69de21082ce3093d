import { encode } from '../../../engine/bytes.ts';
import { FileError } from '../../../engine/files/errors.ts';
import type { Outcome } from '../../../engine/process/program.ts';
import { Failure, type Invocation } from '../invocation.ts';
import { type Options, parseOptions } from '../options.ts';
import { strftime } from '../time.ts';
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
import { endLater } from './later.ts';

const REDIRECTS = 20;

const NAMES = {
  ...{
    quiet: 'q',
    'no-verbose': '',
    verbose: 'v',
    'output-document': 'O',
    'output-file': 'o',
    'directory-prefix': 'P',
  },
  ...{ timeout: 'T', tries: 't', 'user-agent': 'U', 'server-response': 'S', continue: 'c', spider: '', header: ':' },
  ...{
    'post-data': ':',
    'post-file': ':',
    method: ':',
    'body-data': ':',
    'no-check-certificate': '',
    'show-progress': '',
  },
  ...{
    'connect-timeout': ':',
    'read-timeout': ':',
    'dns-timeout': ':',
    'max-redirect': ':',
    progress: ':',
    'no-clobber': '',
  },
  ...{ wait: 'w', 'retry-connrefused': '', 'content-on-error': '', 'no-proxy': '', background: 'b', timestamping: 'N' },
};

/** GNU Wget: fetches URLs and tells the whole story on standard error. */
export async function gnuWget(call: Invocation): Promise<Outcome> {
  // -nv, -nc and others are options of two letters.
  const short = call.args.filter((word) => /^-n[vcdH]+$/.test(word));
  const options = parseOptions(
    call,
    'qvO:o:P:T:t:U:ScbNw:Y:46rl:kp',
    { long: NAMES },
    call.args.filter((word) => !short.includes(word)),
  );
  if (options.operands.length === 0) {
    call.err("wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n");
    return { exit: 1 };
  }
  const told = new Story(call, options, short.includes('-nv') || options.has('no-verbose'));
  let exit = 0;
  for (const text of options.operands) {
    const outcome = await told.fetch(text);
    if ('wait' in outcome) return outcome;
    if ('exit' in outcome) exit = exit || outcome.exit;
  }
  return { exit };
}

class Story {
  readonly #call: Invocation;
  readonly #options: Options;
  readonly #brief: boolean;

  constructor(call: Invocation, options: Options, brief: boolean) {
    this.#call = call;
    this.#options = options;
    this.#brief = brief;
  }

  #say(text: string): undefined {
    if (!this.#options.has('q') && !this.#brief) this.#call.err(text);
  }

  #stamp(): string {
    return strftime('%Y-%m-%d %H:%M:%S', this.#call.kernel.now);
  }

  async fetch(text: string): Promise<Outcome> {
    const call = this.#call;
    const first = parseUrl(text);
    if (!first) throw new Failure(`${text}: Invalid host name.`);
    if (!/^[a-z]+:\/\//i.test(text) && !this.#options.has('q')) call.err(`Prepended http:// to '${text}'\n`);
    if (!['http', 'https', 'ftp'].includes(first.scheme))
      throw new Failure(`${text}: Unsupported scheme ${call.quote(first.scheme)}.`);
    let url: Url = first;
    if (this.#options.has('spider')) this.#say('Spider mode enabled. Check if remote file exists.\n');
    for (let hops = 0; ; hops += 1) {
      const shown = `${url.scheme}://${url.authority}${url.path}`;
      this.#say(`--${this.#stamp()}--  ${shown}\n`);
      const connection = this.#connect(url);
      if ('exit' in connection || 'wait' in connection || 'replace' in connection) return connection;
      const outcome = await this.#talk(url, connection, shown);
      if (!('location' in outcome)) return outcome;
      const next = resolveUrl(url, outcome.location);
      if (!next) return { exit: 1 };
      if (hops >= REDIRECTS) {
        this.#say(`${REDIRECTS} redirections exceeded.\n`);
        return { exit: 8 };
      }
      url = next;
    }
  }

  /** The addresses of the host, or the end when there is none. */
  #connect(url: Url): readonly string[] | Outcome {
    const call = this.#call;
    const isName = !/^[\d.]+$/.test(url.host) && !url.host.includes(':');
    const addresses = call.kernel.network.resolve(url.host);
    if (isName) this.#say(`Resolving ${url.host} (${url.host})... `);
    if (addresses.length === 0) {
      this.#say('failed: Name or service not known.\n');
      if (!this.#options.has('q'))
        call.err(`wget: unable to resolve host address ${encode('‘')}${url.host}${encode('’')}\n`);
      return { exit: 4 };
    }
    if (isName) this.#say(`${addresses.join(', ')}\n`);
    return addresses;
  }

  async #talk(url: Url, addresses: readonly string[], shown: string): Promise<Outcome | { location: string }> {
    const call = this.#call;
    const timeout = Number(this.#options.value('T') ?? this.#options.value('connect-timeout') ?? 900) * 1000;
    const tries = Number(this.#options.value('t') ?? 20);
    const [address = ''] = addresses;
    const named = address === url.host ? '' : ` (${url.host})|${address}|`;
    const result = await exchange(call.kernel, address, url, this.#request(url));
    const where = `Connecting to ${url.host}${named}:${url.port}... `;
    if ('failure' in result) {
      const { failure } = result;
      if (failure === 'empty' || failure === 'garbage' || failure === 'reset') {
        let story = '';
        let waited = 0;
        const reason = 'No data received.';
        for (let attempt = 1; attempt <= Math.max(1, tries); attempt += 1) {
          if (attempt > 1) {
            waited += Math.min(attempt - 1, 10) * 1000;
            story += `--${strftime('%Y-%m-%d %H:%M:%S', call.kernel.now + waited)}--  (try:${String(attempt).padStart(2)})  ${shown}\n`;
          }
          story += `${where}connected.\nHTTP request sent, awaiting response... ${reason}\n${attempt < tries ? 'Retrying.\n\n' : 'Giving up.\n\n'}`;
        }
        return endLater(call, waited, this.#options.has('q') || this.#brief ? '' : story, 4);
      }
      const wait = Math.min(CONNECT_TIMES[failure], timeout);
      const times = failure === 'timeout' ? Math.max(1, tries) : 1;
      const ending = failure === 'timeout' ? 'Giving up.\n\n' : '';
      this.#say(where);
      return endLater(
        call,
        wait * times,
        this.#options.has('q') || this.#brief ? '' : `failed: ${CONNECT_ERRORS[failure]}.\n${ending}`,
        4,
      );
    }
    const { reply } = result;
    this.#say(`${where}connected.\n`);
    const headers = [reply.line, ...reply.headers.map(([name, value]) => `${name}: ${value}`)];
    if (this.#options.has('S')) {
      this.#say('HTTP request sent, awaiting response... \n');
      if (!this.#options.has('q')) call.err(headers.map((line) => `  ${line}\n`).join(''));
    } else this.#say(`HTTP request sent, awaiting response... ${reply.line.replace(/^\S+ /, '')}\n`);
    const location = header(reply, 'location');
    if ([301, 302, 303, 307, 308].includes(reply.status) && location !== undefined) {
      this.#say(`Location: ${location} [following]\n`);
      return { location };
    }
    if (reply.status < 200 || reply.status > 299) {
      const reason = reply.line.replace(/^\S+ /, '').replace(/^(\d+) /, '$1: ');
      if (this.#brief && !this.#options.has('q')) call.err(`${shown}:\n`);
      if (!this.#options.has('q')) call.err(`${this.#stamp()} ERROR ${reason}.\n${this.#brief ? '' : '\n'}`);
      return { exit: 8 };
    }
    return this.#keep(url, reply, shown);
  }

  #request(url: Url): HttpRequest {
    const options = this.#options;
    const file = options.value('post-file');
    const body =
      file === undefined
        ? (options.value('post-data') ?? options.value('body-data'))
        : this.#call.kernel.files.read(this.#call.path(file));
    const own = options.values('header').map((line): [string, string] => {
      const at = line.indexOf(':');
      return [line.slice(0, at), line.slice(at + 1).trim()];
    });
    const has = (name: string) => own.some(([other]) => other.toLowerCase() === name.toLowerCase());
    const usual: [string, string][] = [
      ['Host', url.authority],
      ['User-Agent', options.value('U') ?? 'Wget/1.25.0'],
      ['Accept', '*/*'],
      ['Accept-Encoding', 'identity'],
      ['Connection', 'Keep-Alive'],
    ];
    const headers = [...usual.filter(([name]) => !has(name)), ...own];
    if (body !== undefined)
      headers.push(['Content-Type', 'application/x-www-form-urlencoded'], ['Content-Length', String(body.length)]);
    const method = options.value('method') ?? (options.has('spider') ? 'HEAD' : body === undefined ? 'GET' : 'POST');
    return { method, headers, ...(body === undefined ? {} : { body }) };
  }

  #keep(url: Url, reply: Reply, shown: string): Outcome {
    const call = this.#call;
    const { body } = reply;
    const type = header(reply, 'content-type')?.split(';')[0] ?? '';
    const known = header(reply, 'content-length');
    this.#say(
      `Length: ${known === undefined ? 'unspecified' : `${known}${humanSize(Number(known))}`}${type === '' ? '' : ` [${type}]`}\n`,
    );
    if (this.#options.has('spider')) {
      this.#say(
        type === 'text/html'
          ? 'Remote file exists and could contain further links,\nbut recursion is disabled -- not retrieving.\n\n'
          : 'Remote file exists.\n\n',
      );
      return { exit: 0 };
    }
    const given = this.#options.value('O');
    const folder = this.#options.value('P');
    let name =
      given ??
      `${folder === undefined ? '' : `${folder.replace(/\/+$/, '')}/`}${url.path.replace(/^.*\//s, '') || 'index.html'}`;
    const { files } = call.kernel;
    const toScreen = given === '-';
    if (given === undefined) for (let n = 1, base = name; files.exists(call.path(name)); n += 1) name = `${base}.${n}`;
    const quoted = (text: string) => `${encode('‘')}${text}${encode('’')}`;
    if (toScreen) call.out(body);
    else {
      try {
        files.write(call.path(name), body);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (!this.#options.has('q')) call.err(`${name}: ${error.message}\n`);
        return { exit: 3 };
      }
    }
    this.#say(`Saving to: ${quoted(toScreen ? 'STDOUT' : name)}\n\n     0K${' '.repeat(55)}100% 28.4M=0s\n\n`);
    this.#say(
      `${this.#stamp()} (28.4 MB/s) - ${toScreen ? 'written to stdout' : `${quoted(name)} saved`} [${body.length}${known === undefined ? '' : `/${known}`}]\n\n`,
    );
    if (this.#brief && !this.#options.has('q'))
      call.err(
        `${this.#stamp()} URL:${shown} [${body.length}${known === undefined ? '' : `/${known}`}] -> "${name}" [1]\n`,
      );
    return { exit: 0 };
  }
}

function humanSize(bytes: number): string {
  if (bytes < 1024) return '';
  let [value, unit] = [bytes / 1024, 0];
  while (value >= 1024 && unit < 3) {
    value /= 1024;
    unit += 1;
  }
  return ` (${value < 10 ? value.toFixed(1) : Math.round(value)}${'KMGT'[unit]})`;
}

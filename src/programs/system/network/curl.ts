import { FileError } from '../../../engine/files/errors.ts';
import type { NetworkFailure } from '../../../engine/networks/view.ts';
import type { Outcome } from '../../../engine/process/program.ts';
import type { Tool } from '../../tool.ts';
import { type Invocation, UsageError, waiting } from '../invocation.ts';
import { type Options, parseOptions } from '../options.ts';
import {
  CONNECT_TIMES,
  exchange,
  exchangeLocally,
  type HttpRequest,
  header,
  parseUrl,
  type Reply,
  resolveUrl,
  type Url,
} from './http.ts';

const NAMES = {
  ...{
    silent: 's',
    'show-error': 'S',
    fail: 'f',
    include: 'i',
    head: 'I',
    output: 'o',
    'remote-name': 'O',
    'write-out': 'w',
  },
  ...{
    request: 'X',
    data: 'd',
    'data-raw': ':',
    'data-binary': ':',
    'data-urlencode': ':',
    header: 'H',
    user: 'u',
    insecure: 'k',
  },
  ...{
    location: 'L',
    verbose: 'v',
    'max-time': 'm',
    'connect-timeout': ':',
    retry: ':',
    'retry-delay': ':',
    'user-agent': 'A',
  },
  ...{
    'retry-connrefused': '',
    'retry-all-errors': '',
    'retry-max-time': ':',
    'fail-with-body': '',
    'unix-socket': ':',
  },
  ...{
    get: 'G',
    referer: 'e',
    cookie: 'b',
    'cookie-jar': 'c',
    compressed: '',
    'max-redirs': ':',
    resolve: ':',
    form: 'F',
  },
  ...{
    http1: '',
    'http1.1': '',
    http2: '',
    'http1.0': '0',
    ipv4: '4',
    ipv6: '6',
    version: 'V',
    'upload-file': 'T',
    json: ':',
  },
  ...{
    'create-dirs': '',
    'progress-bar': '#',
    proxy: 'x',
    noproxy: ':',
    'dump-header': 'D',
    url: ':',
    cacert: ':',
    'no-progress-meter': '',
  },
  ...{
    'fail-early': '',
    parallel: 'Z',
    interface: ':',
    'keepalive-time': ':',
    'path-as-is': '',
    stderr: ':',
    tlsv1: '1',
    range: 'r',
  },
};

const LETTERS = 'sSfiIo:Ow:X:d:H:u:kLvm:A:Ge:b:c:F:046VT:#x:D:1Zr:njNgq';

/** Where a transfer is: plain data, so that it can wait for time-outs and between tries. */
interface Memory {
  readonly url: number;
  readonly tries: number;
  /** What is said, and how this URL ended, when the wait is over. */
  readonly error: { readonly code: number; readonly text: string } | undefined;
  readonly exit: number;
}

/** Transfers data from and to URLs. */
export const curl: Tool = waiting(
  async (call): Promise<Outcome> => {
    const options = readOptions(call);
    if (options.has('V')) {
      call.out(
        'curl 8.14.1 (x86_64-pc-linux-gnu) libcurl/8.14.1\nRelease-Date: 2025-06-04\nProtocols: file http https\nFeatures: IPv6 Largefile UnixSockets\n',
      );
      return { exit: 0 };
    }
    const urls = [...options.values('url'), ...options.operands];
    if (urls.length === 0) {
      call.err('curl: (2) no URL specified\n');
      return { exit: 2 };
    }
    return new Transfers(call, options, urls).run();
  },
  { usage: 'curl [options...] <url>', pointer: false },
);

function readOptions(call: Invocation): Options {
  try {
    return parseOptions(call, LETTERS, { long: NAMES });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const [, option = ''] = /'([^']*)'/.exec(error.message) ?? [];
    const shown = error.message.startsWith('invalid option') ? `-${option}` : option;
    const missing = error.message.includes('requires an argument');
    call.err(
      `curl: option ${missing && option.length === 1 ? `-${option}` : shown}: ${missing ? 'requires parameter' : 'is unknown'}\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
    );
    throw new UsageError('', 2);
  }
}

class Transfers {
  readonly #call: Invocation;
  readonly #options: Options;
  readonly #urls: readonly string[];

  constructor(call: Invocation, options: Options, urls: readonly string[]) {
    this.#call = call;
    this.#options = options;
    this.#urls = urls;
  }

  async run(): Promise<Outcome> {
    const { kernel } = this.#call;
    let memory = (kernel.memory as Memory | undefined) ?? { url: 0, tries: 0, error: undefined, exit: 0 };
    if (memory.error) memory = this.#settle(memory, memory.error.code, memory.error.text);
    while (memory.url < this.#urls.length) {
      const result = await this.#transfer(this.#urls[memory.url]!);
      if (result.code === 0) {
        memory = { ...memory, url: memory.url + 1, tries: 0, error: undefined, exit: 0 };
        continue;
      }
      const retries = Number(this.#options.value('retry') ?? 0);
      if (memory.tries < retries && this.#transient(result.code)) {
        const delay = Number(this.#options.value('retry-delay') ?? 0) || 2 ** memory.tries;
        if (!this.#options.has('s') || this.#options.has('S'))
          this.#call.err(
            `Warning: Problem: ${PROBLEMS[result.code] ?? '(retrying all errors)'}. Will retry in ${delay} second${delay === 1 ? '' : 's'}.\nWarning: ${retries - memory.tries} retr${retries - memory.tries === 1 ? 'y' : 'ies'} left.\n`,
          );
        kernel.memory = { ...memory, tries: memory.tries + 1 };
        return { wait: { until: kernel.now + delay * 1000 + result.after } };
      }
      if (result.after > 0) {
        kernel.memory = { ...memory, error: result };
        return { wait: { until: kernel.now + result.after } };
      }
      memory = this.#settle(memory, result.code, result.text);
    }
    return { exit: memory.exit };
  }

  #transient(code: number): boolean {
    if (this.#options.has('retry-all-errors')) return true;
    return code === 28 || code === 6 || (code === 7 && this.#options.has('retry-connrefused'));
  }

  /** Says what went wrong with a URL and goes to the next. */
  #settle(memory: Memory, code: number, text: string): Memory {
    if (text !== '' && (!this.#options.has('s') || this.#options.has('S'))) this.#call.err(`curl: (${code}) ${text}\n`);
    if (this.#options.has('w')) this.#writeOut(undefined, code);
    return { url: memory.url + 1, tries: 0, error: undefined, exit: code };
  }

  async #transfer(text: string): Promise<{ code: number; text: string; after: number }> {
    const call = this.#call;
    const options = this.#options;
    const now = (code: number, message: string, after = 0) => ({ code, text: message, after });
    const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\//.exec(text)?.[1];
    if (scheme !== undefined && !['http', 'https', 'file'].includes(scheme.toLowerCase()))
      return now(1, `Protocol "${scheme}" not supported`);
    if (scheme?.toLowerCase() === 'file') return this.#file(text.slice(7));
    let url = parseUrl(text);
    if (!url)
      return now(
        3,
        /:\d+/.test(text)
          ? 'URL rejected: Port number was not a decimal number between 0 and 65535'
          : 'URL rejected: No host part in the URL',
      );
    const hops = Number(options.value('max-redirs') ?? 50);
    const socket = options.value('unix-socket');
    for (let hop = 0; ; hop += 1) {
      const addresses = socket === undefined ? this.#resolve(url) : [socket];
      if (addresses.length === 0) return now(6, `Could not resolve host: ${url.host}`);
      const result = await this.#ask(url, addresses);
      if ('failure' in result && socket !== undefined)
        return now(
          7,
          `Failed to connect to ${url.host} port ${url.port} via ${socket} after 0 ms: Could not connect to server`,
        );
      if ('failure' in result) return this.#failed(url, result.failure);
      const { reply, sent } = result;
      this.#verbose(url, addresses[0]!, sent, reply);
      const location = header(reply, 'location');
      if (options.has('L') && reply.status >= 300 && reply.status < 400 && location !== undefined) {
        if (hop >= hops) return now(47, `Maximum (${hops}) redirects followed`);
        if (options.has('i', 'I')) call.out(headText(reply));
        const next = resolveUrl(url, location);
        if (!next) return now(3, 'URL rejected: Malformed input to a URL function');
        url = next;
        continue;
      }
      return this.#keep(url, reply);
    }
  }

  #file(path: string): { code: number; text: string; after: number } {
    try {
      this.#call.out(this.#call.kernel.files.read(path));
      return { code: 0, text: '', after: 0 };
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return { code: 37, text: `Couldn't open file ${path}`, after: 0 };
    }
  }

  #resolve(url: Url): readonly string[] {
    for (const entry of this.#options.values('resolve')) {
      const [host, port, address = ''] = entry.split(':');
      if (host === url.host && Number(port) === url.port) return [address];
    }
    return this.#call.kernel.network.resolve(url.host);
  }

  /** Asks each address in turn until one answers. */
  async #ask(url: Url, addresses: readonly string[]) {
    const request = this.#request(url);
    const socket = this.#options.value('unix-socket');
    if (socket !== undefined) return exchangeLocally(this.#call.kernel, this.#call.path(socket), url, request);
    let result = await exchange(this.#call.kernel, addresses[0]!, url, request);
    for (const address of addresses.slice(1)) {
      if (!('failure' in result) || result.failure !== 'refused') break;
      result = await exchange(this.#call.kernel, address, url, request);
    }
    return result;
  }

  #failed(url: Url, failure: NetworkFailure | 'empty' | 'garbage'): { code: number; text: string; after: number } {
    const limit = Math.min(
      ...['connect-timeout', 'm'].map((name) => Number(this.#options.value(name) ?? Number.POSITIVE_INFINITY) * 1000),
    );
    switch (failure) {
      case 'empty':
        return { code: 52, text: 'Empty reply from server', after: 0 };
      case 'garbage':
        return { code: 1, text: 'Received HTTP/0.9 when not allowed', after: 0 };
      case 'reset':
        return { code: 56, text: 'Recv failure: Connection reset by peer', after: 0 };
      default: {
        const wait = CONNECT_TIMES[failure];
        if (wait > limit) {
          const text =
            this.#options.has('connect-timeout') || wait > limit
              ? `Connection timed out after ${Math.round(limit) + 1} milliseconds`
              : '';
          return { code: 28, text, after: limit };
        }
        const milliseconds = Math.round(wait);
        return {
          code: 7,
          text: `Failed to connect to ${url.host} port ${url.port} after ${milliseconds} ms: Could not connect to server`,
          after: wait,
        };
      }
    }
  }

  #body(): string | undefined {
    const parts: string[] = [];
    const { files } = this.#call.kernel;
    const from = (text: string) =>
      text === '@-' ? this.#call.kernel.wholeInput() : files.read(this.#call.path(text.slice(1)));
    for (const { name, value } of this.#options.given) {
      if (name === 'd') parts.push(value.startsWith('@') ? from(value).replace(/[\r\n]/g, '') : value);
      else if (name === 'data-raw' || name === 'json') parts.push(value);
      else if (name === 'data-binary') parts.push(value.startsWith('@') ? from(value) : value);
      else if (name === 'data-urlencode') parts.push(urlEncoded(value));
      else if (name === 'T')
        parts.push(value === '-' ? this.#call.kernel.wholeInput() : files.read(this.#call.path(value)));
    }
    return parts.length > 0 ? parts.join('&') : undefined;
  }

  #request(url: Url): HttpRequest {
    const options = this.#options;
    const data = this.#body();
    const body = options.has('G') ? undefined : data;
    const own = options.values('H').map((line): [string, string] => {
      const at = line.indexOf(':');
      return at < 0 ? [line.replace(/;$/, ''), ''] : [line.slice(0, at), line.slice(at + 1).trim()];
    });
    const has = (name: string) => own.some(([other]) => other.toLowerCase() === name.toLowerCase());
    const user = options.value('u') ?? (url.user || undefined);
    const usual: [string, string][] = [['Host', url.authority]];
    if (user !== undefined) usual.push(['Authorization', `Basic ${base64(user)}`]);
    usual.push(
      ['User-Agent', options.value('A') ?? 'curl/8.14.1'],
      ['Accept', options.has('json') ? 'application/json' : '*/*'],
    );
    if (options.has('e')) usual.push(['Referer', options.value('e')!]);
    if (options.has('b')) usual.push(['Cookie', options.value('b')!]);
    const headers = [...usual.filter(([name]) => !has(name)), ...own.filter(([, value]) => value !== '')];
    if (body !== undefined) {
      headers.push(['Content-Length', String(body.length)]);
      if (!has('Content-Type') && !options.has('T'))
        headers.push(['Content-Type', options.has('json') ? 'application/json' : 'application/x-www-form-urlencoded']);
    }
    const method =
      options.value('X') ??
      (options.has('I') ? 'HEAD' : options.has('T') ? 'PUT' : body === undefined ? 'GET' : 'POST');
    return {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      ...(options.has('0') ? { version: '1.0' } : {}),
    };
  }

  #verbose(url: Url, address: string, sent: string, reply: Reply): undefined {
    if (!this.#options.has('v')) return;
    const { err } = { err: (text: string) => this.#call.err(text) };
    const local = this.#options.has('unix-socket');
    if (address !== url.host && !local)
      err(`* Host ${url.host}:${url.port} was resolved.\n* IPv6: (none)\n* IPv4: ${address}\n`);
    err(
      `*   Trying ${address}:${url.port}...\n* Connected to ${url.host} (${address}) port ${url.port}\n* using HTTP/1.x\n`,
    );
    const head = sent.slice(0, sent.indexOf('\r\n\r\n') + 2);
    err(
      `${head
        .split('\r\n')
        .filter((line) => line !== '')
        .map((line) => `> ${line}\r\n`)
        .join('')}> \r\n* Request completely sent off\n`,
    );
    err(
      `${headText(reply)
        .split('\r\n')
        .filter((line) => line !== '')
        .map((line) => `< ${line}\r\n`)
        .join('')}< \r\n`,
    );
  }

  #keep(url: Url, reply: Reply): { code: number; text: string; after: number } {
    const call = this.#call;
    const options = this.#options;
    const failed = reply.status >= 400 && options.has('f', 'fail-with-body');
    const answer = {
      code: failed ? 22 : 0,
      text: failed ? `The requested URL returned error: ${reply.status}` : '',
      after: 0,
    };
    const dump = options.value('D');
    if (dump !== undefined)
      dump === '-' ? call.out(headText(reply)) : call.kernel.files.write(call.path(dump), headText(reply));
    const shown =
      (options.has('i', 'I') ? headText(reply) : '') +
      (options.has('I') || (failed && !options.has('fail-with-body')) ? '' : reply.body);
    const target = options.has('O') ? url.path.replace(/\?.*$/s, '').replace(/^.*\//s, '') : options.value('o');
    if (options.has('O') && target === '')
      return { code: 23, text: 'Failed to open the file : No such file or directory', after: 0 };
    if (target === undefined || target === '-') call.out(shown);
    else {
      try {
        call.kernel.files.write(call.path(target), shown);
        if (!options.has('s')) call.err(meter(shown.length));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (!options.has('s')) call.err(`Warning: Failed to open the file ${target}: ${error.message}\n`);
        return { code: 23, text: `client returned ERROR on write, ${shown.length} bytes, 0 bytes written`, after: 0 };
      }
    }
    if (answer.code === 0) this.#writeOut({ url, reply }, 0);
    return answer;
  }

  /** What `-w` asks for: variables of the transfer. */
  #writeOut(done: { url: Url; reply: Reply } | undefined, code: number): undefined {
    const format = this.#options.value('w');
    if (format === undefined) return;
    const status = String(done?.reply.status ?? 0).padStart(3, '0');
    const values: Readonly<Record<string, string>> = {
      ...{
        http_code: status,
        response_code: status,
        exitcode: String(code),
        errormsg: '',
        num_redirects: '0',
        scheme: done?.url.scheme ?? '',
      },
      ...{
        content_type: done ? (header(done.reply, 'content-type') ?? '') : '',
        size_download: String(done?.reply.body.length ?? 0),
      },
      ...{
        url_effective: done ? `${done.url.scheme}://${done.url.authority}${done.url.path}` : '',
        method: this.#options.value('X') ?? 'GET',
      },
      ...{
        time_total: '0.000512',
        time_connect: '0.000214',
        time_namelookup: '0.000101',
        time_starttransfer: '0.000498',
        speed_download: '0',
      },
      ...{
        remote_port: String(done?.url.port ?? 0),
        http_version: '1.1',
        redirect_url: done ? (header(done.reply, 'location') ?? '') : '',
        num_connects: '1',
      },
    };
    const text = format
      .replace(/%\{([^}]*)\}/g, (whole, name: string) => values[name] ?? (/^header_/.test(name) ? whole : ''))
      .replace(/%%/g, '%')
      .replace(/\\([nrt])/g, (_, letter: string) => ({ n: '\n', r: '\r', t: '\t' })[letter]!);
    this.#call.out(text);
  }
}

const PROBLEMS: Readonly<Record<number, string>> = { 7: 'connection refused', 28: 'timeout', 6: 'timeout' };

function headText(reply: Reply): string {
  return `${[reply.line, ...reply.headers.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
}

/** The progress meter of a finished transfer. */
function meter(bytes: number): string {
  const size = String(bytes).padStart(5);
  const titles =
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n';
  return `${titles}\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0\r100 ${size}  100 ${size}    0     0  ${size}      0 --:--:-- --:--:-- --:--:-- ${size}\n`;
}

function urlEncoded(text: string): string {
  const at = text.indexOf('=');
  const encode = (part: string) =>
    part.replace(/[^A-Za-z0-9_.~-]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  return at < 0 ? encode(text) : `${text.slice(0, at)}${at > 0 ? '=' : ''}${encode(text.slice(at + 1))}`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64(bytes: string): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes.charCodeAt(i), bytes.charCodeAt(i + 1) || 0, bytes.charCodeAt(i + 2) || 0];
    const bits = (a << 16) | (b << 8) | c;
    const group = [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63]!);
    const left = bytes.length - i;
    text +=
      left === 1 ? `${group[0]}${group[1]}==` : left === 2 ? `${group[0]}${group[1]}${group[2]}=` : group.join('');
  }
  return text;
}

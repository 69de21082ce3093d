import type { NetworkFailure } from '../../../engine/networks/view.ts';
import type { Kernel } from '../../../engine/process/program.ts';

/** A URL in the parts that a client needs. Byte strings. */
export interface Url {
  readonly scheme: string;
  readonly user: string;
  readonly host: string;
  readonly port: number;
  /** Path with its query; at least `/`. */
  readonly path: string;
  /** Host with its port when one was written. */
  readonly authority: string;
}

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21 };

/** Reads a URL; without a scheme it is `http`. Undefined when there is no host, or the port is none. */
export function parseUrl(text: string): Url | undefined {
  const match =
    /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):\/\/)?(?:([^/?#@]*)@)?(\[[^\]]*\]|[^/:?#]*)(?::(\d*))?([/?][^#]*)?(?:#.*)?$/s.exec(
      text,
    );
  if (!match) return undefined;
  const [, scheme = 'http', user = '', host = '', port, path = '/'] = match;
  if (host === '') return undefined;
  const lower = scheme.toLowerCase();
  const number = port ? Number(port) : (PORTS[lower] ?? 80);
  if (number > 65_535) return undefined;
  return {
    ...{ scheme: lower, user, host: host.replace(/^\[|\]$/g, ''), port: number },
    ...{ path: path.startsWith('/') ? path : `/${path}`, authority: port ? `${host}:${port}` : host },
  };
}

/** The URL that a `Location` means, seen from another. */
export function resolveUrl(base: Url, location: string): Url | undefined {
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\//.test(location)) return parseUrl(location);
  if (location.startsWith('//')) return parseUrl(`${base.scheme}:${location}`);
  const path = location.startsWith('/') ? location : base.path.replace(/\?.*$/s, '').replace(/[^/]*$/, '') + location;
  return { ...base, path };
}

export interface Reply {
  readonly status: number;
  /** `HTTP/1.1 200 OK` */
  readonly line: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** The value of a field, whatever the case of its name. */
export function header({ headers }: Reply, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];
}

/** Reads a response (RFC 9112); undefined when it is none. */
export function parseReply(bytes: string): Reply | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  const [line = '', ...rows] = (end < 0 ? bytes : bytes.slice(0, end)).split('\r\n');
  const match = /^HTTP\/\d(?:\.\d)? (\d{3})/.exec(line);
  if (!match) return undefined;
  const headers = rows.map((row): [string, string] => {
    const at = row.indexOf(':');
    return [row.slice(0, at), row.slice(at + 1).trim()];
  });
  const reply = { status: Number(match[1]), line, headers, body: end < 0 ? '' : bytes.slice(end + 4) };
  const chunked = header(reply, 'transfer-encoding')?.toLowerCase().includes('chunked') ?? false;
  return chunked ? { ...reply, body: unchunked(reply.body) } : reply;
}

function unchunked(text: string): string {
  let body = '';
  let at = 0;
  for (;;) {
    const end = text.indexOf('\r\n', at);
    const size = Number.parseInt(text.slice(at, end < 0 ? undefined : end), 16);
    if (end < 0 || !(size > 0)) return body;
    body += text.slice(end + 2, end + 2 + size);
    at = end + 2 + size + 2;
  }
}

export interface HttpRequest {
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  readonly version?: string;
}

/** How a request ended: an answer, bytes that are none, or the reason why there are none. */
export type Exchange =
  | { readonly reply: Reply; readonly sent: string }
  | { readonly failure: NetworkFailure | 'empty' | 'garbage'; readonly bytes?: string };

/** The bytes of a request. */
export function requestBytes(url: Url, { method, headers, body = '', version = '1.1' }: HttpRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `${method} ${url.path} HTTP/${version}\r\n${lines}\r\n${body}`;
}

/** Sends a request to an address and reads the answer. */
export async function exchange(kernel: Kernel, address: string, url: Url, request: HttpRequest): Promise<Exchange> {
  const sent = requestBytes(url, request);
  const answer = await kernel.network.request(address, url.port, sent);
  if ('failure' in answer) return answer;
  if (answer.answer === '') return { failure: 'empty' };
  const reply = parseReply(answer.answer);
  return reply ? { reply, sent } : { failure: 'garbage', bytes: answer.answer };
}

/** Sends a request to a socket of the file system and reads the answer. */
export async function exchangeLocally(
  kernel: Kernel,
  socket: string,
  url: Url,
  request: HttpRequest,
): Promise<Exchange> {
  const sent = requestBytes(url, request);
  const answer = await kernel.network.local(socket, sent);
  if ('failure' in answer) return { failure: 'refused' };
  const reply = parseReply(answer.answer);
  return reply ? { reply, sent } : { failure: 'empty' };
}

/** strerror(3) of a connection that could not be made. */
export const CONNECT_ERRORS: Readonly<Record<NetworkFailure, string>> = {
  unreachable: 'Network is unreachable',
  noroute: 'No route to host',
  timeout: 'Connection timed out',
  refused: 'Connection refused',
  reset: 'Connection reset by peer',
};

/** Milliseconds until the kernel gives up: address resolution takes three seconds, a connection that nobody answers much longer. */
export const CONNECT_TIMES: Readonly<Record<NetworkFailure, number>> = {
  ...{ unreachable: 0, noroute: 3060, timeout: 134_000, refused: 0, reset: 0 },
};

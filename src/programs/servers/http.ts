/** A request of HTTP/1.1 in parts; names of fields in lower case. */
export interface HttpRequest {
  readonly method: string;
  /** Path with its query. */
  readonly target: string;
  readonly version: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Reads a request (RFC 9112), or nothing when it is none. Byte strings. */
export function parseRequest(bytes: string): HttpRequest | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  const [first = '', ...lines] = (end < 0 ? bytes : bytes.slice(0, end)).split('\r\n');
  const match = /^([A-Z]+) (\S+) HTTP\/(\d\.\d)$/.exec(first);
  if (!match) return undefined;
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const at = line.indexOf(':');
    if (at > 0) headers[line.slice(0, at).toLowerCase()] = line.slice(at + 1).trim();
  }
  return {
    method: match[1]!,
    target: match[2]!,
    version: match[3]!,
    headers,
    body: end < 0 ? '' : bytes.slice(end + 4),
  };
}

const REASONS: Readonly<Record<number, string>> = {
  ...{
    200: 'OK',
    201: 'Created',
    202: 'Accepted',
    204: 'No Content',
    206: 'Partial Content',
    301: 'Moved Permanently',
  },
  ...{ 302: 'Found', 303: 'See Other', 304: 'Not Modified', 307: 'Temporary Redirect', 308: 'Permanent Redirect' },
  ...{ 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed' },
  ...{
    408: 'Request Timeout',
    409: 'Conflict',
    410: 'Gone',
    413: 'Request Entity Too Large',
    429: 'Too Many Requests',
  },
  ...{ 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable' },
  504: 'Gateway Time-out',
};

export function reason(status: number): string {
  return REASONS[status] ?? '';
}

/** A whole response as bytes; `headers` in the order in which they are sent. */
export function response(
  status: number,
  headers: readonly (readonly [string, string])[],
  body: string,
  version = '1.1',
): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/${version} ${status} ${reason(status)}\r\n${lines}\r\n${body}`;
}

/** A time as in HTTP's Date field (RFC 9110, IMF-fixdate). */
export function httpDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString();
}

/** Status and body of a response. */
export function parseResponse(bytes: string): {
  readonly status: number;
  readonly head: string;
  readonly body: string;
} {
  const end = bytes.indexOf('\r\n\r\n');
  const head = end < 0 ? bytes : bytes.slice(0, end);
  return {
    status: Number(/^HTTP\/\d\.\d (\d+)/.exec(head)?.[1] ?? 0),
    head,
    body: end < 0 ? '' : bytes.slice(end + 4),
  };
}

const TYPES: Readonly<Record<string, string>> = {
  ...{ html: 'text/html', htm: 'text/html', css: 'text/css', xml: 'text/xml', gif: 'image/gif', jpeg: 'image/jpeg' },
  ...{ jpg: 'image/jpeg', js: 'application/javascript', txt: 'text/plain', png: 'image/png', svg: 'image/svg+xml' },
  ...{
    ico: 'image/x-icon',
    webp: 'image/webp',
    json: 'application/json',
    pdf: 'application/pdf',
    zip: 'application/zip',
  },
  ...{ wasm: 'application/wasm', woff: 'font/woff', woff2: 'font/woff2', mp4: 'video/mp4' },
};

/** Media type by a file's ending. */
export function mediaType(path: string, fallback: string): string {
  return TYPES[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? fallback;
}

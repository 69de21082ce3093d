import { FileError } from '../../../engine/files/errors.ts';
import { resolve } from '../../../engine/files/path.ts';
import type { Kernel } from '../../../engine/process/program.ts';
import { type HttpRequest, httpDate, mediaType, parseRequest, parseResponse, reason, response } from '../http.ts';
import { appendLog } from '../log-file.ts';
import { all, type Directive, find } from './config.ts';

/** Blocks from the outermost to the innermost that say how a request is answered. */
type Scope = readonly (readonly Directive[])[];

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: readonly (readonly [string, string])[];
}

const pad = (value: number) => String(value).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `24/Nov/2026:22:27:46 +0000`, as in a web server's access log. */
export function accessTime(now: number): string {
  const date = new Date(now);
  return `${pad(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`;
}

/** `2026/11/24 22:27:46`, as in nginx's error log. */
export function errorTime(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}

function inner(scope: Scope, name: string): Directive | undefined {
  for (const block of [...scope].reverse()) {
    const found = find(block, name);
    if (found) return found;
  }
  return undefined;
}

/** What the process says of itself in its error log: number of the worker, number of the connection. */
export interface Connection {
  readonly worker: number;
  readonly number: number;
  readonly client: string;
  readonly version: string;
  /** Addresses of servers, as they were when the configuration was read. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Whom the workers run as, when not as the master. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
  /** Counts a connection to another server. */
  connect(): void;
}

/** Does something with the rights of a worker. */
function asWorker<T>(kernel: Kernel, user: Connection['user'], action: () => T): T {
  if (!user) return action();
  const { credentials } = kernel;
  kernel.become({ ...credentials, ...user, groups: [user.gid], capabilities: [] });
  try {
    return action();
  } finally {
    kernel.become(credentials);
  }
}

/** Answers one request by the configuration and logs it. */
export async function handle(
  kernel: Kernel,
  config: readonly Directive[],
  bytes: string,
  port: number,
  connection: Connection,
): Promise<string> {
  const http = find(config, 'http')?.block ?? [];
  const request = parseRequest(bytes);
  const errorLog = (scope: Scope, level: string, text: string) => {
    const path = inner([config, ...scope], 'error_log')?.args[0] ?? '/var/log/nginx/error.log';
    appendLog(
      kernel,
      path,
      `${errorTime(kernel.now)} [${level}] ${connection.worker}#${connection.worker}: *${connection.number} ${text}\n`,
    );
  };
  const server = request ? serverFor(http, port, request) : undefined;
  const scope: Scope = server ? [http, server] : [http];
  const context: Context = { kernel, http, request: request!, connection, port, errorLog };
  const answer =
    request && server
      ? await serve(context, scope, request.target.split('?')[0]!)
      : page(400, connection.version, scope);
  const logs = inner(scope, 'access_log');
  if (logs?.args[0] !== 'off') {
    const line = request ? `${request.method} ${request.target} HTTP/${request.version}` : bytes.split('\r\n')[0];
    const { referer = '-', 'user-agent': agent = '-' } = request?.headers ?? {};
    const forwarded = /"\$http_x_forwarded_for"/.test(find(http, 'log_format')?.args.join(' ') ?? '') ? ' "-"' : '';
    appendLog(
      kernel,
      logs?.args[0] ?? '/var/log/nginx/access.log',
      `${connection.client} - - [${accessTime(kernel.now)}] "${line}" ${answer.status} ${answer.body.length} "${referer}" "${agent}"${forwarded}\n`,
    );
  }
  const tokens = inner(scope, 'server_tokens')?.args[0] !== 'off';
  const added = all(scope.at(-1), 'add_header').map(({ args }) => [args[0] ?? '', args[1] ?? ''] as const);
  const names = answer.headers.map(([name]) => name);
  const head: [string, string][] = [
    ['Server', tokens ? `nginx/${connection.version}` : 'nginx'],
    ['Date', httpDate(kernel.now)],
  ];
  const keep = request?.version === '1.1' && request.headers['connection'] !== 'close' ? 'keep-alive' : 'close';
  const type = answer.headers.filter(([name]) => name === 'Content-Type');
  const rest = answer.headers.filter(
    ([name]) => name !== 'Content-Type' && name !== 'Last-Modified' && name !== 'ETag' && name !== 'Accept-Ranges',
  );
  const modified = answer.headers.filter(([name]) => name === 'Last-Modified');
  const tail = answer.headers.filter(([name]) => name === 'ETag' || name === 'Accept-Ranges');
  const length: [string, string][] = names.includes('Content-Length')
    ? []
    : [['Content-Length', String(answer.body.length)]];
  return response(
    answer.status,
    [
      ...head,
      ...type,
      ...length,
      ...modified,
      ['Connection', keep],
      ...rest,
      ...tail,
      ...(answer.status < 400 ? added : []),
    ],
    request?.method === 'HEAD' ? '' : answer.body,
  );
}

interface Context {
  readonly kernel: Kernel;
  readonly http: readonly Directive[];
  readonly request: HttpRequest;
  readonly connection: Connection;
  readonly port: number;
  errorLog(scope: Scope, level: string, text: string): void;
}

/** Ports that a `listen` names. */
export function listenPort(args: readonly string[]): number {
  const [address = '80'] = args;
  return Number(/(?:^|:)(\d+)$/.exec(address)?.[1] ?? 80);
}

function serverFor(
  http: readonly Directive[],
  port: number,
  { headers }: HttpRequest,
): readonly Directive[] | undefined {
  const host = (headers['host'] ?? '').replace(/:\d+$/, '');
  const servers = all(http, 'server').map(({ block = [] }) => block);
  const here = servers.filter((block) => {
    const listens = all(block, 'listen');
    return listens.length === 0 ? port === 80 : listens.some(({ args }) => listenPort(args) === port);
  });
  const named = here.find((block) =>
    all(block, 'server_name').some(({ args }) =>
      args.some((name) => name === host || (name.startsWith('*.') && host.endsWith(name.slice(1)))),
    ),
  );
  return (
    named ?? here.find((block) => all(block, 'listen').some(({ args }) => args.includes('default_server'))) ?? here[0]
  );
}

function locationFor(server: readonly Directive[], path: string): Directive | undefined {
  let best: Directive | undefined;
  const locations = all(server, 'location');
  const exact = locations.find(({ args }) => args[0] === '=' && args[1] === path);
  if (exact) return exact;
  for (const location of locations) {
    const [first = '', second] = location.args;
    const prefix = first === '^~' ? second! : first;
    if (['=', '~', '~*'].includes(first) || !path.startsWith(prefix)) continue;
    if (!best || prefix.length > (best.args.at(-1) ?? '').length) best = location;
  }
  if (best?.args[0] === '^~') return best;
  const pattern = locations.find(
    ({ args }) =>
      (args[0] === '~' || args[0] === '~*') && new RegExp(args[1] ?? '', args[0] === '~*' ? 'i' : '').test(path),
  );
  return pattern ?? best;
}

async function serve(context: Context, scope: Scope, path: string, depth = 0): Promise<Answer> {
  const { connection, request } = context;
  const server = scope[1]!;
  const location = locationFor(server, decodeURIComponentSafe(path));
  const inside: Scope = location ? [...scope, location.block ?? []] : scope;
  const back =
    find(location?.block, 'return') ?? (location ? undefined : find(server, 'return')) ?? find(server, 'return');
  let answer: Answer;
  if (back) answer = returned(back, context, inside);
  else if (find(location?.block, 'deny')?.args[0] === 'all') answer = page(403, connection.version, inside);
  else if (find(location?.block, 'stub_status'))
    answer = {
      status: 200,
      body: `Active connections: 1 \nserver accepts handled requests\n ${connection.number} ${connection.number} ${connection.number} \nReading: 0 Writing: 1 Waiting: 0 \n`,
      headers: [['Content-Type', 'text/plain']],
    };
  else if (find(location?.block, 'proxy_pass')) answer = await proxy(context, inside, location!);
  else if (request.method !== 'GET' && request.method !== 'HEAD') answer = page(405, connection.version, inside);
  else answer = await staticFile(context, inside, location, decodeURIComponentSafe(path), depth);
  if (answer.status < 400 || depth > 5) return answer;
  const own = all(inside.at(-1), 'error_page')
    .concat(all(server, 'error_page'))
    .find(({ args }) => args.slice(0, -1).includes(String(answer.status)));
  if (!own) return answer;
  const shown = await serve(context, scope, own.args.at(-1)!, depth + 10);
  return shown.status === 200 ? { ...shown, status: answer.status } : answer;
}

function decodeURIComponentSafe(path: string): string {
  return path.replace(/%([0-9a-fA-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function returned({ args }: Directive, context: Context, scope: Scope): Answer {
  const [code = '200', text = ''] = /^\d+$/.test(args[0] ?? '') ? args : ['302', args[0] ?? ''];
  const status = Number(code);
  const value = variables(text, context);
  if ([301, 302, 303, 307, 308].includes(status))
    return {
      ...page(status, context.connection.version, scope),
      headers: [
        ['Content-Type', 'text/html'],
        ['Location', value],
      ],
    };
  if (text === '') return page(status, context.connection.version, scope);
  return { status, body: value, headers: [['Content-Type', inner(scope, 'default_type')?.args[0] ?? 'text/plain']] };
}

function variables(text: string, { request, kernel, connection, port }: Context): string {
  const [path = '', query = ''] = request.target.split('?');
  const known: Record<string, string> = {
    ...{
      uri: path,
      request_uri: request.target,
      args: query,
      host: (request.headers['host'] ?? '').replace(/:\d+$/, ''),
      hostname: kernel.hostname,
    },
    ...{
      remote_addr: connection.client,
      scheme: 'http',
      server_port: String(port),
      request_method: request.method,
      http_host: request.headers['host'] ?? '',
    },
    ...{
      server_addr: kernel.network.interfaces().find(({ name }) => name !== 'lo')?.address ?? '127.0.0.1',
      nginx_version: connection.version,
    },
  };
  return text.replace(
    /\$\{?(\w+)\}?/g,
    (_match, name: string) =>
      known[name] ?? (name.startsWith('http_') ? (request.headers[name.slice(5).replaceAll('_', '-')] ?? '') : ''),
  );
}

/** The small page that nginx makes up for a status. */
function page(status: number, version: string, scope: Scope): Answer {
  const sign = inner(scope, 'server_tokens')?.args[0] === 'off' ? 'nginx' : `nginx/${version}`;
  const title = `${status} ${status === 405 ? 'Not Allowed' : reason(status)}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>${sign}</center>\r\n</body>\r\n</html>\r\n`;
  return { status, body, headers: [['Content-Type', 'text/html']] };
}

async function staticFile(
  context: Context,
  scope: Scope,
  location: Directive | undefined,
  path: string,
  depth: number,
): Promise<Answer> {
  const { kernel, connection, request } = context;
  const root = inner(scope, 'root')?.args[0] ?? '/usr/share/nginx/html';
  const alias = find(location?.block, 'alias')?.args[0];
  const place = (uri: string) =>
    alias === undefined
      ? resolve('/', `${root}/${uri}`)
      : resolve('/', `${alias}/${uri.slice((location?.args.at(-1) ?? '').length)}`);
  const tried = find(location?.block, 'try_files') ?? (location ? undefined : find(scope[1], 'try_files'));
  if (tried) {
    const options = tried.args.map((word) => word.replace(/\$uri/g, path));
    for (const option of options.slice(0, -1)) {
      const node = kernel.files.stat(place(option));
      if (node?.type === 'file' && !option.endsWith('/')) return await fileAnswer(context, scope, place(option));
      if (node?.type === 'directory' && option.endsWith('/'))
        return await folder(context, scope, option, place(option), place, depth);
    }
    const last = options.at(-1)!;
    if (last.startsWith('=')) return page(Number(last.slice(1)), connection.version, scope);
    return depth > 4 ? page(500, connection.version, scope) : await serve(context, scope.slice(0, 2), last, depth + 1);
  }
  const file = place(path);
  let node: ReturnType<Kernel['files']['stat']>;
  try {
    node = asWorker(kernel, connection.user, () => kernel.files.stat(file));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    context.errorLog(scope, 'error', `"${file}" is forbidden (13: Permission denied), ${requestText(context, scope)}`);
    return page(403, connection.version, scope);
  }
  if (!node && path.endsWith('/')) return await folder(context, scope, path, file, place, depth);
  if (!node) {
    context.errorLog(
      scope,
      'error',
      `open() "${file}" failed (2: No such file or directory), ${requestText(context, scope)}`,
    );
    return page(404, connection.version, scope);
  }
  if (node.type !== 'directory') return await fileAnswer(context, scope, file);
  if (path.endsWith('/')) return await folder(context, scope, path, file, place, depth);
  const host = request.headers['host'] ?? 'localhost';
  return {
    ...page(301, connection.version, scope),
    headers: [
      ['Content-Type', 'text/html'],
      ['Location', `http://${host.replace(/:\d+$/, '')}${context.port === 80 ? '' : `:${context.port}`}${path}/`],
    ],
  };
}

async function folder(
  context: Context,
  scope: Scope,
  path: string,
  file: string,
  place: (uri: string) => string,
  depth: number,
): Promise<Answer> {
  const { kernel, connection } = context;
  const names = inner(scope, 'index')?.args ?? ['index.html'];
  for (const name of names)
    if (kernel.files.stat(place(`${path}${name}`))?.type === 'file')
      return depth > 20
        ? page(500, connection.version, scope)
        : await fileAnswer(context, scope, place(`${path}${name}`));
  if (kernel.files.stat(file)?.type !== 'directory') {
    context.errorLog(
      scope,
      'error',
      `"${file}/${names[0]}" is not found (2: No such file or directory), ${requestText(context, scope)}`,
    );
    return page(404, connection.version, scope);
  }
  if (inner(scope, 'autoindex')?.args[0] === 'on') return listing(kernel, path, file);
  context.errorLog(
    scope,
    'error',
    `directory index of "${file}${file.endsWith('/') ? '' : '/'}" is forbidden, ${requestText(context, scope)}`,
  );
  return page(403, connection.version, scope);
}

function listing(kernel: Kernel, path: string, file: string): Answer {
  const rows = kernel.files
    .list(file)
    .filter((name) => !name.startsWith('.'))
    .map((name) => {
      const node = kernel.files.stat(resolve(file, name));
      const slash = node?.type === 'directory' ? '/' : '';
      const date = new Date(node?.mtime ?? 0);
      const when = `${pad(date.getUTCDate())}-${MONTHS[date.getUTCMonth()]}-${date.getUTCFullYear()} ${date.toISOString().slice(11, 16)}`;
      return `<a href="${name}${slash}">${name}${slash}</a>${' '.repeat(Math.max(1, 51 - name.length - slash.length))}${when}${(node?.type === 'file' ? String(node.size) : '-').padStart(20)}\r\n`;
    });
  const body = `<html>\r\n<head><title>Index of ${path}</title></head>\r\n<body>\r\n<h1>Index of ${path}</h1><hr><pre><a href="../">../</a>\r\n${rows.join('')}</pre><hr></body>\r\n</html>\r\n`;
  return { status: 200, body, headers: [['Content-Type', 'text/html']] };
}

function requestText({ connection, request }: Context, scope: Scope): string {
  const name = find(scope[1], 'server_name')?.args[0] ?? '';
  return `client: ${connection.client}, server: ${name}, request: "${request.method} ${request.target} HTTP/${request.version}", host: "${request.headers['host'] ?? ''}"`;
}

async function fileAnswer(context: Context, scope: Scope, file: string): Promise<Answer> {
  const { kernel, connection } = context;
  const node = kernel.files.stat(file);
  try {
    const body = asWorker(kernel, connection.user, () => kernel.files.read(file));
    const mtime = node?.mtime ?? 0;
    const etag = `"${Math.floor(mtime / 1000).toString(16)}-${body.length.toString(16)}"`;
    const type = mediaType(file, inner(scope, 'default_type')?.args[0] ?? 'text/plain');
    return {
      status: 200,
      body,
      headers: [
        ['Content-Type', type],
        ['Last-Modified', httpDate(Math.floor(mtime / 1000) * 1000)],
        ['ETag', etag],
        ['Accept-Ranges', 'bytes'],
      ],
    };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    context.errorLog(
      scope,
      'error',
      `open() "${file}" failed (${error.code === 'EACCES' ? '13' : '2'}: ${error.message}), ${requestText(context, scope)}`,
    );
    return page(error.code === 'EACCES' ? 403 : 404, connection.version, scope);
  }
}

async function proxy(context: Context, scope: Scope, location: Directive): Promise<Answer> {
  const { kernel, connection, request, http } = context;
  const target = find(location.block, 'proxy_pass')!.args[0] ?? '';
  const match = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(variables(target, context));
  if (!match) return page(500, connection.version, scope);
  const [, host = '', port = '80', uri] = match;
  const upstream = all(http, 'upstream').find(({ args }) => args[0] === host);
  const servers = upstream ? all(upstream.block, 'server').map(({ args }) => args[0] ?? '') : [`${host}:${port}`];
  const sent = uri === undefined ? request.target : uri + request.target.slice((location.args.at(-1) ?? '').length);
  const headers = all(location.block, 'proxy_set_header')
    .map(({ args }) => `${args[0]}: ${variables(args[1] ?? '', context)}\r\n`)
    .join('');
  const own = all(location.block, 'proxy_set_header').map(({ args }) => (args[0] ?? '').toLowerCase());
  const passed = Object.entries(request.headers)
    .filter(([name]) => !['host', 'connection', 'keep-alive', 'upgrade', ...own].includes(name))
    .map(([name, value]) => `${name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())}: ${value}\r\n`)
    .join('');
  const hostLine = /^host:/im.test(headers)
    ? ''
    : `Host: ${upstream ? host : `${host}${match[2] ? `:${port}` : ''}`}\r\n`;
  for (let turn = 0; turn < servers.length; turn += 1) {
    const [name = '', number = '80'] = servers[(connection.number + turn) % servers.length]!.split(':');
    const address = connection.addresses[name] ?? kernel.network.resolve(name)[0];
    if (!address) continue;
    connection.connect();
    const result = await kernel.network.request(
      address,
      Number(number),
      `${request.method} ${sent} HTTP/1.0\r\n${hostLine}${headers}Connection: close\r\n${passed}\r\n${request.body}`,
    );
    if ('answer' in result) {
      const { status, head, body } = parseResponse(result.answer);
      const kept = head
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(/: (.*)/s))
        .filter(([field = '']) => !/^(server|date|connection|content-length)$/i.test(field));
      return { status, body, headers: kept.map(([field = '', value = '']) => [field, value] as const) };
    }
    const why =
      result.failure === 'refused'
        ? '(111: Connection refused)'
        : result.failure === 'timeout'
          ? '(110: Connection timed out)'
          : '(113: No route to host)';
    context.errorLog(
      scope,
      'error',
      `connect() failed ${why} while connecting to upstream, ${requestText(context, scope).replace(', host:', `, upstream: "http://${address}:${number}${sent}", host:`)}`,
    );
  }
  return page(502, connection.version, scope);
}

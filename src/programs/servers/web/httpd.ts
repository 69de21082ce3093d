import { FileError } from '../../../engine/files/errors.ts';
import { resolve } from '../../../engine/files/path.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { httpDate, mediaType, parseRequest, reason, response } from '../http.ts';
import { accessTime } from '../nginx/handler.ts';

const VERSION = 'Apache/2.4.65';
const BUILT = 'Jul 24 2025 11:12:44';
const ROOT = '/usr/local/apache2';
const CONFIG = `${ROOT}/conf/httpd.conf`;

interface Memory {
  readonly root: string;
  readonly indexes: boolean;
}

/** Apache's httpd as the official image starts it: in the foreground, logging to the container's streams, files only. */
export const httpdProgram: Program = {
  run(kernel): Outcome {
    if (kernel.memory !== undefined) return { wait: { child: true } };
    if (/-DFOREGROUND$/.test(kernel.argv.join(' ')) && kernel.process.parent !== 0 && kernel.argv[1] === 'child')
      return { wait: {} };
    return start(kernel);
  },
  signal(kernel, signal): Outcome | undefined {
    if (kernel.memory === undefined) return undefined;
    // SIGWINCH is the official image's stop signal: a graceful end.
    if (signal === 15) log(kernel, 'mpm_event', 'notice', 'AH00491: caught SIGTERM, shutting down');
    else if (signal === 28) log(kernel, 'mpm_event', 'notice', 'AH00492: caught SIGWINCH, shutting down gracefully');
    else return { wait: {} };
    return { exit: 0 };
  },
  answer(kernel, request): string {
    const memory = kernel.memory as Memory;
    const read = parseRequest(request);
    const served = read ? serve(kernel, memory, read.target.split('?')[0]!) : page(400);
    const line = read ? `${read.method} ${read.target} HTTP/${read.version}` : request.split('\r\n')[0];
    const client = kernel.network.client ?? '127.0.0.1';
    kernel.output(`${client} - - [${accessTime(kernel.now)}] "${line}" ${served.status} ${served.body.length}\n`);
    return response(
      served.status,
      [
        ['Date', httpDate(kernel.now)],
        ['Server', `${VERSION} (Unix)`],
        ...served.headers,
        ['Content-Length', String(served.body.length)],
        ['Content-Type', served.type],
      ],
      read?.method === 'HEAD' ? '' : served.body,
    );
  },
};

function log(kernel: Kernel, module: string, level: string, text: string): void {
  const date = new Date(kernel.now);
  const day = date.toUTCString().replace(/^(\w+), (\d+) (\w+).*/, '$1 $3 $2');
  const stamp = `${day} ${date.toISOString().slice(11, 19)}.${String(date.getUTCMilliseconds()).padStart(3, '0')}000 ${date.getUTCFullYear()}`;
  kernel.error(`[${stamp}] [${module}:${level}] [pid ${kernel.pid}:tid ${kernel.pid}] ${text}\n`);
}

function start(kernel: Kernel): Outcome {
  const args = kernel.argv.slice(1);
  if (args.includes('-v')) {
    kernel.output(`Server version: ${VERSION} (Unix)\nServer built:   ${BUILT}\n`);
    return { exit: 0 };
  }
  const text = kernel.files.exists(CONFIG) ? kernel.files.read(CONFIG) : '';
  if (args.includes('-t')) {
    warn(kernel, text);
    kernel.error('Syntax OK\n');
    return { exit: 0 };
  }
  // Said once while the configuration is checked, and once when the server begins.
  warn(kernel, text);
  warn(kernel, text);
  const port = Number(/^\s*Listen\s+(?:\S+:)?(\d+)/m.exec(text)?.[1] ?? 80);
  const problem = kernel.network.listen(port);
  if (problem) {
    const why = problem === 'EACCES' ? '(13)Permission denied' : '(98)Address already in use';
    kernel.error(
      `${why}: AH00072: make_sock: could not bind to address 0.0.0.0:${port}\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n`,
    );
    return { exit: 1 };
  }
  const root = /^\s*DocumentRoot\s+"?([^"\n]+)"?/m.exec(text)?.[1] ?? `${ROOT}/htdocs`;
  log(kernel, 'mpm_event', 'notice', `AH00489: ${VERSION} (Unix) configured -- resuming normal operations`);
  log(kernel, 'core', 'notice', `AH00094: Command line: '${kernel.argv[0]}${args.length > 0 ? ` -D FOREGROUND` : ''}'`);
  kernel.memory = { root, indexes: /^\s*Options\s.*Indexes/m.test(text) || text === '' } satisfies Memory;
  return { wait: {} };
}

function warn(kernel: Kernel, text: string): void {
  if (/^\s*ServerName\s/m.test(text)) return;
  const address = kernel.network.interfaces().find(({ name }) => name !== 'lo')?.address ?? '127.0.0.1';
  kernel.error(
    `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${address}. Set the 'ServerName' directive globally to suppress this message\n`,
  );
}

interface Served {
  readonly status: number;
  readonly type: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

const TEXTS: Readonly<Record<number, string>> = {
  301: '<p>The document has moved.</p>',
  400: '<p>Your browser sent a request that this server could not understand.<br />\n</p>',
  403: "<p>You don't have permission to access this resource.</p>",
  404: '<p>The requested URL was not found on this server.</p>',
};

function page(status: number): Served {
  const title = `${status} ${reason(status)}`;
  const body = `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${title}</title>\n</head><body>\n<h1>${reason(status)}</h1>\n${TEXTS[status] ?? ''}\n</body></html>\n`;
  return { status, type: 'text/html; charset=iso-8859-1', headers: [], body };
}

function serve(kernel: Kernel, { root, indexes }: Memory, path: string): Served {
  const file = resolve('/', `${root}/${resolve('/', path)}`);
  try {
    const node = kernel.files.stat(file);
    if (!node) return page(404);
    if (node.type !== 'directory') return content(kernel, file);
    if (!path.endsWith('/')) return { ...page(301), headers: [['Location', `${path}/`]] };
    if (kernel.files.exists(`${file}/index.html`)) return content(kernel, `${file}/index.html`);
    if (!indexes) return page(403);
    const rows = kernel.files.list(file).map((name) => `<li><a href="${name}"> ${name}</a></li>\n`);
    const body = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<html>\n <head>\n  <title>Index of ${path.replace(/(.)\/$/, '$1')}</title>\n </head>\n <body>\n<h1>Index of ${path.replace(/(.)\/$/, '$1')}</h1>\n<ul>${rows.join('')}</ul>\n</body></html>\n`;
    return { status: 200, type: 'text/html;charset=ISO-8859-1', headers: [], body };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return page(403);
  }
}

function content(kernel: Kernel, file: string): Served {
  const body = kernel.files.read(file);
  const mtime = Math.floor((kernel.files.stat(file)?.mtime ?? 0) / 1000) * 1000;
  const etag = `"${body.length.toString(16)}-${(mtime * 1000).toString(16)}"`;
  const headers = [
    ['Last-Modified', httpDate(mtime)],
    ['ETag', etag],
    ['Accept-Ranges', 'bytes'],
  ] as const;
  return { status: 200, type: mediaType(file, 'text/plain'), headers, body };
}

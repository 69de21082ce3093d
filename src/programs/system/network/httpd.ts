import { FileError } from '../../../engine/files/errors.ts';
import { resolve } from '../../../engine/files/path.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { httpDate, mediaType, parseRequest } from '../../servers/http.ts';
import type { Tool } from '../../tool.ts';
import { BUSYBOX_VERSION, conclude, Invocation, UsageError } from '../invocation.ts';
import { type Options, parseOptions } from '../options.ts';

const USAGE = `${BUSYBOX_VERSION}

Usage: httpd [-ifv[v]] [-c CONFFILE] [-p [IP:]PORT] [-M MAXCONN] [-K KILLSEC] [-u USER[:GRP]] [-r REALM] [-h HOME]
or httpd -d/-e/-m STRING

Listen for incoming HTTP requests

	-i		Inetd mode
	-f		Run in foreground
	-v[v]		Verbose
	-p [IP:]PORT	Bind to IP:PORT (default *:80)
	-M NUM		Pause if NUM connections are open (default 256)
	-K NUM		Kill CGIs after NUM seconds
	-u USER[:GRP]	Set uid/gid after binding to port
	-r REALM	Authentication Realm for Basic Authentication
	-h HOME		Home directory (default .)
	-c FILE		Configuration file (default {/etc,HOME}/httpd.conf)
	-m STRING	MD5 crypt STRING
	-e STRING	HTML encode STRING
	-d STRING	URL decode STRING
`;

/** What the server keeps while it listens. */
interface Serving {
  readonly home: string;
  readonly verbose: number;
}

/** Status, title and sentence of BusyBox's error pages. */
const PAGES: Readonly<Record<number, readonly [title: string, text: string]>> = {
  400: ['Bad Request', 'Unsupported method'],
  403: ['Forbidden', ''],
  404: ['Not Found', 'The requested URL was not found'],
  501: ['Not Implemented', 'The requested method is not recognized'],
};

/** BusyBox's web server for files. */
export const httpd: Tool = {
  program: (flavour): Program => ({
    run(kernel): Outcome {
      // It waits for requests only.
      if (kernel.memory !== undefined)
        return listen(kernel, kernel.memory as Serving & { port: number; address: string });
      const call = new Invocation(kernel, flavour);
      try {
        return start(call, parseOptions(call, 'ifvp:M:K:u:r:h:c:m:e:d:'));
      } catch (error) {
        if (!(error instanceof UsageError)) return { exit: conclude(call, {}, error) };
        if (error.message !== '') kernel.error(`${call.name}: ${error.message}\n`);
        kernel.error(USAGE);
        return { exit: 1 };
      }
    },
    answer: (kernel, request) => answer(kernel, request),
  }),
};

function start(call: Invocation, options: Options): Outcome {
  const { kernel } = call;
  const decode = options.value('d');
  if (decode !== undefined) {
    call.out(decodeUrl(decode));
    return { exit: 0 };
  }
  const encode = options.value('e');
  if (encode !== undefined) {
    call.out(`${encode.replace(/[^a-zA-Z0-9]/g, (c) => `&#${c.charCodeAt(0)};`)}\n`);
    return { exit: 0 };
  }
  const home = resolve(kernel.cwd, options.value('h') ?? '.');
  const node = kernel.files.stat(home);
  if (node?.type !== 'directory')
    throw call.failure(
      `can't change directory to '${options.value('h')}': ${node ? 'Not a directory' : 'No such file or directory'}`,
    );
  const [, address = '0.0.0.0', text = '80'] = /^(?:(.*):)?(\d+)$/.exec(options.value('p') ?? '80') ?? [];
  const memory = { home, verbose: options.values('v').length, port: Number(text), address };
  const refused = kernel.network.listen(memory.port, address);
  if (refused) throw call.failure(`bind: ${refused === 'EADDRINUSE' ? 'Address already in use' : 'Permission denied'}`);
  if (options.has('f')) {
    kernel.memory = memory;
    return { wait: {} };
  }
  // What the parent has opened ends with it; the child opens it again.
  kernel.fork(memory);
  return { exit: 0 };
}

function listen(kernel: Kernel, { port, address }: { port: number; address: string }): Outcome {
  kernel.network.listen(port, address);
  return { wait: {} };
}

function answer(kernel: Kernel, bytes: string): string {
  const { home, verbose } = kernel.memory as Serving;
  const request = parseRequest(bytes);
  const client = `[::ffff:${kernel.network.client ?? '127.0.0.1'}]:${38_000 + Math.floor(kernel.random() * 20_000)}`;
  const target = decodeUrl(request?.target.replace(/\?.*$/, '') ?? '/');
  if (verbose > 1) kernel.error(`${client}: ${request?.method ?? ''} ${request?.target ?? ''}\n`);
  const { status, text } = respond(kernel, home, request?.method ?? '', target);
  if (verbose > 0) kernel.error(`${client}: response:${status}\n`);
  return text;
}

function respond(kernel: Kernel, home: string, method: string, target: string): { status: number; text: string } {
  if (method !== 'GET' && method !== 'HEAD') return page(kernel, 501);
  const path = resolve(home, `./${target}`);
  if (path !== home && !path.startsWith(home === '/' ? '/' : `${home}/`)) return page(kernel, 400);
  try {
    const { files, now } = kernel;
    const node = files.stat(path);
    if (node?.type === 'directory' && !target.endsWith('/'))
      return { status: 302, text: `${head(now, 302, 'Found')}Location: ${target}/\r\n\r\n` };
    const file = node?.type === 'directory' ? `${path}/index.html` : path;
    const found = files.stat(file);
    if (found?.type !== 'file') return page(kernel, 404);
    const body = files.read(file);
    const type = mediaType(file, 'application/octet-stream');
    const modified = Math.floor(found.mtime / 1000);
    const text = `${head(now, 200, 'OK', type)}Accept-Ranges: bytes\r\nLast-Modified: ${httpDate(found.mtime)}\r\nETag: "${modified.toString(16)}-${body.length.toString(16)}"\r\nContent-Length: ${body.length}\r\n\r\n`;
    return { status: 200, text: method === 'HEAD' ? text : text + body };
  } catch (error) {
    if (error instanceof FileError) return page(kernel, error.code === 'EACCES' ? 403 : 404);
    throw error;
  }
}

function head(now: number, status: number, title: string, type = 'text/html'): string {
  return `HTTP/1.1 ${status} ${title}\r\nDate: ${httpDate(now)}\r\nConnection: close\r\nContent-type: ${type}\r\n`;
}

function page({ now }: Kernel, status: number): { status: number; text: string } {
  const [title, text] = PAGES[status]!;
  const name = `${status} ${title}`;
  const body = `<HTML><HEAD><TITLE>${name}</TITLE></HEAD>\n<BODY><H1>${name}</H1>\n${text}\n</BODY></HTML>\n`;
  return { status, text: `${head(now, status, title)}\r\n${body}` };
}

function decodeUrl(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

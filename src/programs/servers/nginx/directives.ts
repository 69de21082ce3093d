import { ConfigError } from './error.ts';

/** The block that a directive stands in; `other` for those whose content is not checked. */
export type Context = 'main' | 'events' | 'http' | 'server' | 'location' | 'upstream' | 'if' | 'other';

const BLOCKS = new Set([
  'events',
  'http',
  'server',
  'location',
  'upstream',
  'if',
  'types',
  'map',
  'geo',
  'stream',
  'mail',
  'limit_except',
]);

/** How many words a directive takes, from the tables of nginx's own modules; others are not counted. */
const COUNTS: Readonly<Record<string, readonly [number, number]>> = {
  ...{ root: [1, 1], alias: [1, 1], daemon: [1, 1], pid: [1, 1], user: [1, 2], worker_processes: [1, 1] },
  ...{ worker_connections: [1, 1], include: [1, 1], default_type: [1, 1], sendfile: [1, 1], tcp_nopush: [1, 1] },
  ...{ keepalive_timeout: [1, 2], gzip: [1, 1], server_tokens: [1, 1], proxy_pass: [1, 1], proxy_set_header: [2, 2] },
  ...{ autoindex: [1, 1], client_max_body_size: [1, 1], proxy_http_version: [1, 1], return: [1, 2], rewrite: [2, 3] },
  ...{ auth_basic: [1, 1], auth_basic_user_file: [1, 1], set: [2, 2], listen: [1, 99], index: [1, 99] },
  ...{ server_name: [1, 99], try_files: [2, 99], error_page: [2, 99], access_log: [1, 99], error_log: [1, 2] },
  ...{ allow: [1, 1], deny: [1, 1], add_header: [2, 3], expires: [1, 2], stub_status: [0, 1], internal: [0, 0] },
};

/** Where a directive may stand. */
const PLACES: Readonly<Record<string, readonly Context[]>> = {
  ...{ events: ['main'], http: ['main'], stream: ['main'], daemon: ['main'], user: ['main'], pid: ['main'] },
  ...{ worker_processes: ['main'], worker_connections: ['events'], server: ['http', 'upstream'], upstream: ['http'] },
  ...{ location: ['server', 'location'], listen: ['server'], server_name: ['server'], map: ['http'] },
  ...{ root: ['http', 'server', 'location', 'if'], index: ['http', 'server', 'location'], alias: ['location'] },
  ...{ proxy_pass: ['location', 'if'], try_files: ['server', 'location'], return: ['server', 'location', 'if'] },
  ...{ rewrite: ['server', 'location', 'if'], log_format: ['http'], sendfile: ['http', 'server', 'location', 'if'] },
  ...{ proxy_set_header: ['http', 'server', 'location'], autoindex: ['http', 'server', 'location'] },
  ...{
    add_header: ['http', 'server', 'location', 'if'],
    gzip: ['http', 'server', 'location', 'if'],
    types: ['http', 'server', 'location'],
  },
  ...{ error_page: ['http', 'server', 'location', 'if'], client_max_body_size: ['http', 'server', 'location'] },
};

/** The context inside a block. */
export function contextOf(name: string, outer: Context): Context {
  if (outer === 'other') return 'other';
  if (['events', 'http', 'server', 'location', 'upstream', 'if'].includes(name)) return name as Context;
  return 'other';
}

/** Refuses a directive that stands where it may not, or has too few or too many words, as nginx does while it reads. */
export function checkDirective(
  name: string,
  args: readonly string[],
  isBlock: boolean,
  context: Context,
  where: string,
): void {
  const places = PLACES[name];
  if (places && context !== 'other' && !places.includes(context))
    throw new ConfigError(`"${name}" directive is not allowed here ${where}`);
  if (BLOCKS.has(name) && !isBlock && !(name === 'server' && context === 'upstream'))
    throw new ConfigError(`directive "${name}" has no opening "{" ${where}`);
  if (!BLOCKS.has(name) && isBlock) throw new ConfigError(`directive "${name}" is not terminated by ";" ${where}`);
  const count = COUNTS[name];
  if (count && (args.length < count[0] || args.length > count[1]))
    throw new ConfigError(`invalid number of arguments in "${name}" directive ${where}`);
  if (name === 'listen') checkListen(args, where);
}

const LISTEN =
  /^(?:default_server|default|ssl|http2|quic|proxy_protocol|deferred|bind|reuseport|(?:backlog|rcvbuf|sndbuf|fastopen|accept_filter|so_keepalive|ipv6only|setfib)=.+)$/;

function checkListen([address = '', ...options]: readonly string[], where: string): void {
  const bad = options.find((option) => !LISTEN.test(option));
  const port = /^(?:(?:\*|[\d.]+|\[[\da-f:]+\]|[a-z][\w.-]*):)?(\d+)$/i.exec(address)?.[1];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65535))
    throw new ConfigError(`invalid port in "${address}" of the "listen" directive ${where}`);
  const host = /^[a-z][\w-]*(?=:|$)/i.exec(address)?.[0];
  if (host !== undefined && host !== 'unix' && host !== 'localhost')
    throw new ConfigError(`host not found in "${address}" of the "listen" directive ${where}`);
  if (bad !== undefined) throw new ConfigError(`invalid parameter "${bad}" ${where}`);
}

import { FileError } from '../../../engine/files/errors.ts';
import type { FileSystem } from '../../../engine/files/filesystem.ts';
import { resolve } from '../../../engine/files/path.ts';
import { type Context, checkDirective, contextOf } from './directives.ts';
import { ConfigError } from './error.ts';

/** A directive of nginx's configuration with its words, and what stands in its braces. */
export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block?: readonly Directive[];
  readonly file: string;
  readonly line: number;
}

interface Token {
  readonly text: string;
  readonly line: number;
  readonly quoted: boolean;
}

/** Directives that nginx and its standard modules know, as far as tutorials use them. */
const KNOWN = new Set(
  `user worker_processes worker_cpu_affinity worker_rlimit_nofile pid error_log include events http stream mail daemon master_process
  load_module env worker_connections multi_accept use accept_mutex sendfile tcp_nopush tcp_nodelay keepalive_timeout keepalive_requests
  types types_hash_max_size types_hash_bucket_size server_tokens server_names_hash_bucket_size server_names_hash_max_size default_type
  server_name_in_redirect ssl_protocols ssl_prefer_server_ciphers ssl_certificate ssl_certificate_key ssl_ciphers ssl_session_cache
  ssl_session_timeout ssl_session_tickets access_log log_format log_not_found gzip gzip_vary gzip_proxied gzip_comp_level gzip_buffers
  gzip_http_version gzip_types gzip_min_length gzip_disable gzip_static server listen server_name root index location try_files return
  alias proxy_pass proxy_set_header proxy_http_version proxy_read_timeout proxy_connect_timeout proxy_send_timeout proxy_buffering
  proxy_buffer_size proxy_buffers proxy_busy_buffers_size proxy_redirect proxy_cache proxy_cache_path proxy_cache_valid proxy_hide_header
  proxy_pass_header proxy_next_upstream proxy_temp_path proxy_pass_request_headers fastcgi_pass fastcgi_param fastcgi_index
  fastcgi_split_path_info fastcgi_temp_path uwsgi_pass uwsgi_temp_path scgi_temp_path upstream keepalive zone least_conn ip_hash hash
  random resolver resolver_timeout autoindex autoindex_exact_size autoindex_localtime add_header expires error_page deny allow auth_basic
  auth_basic_user_file rewrite if set break internal client_max_body_size client_body_buffer_size client_body_temp_path
  client_header_timeout client_body_timeout client_header_buffer_size large_client_header_buffers send_timeout charset etag
  stub_status map geo limit_req limit_req_zone limit_conn limit_conn_zone limit_rate real_ip_header set_real_ip_from port_in_redirect
  absolute_redirect merge_slashes open_file_cache open_file_cache_valid open_file_cache_min_uses satisfy valid_referers sub_filter
  sub_filter_once mirror underscores_in_headers ignore_invalid_headers reset_timedout_connection output_buffers chunked_transfer_encoding
  max_ranges if_modified_since directio aio http2 variables_hash_max_size variables_hash_bucket_size`.split(/\s+/),
);
/** Blocks whose content is no directives. */
const TABLES = new Set(['types', 'map', 'geo']);

/** Reads the configuration with all that it includes. Throws {@link ConfigError}. */
export function readConfig(files: FileSystem, path: string, global = ''): readonly Directive[] {
  const fromCommand = global === '' ? [] : parse(tokens(global, 'command line'), files, 'command line', false, 'main');
  return [...parse(tokens(read(files, path), path), files, path, false, 'main'), ...fromCommand];
}

/** Where something stands; what was given on the command line has no lines. */
function spot(file: string, line: number): string {
  return file === 'command line' ? file : `${file}:${line}`;
}

function read(files: FileSystem, path: string): string {
  try {
    return files.read(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new ConfigError(`open() "${path}" failed (${error.code === 'EACCES' ? '13' : '2'}: ${error.message})`);
  }
}

/** What a backslash and a character mean; before others the backslash stays, for patterns. */
function unescaped(char: string): string {
  if (char === '"' || char === "'" || char === '\\') return char;
  const control = { n: '\n', t: '\t', r: '\r' }[char];
  return control ?? `\\${char}`;
}

function tokens(text: string, file: string): Token[] {
  const found: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (char === '\n') line += 1;
    if (/\s/.test(char)) at += 1;
    else if (char === '#') at = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
    else if ('{};'.includes(char)) {
      found.push({ text: char, line, quoted: false });
      at += 1;
    } else if (char === '"' || char === "'") {
      const start = line;
      let value = '';
      for (at += 1; at < text.length && text[at] !== char; at += 1) {
        if (text[at] === '\\' && at + 1 < text.length) {
          at += 1;
          value += unescaped(text[at]!);
        } else value += text[at];
        if (text[at] === '\n') line += 1;
      }
      if (at >= text.length)
        throw new ConfigError(`unexpected end of file, expecting ";" or "}" in ${spot(file, line)}`);
      at += 1;
      found.push({ text: value, line: start, quoted: true });
    } else {
      let value = '';
      while (at < text.length && !/\s/.test(text[at]!) && !';{'.includes(text[at]!)) {
        if (text[at] === '\\' && at + 1 < text.length) {
          value += unescaped(text[at + 1]!);
          at += 2;
        } else if (text[at] === '$' && text[at + 1] === '{') {
          const end = text.indexOf('}', at);
          value += text.slice(at, end + 1);
          at = end + 1;
        } else {
          value += text[at];
          at += 1;
        }
      }
      found.push({ text: value, line, quoted: false });
    }
  }
  return found;
}

function parse(list: Token[], files: FileSystem, file: string, inside: boolean, context: Context): Directive[] {
  const directives: Directive[] = [];
  for (;;) {
    const first = list.shift();
    if (!first) {
      if (inside)
        throw new ConfigError(`unexpected end of file, expecting "}" in ${spot(file, lastLine(files, file))}`);
      return directives;
    }
    if (first.text === '}' && !first.quoted) {
      if (inside) return directives;
      throw new ConfigError(`unexpected "}" in ${spot(file, first.line)}`);
    }
    if ((first.text === ';' || first.text === '{') && !first.quoted)
      throw new ConfigError(`unexpected "${first.text}" in ${spot(file, first.line)}`);
    const args: string[] = [];
    let end = list.shift();
    while (end && (end.quoted || !';{}'.includes(end.text))) {
      args.push(end.text);
      end = list.shift();
    }
    if (!end)
      throw new ConfigError(
        file === 'command line'
          ? `unexpected end of parameter, expecting ";" in ${file}`
          : `unexpected end of file, expecting ";" or "}" in ${spot(file, lastLine(files, file))}`,
      );
    if (end.text === '}') throw new ConfigError(`unexpected "}" in ${spot(file, end.line)}`);
    const place = { file, line: end.line };
    const where = `in ${spot(file, end.line)}`;
    if (!KNOWN.has(first.text)) throw new ConfigError(`unknown directive "${first.text}" ${where}`);
    checkDirective(first.text, args, end.text === '{', context, where);
    if (end.text === '{') {
      const block = TABLES.has(first.text)
        ? skipTable(list)
        : parse(list, files, file, true, contextOf(first.text, context));
      directives.push({ name: first.text, args, block, ...place });
    } else if (first.text === 'include') directives.push(...included(files, args[0] ?? '', file, end.line, context));
    else directives.push({ name: first.text, args, ...place });
  }
}

function skipTable(list: Token[]): Directive[] {
  for (let token = list.shift(); token && (token.text !== '}' || token.quoted); token = list.shift());
  return [];
}

const lastLine = (files: FileSystem, file: string) => (files.exists(file) ? files.read(file).split('\n').length : 1);

function included(files: FileSystem, pattern: string, file: string, line: number, context: Context): Directive[] {
  const path = resolve('/etc/nginx', pattern);
  if (!path.includes('*')) {
    if (!files.exists(path))
      throw new ConfigError(`open() "${path}" failed (2: No such file or directory) in ${spot(file, line)}`);
    return parse(tokens(files.read(path), path), files, path, false, context);
  }
  const folder = path.slice(0, path.lastIndexOf('/'));
  const name = new RegExp(
    `^${path
      .slice(folder.length + 1)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')}$`,
  );
  if (files.stat(folder)?.type !== 'directory') return [];
  return files
    .list(folder)
    .filter((entry) => name.test(entry) && !entry.startsWith('.'))
    .flatMap((entry) =>
      parse(
        tokens(files.read(`${folder}/${entry}`), `${folder}/${entry}`),
        files,
        `${folder}/${entry}`,
        false,
        context,
      ),
    );
}

/** Files of the configuration in the order in which they are read, as `nginx -T` prints them. */
export function configFiles(files: FileSystem, path: string): readonly string[] {
  const found: string[] = [];
  const visit = (file: string) => {
    found.push(file);
    const list = tokens(files.read(file), file);
    list.forEach((token, index) => {
      const pattern = list[index + 1];
      const before = list[index - 1]?.text ?? ';';
      if (token.text === 'include' && !token.quoted && ';{}'.includes(before) && pattern)
        for (const inner of matching(files, resolve('/etc/nginx', pattern.text)))
          if (!found.includes(inner)) visit(inner);
    });
  };
  visit(path);
  return found;
}

function matching(files: FileSystem, path: string): string[] {
  if (!path.includes('*')) return [path];
  const folder = path.slice(0, path.lastIndexOf('/'));
  const parts = path.slice(folder.length + 1).split('*');
  if (files.stat(folder)?.type !== 'directory') return [];
  return files
    .list(folder)
    .filter((name) => name.startsWith(parts[0]!) && name.endsWith(parts.at(-1)!) && !name.startsWith('.'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** The first directive of a name. */
export function find(block: readonly Directive[] | undefined, name: string): Directive | undefined {
  return block?.find((directive) => directive.name === name);
}

export function all(block: readonly Directive[] | undefined, name: string): readonly Directive[] {
  return (block ?? []).filter((directive) => directive.name === name);
}

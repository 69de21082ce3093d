import { FileError } from '../../engine/files/errors.ts';
import { GzipProblem, gunzip, gzip, isGzip } from '../../engine/files/gzip.ts';
import type { FileNode } from '../../engine/files/node.ts';
import { dirname, resolve } from '../../engine/files/path.ts';
import { readTar, type TarEntry, TarError, writeTar } from '../../engine/files/tar.ts';
import { matches } from '../../shell/pattern.ts';
import type { ToolTable } from '../tool.ts';
import { readFile, splitLines, writeFile } from './support/input.ts';
import { type Options, parseOptions } from './support/options.ts';
import { formatTime } from './support/time.ts';
import { type Context, Failure, textTool } from './support/tool.ts';

const LONG = {
  create: 'c',
  extract: 'x',
  get: 'x',
  list: 't',
  append: 'r',
  update: 'u',
  file: 'f:',
  directory: 'C:',
  gzip: 'z',
  gunzip: 'z',
  'auto-compress': 'a',
  verbose: 'v',
  'to-stdout': 'O',
  'keep-old-files': 'k',
  dereference: 'h',
  'preserve-permissions': 'p',
  'same-permissions': 'p',
  'same-owner': 'same-owner',
  touch: 'm',
  'files-from': 'T:',
  'exclude-from': 'X:',
  exclude: 'exclude:',
  'strip-components': 'strip:',
  'no-same-owner': 'o',
  'numeric-owner': 'numeric',
  'absolute-names': 'P',
  'remove-files': 'remove',
  transform: 'transform:',
  sort: 'sort:',
  mtime: 'mtime:',
  owner: 'owner:',
  group: 'group:',
  mode: 'mode:',
  wildcards: 'wildcards',
  'no-recursion': 'no-recursion',
  warning: 'warning:',
  format: 'format:',
  totals: 'totals',
  'one-file-system': 'one',
};
const BUSYBOX_LONG = {
  'strip-components': 'strip:',
  'no-recursion': 'no-recursion',
  'numeric-owner': 'numeric',
  'no-same-permissions': 'nsp',
  overwrite: 'overwrite',
  'to-command': 'to:',
};

/** `tar xzf a.tgz`: letters without a dash, whose values follow in their order. */
function modernArguments({ kernel }: Context): string[] {
  const [first, ...rest] = kernel.argv.slice(1);
  if (first === undefined || first.startsWith('-') || first === '') return kernel.argv.slice(1);
  const words: string[] = [];
  for (const letter of first) {
    words.push(`-${letter}`);
    if ('fCTXbHgKLNV'.includes(letter) && rest.length > 0) words[words.length - 1] += rest.shift()!;
  }
  return [...words, ...rest];
}

function tar(context: Context): number {
  const options = readOptions(context);
  const modes = [
    ...new Set(
      options.given.map(({ option }) => option).filter((option) => 'cxtru'.includes(option) && option.length === 1),
    ),
  ];
  const hint = `Try '${context.name} --help' or '${context.name} --usage' for more information.\n`;
  if (modes.length === 0) {
    if (context.busybox) throw context.usage('', 1);
    throw new Failure(
      `${context.name}: You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\n${hint}`,
      2,
    );
  }
  if (modes.length > 1) {
    if (context.busybox) throw context.usage('', 1);
    throw new Failure(
      `${context.name}: You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option\n${hint}`,
      2,
    );
  }
  return modes[0] === 'c' || modes[0] === 'r' || modes[0] === 'u'
    ? create(context, options, modes[0] !== 'c')
    : unpack(context, options, modes[0] === 't');
}

function readOptions(context: Context): Options {
  try {
    return parseOptions(
      context,
      context.busybox
        ? { short: 'cxtruf:C:zOvkpmohT:X:aJjZ', long: BUSYBOX_LONG }
        : { short: 'cxtruf:C:zOvkpmohT:X:aJjZPSlwWb:n', long: LONG },
      modernArguments(context),
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (context.busybox) throw new Failure(error.message, 1);
    throw new Failure(
      error.message.replace(
        /Try .*\n$/,
        `Try '${context.name} --help' or '${context.name} --usage' for more information.\n`,
      ),
      64,
    );
  }
}

function fatal(context: Context, gnu: string, busybox: string): Failure {
  if (context.busybox) return context.fail(busybox);
  return new Failure(`${context.name}: ${gnu}\n${context.name}: Error is not recoverable: exiting now\n`, 2);
}

function finish(context: Context, failed: boolean): number {
  if (!failed) return 0;
  context.kernel.error(
    `${context.name}: ${context.busybox ? 'error exit delayed from previous errors' : 'Exiting with failure status due to previous errors'}\n`,
  );
  return context.busybox ? 1 : 2;
}

/** The folder that `-C` names. */
function folder(context: Context, name: string | undefined, from: string): string {
  if (name === undefined) return from;
  const path = resolve(from, name);
  const node = lookup(context, path);
  if (node?.type === 'directory') return path;
  const why = node ? 'Not a directory' : 'No such file or directory';
  throw fatal(context, `${name}: Cannot open: ${why}`, `can't change directory to '${name}': ${why}`);
}

function lookup({ kernel }: Context, path: string, follow = true): FileNode | undefined {
  try {
    return follow ? kernel.files.stat(path) : kernel.files.lstat(path);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

function create(context: Context, options: Options, append: boolean): number {
  const { kernel } = context;
  const archive = options.value('f') ?? '-';
  const base = folder(context, options.value('C'), kernel.cwd);
  const listed = options.values('T').flatMap((name) => splitLines(readFile(kernel, name)));
  const names = [...options.operands, ...listed];
  if (names.length === 0) {
    if (context.busybox) throw context.fail('empty archive');
    throw new Failure(
      `${context.name}: Cowardly refusing to create an empty archive\nTry '${context.name} --help' or '${context.name} --usage' for more information.\n`,
      2,
    );
  }
  const entries: TarEntry[] = append ? readArchive(context, options) : [];
  const report = (name: string) => {
    if (!options.has('v')) return;
    if (archive === '-') kernel.error(`${name}\n`);
    else context.out(`${name}\n`);
  };
  let failed = false;
  let removed = false;
  const target = resolve(kernel.cwd, archive);
  const add = (name: string, path: string) => {
    const node = lookup(context, path, options.has('h'));
    if (!node) {
      failed = true;
      kernel.error(`${context.name}: ${name}: ${context.busybox ? '' : 'Cannot stat: '}No such file or directory\n`);
      return;
    }
    if (archive !== '-' && path === target) {
      kernel.error(
        `${context.name}: ${name}: ${context.busybox ? 'file is the archive; skipping' : 'archive cannot contain itself; not dumped'}\n`,
      );
      return;
    }
    if (node.type === 'socket') {
      if (!context.busybox) kernel.error(`${context.name}: ${name}: socket ignored\n`);
      return;
    }
    const member = name.replace(/^\/+/, '');
    if (member !== name && !removed && !options.has('P')) {
      removed = true;
      kernel.error(
        `${context.name}: ${context.busybox ? "removing leading '/' from member names" : "Removing leading `/' from member names"}\n`,
      );
    }
    const stored = options.has('P') ? name : member === '' ? './' : member;
    if (excluded(options, stored.replace(/\/$/, ''))) return;
    if (node.type === 'directory') {
      const label = `${stored.replace(/\/+$/, '')}/`;
      report(context.busybox ? label : `${name.replace(/\/+$/, '')}/`);
      entries.push({ path: label, ...owned(context, options, { ...node, entries: new Map() }) });
      if (options.has('no-recursion')) return;
      let inside: string[] = [];
      try {
        inside = kernel.files.list(path);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        failed = true;
        kernel.error(`${context.name}: ${name}: Cannot open: ${error.message}\n`);
      }
      for (const entry of inside) add(`${name.replace(/\/+$/, '')}/${entry}`, `${path === '/' ? '' : path}/${entry}`);
      return;
    }
    if (node.type === 'file') {
      try {
        kernel.files.read(path);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        failed = true;
        kernel.error(`${context.name}: ${name}: ${context.busybox ? '' : 'Cannot open: '}${error.message}\n`);
        return;
      }
    }
    report(context.busybox ? stored : name);
    entries.push({ path: stored, ...owned(context, options, node) });
  };
  for (const name of names) add(name, resolve(base, name));
  const plain = writeTar(entries);
  const blocked = plain + '\0'.repeat((10240 - (plain.length % 10240)) % 10240);
  const bytes = options.has('z') || (options.has('a') && /\.t?gz$/.test(archive)) ? gzip(blocked) : blocked;
  if (archive === '-') context.out(bytes);
  else {
    try {
      writeFile(kernel, archive, bytes);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw fatal(context, `${archive}: Cannot open: ${error.message}`, `can't open '${archive}': ${error.message}`);
    }
  }
  return finish(context, failed);
}

function excluded(options: Options, name: string): boolean {
  return options.values('exclude').some((pattern) => {
    const wanted = pattern.replace(/^\.\//, '').replace(/\/$/, '');
    const parts = name.replace(/^\.\//, '').split('/');
    return parts.some((_, from) =>
      parts.slice(from).some((__, count) => matches(wanted, parts.slice(from, from + count + 1).join('/'))),
    );
  });
}

function readArchive(context: Context, options: Options): TarEntry[] {
  const archive = options.value('f') ?? '-';
  let bytes: string;
  try {
    bytes = readFile(context.kernel, archive);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'EISDIR' && !context.busybox) {
      throw new Failure(
        `${context.name}: ${archive}: Cannot read: Is a directory\n${context.name}: At beginning of tape, quitting now\n${context.name}: Error is not recoverable: exiting now\n`,
        2,
      );
    }
    throw fatal(context, `${archive}: Cannot open: ${error.message}`, `can't open '${archive}': ${error.message}`);
  }
  bytes = unzipped(context, options, archive, bytes);
  if (bytes === '') {
    if (context.busybox) throw context.fail('short read');
    throw new Failure(
      `${context.name}: This does not look like a tar archive\n${context.name}: Exiting with failure status due to previous errors\n`,
      2,
    );
  }
  try {
    return readTar(bytes);
  } catch (error) {
    if (!(error instanceof TarError)) throw error;
    if (context.busybox)
      throw context.fail(bytes.length < 512 || /EOF/.test(error.message) ? 'short read' : 'invalid tar magic');
    if (/EOF/.test(error.message) && bytes.length >= 512 && bytes.slice(257, 262) === 'ustar')
      throw fatal(context, 'Unexpected EOF in archive', 'short read');
    const skipping = bytes.length > 512 ? `${context.name}: Skipping to next header\n` : '';
    throw new Failure(
      `${context.name}: This does not look like a tar archive\n${skipping}${context.name}: Exiting with failure status due to previous errors\n`,
      2,
    );
  }
}

function unzipped(context: Context, options: Options, archive: string, bytes: string): string {
  const asked = options.has('z');
  if (!asked && !isGzip(bytes)) return bytes;
  if (!asked && archive === '-' && !context.busybox)
    throw fatal(context, 'Archive is compressed. Use -z option', 'short read');
  if (!asked && context.busybox) throw context.fail('short read');
  try {
    return gunzip(bytes);
  } catch (error) {
    if (!(error instanceof GzipProblem)) throw error;
    if (context.busybox)
      throw new Failure(
        `${context.name}: ${error.message === 'not in gzip format' ? 'invalid magic' : error.message}\n${context.name}: short read\n`,
        1,
      );
    throw new Failure(
      `\ngzip: stdin: ${error.message}\n${context.name}: Child returned status 1\n${context.name}: Error is not recoverable: exiting now\n`,
      2,
    );
  }
}

function unpack(context: Context, options: Options, listing: boolean): number {
  const { kernel } = context;
  const entries = readArchive(context, options);
  const base = listing ? kernel.cwd : folder(context, options.value('C'), kernel.cwd);
  const wanted = [
    ...options.operands,
    ...options.values('T').flatMap((name) => splitLines(readFile(kernel, name))),
  ].map((name) => name.replace(/\/+$/, ''));
  const seen = new Set<string>();
  const strip = Number(options.value('strip') ?? 0);
  let failed = false;
  let removed = false;
  for (const entry of entries) {
    const { path, node } = entry;
    const plain = path.replace(/\/$/, '');
    const asked = wanted.find(
      (name) => plain === name || plain.startsWith(`${name}/`) || (options.has('wildcards') && matches(name, plain)),
    );
    if (wanted.length > 0 && asked === undefined) continue;
    if (asked !== undefined) seen.add(asked);
    if (excluded(options, plain)) continue;
    if (listing) {
      context.out(
        `${options.has('v') ? `${longLine(context, entry, options.has('numeric'))} ` : ''}${path}${options.has('v') && node.type === 'symlink' ? ` -> ${node.target}` : ''}\n`,
      );
      continue;
    }
    const stripped = strip > 0 ? plain.split('/').slice(strip).join('/') : plain;
    if (strip > 0 && stripped === '') continue;
    const member = stripped.replace(/^\/+/, '');
    if (member !== stripped && !removed) {
      removed = true;
      kernel.error(
        `${context.name}: ${context.busybox ? "removing leading '/' from member names" : "Removing leading `/' from member names"}\n`,
      );
    }
    if (options.has('v'))
      (options.has('O') ? kernel.error : context.out).call(options.has('O') ? kernel : context, `${path}\n`);
    if (options.has('O')) {
      if (node.type === 'file') context.out(node.data);
      continue;
    }
    try {
      put(context, options, resolve(base, member === '' ? '.' : member), node);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      failed = true;
      const what = node.type === 'directory' ? 'mkdir' : 'open';
      kernel.error(
        `${context.name}: ${context.busybox ? `can't ${what === 'mkdir' ? 'make dir' : 'open'} '${plain}'` : `${plain}: Cannot ${what}`}: ${error.message}\n`,
      );
    }
  }
  for (const name of wanted)
    if (!seen.has(name)) {
      failed = true;
      kernel.error(`${context.name}: ${name}: ${context.busybox ? 'not found in archive' : 'Not found in archive'}\n`);
      if (context.busybox) return 1;
    }
  return finish(context, failed);
}

/** Unpacks one member. Throws FileError. */
function put(context: Context, options: Options, path: string, node: FileNode): void {
  const { files, credentials, now } = context.kernel;
  const owner = credentials.uid === 0 && !options.has('o') ? {} : { uid: credentials.uid, gid: credentials.gid };
  const made = { ...node, ...owner, ...(options.has('m') ? { mtime: now } : {}) };
  if (path !== '/') files.mkdirs(dirname(path));
  const old = files.lstat(path);
  if (node.type === 'directory' && old?.type === 'directory') {
    if (path !== '/' && !options.has('overwrite')) {
      files.chmod(path, node.mode);
      files.touch(path, made.mtime);
    }
    return;
  }
  if (old) {
    if (options.has('k')) throw new FileError('EEXIST', path);
    files.remove(path);
  }
  files.place(path, made);
}

const KINDS: Readonly<Record<string, string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  character: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
};

/** A member with its owners: the file's, or those that `--owner` and `--group` name. */
function owned(context: Context, options: Options, node: FileNode): Omit<TarEntry, 'path'> {
  const uid = wanted(context, '/etc/passwd', options.value('owner')) ?? node.uid;
  const gid = wanted(context, '/etc/group', options.value('group')) ?? node.gid;
  const own = { ...node, uid, gid };
  return { node: own, ...namesOf(context, own) };
}

/** The id of `NAME`, `NAME:ID` or `ID`. */
function wanted({ kernel }: Context, table: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [name = '', id = ''] = text.split(/:(?=\d+$)/);
  if (id !== '' || /^\d+$/.test(name)) return Number(id || name);
  const line = splitLines(readFile(kernel, table)).find((entry) => entry.startsWith(`${name}:`));
  return line === undefined ? undefined : Number(line.split(':')[2]);
}

/** The names that an archive keeps of who owns a file. */
function namesOf(context: Context, { uid, gid }: FileNode): { owner: string; group: string } {
  return { owner: nameOf(context, '/etc/passwd', uid), group: nameOf(context, '/etc/group', gid) };
}

function longLine(context: Context, { node, owner, group }: TarEntry, numeric: boolean): string {
  const letters = [...'rwxrwxrwx'].map((letter, index) => ((node.mode >> (8 - index)) & 1 ? letter : '-')).join('');
  const names = numeric ? `${node.uid}/${node.gid}` : `${owner ?? node.uid}/${group ?? node.gid}`;
  const size = String(node.type === 'file' ? node.size : 0);
  const time = formatTime(context.busybox ? '%Y-%m-%d %H:%M:%S' : '%Y-%m-%d %H:%M', Math.floor(node.mtime / 1000));
  const width = Math.max(size.length, 18 - names.length);
  return `${KINDS[node.type]}${letters} ${names} ${context.busybox ? size.padStart(9) : size.padStart(width)} ${time}`;
}

function nameOf({ kernel }: Context, file: string, id: number): string {
  try {
    return (
      kernel.files
        .read(file)
        .split('\n')
        .find((line) => line.split(':')[2] === String(id))
        ?.split(':')[0] ?? ''
    );
  } catch (error) {
    if (error instanceof FileError) return '';
    throw error;
  }
}

export const tarTools: ToolTable = { tar: textTool(tar) };

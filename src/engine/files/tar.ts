import { type Directory, directory, type FileNode, regularFile, symbolicLink } from './node.ts';
import { segments } from './path.ts';
import { lookup, replace } from './tree.ts';

/**
 * One member of an archive. Paths have no leading slash; a folder's ends with one, as archives write them. A file's
 * `data` is shorter than its `size` when only the size is known.
 */
export interface TarEntry {
  readonly path: string;
  readonly node: FileNode;
  /** Names of owner and group; archives of the engine have none. */
  readonly owner?: string;
  readonly group?: string;
}

/** Something that is no tar archive, or one that breaks off; the messages are Go's archive/tar. */
export class TarError extends Error {}

const BLOCK = 512;
const END = '\0'.repeat(2 * BLOCK);
const TYPES = { file: '0', symlink: '2', character: '3', block: '4', directory: '5', fifo: '6', socket: '6' } as const;
/** Keys of our own in extended headers: what a modelled file is, which no tar can know. */
const PROGRAM = 'STAPELLAUF.program';
const DEVICE = 'STAPELLAUF.device';
const HOLE = 'GNU.sparse.size';

const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;
const padded = (text: string, width: number) => text.slice(0, width) + '\0'.repeat(Math.max(0, width - text.length));
const filled = (data: string) => data + '\0'.repeat((BLOCK - (data.length % BLOCK)) % BLOCK);

/** A path in the two fields that ustar has for it, or undefined when it fits neither. */
function split(path: string): { name: string; prefix: string } | undefined {
  if (path.length <= 100) return { name: path, prefix: '' };
  for (let at = path.indexOf('/'); at >= 0 && at <= 155; at = path.indexOf('/', at + 1)) {
    const name = path.slice(at + 1);
    if (name !== '' && name.length <= 100) return { name, prefix: path.slice(0, at) };
  }
  return undefined;
}

function header({ path, node, owner: user = '', group = '' }: TarEntry, type: string, size: number): string {
  const { name, prefix } = split(path) ?? { name: path.slice(0, 100), prefix: '' };
  const link = node.type === 'symlink' ? node.target.slice(0, 100) : '';
  const seconds = Math.max(0, Math.floor(node.mtime / 1000));
  const before =
    padded(name, 100) + octal(node.mode & 0o7777, 8) + octal(node.uid, 8) + octal(node.gid, 8) + octal(size, 12);
  const owner = `ustar\u000000${padded(user, 32)}${padded(group, 32)}`;
  const device = node.type === 'character' || node.type === 'block' ? octal(0, 8).repeat(2) : '\0'.repeat(16);
  const after = `${type}${padded(link, 100)}${owner}${device}${padded(prefix, 155)}${'\0'.repeat(12)}`;
  const whole = `${before}${octal(seconds, 12)}        ${after}`;
  let sum = 0;
  for (let index = 0; index < whole.length; index += 1) sum += whole.charCodeAt(index);
  return `${before}${octal(seconds, 12)}${sum.toString(8).padStart(6, '0')}\0 ${after}`;
}

/** One record of an extended header: its own length, key and value (POSIX pax). */
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return `${length}${rest}`;
}

function member(entry: TarEntry): string {
  const { path, node } = entry;
  const records: Record<string, string> = {};
  if (!split(path)) records['path'] = path;
  if (node.type === 'symlink' && node.target.length > 100) records['linkpath'] = node.target;
  if (node.type === 'file' && node.data.length < node.size) records[HOLE] = String(node.size);
  if (node.type === 'file' && node.program !== undefined) records[PROGRAM] = node.program;
  if ('device' in node && node.device !== '') records[DEVICE] = node.device;
  const extended = Object.entries(records)
    .map(([key, value]) => record(key, value))
    .join('');
  const base = path.replace(/\/$/, '').split('/').at(-1)!.slice(0, 80);
  const plain: FileNode = regularFile('', { mtime: node.mtime });
  const pax =
    extended === ''
      ? ''
      : header({ path: `PaxHeaders.0/${base}`, node: plain }, 'x', extended.length) + filled(extended);
  const data = node.type === 'file' ? node.data : '';
  return pax + header(entry, TYPES[node.type], data.length) + filled(data);
}

/**
 * An archive (POSIX ustar) of members in the order given, as a byte string. The same members are the same bytes.
 * `globals` become a global extended header (POSIX pax), which other programs skip.
 */
export function writeTar(entries: Iterable<TarEntry>, globals: Readonly<Record<string, string>> = {}): string {
  const parts: string[] = [];
  const records = Object.entries(globals).map(([key, value]) => record(key, value));
  if (records.length > 0) {
    const data = records.join('');
    parts.push(header({ path: 'pax_global_header', node: regularFile('') }, 'g', data.length), filled(data));
  }
  for (const entry of entries) parts.push(member(entry));
  parts.push(END);
  return parts.join('');
}

/** All that is in a folder as members of an archive, parents first, names sorted; the folder itself is not among them. */
export function* treeEntries(tree: Directory, prefix = ''): Generator<TarEntry> {
  for (const name of [...tree.entries.keys()].sort()) {
    const node = tree.entries.get(name)!;
    if (node.type === 'directory') {
      yield { path: `${prefix}${name}/`, node: { ...node, entries: new Map() } };
      yield* treeEntries(node, `${prefix}${name}/`);
    } else {
      yield { path: `${prefix}${name}`, node };
    }
  }
}

const text = (block: string, from: number, length: number) => /^[^\0]*/.exec(block.slice(from, from + length))![0];

function number(block: string, from: number, length: number): number {
  const digits = text(block, from, length).trim();
  if (digits !== '' && !/^[0-7]+$/.test(digits)) throw new TarError('archive/tar: invalid tar header');
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

function checkSum(block: string): void {
  let sum = 0;
  for (let index = 0; index < BLOCK; index += 1) sum += index >= 148 && index < 156 ? 32 : block.charCodeAt(index);
  if (number(block, 148, 8) !== sum) throw new TarError('archive/tar: invalid tar header');
}

function extendedHeader(data: string): Record<string, string> {
  const records: Record<string, string> = {};
  for (let at = 0; at < data.length; ) {
    const length = Number.parseInt(data.slice(at), 10);
    if (!(length > 0)) throw new TarError('archive/tar: invalid tar header');
    const line = data.slice(at, at + length - 1);
    const [, key = '', value = ''] = /^\d+ ([^=]*)=([\s\S]*)$/.exec(line) ?? [];
    records[key] = value;
    at += length;
  }
  return records;
}

/** The members of an archive: ustar, with pax and GNU long names. Hard links become copies. Throws {@link TarError}. */
export function readTar(bytes: string): TarEntry[] {
  const entries: TarEntry[] = [];
  const byPath = new Map<string, FileNode>();
  let extra: Record<string, string> = {};
  for (let at = 0; at < bytes.length; ) {
    const block = bytes.slice(at, at + BLOCK);
    if (block.length < BLOCK) throw new TarError('unexpected EOF');
    if (/^\0*$/.test(block)) break;
    checkSum(block);
    const size = number(block, 124, 12);
    const data = bytes.slice(at + BLOCK, at + BLOCK + size);
    if (data.length < size) throw new TarError('unexpected EOF');
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const type = block[156]!;
    if (type === 'x') extra = { ...extra, ...extendedHeader(data) };
    else if (type === 'L') extra = { ...extra, path: text(data, 0, size) };
    else if (type === 'K') extra = { ...extra, linkpath: text(data, 0, size) };
    else if (type !== 'g') {
      const entry = { ...readMember(block, data, extra, byPath), ...namesIn(block) };
      byPath.set(entry.path.replace(/^\.?\/+/, ''), entry.node);
      entries.push(entry);
      extra = {};
    }
  }
  return entries;
}

/** What a global extended header at the beginning of an archive says. */
export function readTarGlobals(bytes: string): Readonly<Record<string, string>> {
  const block = bytes.slice(0, BLOCK);
  if (block[156] !== 'g') return {};
  checkSum(block);
  return extendedHeader(bytes.slice(BLOCK, BLOCK + number(block, 124, 12)));
}

/** Names of owner and group, where there are any. */
function namesIn(block: string): Pick<TarEntry, 'owner' | 'group'> {
  const [owner, group] = [text(block, 265, 32), text(block, 297, 32)];
  return { ...(owner === '' ? {} : { owner }), ...(group === '' ? {} : { group }) };
}

function readMember(
  block: string,
  data: string,
  extra: Readonly<Record<string, string>>,
  byPath: ReadonlyMap<string, FileNode>,
): TarEntry {
  const prefix = block.slice(257, 262) === 'ustar' && block[262] === '\0' ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  const path = extra['path'] ?? (prefix === '' ? name : `${prefix}/${name}`);
  const attributes = {
    mode: number(block, 100, 8) & 0o7777,
    uid: number(block, 108, 8),
    gid: number(block, 116, 8),
    mtime: number(block, 136, 12) * 1000,
  };
  const target = extra['linkpath'] ?? text(block, 157, 100);
  const device = extra[DEVICE] ?? '';
  switch (block[156]) {
    case '1': {
      const linked = byPath.get(target.replace(/^\.?\/+/, ''));
      return { path, node: linked ?? regularFile('', attributes) };
    }
    case '2':
      return { path, node: symbolicLink(target, attributes) };
    case '3':
      return { path, node: { ...attributes, type: 'character', device } };
    case '4':
      return { path, node: { ...attributes, type: 'block', device } };
    case '5':
      return { path: path.endsWith('/') ? path : `${path}/`, node: directory(attributes) };
    case '6':
      return { path, node: { ...attributes, type: 'fifo', device } };
    default: {
      const program = extra[PROGRAM];
      const size = extra[HOLE] === undefined ? data.length : Number(extra[HOLE]);
      return { path, node: regularFile(data, { ...attributes, size, ...(program === undefined ? {} : { program }) }) };
    }
  }
}

/** The members put into a folder, one after the other, over what is there: what unpacking does. */
export function unpack(entries: readonly TarEntry[], into: Directory = directory()): Directory {
  let tree = into;
  for (const { path, node } of entries) tree = replace(tree, segments(path), merged(tree, path, node), node.mtime);
  // A folder has the time that its own member says, not that of what landed in it afterwards.
  for (const { path, node } of entries)
    if (node.type === 'directory') tree = replace(tree, segments(path), merged(tree, path, node), node.mtime);
  return tree;
}

function merged(tree: Directory, path: string, node: FileNode): FileNode {
  const old = node.type === 'directory' ? lookup(tree, segments(path)) : undefined;
  return node.type === 'directory' && old?.type === 'directory' ? { ...node, entries: old.entries } : node;
}

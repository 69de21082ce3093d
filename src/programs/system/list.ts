import { FileError } from '../../engine/files/errors.ts';
import type { FileNode } from '../../engine/files/node.ts';
import type { Tool } from '../tool.ts';
import { blockCount, byteSize, inodeNumber } from './attributes.ts';
import { columns } from './columns.ts';
import { type Invocation, tool } from './invocation.ts';
import { longLines } from './long-listing.ts';
import { type Options, parseOptions } from './options.ts';
import { humanBusybox, humanGnu } from './sizes.ts';

/** A name to be listed, with the node that stands for it. */
export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly node: FileNode;
}

const GNU_LONG = {
  ...{
    all: 'a',
    'almost-all': 'A',
    'human-readable': 'h',
    recursive: 'R',
    directory: 'd',
    classify: 'F::',
    reverse: 'r',
  },
  ...{ 'numeric-uid-gid': 'n', inode: 'i', size: 's', 'no-group': 'G', dereference: 'L', 'quote-name': 'Q', zero: '' },
  ...{
    color: ':',
    format: ':',
    sort: ':',
    time: ':',
    'time-style': ':',
    'full-time': '',
    'group-directories-first': '',
  },
  ...{
    'block-size': ':',
    si: '',
    'file-type': '',
    'indicator-style': ':',
    hide: ':',
    ignore: 'I',
    width: 'w',
    kibibytes: 'k',
  },
  ...{ literal: 'N', author: '', escape: 'b', 'dereference-command-line': 'H' },
};

/** Lists files. */
export const ls: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, '1AaCxdLHRFplinshrSXvctuw:TgGNQk', {
          long: { color: '::', 'full-time': '', 'group-directories-first': '' },
        })
      : parseOptions(call, '1AaCxdLHRFplinshrSXvctuw:T:gGNQkomfUBI:bqZD', { long: { ...GNU_LONG, color: '::' } });
    new Listing(call, options).run();
  },
  { usage: 'ls [-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...', wrongUsage: 2 },
);

class Listing {
  readonly #call: Invocation;
  readonly #options: Options;
  readonly #long: boolean;
  #first = true;

  constructor(call: Invocation, options: Options) {
    this.#call = call;
    this.#options = options;
    this.#long =
      options.has('l', 'n', 'g', 'o', 'full-time') || ['long', 'verbose'].includes(options.value('format') ?? '');
  }

  run(): undefined {
    const { operands } = this.#options;
    const files: Entry[] = [];
    const folders: Entry[] = [];
    for (const name of operands.length > 0 ? operands : ['.']) {
      const node = this.#stat(name);
      if (!node) continue;
      const entry = { name, path: this.#call.path(name), node };
      (node.type === 'directory' && !this.#options.has('d') ? folders : files).push(entry);
    }
    if (files.length > 0) {
      this.#print(this.#sorted(files));
      this.#first = false;
    }
    const heading = operands.length > 1 || this.#options.has('R');
    for (const folder of this.#sorted(folders)) this.#folder(folder, heading, true);
  }

  #stat(name: string): FileNode | undefined {
    const call = this.#call;
    const { has } = this.#options;
    const follow = has('L', 'H') || name.endsWith('/');
    const throughLinks = !this.#long && !has('F', 'd') && !(call.busybox && has('i', 's'));
    try {
      const node = call.stat(name, follow);
      if (node.type !== 'symlink' || !throughLinks) return node;
      // A link on the command line is followed when it leads to a folder.
      const target = call.tryStat(name);
      return target?.type === 'directory' || (call.busybox && target) ? target : node;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      call.complain(`${name}: ${error.message}`, `cannot access '${name}': ${error.message}`, call.busybox ? 1 : 2);
      return undefined;
    }
  }

  #folder(folder: Entry, heading: boolean, onCommandLine: boolean): undefined {
    const call = this.#call;
    const { has } = this.#options;
    let names: string[];
    try {
      names = call.kernel.files.list(folder.path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const status = call.busybox || !onCommandLine ? Math.max(call.status, 1) : 2;
      call.complain(
        `can't open '${folder.name}': ${error.message}`,
        `cannot open directory '${folder.name}': ${error.message}`,
        status,
      );
      return;
    }
    if (!this.#first) call.out('\n');
    this.#first = false;
    if (heading) call.out(`${folder.name}:\n`);
    const all = has('a', 'f');
    const entries: Entry[] = [];
    for (const name of all ? ['.', '..', ...names] : names) {
      if (name.startsWith('.') && !all && !has('A')) continue;
      const path = `${folder.path === '/' ? '' : folder.path}/${name}`;
      const node = has('L') ? (call.tryStat(path) ?? call.tryStat(path, false)) : call.tryStat(path, false);
      if (node) entries.push({ name, path, node });
    }
    const sorted = this.#sorted(entries);
    if (this.#long || has('s')) this.#total(sorted);
    this.#print(sorted);
    if (!has('R')) return;
    for (const entry of sorted)
      if (entry.node.type === 'directory' && entry.name !== '.' && entry.name !== '..')
        this.#folder({ ...entry, name: `${folder.name.replace(/\/+$/, '')}/${entry.name}` }, true, false);
  }

  #total(entries: readonly Entry[]): undefined {
    const { files } = this.#call.kernel;
    const kilobytes = entries.reduce((sum, { path, node }) => sum + blockCount(files, path, node), 0) / 2;
    const text = !this.#options.has('h')
      ? String(kilobytes)
      : this.#call.busybox
        ? humanBusybox(kilobytes * 1024, true).padEnd(7)
        : humanGnu(kilobytes * 1024);
    this.#call.out(`total ${text}\n`);
  }

  #sorted(entries: readonly Entry[]): Entry[] {
    const { has, value } = this.#options;
    const { files } = this.#call.kernel;
    const sort = value('sort');
    if (has('U', 'f') || sort === 'none') return [...entries];
    const byName = (a: Entry, b: Entry) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
    const extension = ({ name }: Entry) => (name.includes('.') ? name.slice(name.lastIndexOf('.')) : '');
    const compare = (a: Entry, b: Entry) => {
      if (has('S') || sort === 'size')
        return byteSize(files, b.path, b.node) - byteSize(files, a.path, a.node) || byName(a, b);
      if (has('t') || sort === 'time') return b.node.mtime - a.node.mtime || byName(a, b);
      if (has('X') || sort === 'extension')
        return extension(a) < extension(b) ? -1 : extension(a) > extension(b) ? 1 : byName(a, b);
      if (has('v') || sort === 'version') return byVersion(a.name, b.name) || byName(a, b);
      return byName(a, b);
    };
    const sorted = [...entries].sort(compare);
    if (has('r')) sorted.reverse();
    if (!has('group-directories-first')) return sorted;
    const isFolder = ({ node }: Entry) => node.type === 'directory';
    return [...sorted.filter(isFolder), ...sorted.filter((entry) => !isFolder(entry))];
  }

  #print(entries: readonly Entry[]): undefined {
    const call = this.#call;
    const { has, value } = this.#options;
    const shown = entries.map((entry) => this.#prefix(entry) + this.#name(entry));
    if (this.#long) {
      const lines = longLines(
        call,
        this.#options,
        entries,
        (entry) => this.#prefix(entry),
        (entry) => this.#name(entry),
      );
      call.out(lines.map((line) => `${line}\n`).join(''));
      return;
    }
    if (has('m')) {
      if (shown.length > 0) call.out(`${shown.join(', ')}\n`);
      return;
    }
    const inColumns = has('C', 'x') || (call.kernel.terminal.stdout && !has('1'));
    const width = Number(value('w') ?? 80) || 80;
    if (inColumns && !(has('1') && call.args.at(-1) === '-1')) call.out(columns(shown, width, call.flavour, has('x')));
    else call.out(shown.map((line) => line + (has('zero') ? '\0' : '\n')).join(''));
  }

  /** Inode and blocks, where they are asked for. */
  #prefix({ path, node }: Entry): string {
    const { has } = this.#options;
    const { files } = this.#call.kernel;
    const { busybox } = this.#call;
    let text = '';
    if (has('i')) text += `${String(inodeNumber(path)).padStart(busybox ? 7 : 6)} `;
    if (has('s')) text += `${String(blockCount(files, path, node) / 2).padStart(busybox ? 6 : 1)} `;
    return text;
  }

  /** The name with what `-F`, `-p` and `-Q` add. */
  #name(entry: Entry): string {
    const { has } = this.#options;
    const name = has('Q') ? `"${entry.name}"` : entry.name;
    if (this.#long && entry.node.type === 'symlink') {
      const target = this.#call.tryStat(entry.path);
      return `${name} -> ${entry.node.target}${target ? this.#mark(target, true) : ''}`;
    }
    return name + this.#mark(entry.node, false);
  }

  #mark(node: FileNode, target: boolean): string {
    const { has } = this.#options;
    if (has('p') && !has('F')) return node.type === 'directory' ? '/' : '';
    if (!has('F', 'file-type')) return '';
    if (node.type === 'directory') return '/';
    if (node.type === 'symlink') return target ? '' : '@';
    if (node.type === 'fifo') return '|';
    if (node.type === 'socket') return '=';
    return node.type === 'file' && (node.mode & 0o111) !== 0 && has('F') ? '*' : '';
  }
}

function byVersion(a: string, b: string): number {
  const parts = (text: string) => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const [x, y] = [left[i]!, right[i]!];
    const order = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : x < y ? -1 : x > y ? 1 : 0;
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

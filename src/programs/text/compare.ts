import { FileError } from '../../engine/files/errors.ts';
import { resolve } from '../../engine/files/path.ts';
import type { ToolTable } from '../tool.ts';
import { type Hunk, hunkLines, hunks } from './support/difference.ts';
import { readFile, splitLines } from './support/input.ts';
import { type Options, parseOptions } from './support/options.ts';
import { type Context, textTool } from './support/tool.ts';

const DIFF_LONG = {
  unified: 'U::',
  brief: 'q',
  recursive: 'r',
  'new-file': 'N',
  'ignore-case': 'i',
  'ignore-all-space': 'w',
  'ignore-space-change': 'b',
  'ignore-blank-lines': 'B',
  'report-identical-files': 's',
  text: 'a',
  label: 'L:',
  color: 'color::',
  context: 'C::',
  'strip-trailing-cr': 'cr',
  exclude: 'x:',
  'side-by-side': 'y',
};

function diff(context: Context): number {
  const words = context.kernel.argv.slice(1).map((word) => word.replace(/^-u?(\d+)$/, '-U$1'));
  const options = parseOptions(
    context,
    context.busybox ? { short: 'abBdiL:NqrTstU:wupS:' } : { short: 'uU:cC:qrNiwbBsaL:x:ydZ', long: DIFF_LONG },
    words,
  );
  const [first, second, extra] = options.operands;
  if (context.busybox && (second === undefined || extra !== undefined)) throw context.usage('', 1);
  if (first === undefined || second === undefined)
    throw context.usage(`missing operand after ${context.quote(first ?? context.name)}`);
  if (extra !== undefined) throw context.usage(`extra operand ${context.quote(extra)}`);
  const { kernel } = context;
  const kind = (name: string) => (name === '-' ? 'file' : stat(context, name)?.type);
  const [a, b] = [kind(first), kind(second)];
  if (a === 'directory' && b === 'directory') return compareFolders(context, options, first, second);
  const inFolder = (dir: string, file: string) => `${dir.replace(/\/$/, '')}/${file.split('/').at(-1)}`;
  const left = a === 'directory' ? inFolder(first, second) : first;
  const right = b === 'directory' ? inFolder(second, first) : second;
  const missing = [left, right].filter((name) => name !== '-' && !stat(context, name));
  if (missing.length > 0 && !options.has('N')) {
    for (const name of missing) {
      kernel.error(`${context.name}: ${context.busybox ? `can't stat '${name}'` : name}: No such file or directory\n`);
      if (context.busybox) break;
    }
    return 2;
  }
  return compareFiles(context, options, left, right, '');
}

function stat({ kernel }: Context, name: string) {
  try {
    return kernel.files.stat(resolve(kernel.cwd, name));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

/** Options as they are repeated before each pair of files of two folders. */
function repeated(options: Options): string {
  return options.given
    .map(({ option, value }) =>
      option === 'U' && value !== '' ? ` -U${value}` : option.length === 1 ? ` -${option}${value}` : '',
    )
    .join('');
}

/** Files below a folder that BusyBox compares: it passes over folders that the other side lacks. */
function* busyboxFiles(context: Context, options: Options, left: string, right: string, inner = ''): Generator<string> {
  const { kernel } = context;
  for (const name of kernel.files.list(resolve(kernel.cwd, `${left}/${inner}`))) {
    const path = inner + name;
    if (stat(context, `${left}/${path}`)?.type !== 'directory' || !options.has('r')) yield path;
    else if (options.has('N') || stat(context, `${right}/${path}`)?.type === 'directory')
      yield* busyboxFiles(context, options, left, right, `${path}/`);
    else yield '';
  }
}

function compareFolders(context: Context, options: Options, left: string, right: string): number {
  const { kernel } = context;
  if (context.busybox)
    return compareBusyboxFolders(context, options, left.replace(/\/$/, ''), right.replace(/\/$/, ''));
  const names = new Set([
    ...kernel.files.list(resolve(kernel.cwd, left)),
    ...kernel.files.list(resolve(kernel.cwd, right)),
  ]);
  let status = 0;
  for (const name of [...names].sort()) {
    const [a, b] = [`${left.replace(/\/$/, '')}/${name}`, `${right.replace(/\/$/, '')}/${name}`];
    const [x, y] = [stat(context, a), stat(context, b)];
    let result = 1;
    if ((!x || !y) && !(options.has('N') && (x ?? y)?.type === 'file'))
      context.out(`Only in ${(x ? left : right).replace(/\/$/, '')}: ${name}\n`);
    else if (x?.type === 'directory' && y?.type === 'directory') {
      if (options.has('r')) result = compareFolders(context, options, a, b);
      else {
        context.out(`Common subdirectories: ${a} and ${b}\n`);
        result = 0;
      }
    } else if (x && y && x.type !== y.type) {
      const what = (node: typeof x) => (node.type === 'directory' ? 'directory' : 'regular file');
      context.out(`File ${a} is a ${what(x)} while file ${b} is a ${what(y)}\n`);
    } else result = compareFiles(context, options, a, b, `diff${repeated(options)} ${a} ${b}\n`);
    status = Math.max(status, result);
  }
  return status;
}

/** BusyBox lists the files of both trees by their paths, and compares list with list. */
function compareBusyboxFolders(context: Context, options: Options, left: string, right: string): number {
  const paths = [...busyboxFiles(context, options, left, right), ...busyboxFiles(context, options, right, left)];
  let status = paths.includes('') ? 1 : 0;
  for (const path of [...new Set(paths)].filter((path) => path !== '').sort()) {
    const [a, b] = [`${left}/${path}`, `${right}/${path}`];
    const [x, y] = [stat(context, a), stat(context, b)];
    let result = 1;
    if ((!x || !y) && !options.has('N')) context.out(`Only in ${x ? left : right}: ${path}\n`);
    else if (x?.type === 'directory' && y?.type === 'directory') {
      context.out(`Common subdirectories: ${a} and ${b}\n`);
      result = 0;
    } else if (x && y && (x.type === 'directory') !== (y.type === 'directory')) {
      const what = (node: typeof x) => (node.type === 'directory' ? 'directory' : 'regular file');
      context.out(`File ${a} is a ${what(x)} while file ${b} is a ${what(y)}\n`);
    } else result = compareFiles(context, options, a, b, '');
    status = Math.max(status, result);
  }
  return status;
}

function content(context: Context, options: Options, name: string): string {
  if (options.has('N') && name !== '-' && !stat(context, name)) return '';
  return readFile(context.kernel, name);
}

function compareFiles(context: Context, options: Options, left: string, right: string, title: string): number {
  let a: string;
  let b: string;
  try {
    a = content(context, options, left);
    b = left === right ? a : content(context, options, right);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    context.kernel.error(`${context.name}: ${error.path.startsWith('/') ? left : left}: ${error.message}\n`);
    return 2;
  }
  const lines = (text: string) => {
    const found = splitLines(text);
    // A last line without an end differs from one with it.
    if (text !== '' && !text.endsWith('\n')) found[found.length - 1] += '\n\\ No newline at end of file';
    return found;
  };
  const key = (line: string) => {
    let result = options.has('i') ? line.toLowerCase() : line;
    if (options.has('w')) result = result.replace(/[ \t\r]+/g, '');
    else if (options.has('b')) result = result.replace(/[ \t\r]+/g, ' ').replace(/ $/, '');
    return result;
  };
  const [x, y] = [lines(a), lines(b)];
  const binary = !options.has('a') && (a.includes('\0') || b.includes('\0'));
  let found: Hunk[] = binary ? [] : hunks(x.map(key), y.map(key));
  if (options.has('B'))
    found = found.filter(({ from, fromCount, to, toCount }) =>
      [...x.slice(from, from + fromCount), ...y.slice(to, to + toCount)].some((line) => line !== ''),
    );
  const same = binary ? a === b : found.length === 0;
  if (same) {
    if (options.has('s') && !context.busybox) context.out(`Files ${left} and ${right} are identical\n`);
    return 0;
  }
  if (options.has('q')) {
    context.out(`Files ${left} and ${right} differ\n`);
    return 1;
  }
  if (binary) {
    context.out(`Binary files ${left} and ${right} differ\n`);
    return context.busybox ? 1 : 2;
  }
  context.out(title);
  const unified = context.busybox || options.has('u', 'U');
  if (!unified) {
    for (const hunk of found) context.out(normalHunk(hunk, x, y));
    return 1;
  }
  const labels = options.values('L');
  const header = (name: string, index: number) =>
    labels[index] ?? (context.busybox ? name : `${name}\t${timestamp(context, name)}`);
  context.out(`--- ${header(left, 0)}\n+++ ${header(right, 1)}\n`);
  const around = Number(options.value('U') || 3);
  context.out(hunkLines(found, x, y, around));
  return 1;
}

function timestamp(context: Context, name: string): string {
  const mtime = name === '-' ? context.kernel.now : (stat(context, name)?.mtime ?? 0);
  const text = new Date(mtime).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 23)}000000 +0000`;
}

function range(from: number, count: number): string {
  if (count === 0) return String(from);
  return count === 1 ? String(from + 1) : `${from + 1},${from + count}`;
}

function normalHunk({ from, fromCount, to, toCount }: Hunk, a: readonly string[], b: readonly string[]): string {
  const kind = fromCount === 0 ? 'a' : toCount === 0 ? 'd' : 'c';
  const removed = a.slice(from, from + fromCount).map((line) => `< ${line}\n`);
  const added = b.slice(to, to + toCount).map((line) => `> ${line}\n`);
  return `${range(from, fromCount)}${kind}${range(to, toCount)}\n${removed.join('')}${kind === 'c' ? '---\n' : ''}${added.join('')}`;
}

/** Whether messages are those of a locale, not POSIX's own. */
function localized({ kernel: { environment } }: Context): boolean {
  const name = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || 'C';
  return /^C\.utf-?8$/i.test(name);
}

function cmp(context: Context): number {
  const options = parseOptions(context, {
    short: context.busybox ? 'lsn:' : 'bi:ln:sv',
    long: { silent: 's', quiet: 's', verbose: 'l', bytes: 'n:' },
  });
  const [first, second = '-'] = options.operands;
  if (first === undefined)
    throw context.usage(context.busybox ? '' : `missing operand after ${context.quote(context.name)}`);
  const texts: string[] = [];
  for (const name of [first, second]) {
    try {
      texts.push(readFile(context.kernel, name));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (!options.has('s')) context.kernel.error(`${context.name}: ${name}: ${error.message}\n`);
      return 2;
    }
  }
  const limit = options.value('n');
  const [a = '', b = ''] = limit === undefined ? texts : texts.map((text) => text.slice(0, Number(limit)));
  if (a === b) return 0;
  let status = 0;
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    if (a[at] === b[at]) continue;
    status = 1;
    if (options.has('s')) return 1;
    if (!options.has('l')) {
      const line = a.slice(0, at).split('\n').length;
      context.out(
        `${first} ${second} differ: ${context.busybox || localized(context) ? 'byte' : 'char'} ${at + 1}, line ${line}\n`,
      );
      return 1;
    }
    context.out(
      `${String(at + 1).padStart(context.busybox ? 0 : String(Math.min(a.length, b.length)).length)} ${a.charCodeAt(at).toString(8).padStart(3)} ${b.charCodeAt(at).toString(8).padStart(3)}\n`,
    );
  }
  if (a.length === b.length) return status;
  if (!options.has('s')) {
    const [name, short] = a.length < b.length ? [first, a] : [second, b];
    if (context.busybox) context.kernel.error(`${context.name}: EOF on ${name}\n`);
    else if (short === '') context.kernel.error(`${context.name}: EOF on ${context.quote(name)} which is empty\n`);
    else {
      const lines = short.split('\n').length - 1;
      const where = short.endsWith('\n') ? `line ${lines}` : `in line ${lines + 1}`;
      context.kernel.error(
        `${context.name}: EOF on ${context.quote(name)} after byte ${short.length}${options.has('l') ? '' : `, ${where}`}\n`,
      );
    }
  }
  return 1;
}

function comm(context: Context): undefined {
  const options = parseOptions(context, {
    short: '123z',
    long: { 'output-delimiter': 'O:', 'check-order': 'co', 'nocheck-order': 'nco', total: 'total' },
  });
  const [first, second, extra] = options.operands;
  if (first === undefined) throw context.usage('missing operand');
  if (second === undefined) throw context.usage(`missing operand after ${context.quote(first)}`);
  if (extra !== undefined) throw context.usage(`extra operand ${context.quote(extra)}`);
  const [a, b] = [first, second].map((name) => {
    try {
      return splitLines(readFile(context.kernel, name));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw context.fail(`${name}: ${error.message}`);
    }
  }) as [string[], string[]];
  const tab = options.value('O') ?? '\t';
  const show = (column: number, line: string) => {
    if (options.has(String(column))) return;
    const before = [1, 2].filter((other) => other < column && !options.has(String(other))).length;
    context.out(`${tab.repeat(before)}${line}\n`);
  };
  const disorder = [false, false];
  let [i, j] = [0, 0];
  const check = (lines: readonly string[], at: number, file: number) => {
    if (disorder[file - 1] || options.has('nco') || at === 0 || lines[at] === undefined || lines[at]! >= lines[at - 1]!)
      return;
    disorder[file - 1] = true;
    context.complain(`file ${file} is not in sorted order`);
  };
  while (i < a.length || j < b.length) {
    const order = i >= a.length ? 1 : j >= b.length ? -1 : a[i]! < b[j]! ? -1 : a[i]! > b[j]! ? 1 : 0;
    show(order < 0 ? 1 : order > 0 ? 2 : 3, order > 0 ? b[j]! : a[i]!);
    if (order <= 0) check(a, ++i, 1);
    if (order >= 0) check(b, ++j, 2);
  }
  if (disorder.some(Boolean)) context.complain('input is not in sorted order');
}

function join(context: Context): undefined {
  const options = parseOptions(context, {
    short: 'a:e:ij:o:t:v:1:2:z',
    long: { 'ignore-case': 'i', header: 'header', 'check-order': 'co', 'nocheck-order': 'nco' },
  });
  const [first, second, extra] = options.operands;
  if (first === undefined) throw context.usage('missing operand');
  if (second === undefined) throw context.usage(`missing operand after ${context.quote(first)}`);
  if (extra !== undefined) throw context.usage(`extra operand ${context.quote(extra)}`);
  const separator = options.value('t');
  const fields = [
    Number(options.value('1') ?? options.value('j') ?? 1),
    Number(options.value('2') ?? options.value('j') ?? 1),
  ];
  const tables = [first, second].map((name) => {
    try {
      return splitLines(readFile(context.kernel, name)).map((line) =>
        separator === undefined ? line.trim().split(/[ \t]+/) : line.split(separator),
      );
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw context.fail(`${name}: ${error.message}`);
    }
  }) as [string[][], string[][]];
  const [a, b] = tables;
  const key = (row: readonly string[] | undefined, table: number) => {
    const text = row?.[fields[table]! - 1] ?? '';
    return options.has('i') ? text.toLowerCase() : text;
  };
  const empty = options.value('e') ?? '';
  const format = options.values('o').flatMap((text) => text.split(/[ ,]/));
  const emit = (x: readonly string[] | undefined, y: readonly string[] | undefined) => {
    const shared = (x ? x[fields[0]! - 1] : y?.[fields[1]! - 1]) ?? '';
    let cells: string[];
    if (format.length > 0 && format[0] !== 'auto')
      cells = format.map((item) => {
        if (item === '0') return shared;
        const [table, field] = item.split('.').map(Number);
        return (table === 1 ? x : y)?.[(field ?? 1) - 1] || empty;
      });
    else
      cells = [
        shared,
        ...(x?.filter((_, index) => index !== fields[0]! - 1) ?? []),
        ...(y?.filter((_, index) => index !== fields[1]! - 1) ?? []),
      ];
    context.out(`${cells.join(separator ?? ' ')}\n`);
  };
  const unpaired = new Set([...options.values('a'), ...options.values('v')]);
  const only = options.has('v');
  let [i, j] = [0, 0];
  if (options.has('header') && a[0] && b[0]) {
    emit(a[0], b[0]);
    [i, j] = [1, 1];
  }
  while (i < a.length || j < b.length) {
    const [p, q] = [key(a[i], 0), key(b[j], 1)];
    const order = i >= a.length ? 1 : j >= b.length ? -1 : p < q ? -1 : p > q ? 1 : 0;
    if (order < 0) {
      if (unpaired.has('1')) emit(a[i], undefined);
      i += 1;
    } else if (order > 0) {
      if (unpaired.has('2')) emit(undefined, b[j]);
      j += 1;
    } else {
      let end = j;
      while (end < b.length && key(b[end], 1) === p) end += 1;
      for (; i < a.length && key(a[i], 0) === p; i += 1)
        if (!only) for (let at = j; at < end; at += 1) emit(a[i], b[at]);
      j = end;
    }
  }
}

export const compareTools: ToolTable = {
  diff: textTool(diff),
  cmp: textTool(cmp),
  comm: textTool(comm),
  join: textTool(join),
};

import { FileError } from '../../engine/files/errors.ts';
import type { ToolTable } from '../tool.ts';
import { readInMemory, splitLines, writeFile } from './support/input.ts';
import { type Options, parseOptions } from './support/options.ts';
import { type Context, textTool } from './support/tool.ts';
import { compareVersions } from './support/version.ts';

const LONG = {
  'ignore-leading-blanks': 'b',
  'dictionary-order': 'd',
  'ignore-case': 'f',
  'general-numeric-sort': 'g',
  'human-numeric-sort': 'h',
  'ignore-nonprinting': 'i',
  'month-sort': 'M',
  'numeric-sort': 'n',
  'random-sort': 'R',
  reverse: 'r',
  'version-sort': 'V',
  check: 'c::',
  key: 'k:',
  merge: 'm',
  output: 'o:',
  stable: 's',
  'field-separator': 't:',
  unique: 'u',
  'zero-terminated': 'z',
  parallel: 'p:',
};

/** Part of a line that is compared. Fields and characters count from 1; `to` 0: to the line's end. */
interface Key {
  readonly fromField: number;
  readonly fromChar: number;
  readonly toField: number;
  readonly toChar: number;
  readonly flags: string;
  readonly startBlanks: boolean;
  readonly endBlanks: boolean;
}

type Compare = (a: string, b: string) => number;

function sort(context: Context): number | undefined {
  const short = 'bcCdfghik:mMno:rRsS:t:T:uVz';
  const options = parseOptions(context, context.busybox ? { short } : { short, long: LONG });
  const separator = separatorOf(context, options);
  const global = [...new Set(options.given.map(({ option }) => option))]
    .filter((o) => 'bdfghiMnRrV'.includes(o))
    .join('');
  const keys = options.values('k').map((text) => parseKey(context, text, global));
  const end = options.has('z') ? '\0' : '\n';
  const lines: string[] = [];
  const names = options.operands.length > 0 ? options.operands : ['-'];
  for (const name of names) {
    try {
      for (const line of splitLines(readInMemory(context.kernel, name), end)) lines.push(line);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (context.busybox) {
        if (error.code === 'EISDIR') continue;
        throw context.fail(`${name}: ${error.message}`, 2);
      }
      throw context.fail(`${error.code === 'EISDIR' ? 'read failed' : 'cannot read'}: ${name}: ${error.message}`, 2);
    }
  }
  const byKeys = keyComparison(keys, global, separator);
  const reverse = global.includes('r');
  const stable = options.has('s') || options.has('u');
  const compare: Compare = (a, b) => byKeys(a, b) || (stable ? 0 : (reverse ? -1 : 1) * bytewise(a, b));
  if (options.has('c', 'C')) return check(context, options, lines, compare, names[0]!);
  const sorted = lines.sort(compare);
  const kept = options.has('u')
    ? sorted.filter((line, index) => index === 0 || byKeys(sorted[index - 1]!, line) !== 0)
    : sorted;
  const text = kept.map((line) => line + end).join('');
  const target = options.value('o');
  if (target === undefined) context.out(text);
  else {
    try {
      writeFile(context.kernel, target, text);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw context.fail(
        context.busybox ? `can't open '${target}': ${error.message}` : `open failed: ${target}: ${error.message}`,
        2,
      );
    }
  }
  return undefined;
}

function separatorOf(context: Context, options: Options): string | undefined {
  const given = options.value('t');
  if (given === undefined) return undefined;
  if (given === '\\0') return '\0';
  if (given.length > 1 && !(context.utf8 && /^[\xc2-\xf4][\x80-\xbf]+$/.test(given)))
    throw context.fail(context.busybox ? 'bad -t parameter' : `multi-character tab ${context.quote(given)}`, 2);
  if (given === '') throw context.fail(context.busybox ? 'bad -t parameter' : 'empty tab', 2);
  return given;
}

function check(context: Context, options: Options, lines: readonly string[], compare: Compare, name: string): number {
  for (let index = 1; index < lines.length; index += 1) {
    const order = compare(lines[index - 1]!, lines[index]!);
    if (order < 0 || (order === 0 && !options.has('u'))) continue;
    if (!options.has('C') && !['quiet', 'silent'].includes(options.value('c') ?? ''))
      context.kernel.error(
        context.busybox
          ? `Check line ${index}\n`
          : `${context.name}: ${name}:${index + 1}: disorder: ${lines[index]}\n`,
      );
    return 1;
  }
  return 0;
}

function parseKey(context: Context, text: string, global: string): Key {
  const match = /^(\d*)(?:\.(\d*))?([a-zA-Z]*)(?:,(\d*)(?:\.(\d*))?([a-zA-Z]*))?$/.exec(text);
  const bad = (gnu: string) => context.fail(context.busybox ? 'bad field specification' : gnu, 2);
  if (!match || match[1] === '') {
    if (/^\d/.test(text))
      throw bad(`stray character in field spec: invalid field specification ${context.quote(text)}`);
    throw bad(`invalid number at field start: invalid count at start of ${context.quote(text)}`);
  }
  const [, fromField, fromChar, startFlags = '', toField, toChar, endFlags = ''] = match;
  if (Number(fromField) === 0) throw bad(`field number is zero: invalid field specification ${context.quote(text)}`);
  if (fromChar !== undefined && Number(fromChar) === 0)
    throw bad(`character offset is zero: invalid field specification ${context.quote(text)}`);
  const own = [...new Set([...startFlags, ...endFlags])].join('');
  if (/[^bdfghiMnRrV]/.test(own))
    throw bad(`stray character in field spec: invalid field specification ${context.quote(text)}`);
  const flags = own === '' ? global : own;
  return {
    fromField: Number(fromField),
    fromChar: Number(fromChar ?? 1),
    toField: Number(toField ?? 0),
    toChar: Number(toChar ?? 0),
    flags,
    startBlanks: (own === '' ? global : startFlags).includes('b'),
    endBlanks: (own === '' ? global : endFlags).includes('b'),
  };
}

function keyComparison(keys: readonly Key[], global: string, separator: string | undefined): Compare {
  if (keys.length === 0) {
    const order = comparison(global);
    const trim = global.includes('b') ? (line: string) => line.replace(/^[ \t]+/, '') : (line: string) => line;
    return (a, b) => (global.includes('r') ? -1 : 1) * order(trim(a), trim(b));
  }
  const orders = keys.map((key) => comparison(key.flags));
  return (a, b) => {
    for (const [index, key] of keys.entries()) {
      const order = orders[index]!(part(a, key, separator), part(b, key, separator));
      if (order !== 0) return key.flags.includes('r') ? -order : order;
    }
    return 0;
  };
}

/** Where a field begins: with blanks before it when blanks separate. */
function fieldStart(line: string, field: number, separator: string | undefined): number {
  let at = 0;
  for (let count = 1; count < field && at < line.length; count += 1) {
    if (separator !== undefined) {
      const next = line.indexOf(separator, at);
      at = next < 0 ? line.length : next + separator.length;
    } else {
      while (at < line.length && isBlank(line[at]!)) at += 1;
      while (at < line.length && !isBlank(line[at]!)) at += 1;
    }
  }
  return at;
}

function part(line: string, key: Key, separator: string | undefined): string {
  let from = fieldStart(line, key.fromField, separator);
  if (key.startBlanks) while (from < line.length && isBlank(line[from]!)) from += 1;
  from = Math.min(line.length, from + key.fromChar - 1);
  if (key.toField === 0) return line.slice(from);
  let to: number;
  if (key.toChar === 0) {
    to = fieldStart(line, key.toField + 1, separator);
    if (separator !== undefined && (to < line.length || line.endsWith(separator))) {
      const start = fieldStart(line, key.toField, separator);
      const next = line.indexOf(separator, start);
      to = next < 0 ? line.length : next;
    }
  } else {
    to = fieldStart(line, key.toField, separator);
    if (key.endBlanks) while (to < line.length && isBlank(line[to]!)) to += 1;
    to = Math.min(line.length, to + key.toChar);
  }
  return line.slice(from, Math.max(from, to));
}

const isBlank = (char: string): boolean => char === ' ' || char === '\t';
const bytewise: Compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function comparison(flags: string): Compare {
  if (flags.includes('n')) return (a, b) => compareNumbers(a, b);
  if (flags.includes('h')) return (a, b) => magnitude(a) - magnitude(b) || compareNumbers(a, b);
  if (flags.includes('g')) return (a, b) => generalOrder(a) - generalOrder(b) || general(a) - general(b) || 0;
  if (flags.includes('M')) return (a, b) => month(a) - month(b);
  const fold = (text: string) => {
    let result = flags.includes('f') ? text.replace(/[a-z]/g, (char) => char.toUpperCase()) : text;
    if (flags.includes('d')) result = result.replace(/[^A-Za-z0-9 \t]/g, '');
    if (flags.includes('i')) result = result.replace(/[^ -~]/g, '');
    return result;
  };
  if (flags.includes('V')) return (a, b) => compareVersions(fold(a), fold(b));
  return /[fdi]/.test(flags) ? (a, b) => bytewise(fold(a), fold(b)) : bytewise;
}

function compareNumbers(a: string, b: string): number {
  const x = /^[ \t]*(-?)(\d*)(?:\.(\d*))?/.exec(a)!;
  const y = /^[ \t]*(-?)(\d*)(?:\.(\d*))?/.exec(b)!;
  const value = ([, sign, whole, fraction]: RegExpExecArray) => ({
    negative: sign === '-',
    whole: (whole ?? '').replace(/^0+/, ''),
    fraction: (fraction ?? '').replace(/0+$/, ''),
  });
  const p = value(x);
  const q = value(y);
  const zero = (n: typeof p) => n.whole === '' && n.fraction === '';
  const sign = (n: typeof p) => (zero(n) ? 0 : n.negative ? -1 : 1);
  if (sign(p) !== sign(q)) return sign(p) - sign(q);
  const absolute = p.whole.length - q.whole.length || bytewise(p.whole, q.whole) || bytewise(p.fraction, q.fraction);
  return sign(p) < 0 ? -absolute : absolute;
}

function magnitude(text: string): number {
  const [, sign, digits, unit = ''] = /^[ \t]*(-?)(\d*\.?\d*)([kKMGTPEZYRQ]?)/.exec(text)!;
  if (!/[1-9]/.test(digits!)) return 0;
  const order = unit === '' ? 0 : 'KMGTPEZYRQ'.indexOf(unit.toUpperCase()) + 1;
  return sign === '-' ? -order - 1 : order + 1;
}

function general(text: string): number {
  const number = Number.parseFloat(
    text.trim().replace(/^[-+]?inf.*/i, (s) => (s.startsWith('-') ? '-Infinity' : 'Infinity')),
  );
  return Number.isNaN(number) ? 0 : number;
}

/** Text that is no number comes before all numbers. */
function generalOrder(text: string): number {
  return /^\s*[-+]?(\d|\.\d|inf)/i.test(text) ? 1 : 0;
}

function month(text: string): number {
  return MONTHS.indexOf(text.trimStart().slice(0, 3).toUpperCase());
}

export const sortTools: ToolTable = { sort: textTool(sort) };

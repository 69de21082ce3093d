import { type FormatRules, formatC } from '../support/format.ts';
import type { Match, Regex } from '../support/regex.ts';
import { formatTime } from '../support/time.ts';
import type { Expression, Reference } from './ast.ts';
import type { Interpreter } from './interpreter.ts';
import { awkEscapes } from './lexer.ts';
import { fromInput, Numeric, toNumber, type Value } from './values.ts';

/** Least and most arguments. */
const ARITY: Readonly<Record<string, readonly [number, number]>> = {
  ...{ length: [0, 1], substr: [2, 3], index: [2, 2], split: [2, 4], sub: [2, 3], gsub: [2, 3], match: [2, 3] },
  ...{ sprintf: [1, 99], sin: [1, 1], cos: [1, 1], atan2: [2, 2], exp: [1, 1], log: [1, 1], sqrt: [1, 1], int: [1, 1] },
  ...{ rand: [0, 0], srand: [0, 1], tolower: [1, 1], toupper: [1, 1], system: [1, 1], close: [1, 2], fflush: [0, 1] },
  ...{ gensub: [3, 4], and: [2, 9], or: [2, 9], xor: [2, 9], lshift: [2, 2], rshift: [2, 2], compl: [1, 1] },
};
const MATH: Readonly<Record<string, (x: number, y: number) => number>> = {
  ...{ sin: Math.sin, cos: Math.cos, atan2: Math.atan2, exp: Math.exp, log: Math.log, sqrt: Math.sqrt },
};

/** Calls a function of the language itself. */
export function callBuiltin(awk: Interpreter, name: string, args: readonly Expression[]): Value {
  const { context } = awk;
  const [least, most] = ARITY[name] ?? [0, 99];
  if (args.length < least)
    throw context.busybox
      ? awk.fatal('Too few arguments')
      : context.fail(`line 1: not enough arguments in call to ${name}: ${args.length} (need ${least})`, 2);
  if (args.length > most && !context.busybox)
    throw context.fail(`line 1: too many arguments in call to ${name}: ${args.length} (maximum ${most})`, 2);
  const value = (index: number): Value => (args[index] ? awk.evaluate(args[index]) : undefined);
  const text = (index: number): string => awk.convert(value(index));
  const number = (index: number): number => toNumber(value(index));
  const math = MATH[name];
  if (math) {
    if (context.busybox) throw awk.fatal('Math support is not compiled in');
    return math(number(0), number(1));
  }
  switch (name) {
    case 'length': {
      const [only] = args;
      if (!only) return awk.record().length;
      if (only.e === 'variable' && isArray(awk, only.name)) return awk.array(only.name).size;
      return text(0).length;
    }
    case 'substr':
      return substring(text(0), number(1), args.length > 2 ? number(2) : Number.POSITIVE_INFINITY, context.busybox);
    case 'index':
      return text(1) === '' && context.busybox ? 0 : text(0).indexOf(text(1)) + 1;
    case 'split':
      return split(awk, args);
    case 'sub':
    case 'gsub':
      return substitute(awk, args, name === 'gsub');
    case 'gensub':
      return gensub(awk, args);
    case 'match': {
      const match = awk.regexOf(args[1]!).exec(text(0));
      awk.set('RSTART', match ? match.index + 1 : 0);
      awk.set('RLENGTH', match ? match.end - match.index : -1);
      return match ? match.index + 1 : 0;
    }
    case 'sprintf': {
      const format = text(0);
      const given = args.slice(1).map((_, index) => {
        const argument = value(index + 1);
        return argument instanceof Numeric ? argument.text : (argument ?? '');
      });
      checkFormat(awk, format, given);
      return formatC(format, given, rules(awk));
    }
    case 'int':
      return Math.trunc(number(0)) || 0;
    case 'rand':
      return awk.random();
    case 'srand': {
      const old = awk.seed;
      awk.seed = args.length > 0 ? number(0) : Math.floor(context.kernel.now / 1000);
      awk.random = generator(awk.seed);
      return old;
    }
    case 'tolower':
      return text(0).replace(/[A-Z]/g, (char) => char.toLowerCase());
    case 'toupper':
      return text(0).replace(/[a-z]/g, (char) => char.toUpperCase());
    case 'system':
      return awk.streams.system(text(0));
    case 'close':
      return awk.streams.close(text(0));
    case 'fflush':
      return 0;
    case 'systime':
      return Math.floor(context.kernel.now / 1000);
    case 'strftime':
      return formatTime(
        args.length > 0 ? text(0) : '%a %b %e %H:%M:%S %Z %Y',
        args.length > 1 ? number(1) : Math.floor(context.kernel.now / 1000),
      );
    case 'mktime': {
      const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = text(0).split(/\s+/).map(Number);
      return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
    }
    default:
      return bits(
        name,
        args.map((_, index) => number(index)),
      );
  }
}

const rules = (awk: Interpreter): FormatRules => ({
  number: (argument) => toNumber(argument),
  text: (argument) => awk.convert(argument),
  keepsPercent: awk.context.busybox,
});

/** What a format must not be: too few arguments (mawk), or `*` (BusyBox). */
function checkFormat(awk: Interpreter, format: string, given: readonly (number | string)[]): void {
  const { context } = awk;
  if (context.busybox) {
    const star = /%[-+ #0]*(?:\*\.?\d*|\d*\.\*)[a-zA-Z]/.exec(format);
    if (star) throw awk.fatal('%*x formats are not supported');
    return;
  }
  let needed = 0;
  for (const match of format.matchAll(/%[-+ #0']*(\*|\d+)?(?:\.(\*|\d*))?([a-zA-Z%])/g)) {
    if (match[3] === '%' && match[0] === '%%') continue;
    needed += 1 + (match[1] === '*' ? 1 : 0) + (match[2] === '*' ? 1 : 0);
    if (needed <= given.length) continue;
    context.out(formatC(format.slice(0, match.index), given, rules(awk)));
    const place = `FILENAME="${awk.text('FILENAME')}" FNR=${awk.text('FNR')} NR=${awk.text('NR')}`;
    throw context.fail(`run time error: not enough arguments passed to printf("${format}")\n\t${place}`, 2);
  }
}

function isArray(awk: Interpreter, name: string): boolean {
  try {
    return awk.get(name) === undefined && awk.array(name).size > 0;
  } catch {
    return true;
  }
}

/** A generator of numbers from a seed, so that a program's second run gives the same. */
export function generator(seed: number): () => number {
  let state = (Math.trunc(seed) ^ 0x2545f491) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function substring(text: string, start: number, length: number, busybox: boolean): string {
  if (Number.isNaN(start) || Number.isNaN(length)) return '';
  const first = Math.trunc(start);
  // A start before the text lengthens what mawk takes.
  const count = Math.trunc(length) + (busybox ? 0 : Math.max(0, -first));
  const from = Math.max(0, first - 1);
  return count > 0 ? text.slice(from, from + count) : '';
}

function split(awk: Interpreter, args: readonly Expression[]): number {
  const text = awk.convert(awk.evaluate(args[0]!));
  const target = args[1]!;
  if (target.e !== 'variable') throw awk.fatal('Not an array');
  const separator = args[2];
  let parts: string[];
  if (separator === undefined) parts = awk.splitText(text, awk.text('FS'));
  else if (separator.e === 'regex') parts = text === '' ? [] : awk.splitBy(text, awk.regex(separator.source));
  else parts = awk.splitText(text, awk.convert(awk.evaluate(separator)));
  const array = awk.array(target.name);
  array.clear();
  for (const [index, part] of parts.entries()) array.set(String(index + 1), fromInput(part));
  return parts.length;
}

function substitute(awk: Interpreter, args: readonly Expression[], all: boolean): number {
  const regex = awk.regexOf(args[0]!);
  const replacement = awk.convert(awk.evaluate(args[1]!));
  const given = args[2] ?? { e: 'field', index: { e: 'number', value: 0 } };
  const target = given.e === 'group' && given.items.length === 1 ? given.items[0]! : given;
  const reference = ['variable', 'element', 'field'].includes(target.e) ? (target as Reference) : undefined;
  const text = awk.convert(awk.evaluate(target));
  const { result, count } = replaceMatches(text, regex, all, (match) =>
    replacement.replace(awk.context.busybox ? /\\\\&|\\&|\\\\|\\|&/g : /\\\\&|\\&|\\\\|&/g, (part) =>
      part === '&'
        ? text.slice(match.index, match.end)
        : part === '\\&'
          ? '&'
          : part === '\\\\&'
            ? `\\${text.slice(match.index, match.end)}`
            : part === '\\'
              ? ''
              : '\\',
    ),
  );
  if (count > 0 && reference) awk.assign(reference, result);
  return count;
}

function gensub(awk: Interpreter, args: readonly Expression[]): string {
  const regex = awk.regexOf(args[0]!);
  const replacement = awk.convert(awk.evaluate(args[1]!));
  const which = awk.convert(awk.evaluate(args[2]!));
  const text = args[3] ? awk.convert(awk.evaluate(args[3])) : awk.record();
  const all = /^[gG]/.test(which);
  const nth = all ? 0 : Math.max(1, Math.trunc(toNumber(which)));
  let seen = 0;
  return replaceMatches(text, regex, true, (match) => {
    seen += 1;
    if (!all && seen !== nth) return text.slice(match.index, match.end);
    return replacement.replace(/\\([\s\S])|&/g, (part, char?: string) =>
      part === '&'
        ? (match.groups[0] ?? '')
        : /\d/.test(char!)
          ? (match.groups[Number(char)] ?? '')
          : awkEscapes(char!),
    );
  }).result;
}

function replaceMatches(
  text: string,
  regex: Regex,
  all: boolean,
  by: (match: Match) => string,
): { result: string; count: number } {
  let result = '';
  let at = 0;
  let count = 0;
  let lastEnd = -1;
  while (at <= text.length) {
    const match = regex.exec(text, at);
    if (!match) break;
    const empty = match.end === match.index;
    result += text.slice(at, match.index);
    if (!(empty && match.index === lastEnd)) {
      result += by(match);
      count += 1;
    }
    lastEnd = match.end;
    at = match.end;
    if (empty) {
      result += text[at] ?? '';
      at += 1;
    }
    if (!all) break;
  }
  return { result: result + text.slice(at), count };
}

function bits(name: string, [first = 0, ...rest]: readonly number[]): number {
  const big = (x: number) => BigInt.asUintN(64, BigInt(Math.trunc(x)));
  const [second = 0] = rest;
  switch (name) {
    case 'and':
      return Number(rest.reduce((sum, x) => sum & big(x), big(first)));
    case 'or':
      return Number(rest.reduce((sum, x) => sum | big(x), big(first)));
    case 'xor':
      return Number(rest.reduce((sum, x) => sum ^ big(x), big(first)));
    case 'lshift':
      return Number(BigInt.asUintN(64, big(first) << big(second)));
    case 'rshift':
      return Number(big(first) >> big(second));
    default:
      return Number(BigInt.asUintN(64, ~big(first)));
  }
}

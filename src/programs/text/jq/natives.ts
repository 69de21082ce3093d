import { formatTime } from '../support/time.ts';
import {
  deletePaths,
  described,
  type Evaluator,
  getPath,
  Halt,
  indices,
  JqError,
  type Scope,
  setPath,
} from './evaluate.ts';
import { formatText } from './formats.ts';
import {
  byCodePoint,
  compare,
  equal,
  type Json,
  type JsonObject,
  JsonProblem,
  Literal,
  numberOf,
  parseOne,
  print,
  typeOf,
} from './json.ts';
import type { Filter } from './parser.ts';

type Place = { readonly value: Json; readonly path: readonly Json[] | undefined };
/** A function of values: its input, and every combination of its arguments' values. */
type Plain = (input: Json, args: readonly Json[], evaluator: Evaluator) => Json;

const number = (value: Json): number => {
  if (typeOf(value) !== 'number') throw new JqError(`${described(value)} number required`);
  return numberOf(value);
};
const text = (value: Json, what: string): string => {
  if (typeof value !== 'string') throw new JqError(`${described(value)} ${what}`);
  return value;
};
const math =
  (work: (x: number) => number): Plain =>
  (input) =>
    work(number(input));
const array = (value: Json, what: string): Json[] => {
  if (!Array.isArray(value)) throw new JqError(`${described(value)} ${what}`);
  return value;
};
const sorted = (input: Json, keys: Json, what: string): [Json, Json][] => {
  const items = array(input, what);
  return items.map((item, at): [Json, Json] => [(keys as Json[])[at]!, item]).sort(([a], [b]) => compare(a, b));
};
const keysOf = (input: Json, order: boolean): Json => {
  if (Array.isArray(input)) return input.map((_, at) => at);
  if (!(input instanceof Map)) throw new JqError(`${described(input)} has no keys`);
  return order ? [...input.keys()].sort(byCodePoint) : [...input.keys()];
};

const PLAIN: Readonly<Record<string, Plain>> = {
  'not/0': (input) => input === null || input === false,
  'length/0': (input) => {
    if (input === null) return 0;
    if (typeof input === 'boolean') throw new JqError(`${described(input)} has no length`);
    if (typeof input === 'string') return [...input].length;
    if (Array.isArray(input)) return input.length;
    if (input instanceof Map) return input.size;
    return input instanceof Literal && input.value >= 0 ? input : Math.abs(numberOf(input));
  },
  'utf8bytelength/0': (input) => new TextEncoder().encode(text(input, 'only strings have UTF-8 byte length')).length,
  'keys/0': (input) => keysOf(input, true),
  'keys_unsorted/0': (input) => keysOf(input, false),
  'has/1': (input, [key = null]) => {
    if (input instanceof Map && typeof key === 'string') return input.has(key);
    if (Array.isArray(input) && typeOf(key) === 'number') return numberOf(key) >= 0 && numberOf(key) < input.length;
    throw new JqError(`Cannot check whether ${typeOf(input)} has a ${typeOf(key)} key`);
  },
  'contains/1': (input, [part = null]) => contains(input, part),
  'type/0': (input) => typeOf(input),
  'tostring/0': (input) => formatText('@text', input),
  'tonumber/0': (input) => {
    if (typeOf(input) === 'number') return input;
    if (typeof input === 'string' && /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(input))
      return String(Number(input)) === input ? Number(input) : new Literal(input);
    throw new JqError(`${described(input)} cannot be parsed as a number`);
  },
  'toboolean/0': (input) => {
    if (typeof input === 'boolean') return input;
    if (input === 'true' || input === 'false') return input === 'true';
    throw new JqError(`${described(input)} cannot be parsed as a boolean`);
  },
  'tojson/0': (input) => print(input),
  'fromjson/0': (input) => {
    const source = text(input, 'only strings can be parsed');
    try {
      return parseOne(source);
    } catch (error) {
      if (!(error instanceof JsonProblem)) throw error;
      throw new JqError(`${error.message} (while parsing '${source}')`);
    }
  },
  '_case/1': (input, [up = 0]) => {
    const given = text(input, `${up ? 'ascii_upcase' : 'ascii_downcase'} input must be a string`);
    return up ? given.replace(/[a-z]/g, (c) => c.toUpperCase()) : given.replace(/[A-Z]/g, (c) => c.toLowerCase());
  },
  '_cut/2': (input, [from = 0, to = null]) =>
    [...(input as string)].slice(numberOf(from), to === null ? undefined : numberOf(to)).join(''),
  'startswith/1': (input, [part = null]) => {
    if (typeof input !== 'string' || typeof part !== 'string') throw new JqError('startswith() requires string inputs');
    return input.startsWith(part);
  },
  'endswith/1': (input, [part = null]) => {
    if (typeof input !== 'string' || typeof part !== 'string') throw new JqError('endswith() requires string inputs');
    return input.endsWith(part);
  },
  'ltrimstr/1': (input, [part = null]) =>
    typeof input === 'string' && typeof part === 'string' && input.startsWith(part) ? input.slice(part.length) : input,
  'rtrimstr/1': (input, [part = null]) =>
    typeof input === 'string' && typeof part === 'string' && part !== '' && input.endsWith(part)
      ? input.slice(0, -part.length)
      : input,
  'trimstr/1': (input, [part = null]) => {
    if (typeof input !== 'string' || typeof part !== 'string' || part === '') return input;
    const rest = input.startsWith(part) ? input.slice(part.length) : input;
    return rest.endsWith(part) ? rest.slice(0, -part.length) : rest;
  },
  'trim/0': (input) => text(input, 'cannot be trimmed').trim(),
  'ltrim/0': (input) => text(input, 'cannot be trimmed').trimStart(),
  'rtrim/0': (input) => text(input, 'cannot be trimmed').trimEnd(),
  'explode/0': (input) => Array.from(text(input, 'cannot be exploded'), (char) => char.codePointAt(0)!),
  'implode/0': (input) =>
    array(input, 'cannot be imploded, must be an array of codepoints')
      .map((code) => String.fromCodePoint(Math.max(0, Math.min(0x10ffff, numberOf(code) || 0))))
      .join(''),
  'split/1': (input, [by = null]) => {
    if (typeof input !== 'string' || typeof by !== 'string')
      throw new JqError('split input and separator must be strings');
    return input === '' ? [] : by === '' ? [...input] : input.split(by);
  },
  'split/2': (input, [re = null, flags = null]) => {
    const found = matches(input, re, `g${flags ?? ''}`);
    const chars = [...(input as string)];
    let start = 0;
    const parts: Json[] = [];
    for (const { offset, length } of found) {
      parts.push(chars.slice(start, offset).join(''));
      start = offset + length;
    }
    return [...parts, chars.slice(start).join('')];
  },
  'join/1': (input, [by = null]) => {
    const items = array(input, 'cannot be iterated over');
    if (items.length === 0) return '';
    return items
      .map((item) => {
        if (item === null) return '';
        if (Array.isArray(item) || item instanceof Map)
          throw new JqError(`${described(by)} and ${described(item)} cannot be added`);
        return formatText('@text', item);
      })
      .join(typeof by === 'string' ? by : '');
  },
  'reverse/0': (input) =>
    input === null
      ? []
      : typeof input === 'string'
        ? [...input].reverse().join('')
        : [...array(input, 'cannot be reversed, as it is not an array')].reverse(),
  'sort/0': (input) => [...array(input, 'cannot be sorted, as it is not an array')].sort(compare),
  'unique/0': (input) =>
    [...array(input, 'cannot be sorted, as it is not an array')]
      .sort(compare)
      .filter((item, at, all) => at === 0 || !equal(item, all[at - 1]!)),
  'min/0': (input) =>
    array(input, 'has no minimum').reduce(
      (best: Json, item, at) => (at === 0 || compare(item, best) < 0 ? item : best),
      null,
    ),
  'max/0': (input) =>
    array(input, 'has no maximum').reduce(
      (best: Json, item, at) => (at === 0 || compare(item, best) >= 0 ? item : best),
      null,
    ),
  '_sort_by/1': (input, [keys = null]) =>
    sorted(input, keys, 'cannot be sorted, as it is not an array').map(([, item]) => item),
  '_group_by/1': (input, [keys = null]) => {
    const groups: Json[][] = [];
    let last: Json | undefined;
    for (const [key, item] of sorted(input, keys, 'cannot be grouped, as it is not an array')) {
      if (last !== undefined && equal(key, last)) groups.at(-1)!.push(item);
      else groups.push([item]);
      last = key;
    }
    return groups;
  },
  '_min_by/1': (input, [keys = null]) => sorted(input, keys, 'has no minimum')[0]?.[1] ?? null,
  '_max_by/1': (input, [keys = null]) => {
    const all = sorted(input, keys, 'has no maximum');
    return all.at(-1)?.[1] ?? null;
  },
  'flatten/1': (input, [depth = 0]) => {
    const level = number(depth);
    if (level < 0) throw new JqError('flatten depth must not be negative');
    const flat = (items: Json[], rest: number): Json[] =>
      items.flatMap((item) => (Array.isArray(item) && rest > 0 ? flat(item, rest - 1) : [item]));
    return flat(input instanceof Map ? [...input.values()] : array(input, 'cannot be iterated over'), level);
  },
  'indices/1': (input, [part = null]) => {
    if (input === null) return null;
    if (typeof input === 'string' && typeof part === 'string') return indices([...input], [...part]);
    return indices(array(input, 'cannot be searched'), Array.isArray(part) ? part : [part]);
  },
  'getpath/1': (input, [path = null]) => getPath(input, array(path, 'Path must be specified as an array')),
  'setpath/2': (input, [path = null, value = null]) =>
    setPath(input, array(path, 'Path must be specified as an array'), value),
  'delpaths/1': (input, [paths = null]) => deletePaths(input, paths as Json[][]),
  'error/1': (_, [message = null]) => {
    throw new JqError(message);
  },
  'error/0': (input) => {
    throw new JqError(input);
  },
  'halt/0': () => {
    throw new Halt(0);
  },
  'halt_error/1': (input, [status = 5]) => {
    throw new Halt(number(status), typeof input === 'string' ? input : `${print(input)}\n`);
  },
  'env/0': (_, __, { surroundings }) => surroundings.environment,
  'now/0': (_, __, { surroundings }) => surroundings.now / 1000,
  'input_line_number/0': (_, __, { surroundings }) => surroundings.line,
  'input_filename/0': (_, __, { surroundings }) => surroundings.file,
  'input/0': (_, __, { surroundings }) => {
    const next = surroundings.nextInput();
    if (next === undefined) throw new JqError('No more inputs');
    return next;
  },
  'debug/0': (input, _, { surroundings }) => {
    surroundings.error(`["DEBUG:",${print(input)}]\n`);
    return input;
  },
  'stderr/0': (input, _, { surroundings }) => {
    surroundings.error(typeof input === 'string' ? input : print(input));
    return input;
  },
  'strftime/1': (input, [format = null]) =>
    formatTime(
      text(format, 'strftime/1 requires a string format'),
      Array.isArray(input) ? fromBroken(input) : Math.floor(number(input)),
    ),
  'strflocaltime/1': (input, [format = null]) =>
    formatTime(
      text(format, 'strflocaltime/1 requires a string format'),
      Array.isArray(input) ? fromBroken(input) : Math.floor(number(input)),
    ),
  'gmtime/0': (input) => {
    const time = new Date(number(input) * 1000);
    const start = Date.UTC(time.getUTCFullYear(), 0, 1);
    const seconds = time.getUTCSeconds() + (number(input) % 1);
    return [
      time.getUTCFullYear(),
      time.getUTCMonth(),
      time.getUTCDate(),
      time.getUTCHours(),
      time.getUTCMinutes(),
      seconds,
      time.getUTCDay(),
      Math.floor((time.getTime() - start) / 86_400_000),
    ];
  },
  'mktime/0': (input) => fromBroken(array(input, 'mktime requires array of 6 numbers')),
  'strptime/1': (input, [format = null]) => {
    const source = text(input, 'strptime/1 requires string inputs and arguments');
    const found = /^(\d{4})-(\d\d)-(\d\d)(?:T| )?(?:(\d\d):(\d\d):(\d\d))?/.exec(source);
    if (!found) throw new JqError(`date "${source}" does not match format "${format}"`);
    const [, y, mo, d, h = '0', mi = '0', s = '0'] = found;
    return PLAIN['gmtime/0']!(
      Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)) / 1000,
      [],
      undefined as unknown as Evaluator,
    );
  },
  'infinite/0': () => Number.POSITIVE_INFINITY,
  'nan/0': () => Number.NaN,
  'isnan/0': (input) => Number.isNaN(number(input)),
  'isinfinite/0': (input) => Math.abs(number(input)) === Number.POSITIVE_INFINITY,
  'isnormal/0': (input) => Number.isFinite(number(input)) && number(input) !== 0,
  'floor/0': math(Math.floor),
  'ceil/0': math(Math.ceil),
  'round/0': math((x) => Math.sign(x) * Math.round(Math.abs(x))),
  'trunc/0': math(Math.trunc),
  'sqrt/0': math(Math.sqrt),
  'fabs/0': math(Math.abs),
  'exp/0': math(Math.exp),
  'exp2/0': math((x) => 2 ** x),
  'exp10/0': math((x) => 10 ** x),
  'log/0': math(Math.log),
  'log2/0': math(Math.log2),
  'log10/0': math(Math.log10),
  'sin/0': math(Math.sin),
  'cos/0': math(Math.cos),
  'pow/2': (_, [x = 0, y = 0]) => number(x) ** number(y),
  'test/2': (input, [re = null, flags = null]) => matches(input, re, String(flags ?? '')).length > 0,
  'builtins/0': () => [],
};

/** Functions whose arguments are filters, or that give several values. */
const SPECIAL = new Set(['empty/0', 'path/1', 'range/3', 'match/2', 'getpath/1', 'ltrimstr/1', 'limit/2', 'tojson/0']);

export function isNative(name: string, count: number): boolean {
  const full = `${name}/${count}`;
  return Object.hasOwn(PLAIN, full) || SPECIAL.has(full);
}

export function* callNative(
  evaluator: Evaluator,
  name: string,
  args: readonly Filter[],
  at: Place,
  scope: Scope | undefined,
): Generator<Place> {
  const { value: input, path } = at;
  const made = (value: Json): Place => ({ value, path: path && [] });
  switch (`${name}/${args.length}`) {
    case 'empty/0':
      return;
    case 'path/1':
      for (const found of evaluator.paths(args[0]!, input, scope)) yield made([...found]);
      return;
    case 'getpath/1':
      for (const found of evaluator.run(args[0]!, input, scope)) {
        const keys = array(found, 'Path must be specified as an array');
        yield { value: getPath(input, keys), path: path && [...path, ...keys] };
      }
      return;
    case 'range/3':
      for (const from of evaluator.run(args[0]!, input, scope))
        for (const to of evaluator.run(args[1]!, input, scope))
          for (const by of evaluator.run(args[2]!, input, scope)) {
            if ([from, to, by].some((bound) => typeOf(bound) !== 'number'))
              throw new JqError('Range bounds must be numeric');
            const [start, end, step] = [numberOf(from), numberOf(to), numberOf(by)];
            for (let n = start; step > 0 ? n < end : step < 0 ? n > end : false; n += step) yield made(n);
          }
      return;
    case 'match/2':
      for (const re of evaluator.run(args[0]!, input, scope))
        for (const flags of evaluator.run(args[1]!, input, scope)) {
          const [pattern, options] = Array.isArray(re) ? [re[0] ?? null, re[1] ?? flags] : [re, flags];
          for (const match of matches(input, pattern, String(options ?? ''))) yield made(match.value);
        }
      return;
  }
  const plain = PLAIN[`${name}/${args.length}`];
  if (!plain) throw new JqError(`${name}/${args.length} is not defined`);
  for (const values of product(evaluator, args, input, scope)) yield made(plain(input, values, evaluator));
}

function* product(
  evaluator: Evaluator,
  args: readonly Filter[],
  input: Json,
  scope: Scope | undefined,
): Generator<Json[]> {
  const last = args.at(-1);
  if (!last) {
    yield [];
    return;
  }
  for (const value of evaluator.run(last, input, scope))
    for (const rest of product(evaluator, args.slice(0, -1), input, scope)) yield [...rest, value];
}

function contains(whole: Json, part: Json): boolean {
  if (whole instanceof Map && part instanceof Map)
    return [...part].every(([key, value]) => whole.has(key) && contains(whole.get(key)!, value));
  if (Array.isArray(whole) && Array.isArray(part))
    return part.every((item) => whole.some((other) => typeOf(other) === typeOf(item) && contains(other, item)));
  if (typeof whole === 'string' && typeof part === 'string') return whole.includes(part);
  if (typeOf(whole) !== typeOf(part))
    throw new JqError(`${described(whole)} and ${described(part)} cannot have their containment checked`);
  return equal(whole, part);
}

function fromBroken(time: readonly Json[]): number {
  const [year = 1970, month = 0, day = 1, hour = 0, minute = 0, second = 0] = time.map(numberOf);
  return Date.UTC(year, month, day, hour, minute, Math.floor(second)) / 1000;
}

interface Found {
  readonly offset: number;
  readonly length: number;
  readonly value: JsonObject;
}

function matches(input: Json, re: Json, flags: string): Found[] {
  if (typeof input !== 'string') throw new JqError(`${described(input)} cannot be matched, as it is not a string`);
  if (typeof re !== 'string') throw new JqError(`${described(re)} cannot be matched, as it is not a string`);
  if (/[^gimnpslx]/.test(flags)) throw new JqError(`${flags} is not a valid modifier string`);
  let source = re
    .replace(/\(\?i\)/g, '')
    .replace(/\\h/g, '[0-9a-fA-F]')
    .replace(/\\[AZz]/g, (anchor) => (anchor === '\\A' ? '^' : '$'))
    .replace(
      /\[\[:(\w+):\]\]/g,
      (whole, name: string) =>
        ({
          alpha: '[A-Za-z]',
          digit: '[0-9]',
          alnum: '[A-Za-z0-9]',
          space: '\\s',
          upper: '[A-Z]',
          lower: '[a-z]',
          punct: '[!-/:-@\\[-`{-~]',
        })[name] ?? whole,
    );
  if (flags.includes('x')) source = source.replace(/\\.|\s+|#.*$/gm, (part) => (part.startsWith('\\') ? part : ''));
  let regex: RegExp;
  try {
    regex = new RegExp(
      source,
      `gd${flags.includes('i') || re.includes('(?i)') ? 'i' : ''}${/[sp]/.test(flags) ? 's' : ''}m`,
    );
  } catch {
    throw new JqError(`${re} (at offset 0) is not a valid regex: ${'invalid pattern'}`);
  }
  const position = (at: number) => [...input.slice(0, at)].length;
  const found: Found[] = [];
  for (const match of input.matchAll(regex)) {
    if (flags.includes('n') && match[0] === '') continue;
    const names = Object.keys(match.groups ?? {});
    const places = (
      match as RegExpMatchArray & {
        indices: ([number, number] | undefined)[] & { groups?: Record<string, [number, number]> };
      }
    ).indices;
    const named = new Map(names.map((name) => [match.groups![name], name]));
    const captures = match.slice(1).map((string, at): Json => {
      const place = places[at + 1];
      const name =
        names.find(
          (candidate) =>
            places.groups?.[candidate]?.[0] === place?.[0] &&
            places.groups?.[candidate]?.[1] === place?.[1] &&
            match.groups![candidate] === string,
        ) ?? named.get(string);
      return new Map<string, Json>([
        ['offset', place ? position(place[0]) : -1],
        ['length', [...(string ?? '')].length],
        ['string', string ?? null],
        ['name', name ?? null],
      ]);
    });
    const [offset, length] = [position(match.index), [...match[0]].length];
    found.push({
      offset,
      length,
      value: new Map<string, Json>([
        ['offset', offset],
        ['length', length],
        ['string', match[0]],
        ['captures', captures],
      ]),
    });
    if (!flags.includes('g')) break;
  }
  return found;
}

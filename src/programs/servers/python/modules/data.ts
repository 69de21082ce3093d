import { sha256 } from '@noble/hashes/sha2.js';
import { put } from '../collections.ts';
import { iterate } from '../iterate.ts';
import type { Machine } from '../machine.ts';
import { functions, type Native } from '../natives.ts';
import { floatText, repr, str } from '../text.ts';
import { classOf } from '../types.ts';
import { type DictObj, is, list, PyError, type Value } from '../value.ts';

const SHORT: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
};

function jsonString(text: string, ascii: boolean): string {
  const pattern = ascii ? /["\\\x00-\x1f]|[^\0-\x7f]/g : /["\\\x00-\x1f]/g;
  return `"${text.replace(pattern, (char) => SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}

interface Style {
  readonly indent: string | undefined;
  readonly sorted: boolean;
  readonly ascii: boolean;
  readonly item: string;
  readonly key: string;
  readonly other: Value;
}

function dump(vm: Machine, value: Value, style: Style, depth: number): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return 'NaN';
    return Number.isFinite(value) ? floatText(value) : value > 0 ? 'Infinity' : '-Infinity';
  }
  if (typeof value === 'string') return jsonString(value, style.ascii);
  const block = (open: string, close: string, parts: readonly string[]) => {
    if (parts.length === 0) return open + close;
    if (style.indent === undefined) return open + parts.join(style.item) + close;
    const inner = `\n${style.indent.repeat(depth + 1)}`;
    return `${open}${inner}${parts.join(style.item.trimEnd() + inner)}\n${style.indent.repeat(depth)}${close}`;
  };
  if (is(value, 'list', 'tuple'))
    return block(
      '[',
      ']',
      value.v.map((item) => dump(vm, item, style, depth + 1)),
    );
  if (is(value, 'dict')) {
    const entries = [...value.m.values()].map(([key, item]): [string, Value] => {
      if (typeof key === 'string') return [key, item];
      if (key === null || typeof key === 'boolean') return [key === null ? 'null' : String(key), item];
      if (typeof key === 'bigint' || typeof key === 'number') return [str(vm, key), item];
      throw vm.error('TypeError', `keys must be str, int, float, bool or None, not ${classOf(key).name}`);
    });
    if (style.sorted) entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return block(
      '{',
      '}',
      entries.map(([key, item]) => jsonString(key, style.ascii) + style.key + dump(vm, item, style, depth + 1)),
    );
  }
  if (style.other !== null) return dump(vm, vm.call(style.other, [value]), style, depth);
  throw vm.error('TypeError', `Object of type ${classOf(value).name} is not JSON serializable`);
}

class JsonProblem extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

function parseJson(vm: Machine, text: string): Value {
  let at = 0;
  const space = () => {
    while (' \t\n\r'.includes(text[at] ?? 'x')) at += 1;
  };
  const string = (): string => {
    const start = at;
    for (at += 1; ; at += 1) {
      const char = text[at];
      if (char === undefined) throw new JsonProblem('Unterminated string starting at', start);
      if (char === '"') break;
      if (char === '\\') at += 1;
      else if (char < ' ') throw new JsonProblem('Invalid control character at', at);
    }
    at += 1;
    try {
      return JSON.parse(text.slice(start, at)) as string;
    } catch {
      throw new JsonProblem('Invalid \\escape', start);
    }
  };
  const value = (): Value => {
    space();
    const char = text[at];
    if (char === '"') return string();
    if (char === '{') {
      const made: DictObj = { t: 'dict', m: new Map() };
      at += 1;
      space();
      if (text[at] === '}') {
        at += 1;
        return made;
      }
      for (;;) {
        space();
        if (text[at] !== '"') throw new JsonProblem('Expecting property name enclosed in double quotes', at);
        const key = string();
        space();
        if (text[at] !== ':') throw new JsonProblem("Expecting ':' delimiter", at);
        at += 1;
        put(vm, made.m, key, value());
        space();
        if (text[at] === '}') {
          at += 1;
          return made;
        }
        if (text[at] !== ',') throw new JsonProblem("Expecting ',' delimiter", at);
        const comma = at;
        at += 1;
        space();
        if (text[at] === '}') throw new JsonProblem('Illegal trailing comma before end of object', comma);
      }
    }
    if (char === '[') {
      const made: Value[] = [];
      at += 1;
      space();
      if (text[at] === ']') {
        at += 1;
        return list(made);
      }
      for (;;) {
        made.push(value());
        space();
        if (text[at] === ']') {
          at += 1;
          return list(made);
        }
        if (text[at] !== ',') throw new JsonProblem("Expecting ',' delimiter", at);
        const comma = at;
        at += 1;
        space();
        if (text[at] === ']') throw new JsonProblem('Illegal trailing comma before end of array', comma);
      }
    }
    for (const [word, meaning] of [
      ['null', null],
      ['true', true],
      ['false', false],
      ['NaN', Number.NaN],
      ['Infinity', Number.POSITIVE_INFINITY],
      ['-Infinity', Number.NEGATIVE_INFINITY],
    ] as const)
      if (text.startsWith(word, at)) {
        at += word.length;
        return meaning;
      }
    const number = /^-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/.exec(text.slice(at));
    if (!number) throw new JsonProblem('Expecting value', at);
    at += number[0].length;
    return number[1] || number[2] ? Number(number[0]) : BigInt(number[0]);
  };
  const result = value();
  space();
  if (at < text.length) throw new JsonProblem('Extra data', at);
  return result;
}

const STYLES: Readonly<Record<string, string>> = { 2: 'i', 8: 'm', 16: 's' };

/** A pattern of Python's `re` as JavaScript has it. */
function pattern(vm: Machine, source: string, flags: bigint): RegExp {
  let text = source;
  let own = 'gu';
  for (const [bit, flag] of Object.entries(STYLES)) if (flags & BigInt(bit)) own += flag;
  const inline = /^\(\?([aimsxu]+)\)/.exec(text);
  if (inline) {
    text = text.slice(inline[0].length);
    own += [...inline[1]!].filter((flag) => 'ims'.includes(flag) && !own.includes(flag)).join('');
  }
  if (flags & 64n || inline?.[1]?.includes('x'))
    text = text.replace(/\\#/g, '\\x23').replace(/#.*$/gm, '').replace(/\s+/g, '');
  text = text
    .replace(/\(\?P<(\w+)>/g, '(?<$1>')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replaceAll('\\A', '^')
    .replaceAll('\\Z', '$(?![\\s\\S])')
    .replace(/\\([^\w\s^$\\.*+?()[\]{}|/])/g, '$1')
    .replace(/([*+?}])\+/g, '$1');
  try {
    return new RegExp(text, own);
  } catch {
    const module = vm.state.modules.get('re')?.attrs.get('error');
    throw is(module, 'class')
      ? new PyError(vm.exception(module, [`bad pattern: ${source}`]))
      : vm.error('ValueError', source);
  }
}

/** A match as the library takes it: text, start, end, groups with their places, names. */
function matchOf(found: RegExpExecArray | RegExpMatchArray | null, names: RegExp): Value {
  if (!found) return null;
  const groupNames = [...names.source.matchAll(/\(\?<([a-zA-Z_]\w*)>/g)].map(([, name]) => name!);
  const byName: DictObj = {
    t: 'dict',
    m: new Map(groupNames.map((name) => [`s${name}`, [name, found.groups?.[name] ?? null]])),
  };
  return list([
    list([...found].map((group) => group ?? null)),
    BigInt(found.index ?? 0),
    BigInt((found.index ?? 0) + found[0]!.length),
    byName,
  ]);
}

const search =
  (kind: 'search' | 'match' | 'fullmatch'): Native =>
  (vm, [source = '', text = '', flags = 0n]) => {
    const made = pattern(
      vm,
      kind === 'fullmatch' ? `(?:${source as string})$(?![\\s\\S])` : (source as string),
      flags as bigint,
    );
    const found = new RegExp(made.source, made.flags.replace('g', kind === 'search' ? 'g' : 'y')).exec(text as string);
    return matchOf(found, made);
  };

functions({
  'json._dumps': (
    vm,
    [value = null, indent = null, sorted = false, ascii = true, item = null, key = null, other = null],
  ) => {
    const space = indent === null ? undefined : typeof indent === 'string' ? indent : ' '.repeat(Number(indent));
    return dump(
      vm,
      value,
      {
        indent: space,
        sorted: sorted === true,
        ascii: ascii !== false,
        item: item === null ? (space === undefined ? ', ' : ',') : (item as string),
        key: key === null ? ': ' : (key as string),
        other,
      },
      0,
    );
  },
  'json._loads': (vm, [text = '']) => {
    try {
      return list([parseJson(vm, text as string)]);
    } catch (problem) {
      if (!(problem instanceof JsonProblem)) throw problem;
      return list([null, problem.message, BigInt(problem.at)]);
    }
  },
  're._search': search('search'),
  're._match': search('match'),
  're._fullmatch': search('fullmatch'),
  're._all': (vm, [source = '', text = '', flags = 0n]) => {
    const made = pattern(vm, source as string, flags as bigint);
    return list([...(text as string).matchAll(made)].map((found) => matchOf(found, made)));
  },
  're.escape': (_vm, [text = '']) => (text as string).replace(/[.*+?^${}()|[\]\\\-#&~ \t\n]/g, '\\$&'),
  'hashlib._sha256': (_vm, [data]) => {
    const bytes = Uint8Array.from((data as { v: string }).v, (char) => char.charCodeAt(0));
    return Array.from(sha256(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
  },
  'base64._encode': (_vm, [data]) => btoa((data as { v: string }).v),
  'base64._decode': (_vm, [text = '']) => ({ t: 'bytes', v: atob(text as string) }),
  'math.sqrt': (vm, [value = 0]) => {
    if (Number(value) < 0) throw vm.error('ValueError', `expected a nonnegative input, got ${repr(vm, Number(value))}`);
    return Math.sqrt(Number(value));
  },
  'math.floor': (_vm, [value = 0]) => (typeof value === 'bigint' ? value : BigInt(Math.floor(Number(value)))),
  'math.ceil': (_vm, [value = 0]) => (typeof value === 'bigint' ? value : BigInt(Math.ceil(Number(value)))),
  'math.trunc': (_vm, [value = 0]) => BigInt(Math.trunc(Number(value))),
  'math.pow': (_vm, [a = 0, b = 0]) => Number(a) ** Number(b),
  'math.exp': (_vm, [value = 0]) => Math.exp(Number(value)),
  'math.log': (vm, [value = 0, base]) => {
    if (Number(value) <= 0) throw vm.error('ValueError', 'expected a positive input');
    if (base === undefined) return Math.log(Number(value));
    return Number(base) === 2
      ? Math.log2(Number(value))
      : Number(base) === 10
        ? Math.log10(Number(value))
        : Math.log(Number(value)) / Math.log(Number(base));
  },
  'math.log2': (_vm, [value = 0]) => Math.log2(Number(value)),
  'math.log10': (_vm, [value = 0]) => Math.log10(Number(value)),
  'math.sin': (_vm, [value = 0]) => Math.sin(Number(value)),
  'math.cos': (_vm, [value = 0]) => Math.cos(Number(value)),
  'math.tan': (_vm, [value = 0]) => Math.tan(Number(value)),
  'math.atan2': (_vm, [a = 0, b = 0]) => Math.atan2(Number(a), Number(b)),
  'math.hypot': (_vm, args) => Math.hypot(...args.map(Number)),
  'math.degrees': (_vm, [value = 0]) => (Number(value) * 180) / Math.PI,
  'math.radians': (_vm, [value = 0]) => (Number(value) * Math.PI) / 180,
  'math.fabs': (_vm, [value = 0]) => Math.abs(Number(value)),
  'math.isnan': (_vm, [value = 0]) => Number.isNaN(Number(value)),
  'math.isinf': (_vm, [value = 0]) => !Number.isFinite(Number(value)) && !Number.isNaN(Number(value)),
  'math.isclose': (_vm, [a = 0, b = 0]) =>
    Math.abs(Number(a) - Number(b)) <= 1e-9 * Math.max(Math.abs(Number(a)), Math.abs(Number(b))),
  'math.gcd': (_vm, args) =>
    args.reduce<bigint>((sum, arg) => {
      let [a, b] = [sum, (arg as bigint) < 0n ? -(arg as bigint) : (arg as bigint)];
      while (b > 0n) [a, b] = [b, a % b];
      return a;
    }, 0n),
  'math.factorial': (vm, [value = 0n]) => {
    if (typeof value !== 'bigint')
      throw vm.error('TypeError', `'${classOf(value).name}' object cannot be interpreted as an integer`);
    if (value < 0n) throw vm.error('ValueError', 'factorial() not defined for negative values');
    let product = 1n;
    for (let factor = 2n; factor <= value; factor += 1n) product *= factor;
    return product;
  },
  'math.isqrt': (_vm, [value = 0n]) => BigInt(Math.floor(Math.sqrt(Number(value)))),
  'math.prod': (vm, [items = null]) =>
    iterate(vm, items).reduce<Value>(
      (product, item) =>
        typeof product === 'bigint' && typeof item === 'bigint' ? product * item : Number(product) * Number(item),
      1n,
    ),
  'math.fsum': (vm, [items = null]) => iterate(vm, items).reduce<number>((sum, item) => sum + Number(item), 0),
});

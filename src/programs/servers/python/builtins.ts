import { decode, encode } from '../../../engine/bytes.ts';
import { dictOf, hashKey, put, setOf } from './collections.ts';
import { openFile, readLine } from './files.ts';
import { fixed, formatValue } from './format.ts';
import { advance, iterate, iterator } from './iterate.ts';
import type { Machine } from './machine.ts';
import { functions, METHODS, type Native } from './natives.ts';
import { deleteAttribute, findAttribute, getAttribute, makeClass, ownMethod, setAttribute } from './objects.ts';
import { binary, compare, rangeLength, truth } from './operators.ts';
import { repr, str } from './text.ts';
import { classOf, isSubclass, type } from './types.ts';
import { type ClassObj, type DictObj, is, isObject, list, PyError, tuple, type Value } from './value.ts';

const keyword = (keywords: ReadonlyMap<string, Value>, name: string): Value | undefined => keywords.get(name);

/** `len(value)`. */
export function length(vm: Machine, value: Value): bigint {
  if (typeof value === 'string') return BigInt(/[\ud800-\udfff]/.test(value) ? [...value].length : value.length);
  if (isObject(value)) {
    const own = is(value, 'class') ? undefined : ownMethod(value, '__len__');
    if (own !== undefined) return vm.call(own, [value]) as bigint;
    if (is(value, 'list', 'tuple')) return BigInt(value.v.length);
    if (is(value, 'bytes', 'bytearray')) return BigInt(value.v.length);
    if (is(value, 'dict', 'set', 'frozenset')) return BigInt(value.m.size);
    if (is(value, 'view')) return BigInt(value.of.m.size);
    if (is(value, 'range')) return rangeLength(value);
  }
  throw vm.error('TypeError', `object of type '${classOf(value).name}' has no len()`);
}

/** Whether a value is of a class, or of one of several. */
export function isInstanceOf(vm: Machine, cls: ClassObj, wanted: Value): boolean {
  if (is(wanted, 'tuple')) return wanted.v.some((item) => isInstanceOf(vm, cls, item));
  if (wanted === null) return cls.name === 'NoneType';
  if (!is(wanted, 'class'))
    throw vm.error('TypeError', 'isinstance() arg 2 must be a type, a tuple of types, or a union');
  return (
    isSubclass(cls, wanted) ||
    (wanted.name === 'Iterable' && ['list', 'tuple', 'dict', 'set', 'str'].includes(cls.name))
  );
}

/** Sorts a list, stable; `key` and `reverse` as keywords. */
export function sortValues(vm: Machine, items: Value[], keywords: ReadonlyMap<string, Value>): Value[] {
  const key = keyword(keywords, 'key') ?? null;
  const keyed = items.map((item) => ({ item, key: key === null ? item : vm.call(key, [item]) }));
  const reverse = truth(vm, keyword(keywords, 'reverse') ?? false);
  const sign = reverse ? -1 : 1;
  keyed.sort((a, b) => {
    if (compare(vm, '<', a.key, b.key) === true) return -sign;
    return compare(vm, '<', b.key, a.key) === true ? sign : 0;
  });
  return keyed.map(({ item }) => item);
}

const extreme =
  (name: 'min' | 'max'): Native =>
  (vm, args, keywords) => {
    const items = args.length === 1 ? iterate(vm, args[0]!) : args;
    const key = keyword(keywords, 'key') ?? null;
    if (items.length === 0) {
      const fallback = keyword(keywords, 'default');
      if (fallback !== undefined) return fallback;
      throw vm.error('ValueError', `${name}() iterable argument is empty`);
    }
    const op = name === 'min' ? '<' : '>';
    let best: Value = items[0]!;
    let bestKey: Value = key === null ? best : vm.call(key, [best]);
    for (const item of items.slice(1)) {
      const own = key === null ? item : vm.call(key, [item]);
      if (truth(vm, compare(vm, op, own, bestKey))) {
        best = item;
        bestKey = own;
      }
    }
    return best;
  };

function integer(vm: Machine, args: Value[], keywords: ReadonlyMap<string, Value>): Value {
  const [value = 0n, given] = args;
  const base = given ?? keyword(keywords, 'base');
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'number') {
    if (Number.isNaN(value)) throw vm.error('ValueError', 'cannot convert float NaN to integer');
    if (!Number.isFinite(value)) throw vm.error('OverflowError', 'cannot convert float infinity to integer');
    return BigInt(Math.trunc(value));
  }
  if (typeof value === 'string' || is(value, 'bytes')) {
    const text = (typeof value === 'string' ? value : value.v).trim().replaceAll('_', '');
    const radix = base === undefined ? 10 : Number(base);
    const found = parseInteger(text, radix);
    if (found !== undefined) return found;
    throw vm.error('ValueError', `invalid literal for int() with base ${radix}: ${repr(vm, value)}`);
  }
  const own = isObject(value) ? (ownMethod(value, '__int__') ?? ownMethod(value, '__index__')) : undefined;
  if (own !== undefined) return vm.call(own, [value]);
  throw vm.error(
    'TypeError',
    `int() argument must be a string, a bytes-like object or a real number, not '${classOf(value).name}'`,
  );
}

function parseInteger(text: string, radix: number): bigint | undefined {
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  const prefix = { 16: '0x', 8: '0o', 2: '0b' }[radix];
  const plain = prefix !== undefined && body.toLowerCase().startsWith(prefix) ? body.slice(2) : body;
  if (radix === 0) return /^(0[xob])?[\da-f]+$/i.test(body) ? (sign === '-' ? -1n : 1n) * BigInt(body) : undefined;
  if (plain === '') return undefined;
  let sum = 0n;
  for (const char of plain.toLowerCase()) {
    const digit = Number.parseInt(char, 36);
    if (Number.isNaN(digit) || digit >= radix) return undefined;
    sum = sum * BigInt(radix) + BigInt(digit);
  }
  return sign === '-' ? -sum : sum;
}

function float(vm: Machine, [value = 0]: Value[]): Value {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (typeof value === 'string' || is(value, 'bytes')) {
    const text = (typeof value === 'string' ? value : value.v).trim();
    if (/^[+-]?(inf|infinity)$/i.test(text))
      return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    if (/^[+-]?nan$/i.test(text)) return Number.NaN;
    if (/^[+-]?(\d[\d_]*\.?[\d_]*|\.\d[\d_]*)([eE][+-]?\d+)?$/.test(text)) return Number(text.replaceAll('_', ''));
    throw vm.error('ValueError', `could not convert string to float: ${repr(vm, value)}`);
  }
  const own = isObject(value) ? ownMethod(value, '__float__') : undefined;
  if (own !== undefined) return vm.call(own, [value]);
  throw vm.error('TypeError', `float() argument must be a string or a real number, not '${classOf(value).name}'`);
}

/** `print(…)`, to standard output or a file. */
const print: Native = (vm, args, keywords) => {
  const separator = keyword(keywords, 'sep') ?? null;
  const end = keyword(keywords, 'end') ?? null;
  const text =
    args.map((arg) => str(vm, arg)).join(separator === null ? ' ' : (separator as string)) +
    (end === null ? '\n' : (end as string));
  const file = keyword(keywords, 'file') ?? null;
  const target = file ?? findAttribute(vm, vm.state.modules.get('sys') ?? null, 'stdout') ?? null;
  const flush = truth(vm, keyword(keywords, 'flush') ?? false);
  if (target === null || (is(target, 'file') && target.path === 'stdout')) {
    vm.write(encode(text));
    if (flush) vm.flush();
  } else if (is(target, 'file') && target.path === 'stderr') vm.kernel.error(encode(text));
  else {
    vm.method(target, 'write', text);
    if (flush) vm.method(target, 'flush');
  }
  return null;
};

function round(vm: Machine, [value = 0n, places]: Value[]): Value {
  if (isObject(value)) {
    const own = ownMethod(value, '__round__');
    if (own !== undefined) return vm.call(own, [value]);
  }
  if (typeof value === 'bigint' || typeof value === 'boolean') {
    if (places === undefined || places === null || (places as bigint) >= 0n) return BigInt(value);
    const unit = 10n ** -(places as bigint);
    const half = BigInt(value) + unit / 2n;
    return half - (half % unit);
  }
  if (typeof value !== 'number')
    throw vm.error('TypeError', `type ${classOf(value).name} doesn't define __round__ method`);
  if (places !== undefined && places !== null)
    return Number(
      value < 0 ? `-${fixed(-value, Math.max(0, Number(places)))}` : fixed(value, Math.max(0, Number(places))),
    );
  if (!Number.isFinite(value))
    throw vm.error(
      Number.isNaN(value) ? 'ValueError' : 'OverflowError',
      `cannot convert float ${Number.isNaN(value) ? 'NaN' : 'infinity'} to integer`,
    );
  const low = Math.floor(value);
  const rest = value - low;
  return BigInt(rest > 0.5 || (rest === 0.5 && low % 2 !== 0) ? low + 1 : low);
}

/** `dict(…)`. */
function dictionary(vm: Machine, args: Value[], keywords: ReadonlyMap<string, Value>): Value {
  const made: DictObj = { t: 'dict', m: new Map() };
  const [from] = args;
  if (from !== undefined) update(vm, made, from);
  for (const [key, value] of keywords) put(vm, made.m, key, value);
  return made;
}

/** `dict.update(from)`. */
export function update(vm: Machine, target: DictObj, from: Value): void {
  if (is(from, 'dict')) {
    for (const [key, value] of from.m.values()) put(vm, target.m, key, value);
    return;
  }
  const keys = isObject(from) ? findAttribute(vm, from, 'keys') : undefined;
  if (keys !== undefined) {
    for (const key of iterate(vm, vm.call(keys))) put(vm, target.m, key, vm.method(from, '__getitem__', key));
    return;
  }
  for (const [index, entry] of iterate(vm, from).entries()) {
    const pair = iterate(vm, entry);
    if (pair.length !== 2)
      throw vm.error(
        'ValueError',
        `dictionary update sequence element #${index} has length ${pair.length}; 2 is required`,
      );
    put(vm, target.m, pair[0]!, pair[1]!);
  }
}

function bytesOf(vm: Machine, args: Value[], keywords: ReadonlyMap<string, Value>): string {
  const [value] = args;
  if (value === undefined) return '';
  if (typeof value === 'string') {
    if (args[1] === undefined && keyword(keywords, 'encoding') === undefined)
      throw vm.error('TypeError', 'string argument without an encoding');
    return encode(value);
  }
  if (is(value, 'bytes', 'bytearray')) return value.v;
  if (typeof value === 'bigint') return '\0'.repeat(Number(value));
  return String.fromCharCode(...iterate(vm, value).map(Number));
}

function range(vm: Machine, args: Value[]): Value {
  for (const arg of args)
    if (typeof arg !== 'bigint' && typeof arg !== 'boolean')
      throw vm.error('TypeError', `'${classOf(arg).name}' object cannot be interpreted as an integer`);
  const [a = 0n, b, step = 1n] = args.map((arg) => BigInt(arg as bigint));
  if (step === 0n) throw vm.error('ValueError', 'range() arg 3 must not be zero');
  return b === undefined ? { t: 'range', start: 0n, stop: a, step: 1n } : { t: 'range', start: a, stop: b, step };
}

/** Names that `dir()` tells. */
function names(vm: Machine, value: Value): string[] {
  const found = new Set<string>();
  if (is(value, 'module')) for (const name of value.attrs.keys()) found.add(name);
  if (isObject(value) && 'attrs' in value && value.attrs) for (const name of value.attrs.keys()) found.add(name);
  for (const cls of is(value, 'class') ? value.mro : classOf(value).mro) {
    for (const name of cls.dict.keys()) found.add(name);
    for (const name of METHODS[cls.name] ?? []) found.add(name);
  }
  void vm;
  return [...found].sort();
}

const input: Native = (vm, [prompt = '']) => {
  vm.write(encode(str(vm, prompt)));
  vm.flush();
  const line = readLine(vm, {
    t: 'file',
    path: 'stdin',
    name: '',
    mode: 'r',
    binary: false,
    data: '',
    at: 0,
    closed: false,
  });
  if (line === undefined) return { suspend: { for: 'input', what: 'line', ask: true, binary: false } };
  if (line === '') throw vm.error('EOFError', 'EOF when reading a line');
  return line.replace(/\n$/, '');
};

const exit: Native = (vm, [code = null]) => {
  throw vm.error('SystemExit', ...(code === null ? [] : [code]));
};

const sumOf: Native = (vm, [items = null, first = 0n], keywords) => {
  let sum: Value = keyword(keywords, 'start') ?? first;
  if (typeof sum === 'string') throw vm.error('TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
  for (const item of iterate(vm, items)) sum = binary(vm, '+', sum, item, false);
  return sum;
};

functions({
  print,
  input,
  exit,
  quit: exit,
  len: (vm, [value = null]) => length(vm, value),
  repr: (vm, [value = null]) => repr(vm, value),
  ascii: (vm, [value = null]) => repr(vm, value),
  str: (vm, args) => {
    if (args.length === 0) return '';
    return args.length > 1 && is(args[0], 'bytes') ? decode(args[0].v) : str(vm, args[0]!);
  },
  int: integer,
  float,
  bool: (vm, [value = false]) => truth(vm, value),
  list: (vm, [from]) => list(from === undefined ? [] : iterate(vm, from)),
  tuple: (vm, [from]) => tuple(from === undefined ? [] : iterate(vm, from)),
  set: (vm, [from]) => setOf(vm, from === undefined ? [] : iterate(vm, from)),
  frozenset: (vm, [from]) => setOf(vm, from === undefined ? [] : iterate(vm, from), 'frozenset'),
  dict: dictionary,
  bytes: (vm, args, keywords) => ({ t: 'bytes', v: bytesOf(vm, args, keywords) }),
  bytearray: (vm, args, keywords) => ({ t: 'bytearray', v: bytesOf(vm, args, keywords) }),
  object: (vm) => ({ t: 'object', cls: type('object'), attrs: new Map(), id: vm.id() }),
  type: (vm, args) => {
    if (args.length === 1) return classOf(args[0]!);
    const [name = '', bases = null, dict = null] = args;
    const content = [...(dict as DictObj).m.values()].map(([key, value]) => [key as string, value] as const);
    return makeClass(vm, name as string, iterate(vm, bases), new Map(content), '__main__');
  },
  range,
  slice: (_vm, args) => {
    const [from = null, to = null, step = null] = args.length === 1 ? [null, args[0]] : args;
    return { t: 'slice', from, to, step };
  },
  property: (_vm, [get = null, set = null]) => ({ t: 'property', get, set }),
  'property.setter': (_vm, [property, set = null]) => ({
    t: 'property',
    get: is(property, 'property') ? property.get : null,
    set,
  }),
  staticmethod: (_vm, [func = null]) => ({ t: 'staticmethod', func }),
  classmethod: (_vm, [func = null]) => ({ t: 'classmethod', func }),
  super: (_vm, [owner, self = null]) => ({ t: 'super', owner: owner as ClassObj, self }),
  enumerate: (vm, [items = null, start], keywords) => {
    const first = start ?? keyword(keywords, 'start') ?? 0n;
    return { t: 'iterator', kind: 'enumerate', at: Number(first), of: iterator(vm, items) };
  },
  zip: (vm, args, keywords) => {
    if (truth(vm, keyword(keywords, 'strict') ?? false) && new Set(args.map((arg) => length(vm, arg))).size > 1)
      throw vm.error('ValueError', 'zip() arguments have different lengths');
    return { t: 'iterator', kind: 'zip', at: 0, others: args.map((arg) => iterator(vm, arg)) };
  },
  map: (vm, [func = null, ...others]) => ({
    t: 'iterator',
    kind: 'map',
    at: 0,
    of: func,
    others: others.map((arg) => iterator(vm, arg)),
  }),
  filter: (vm, [func = null, items = null]) => ({
    t: 'iterator',
    kind: 'filter',
    at: 0,
    of: func,
    others: [iterator(vm, items)],
  }),
  reversed: (vm, [items = null]) => {
    const own = isObject(items) ? ownMethod(items, '__reversed__') : undefined;
    if (own !== undefined) return vm.call(own, [items]);
    return { t: 'iterator', kind: 'items', at: 0, items: iterate(vm, items).reverse() };
  },
  iter: (vm, [value = null, sentinel]) =>
    sentinel === undefined ? iterator(vm, value) : { t: 'iterator', kind: 'call', at: 0, of: value, items: [sentinel] },
  next: (vm, [source = null, fallback]) => {
    const found = advance(vm, source);
    if (found) return found.value;
    if (fallback !== undefined) return fallback;
    throw vm.error('StopIteration');
  },
  min: extreme('min'),
  max: extreme('max'),
  sum: sumOf,
  abs: (vm, [value = 0n]) => {
    if (typeof value === 'bigint') return value < 0n ? -value : value;
    if (typeof value === 'boolean') return BigInt(value);
    if (typeof value === 'number') return Math.abs(value);
    const own = isObject(value) ? ownMethod(value, '__abs__') : undefined;
    if (own === undefined) throw vm.error('TypeError', `bad operand type for abs(): '${classOf(value).name}'`);
    return vm.call(own, [value]);
  },
  round,
  pow: (vm, [a = 0n, b = 0n, modulus]) => {
    if (modulus === undefined || modulus === null) return binary(vm, '**', a, b, false);
    let [result, base, power] = [1n, BigInt(a as bigint) % BigInt(modulus as bigint), BigInt(b as bigint)];
    for (; power > 0n; power >>= 1n) {
      if (power & 1n) result = (result * base) % BigInt(modulus as bigint);
      base = (base * base) % BigInt(modulus as bigint);
    }
    return result;
  },
  divmod: (vm, [a = 0n, b = 0n]) => tuple([binary(vm, '//', a, b, false), binary(vm, '%', a, b, false)]),
  any: (vm, [items = null]) => iterate(vm, items).some((item) => truth(vm, item)),
  all: (vm, [items = null]) => iterate(vm, items).every((item) => truth(vm, item)),
  sorted: (vm, [items = null], keywords) => list(sortValues(vm, iterate(vm, items), keywords)),
  isinstance: (vm, [value = null, wanted = null]) => isInstanceOf(vm, classOf(value), wanted),
  issubclass: (vm, [cls, wanted = null]) => isInstanceOf(vm, cls as ClassObj, wanted),
  callable: (_vm, [value = null]) =>
    is(value, 'function', 'builtin', 'method', 'class') ||
    (isObject(value) && ownMethod(value, '__call__') !== undefined),
  hasattr: (vm, [value = null, name = '']) => {
    try {
      return findAttribute(vm, value, name as string) !== undefined;
    } catch (error) {
      if (error instanceof PyError && error.value.cls.name === 'AttributeError') return false;
      throw error;
    }
  },
  getattr: (vm, [value = null, name = '', fallback]) => {
    try {
      return getAttribute(vm, value, name as string);
    } catch (error) {
      if (fallback !== undefined && error instanceof PyError && error.value.cls.name === 'AttributeError')
        return fallback;
      throw error;
    }
  },
  setattr: (vm, [target = null, name = '', value = null]) => {
    setAttribute(vm, target, name as string, value);
    return null;
  },
  delattr: (vm, [target = null, name = '']) => {
    deleteAttribute(vm, target, name as string);
    return null;
  },
  chr: (_vm, [code = 0n]) => String.fromCodePoint(Number(code)),
  ord: (vm, [text = '']) => {
    if (is(text, 'bytes')) return BigInt(text.v.charCodeAt(0));
    const chars = [...(text as string)];
    if (chars.length !== 1)
      throw vm.error('TypeError', `ord() expected a character, but string of length ${chars.length} found`);
    return BigInt(chars[0]!.codePointAt(0)!);
  },
  hex: (_vm, [value = 0n]) =>
    `${(value as bigint) < 0n ? '-' : ''}0x${String(value).startsWith('-') ? (-(value as bigint)).toString(16) : BigInt(value as bigint).toString(16)}`,
  oct: (_vm, [value = 0n]) =>
    `${(value as bigint) < 0n ? '-' : ''}0o${((value as bigint) < 0n ? -(value as bigint) : (value as bigint)).toString(8)}`,
  bin: (_vm, [value = 0n]) =>
    `${(value as bigint) < 0n ? '-' : ''}0b${((value as bigint) < 0n ? -(value as bigint) : (value as bigint)).toString(2)}`,
  hash: (vm, [value = null]) => {
    if (typeof value === 'bigint') return value;
    let sum = 7n;
    for (const char of hashKey(vm, value)) sum = (sum * 1000003n + BigInt(char.charCodeAt(0))) % 2305843009213693951n;
    return sum;
  },
  id: (vm, [value = null]) =>
    139_637_976_000_000n +
    BigInt(
      isObject(value) && 'id' in value
        ? value.id * 48
        : hashKey(vm, is(value, 'list', 'dict', 'set') ? null : value).length,
    ),
  format: (vm, [value = null, spec = '']) => formatValue(vm, value, spec as string),
  dir: (vm, [value]) => list(value === undefined ? [...vm.frame.scope.vars.keys()].sort() : names(vm, value)),
  vars: (_vm, [value]) => {
    if (value === undefined) return null;
    return isObject(value) && 'attrs' in value && value.attrs ? dictOf([...value.attrs]) : dictOf([]);
  },
  globals: (vm) => dictOf([...vm.frame.globals]),
  locals: (vm) => dictOf([...vm.frame.scope.vars]),
  open: (vm, [file = null, mode], keywords) => openFile(vm, file, (mode ?? keyword(keywords, 'mode') ?? 'r') as string),
  help: (vm) => {
    vm.write('Type help() for interactive help, or help(object) for help about object.\n');
    return null;
  },
  'object.__init__': () => null,
  'object.__setattr__': (_vm, [target, name = '', value = null]) => {
    if (is(target, 'object')) target.attrs.set(name as string, value);
    return null;
  },
  'object.__new__': (vm, [cls]) => ({ t: 'object', cls: cls as ClassObj, attrs: new Map(), id: vm.id() }),
  'type.__subclasses__': () => list([]),
});

METHODS['object'] = new Set(['__init__', '__setattr__', '__new__']);

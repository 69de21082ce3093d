import { hashKey, put } from './collections.ts';
import { percent } from './format.ts';
import { iterate } from './iterate.ts';
import type { Machine } from './machine.ts';
import { ownMethod } from './objects.ts';
import { classOf } from './types.ts';
import { bytes, is, isObject, list, type SetObj, tuple, type Value } from './value.ts';

export function truth(vm: Machine, value: Value): boolean {
  if (value === null) return false;
  if (typeof value !== 'object') return Boolean(value);
  const own = ownMethod(value, '__bool__');
  if (own !== undefined && !is(value, 'class')) return vm.call(own, [value]) === true;
  const size = ownMethod(value, '__len__');
  if (size !== undefined && !is(value, 'class')) return vm.call(size, [value]) !== 0n;
  switch (value.t) {
    case 'list':
    case 'tuple':
      return value.v.length > 0;
    case 'dict':
    case 'set':
    case 'frozenset':
      return value.m.size > 0;
    case 'bytes':
    case 'bytearray':
      return value.v !== '';
    case 'view':
      return value.of.m.size > 0;
    case 'range':
      return rangeLength(value) > 0n;
    default:
      return true;
  }
}

export const rangeLength = ({ start, stop, step }: { start: bigint; stop: bigint; step: bigint }): bigint => {
  const distance = step > 0n ? stop - start : start - stop;
  const width = step > 0n ? step : -step;
  return distance <= 0n ? 0n : (distance + width - 1n) / width;
};

const isNumber = (value: Value): value is boolean | bigint | number =>
  typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean';
const toBig = (value: boolean | bigint): bigint => (typeof value === 'boolean' ? (value ? 1n : 0n) : value);
export const toFloat = (value: boolean | bigint | number): number => Number(value);

/** Whether two values are equal (`==`). */
export function equal(vm: Machine, a: Value, b: Value): boolean {
  if (a === b) return !(typeof a === 'number' && Number.isNaN(a));
  if (isNumber(a) && isNumber(b))
    return Number(a) === Number(b) && (typeof a === 'number' || typeof b === 'number' || toBig(a) === toBig(b));
  if (!isObject(a) && !isObject(b)) return false;
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const own = isObject(one) && !is(one, 'class') ? ownMethod(one, '__eq__') : undefined;
    if (own === undefined) continue;
    const result = vm.call(own, [one, other]);
    if (!is(result, 'singleton')) return truth(vm, result);
  }
  if (is(a, 'list', 'tuple') && is(b, 'list', 'tuple'))
    return a.t === b.t && a.v.length === b.v.length && a.v.every((item, index) => equal(vm, item, b.v[index]!));
  if (is(a, 'dict') && is(b, 'dict'))
    return (
      a.m.size === b.m.size && [...a.m].every(([key, [, value]]) => b.m.has(key) && equal(vm, value, b.m.get(key)![1]))
    );
  if (is(a, 'set', 'frozenset') && is(b, 'set', 'frozenset'))
    return a.m.size === b.m.size && [...a.m.keys()].every((key) => b.m.has(key));
  if (is(a, 'bytes', 'bytearray') && is(b, 'bytes', 'bytearray')) return a.v === b.v;
  if (is(a, 'range') && is(b, 'range')) return a.start === b.start && a.stop === b.stop && a.step === b.step;
  if (is(a, 'singleton') && is(b, 'singleton')) return a.name === b.name;
  if (is(a, 'builtin') && is(b, 'builtin')) return a.name === b.name && a.self === b.self;
  if (is(a, 'method') && is(b, 'method')) return a.self === b.self && a.func === b.func;
  if (is(a, 'view') && is(b, 'view')) return equal(vm, list(iterate(vm, a)), list(iterate(vm, b)));
  return false;
}

export function identical(a: Value, b: Value): boolean {
  if (is(a, 'singleton') && is(b, 'singleton')) return a.name === b.name;
  return a === b || (is(a, 'class') && is(b, 'class') && a.builtin && b.builtin && a.name === b.name);
}

/** Order of two values: negative, 0 or positive; nothing when they can't be compared. */
export function order(vm: Machine, a: Value, b: Value): number | undefined {
  if (isNumber(a) && isNumber(b)) {
    if (typeof a !== 'number' && typeof b !== 'number') {
      const [x, y] = [toBig(a), toBig(b)];
      return x < y ? -1 : x > y ? 1 : 0;
    }
    const [x, y] = [Number(a), Number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : x - y;
  }
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (is(a, 'bytes') && is(b, 'bytes')) return a.v < b.v ? -1 : a.v > b.v ? 1 : 0;
  if (is(a, 'list', 'tuple') && is(b, 'list', 'tuple') && a.t === b.t) {
    for (let at = 0; at < Math.min(a.v.length, b.v.length); at += 1)
      if (!equal(vm, a.v[at]!, b.v[at]!))
        return order(vm, a.v[at]!, b.v[at]!) ?? incomparable(vm, '<', a.v[at]!, b.v[at]!);
    return a.v.length - b.v.length;
  }
  return undefined;
}

function incomparable(vm: Machine, op: string, a: Value, b: Value): never {
  throw vm.error(
    'TypeError',
    `'${op}' not supported between instances of '${classOf(a).name}' and '${classOf(b).name}'`,
  );
}

const METHODS: Readonly<Record<string, readonly [string, string]>> = {
  ...{ '<': ['__lt__', '__gt__'], '>': ['__gt__', '__lt__'], '<=': ['__le__', '__ge__'], '>=': ['__ge__', '__le__'] },
};

export function compare(vm: Machine, op: string, a: Value, b: Value): Value {
  switch (op) {
    case '==':
      return equal(vm, a, b);
    case '!=':
      return !equal(vm, a, b);
    case 'is':
      return identical(a, b);
    case 'is not':
      return !identical(a, b);
    case 'in':
      return contains(vm, b, a);
    case 'not in':
      return !contains(vm, b, a);
  }
  const [own, mirrored] = METHODS[op]!;
  const mine = isObject(a) ? ownMethod(a, own) : undefined;
  if (mine !== undefined) {
    const result = vm.call(mine, [a, b]);
    if (!is(result, 'singleton')) return result;
  }
  const theirs = isObject(b) ? ownMethod(b, mirrored) : undefined;
  if (theirs !== undefined) return vm.call(theirs, [b, a]);
  if (is(a, 'set', 'frozenset') && is(b, 'set', 'frozenset')) {
    const within = (x: SetObj, y: SetObj) => [...x.m.keys()].every((key) => y.m.has(key));
    if (op === '<=') return within(a, b);
    if (op === '>=') return within(b, a);
    return op === '<' ? within(a, b) && a.m.size < b.m.size : within(b, a) && a.m.size > b.m.size;
  }
  const result = order(vm, a, b) ?? incomparable(vm, op, a, b);
  if (op === '<') return result < 0;
  if (op === '>') return result > 0;
  return op === '<=' ? result <= 0 : result >= 0;
}

function contains(vm: Machine, container: Value, item: Value): boolean {
  if (typeof container === 'string') {
    if (typeof item !== 'string')
      throw vm.error('TypeError', `'in <string>' requires string as left operand, not ${classOf(item).name}`);
    return container.includes(item);
  }
  if (isObject(container)) {
    const own = ownMethod(container, '__contains__');
    if (own !== undefined) return truth(vm, vm.call(own, [container, item]));
    if (is(container, 'dict', 'set', 'frozenset')) return container.m.has(hashKey(vm, item));
    if (is(container, 'view') && container.kind === 'keys') return container.of.m.has(hashKey(vm, item));
    if (is(container, 'bytes', 'bytearray'))
      return is(item, 'bytes')
        ? container.v.includes(item.v)
        : typeof item === 'bigint' && container.v.includes(String.fromCharCode(Number(item)));
    if (is(container, 'range') && typeof item === 'bigint') {
      const { start, stop, step } = container;
      return (step > 0n ? item >= start && item < stop : item <= start && item > stop) && (item - start) % step === 0n;
    }
  }
  if (!isObject(container) || is(container, 'function', 'builtin', 'module'))
    throw vm.error('TypeError', `argument of type '${classOf(container).name}' is not iterable`);
  return iterate(vm, container).some((entry) => identical(entry, item) || equal(vm, entry, item));
}

export function unary(vm: Machine, op: string, value: Value): Value {
  if (op === 'not') return !truth(vm, value);
  if (isNumber(value)) {
    if (typeof value === 'number') return op === '-' ? -value : op === '+' ? value : badUnary(vm, op, value);
    const number = toBig(value);
    return op === '-' ? -number : op === '+' ? number : ~number;
  }
  const own = isObject(value)
    ? ownMethod(value, { '-': '__neg__', '+': '__pos__', '~': '__invert__' }[op]!)
    : undefined;
  return own === undefined ? badUnary(vm, op, value) : vm.call(own, [value]);
}

function badUnary(vm: Machine, op: string, value: Value): never {
  throw vm.error('TypeError', `bad operand type for unary ${op}: '${classOf(value).name}'`);
}

const NAMES: Readonly<Record<string, string>> = {
  ...{ '+': 'add', '-': 'sub', '*': 'mul', '/': 'truediv', '//': 'floordiv', '%': 'mod', '**': 'pow', '@': 'matmul' },
  ...{ '&': 'and', '|': 'or', '^': 'xor', '<<': 'lshift', '>>': 'rshift' },
};

/** Bytes of a value that the kernel is asked for. */
const LARGE = 1 << 16;

function lengthOf(sequence: string | { readonly v: string | readonly unknown[] }): number {
  return typeof sequence === 'string'
    ? sequence.length
    : typeof sequence.v === 'string'
      ? sequence.v.length
      : 8 * sequence.v.length;
}

export function binary(vm: Machine, op: string, a: Value, b: Value, inPlace: boolean): Value {
  const name = NAMES[op]!;
  if (isObject(a) || isObject(b)) {
    const tries = [
      ...(inPlace ? [[a, `__i${name}__`, b] as const] : []),
      [a, `__${name}__`, b] as const,
      [b, `__r${name}__`, a] as const,
    ];
    for (const [one, method, other] of tries) {
      const own = isObject(one) && !is(one, 'class') ? ownMethod(one, method) : undefined;
      if (own === undefined) continue;
      const result = vm.call(own, [one, other]);
      if (!is(result, 'singleton')) return result;
    }
  }
  if (isNumber(a) && isNumber(b)) {
    if (typeof a === 'number' || typeof b === 'number' || op === '/') return floats(vm, op, a, b);
    if (typeof a === 'boolean' && typeof b === 'boolean' && '&|^'.includes(op))
      return op === '&' ? a && b : op === '|' ? a || b : a !== b;
    return integers(vm, op, toBig(a), toBig(b));
  }
  const result = sequences(vm, op, a, b, inPlace);
  if (result !== undefined) return result;
  const sign = op === '**' ? '** or pow()' : op;
  throw vm.error(
    'TypeError',
    `unsupported operand type(s) for ${sign}${inPlace ? '=' : ''}: '${classOf(a).name}' and '${classOf(b).name}'`,
  );
}

function sequences(vm: Machine, op: string, a: Value, b: Value, inPlace: boolean): Value | undefined {
  if (op === '%' && typeof a === 'string') return percent(vm, a, b);
  if (op === '%' && is(a, 'bytes'))
    return bytes(
      percent(
        vm,
        a.v,
        is(b, 'tuple') ? tuple(b.v.map((item) => (is(item, 'bytes') ? item.v : item))) : is(b, 'bytes') ? b.v : b,
      ),
    );
  if (op === '+') {
    if (typeof a === 'string') {
      if (typeof b === 'string') return a + b;
      throw vm.error('TypeError', `can only concatenate str (not "${classOf(b).name}") to str`);
    }
    if (is(a, 'list') && inPlace) {
      a.v.push(...iterate(vm, b));
      return a;
    }
    if (is(a, 'list', 'tuple')) {
      if (is(b, 'list', 'tuple') && a.t === b.t) return { t: a.t, v: [...a.v, ...b.v] };
      throw vm.error('TypeError', `can only concatenate ${a.t} (not "${classOf(b).name}") to ${a.t}`);
    }
    if (is(a, 'bytes', 'bytearray')) {
      if (is(b, 'bytes', 'bytearray')) return { t: a.t, v: a.v + b.v };
      throw vm.error('TypeError', `can't concat ${classOf(b).name} to bytes`);
    }
  }
  if (op === '*') {
    const [sequence, times] = isNumber(b) ? [a, b] : [b, a];
    if (isNumber(times) && typeof times !== 'number') {
      const count = Math.max(0, Number(toBig(times)));
      const size =
        typeof sequence === 'string' || is(sequence, 'bytes', 'list', 'tuple') ? lengthOf(sequence) * count : 0;
      if (size > LARGE) vm.grow(size);
      if (typeof sequence === 'string') return sequence.repeat(count);
      if (is(sequence, 'bytes')) return bytes(sequence.v.repeat(count));
      if (is(sequence, 'list', 'tuple'))
        return { t: sequence.t, v: Array.from({ length: count }, () => sequence.v).flat(1) };
    } else if (typeof sequence === 'string' || is(sequence, 'list', 'tuple'))
      throw vm.error('TypeError', `can't multiply sequence by non-int of type '${classOf(times).name}'`);
  }
  if (is(a, 'view') && a.kind !== 'values' && '&|-^'.includes(op)) return setOperation(op, toSet(vm, a), toSet(vm, b));
  if (is(a, 'set', 'frozenset') && is(b, 'set', 'frozenset') && '&|-^'.includes(op)) return setOperation(op, a, b);
  if (op === '|' && is(a, 'dict') && is(b, 'dict')) {
    const merged = inPlace ? a : { t: 'dict' as const, m: new Map(a.m) };
    for (const [key, value] of b.m.values()) put(vm, merged.m, key, value);
    return merged;
  }
  if (op === '|' && (is(a, 'class') || a === null) && (is(b, 'class') || b === null)) return tuple([a, b]);
  return undefined;
}

function toSet(vm: Machine, value: Value): SetObj {
  if (is(value, 'set', 'frozenset')) return value;
  return { t: 'set', m: new Map(iterate(vm, value).map((item) => [hashKey(vm, item), item])) };
}

export function setOperation(op: string, a: SetObj, b: SetObj): SetObj {
  const m = new Map<string, Value>();
  for (const [key, item] of a.m) if (op === '|' || (op === '&' ? b.m.has(key) : !b.m.has(key))) m.set(key, item);
  if (op === '|' || op === '^') for (const [key, item] of b.m) if (!a.m.has(key)) m.set(key, item);
  return { t: a.t, m };
}

function integers(vm: Machine, op: string, a: bigint, b: bigint): Value {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '//':
    case '%': {
      if (b === 0n)
        throw vm.error(
          'ZeroDivisionError',
          op === '%' ? 'integer modulo by zero' : 'integer division or modulo by zero',
        );
      const rest = a % b;
      const adjusts = rest !== 0n && rest < 0n !== b < 0n;
      return op === '%' ? (adjusts ? rest + b : rest) : a / b - (adjusts ? 1n : 0n);
    }
    case '**':
      if (b < 0n) {
        if (a === 0n) throw vm.error('ZeroDivisionError', 'zero to a negative power');
        return Number(a) ** Number(b);
      }
      return a ** b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '<<':
      return a << b;
    default:
      return a >> b;
  }
}

function floats(vm: Machine, op: string, one: boolean | bigint | number, other: boolean | bigint | number): Value {
  const [a, b] = [Number(one), Number(other)];
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (b === 0) {
        const float = typeof one === 'number' || typeof other === 'number';
        throw vm.error('ZeroDivisionError', float ? 'float division by zero' : 'division by zero');
      }
      return a / b;
    case '//':
      if (b === 0) throw vm.error('ZeroDivisionError', 'float floor division by zero');
      return Math.floor(a / b);
    case '%': {
      if (b === 0) throw vm.error('ZeroDivisionError', 'float modulo');
      const rest = a % b;
      return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
    }
    case '**':
      return a ** b;
  }
  throw vm.error(
    'TypeError',
    `unsupported operand type(s) for ${op}: '${classOf(one).name}' and '${classOf(other).name}'`,
  );
}

/** Numbers of the items that a slice of a sequence of some length takes. */
export function sliceIndices(vm: Machine, slice: Extract<Value, { t: 'slice' }>, length: number): number[] {
  const step = slice.step === null ? 1 : Number(slice.step);
  if (step === 0) throw vm.error('ValueError', 'slice step cannot be zero');
  for (const part of [slice.from, slice.to])
    if (part !== null && typeof part !== 'bigint' && typeof part !== 'boolean')
      throw vm.error('TypeError', 'slice indices must be integers or None or have an __index__ method');
  const clamp = (value: Value, low: number, high: number) => {
    const number = Number(value);
    return Math.min(high, Math.max(low, number < 0 ? number + length : number));
  };
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const from = slice.from === null ? (step > 0 ? 0 : length - 1) : clamp(slice.from, low, high);
  const to = slice.to === null ? (step > 0 ? length : -1) : clamp(slice.to, low, high);
  const indices: number[] = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) indices.push(at);
  return indices;
}

function sequenceOf(
  value: Value,
): { readonly length: number; at(index: number): Value; take(indices: readonly number[]): Value } | undefined {
  if (typeof value === 'string') {
    const chars = /[\ud800-\udfff]/.test(value) ? [...value] : value;
    return {
      length: chars.length,
      at: (index) => chars[index]!,
      take: (indices) => indices.map((index) => chars[index]).join(''),
    };
  }
  if (is(value, 'list', 'tuple'))
    return {
      length: value.v.length,
      at: (index) => value.v[index]!,
      take: (indices) => ({ t: value.t, v: indices.map((index) => value.v[index]!) }),
    };
  if (is(value, 'bytes', 'bytearray'))
    return {
      length: value.v.length,
      at: (index) => BigInt(value.v.charCodeAt(index)),
      take: (indices) => ({ t: value.t, v: indices.map((index) => value.v[index]).join('') }),
    };
  if (is(value, 'range'))
    return {
      length: Number(rangeLength(value)),
      at: (index) => value.start + BigInt(index) * value.step,
      take: (indices) => {
        const at = (index: number) => value.start + BigInt(index) * value.step;
        const step = indices.length > 1 ? at(indices[1]!) - at(indices[0]!) : value.step;
        const first = indices.length > 0 ? at(indices[0]!) : value.start;
        return {
          t: 'range',
          start: first,
          stop: indices.length > 0 ? at(indices.at(-1)!) + (step > 0n ? 1n : -1n) : first,
          step,
        };
      },
    };
  return undefined;
}

export function getItem(vm: Machine, container: Value, index: Value): Value {
  if (isObject(container) && !is(container, 'class')) {
    const own = ownMethod(container, '__getitem__');
    if (own !== undefined) return vm.call(own, [container, index]);
  }
  if (is(container, 'dict')) {
    const found = container.m.get(hashKey(vm, index));
    if (found) return found[1];
    const missing = ownMethod(container, '__missing__');
    if (missing !== undefined) return vm.call(missing, [container, index]);
    throw vm.error('KeyError', index);
  }
  // `list[int]` and the like in annotations.
  if (is(container, 'class') || is(container, 'builtin')) return container;
  const sequence = sequenceOf(container);
  if (!sequence) throw vm.error('TypeError', `'${classOf(container).name}' object is not subscriptable`);
  if (is(index, 'slice')) return sequence.take(sliceIndices(vm, index, sequence.length));
  const what = typeof container === 'string' ? 'string' : classOf(container).name;
  if (typeof index !== 'bigint' && typeof index !== 'boolean') {
    if (what === 'string') throw vm.error('TypeError', `string indices must be integers, not '${classOf(index).name}'`);
    throw vm.error(
      'TypeError',
      `${what === 'bytes' ? 'byte' : what} indices must be integers or slices, not ${classOf(index).name}`,
    );
  }
  const number = Number(index);
  const at = number < 0 ? number + sequence.length : number;
  if (at < 0 || at >= sequence.length)
    throw vm.error(
      'IndexError',
      what === 'range'
        ? 'range object index out of range'
        : what === 'bytes'
          ? 'index out of range'
          : `${what} index out of range`,
    );
  return sequence.at(at);
}

export function setItem(vm: Machine, container: Value, index: Value, value: Value): void {
  if (isObject(container)) {
    const own = ownMethod(container, '__setitem__');
    if (own !== undefined) {
      vm.call(own, [container, index, value]);
      return;
    }
  }
  if (is(container, 'dict')) {
    put(vm, container.m, index, value);
    return;
  }
  if (is(container, 'list')) {
    if (is(index, 'slice')) {
      const indices = sliceIndices(vm, index, container.v.length);
      const start = indices[0] ?? (index.from === null ? 0 : Number(index.from));
      container.v.splice(start, indices.length, ...iterate(vm, value));
      return;
    }
    container.v[listIndex(vm, container.v.length, index, 'list assignment index out of range')] = value;
    return;
  }
  if (is(container, 'bytearray')) {
    const at = listIndex(vm, container.v.length, index, 'bytearray index out of range');
    container.v = container.v.slice(0, at) + String.fromCharCode(Number(value)) + container.v.slice(at + 1);
    return;
  }
  throw vm.error('TypeError', `'${classOf(container).name}' object does not support item assignment`);
}

function listIndex(vm: Machine, length: number, index: Value, message: string): number {
  if (typeof index !== 'bigint' && typeof index !== 'boolean')
    throw vm.error('TypeError', `list indices must be integers or slices, not ${classOf(index).name}`);
  const number = Number(index);
  const at = number < 0 ? number + length : number;
  if (at < 0 || at >= length) throw vm.error('IndexError', message);
  return at;
}

export function deleteItem(vm: Machine, container: Value, index: Value): void {
  if (isObject(container)) {
    const own = ownMethod(container, '__delitem__');
    if (own !== undefined) {
      vm.call(own, [container, index]);
      return;
    }
  }
  if (is(container, 'dict')) {
    if (!container.m.delete(hashKey(vm, index))) throw vm.error('KeyError', index);
  } else if (is(container, 'list')) {
    if (is(index, 'slice')) {
      const gone = new Set(sliceIndices(vm, index, container.v.length));
      container.v = container.v.filter((_, at) => !gone.has(at));
    } else container.v.splice(listIndex(vm, container.v.length, index, 'list assignment index out of range'), 1);
  } else throw vm.error('TypeError', `'${classOf(container).name}' object doesn't support item deletion`);
}

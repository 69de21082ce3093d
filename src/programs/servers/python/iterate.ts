import { readLine } from './files.ts';
import type { Machine } from './machine.ts';
import { findAttribute, ownMethod } from './objects.ts';
import { getItem, truth } from './operators.ts';
import { classOf } from './types.ts';
import { type IteratorObj, is, isObject, PyError, tuple, type Value } from './value.ts';

/** An iterator over a value. */
export function iterator(vm: Machine, value: Value): Value {
  if (typeof value === 'string') return { t: 'iterator', kind: 'items', at: 0, items: [...value] };
  if (isObject(value)) {
    const own = ownMethod(value, '__iter__');
    if (own !== undefined && !is(value, 'class')) return vm.call(own, [value]);
    switch (value.t) {
      case 'list':
        return { t: 'iterator', kind: 'list', at: 0, of: value };
      case 'tuple':
        return { t: 'iterator', kind: 'items', at: 0, items: value.v };
      case 'dict':
        return { t: 'iterator', kind: 'items', at: 0, items: [...value.m.values()].map(([key]) => key), of: value };
      case 'set':
      case 'frozenset':
        return { t: 'iterator', kind: 'items', at: 0, items: [...value.m.values()] };
      case 'view':
        return { t: 'iterator', kind: 'items', at: 0, items: viewItems(value) };
      case 'range':
        return { t: 'iterator', kind: 'range', at: 0, of: value };
      case 'bytes':
      case 'bytearray':
        return { t: 'iterator', kind: 'items', at: 0, items: [...value.v].map((char) => BigInt(char.charCodeAt(0))) };
      case 'iterator':
      case 'generator':
      case 'file':
        return value;
    }
    if (ownMethod(value, '__next__') !== undefined) return value;
    if (ownMethod(value, '__getitem__') !== undefined) return { t: 'iterator', kind: 'getitem', at: 0, of: value };
  }
  throw vm.error('TypeError', `'${classOf(value).name}' object is not iterable`);
}

export function viewItems({ kind, of }: Extract<Value, { t: 'view' }>): Value[] {
  const entries = [...of.m.values()];
  if (kind === 'keys') return entries.map(([key]) => key);
  return kind === 'values' ? entries.map(([, value]) => value) : entries.map(([key, value]) => tuple([key, value]));
}

/** The next value of an iterator; nothing at its end. Generators run nested. */
export function advance(vm: Machine, source: Value): { value: Value } | undefined {
  if (is(source, 'generator')) return vm.resume(source);
  if (is(source, 'iterator')) return advanceBuiltin(vm, source);
  if (is(source, 'file')) {
    const line = readLine(vm, source);
    if (line === undefined)
      throw vm.error('RuntimeError', 'not modelled in Stapellauf: reading from a terminal in a loop');
    return line === '' ? undefined : { value: source.binary ? { t: 'bytes', v: line } : line };
  }
  const next = findAttribute(vm, source, '__next__');
  if (next === undefined) throw vm.error('TypeError', `'${classOf(source).name}' object is not an iterator`);
  try {
    return { value: vm.call(next) };
  } catch (error) {
    if (error instanceof PyError && error.value.cls.name === 'StopIteration') return undefined;
    throw error;
  }
}

function advanceBuiltin(vm: Machine, source: IteratorObj): { value: Value } | undefined {
  const { at } = source;
  const inner = () => advance(vm, source.of!);
  switch (source.kind) {
    case 'items':
      if (at >= source.items!.length) return undefined;
      if (is(source.of, 'dict') && source.of.m.size !== source.items!.length)
        throw vm.error('RuntimeError', 'dictionary changed size during iteration');
      source.at += 1;
      return { value: source.items![at]! };
    case 'list': {
      const { v } = source.of as { v: Value[] };
      if (at >= v.length) return undefined;
      source.at += 1;
      return { value: v[at]! };
    }
    case 'range': {
      const { start, stop, step } = source.of as Extract<Value, { t: 'range' }>;
      const value = start + BigInt(at) * step;
      if (step > 0n ? value >= stop : value <= stop) return undefined;
      source.at += 1;
      return { value };
    }
    case 'getitem':
      try {
        source.at += 1;
        return { value: getItem(vm, source.of!, BigInt(at)) };
      } catch (error) {
        if (error instanceof PyError && error.value.cls.name === 'IndexError') return undefined;
        throw error;
      }
    case 'enumerate': {
      const next = inner();
      if (!next) return undefined;
      source.at += 1;
      return { value: tuple([BigInt(at), next.value]) };
    }
    case 'zip': {
      const values: Value[] = [];
      for (const other of source.others!) {
        const next = advance(vm, other);
        if (!next) return undefined;
        values.push(next.value);
      }
      return values.length === 0 ? undefined : { value: tuple(values) };
    }
    case 'map': {
      const values: Value[] = [];
      for (const other of source.others!) {
        const next = advance(vm, other);
        if (!next) return undefined;
        values.push(next.value);
      }
      return { value: vm.call(source.of!, values) };
    }
    case 'filter':
      for (;;) {
        const next = advance(vm, source.others![0]!);
        if (!next) return undefined;
        const kept = source.of === null ? next.value : vm.call(source.of!, [next.value]);
        if (truth(vm, kept)) return next;
      }
    case 'call': {
      const value = vm.call(source.of!);
      return value === source.items![0] ? undefined : { value };
    }
    default:
      throw new Error(`no iterator ${source.kind}`);
  }
}

/** All values of an iterable. */
export function iterate(vm: Machine, value: Value): Value[] {
  if (is(value, 'list', 'tuple') && ownMethod(value, '__iter__') === undefined) return [...value.v];
  if (typeof value === 'string') return [...value];
  const source = iterator(vm, value);
  const items: Value[] = [];
  for (let next = advance(vm, source); next; next = advance(vm, source)) items.push(next.value);
  return items;
}

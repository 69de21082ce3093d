import type { Machine } from './machine.ts';
import { lookUp } from './objects.ts';
import { classOf } from './types.ts';
import { type DictObj, type Entries, is, isObject, type Obj, type SetObj, type Value } from './value.ts';

/** Under what a key is kept: equal keys have the same. Throws TypeError for what can't be a key. */
export function hashKey(vm: Machine, value: Value): string {
  if (value === null) return 'N';
  if (typeof value === 'string') return `s${value}`;
  if (typeof value === 'bigint') return `n${value}`;
  if (typeof value === 'boolean') return value ? 'n1' : 'n0';
  if (typeof value === 'number') return Number.isInteger(value) ? `n${BigInt(value)}` : `n${value}`;
  switch (value.t) {
    case 'tuple':
      return `t(${value.v.map((item) => hashKey(vm, item)).join(',')})`;
    case 'bytes':
      return `b${value.v}`;
    case 'frozenset':
      return `f(${[...value.m.keys()].sort().join(',')})`;
    case 'list':
    case 'dict':
    case 'set':
    case 'bytearray':
      throw vm.error('TypeError', `unhashable type: '${classOf(value).name}'`);
    case 'object': {
      const own = lookUp(value.cls, '__hash__');
      if (isObject(own ?? null) && is(own!, 'function')) return `h${vm.call(own!, [value])}`;
      if (own === null) throw vm.error('TypeError', `unhashable type: '${value.cls.name}'`);
      return `o${value.id}`;
    }
    case 'class':
      return value.builtin ? `c${value.name}` : `o${value.id}`;
    case 'generator':
      return `o${value.id}`;
    case 'builtin':
      return `B${value.name}`;
    case 'singleton':
      return `S${value.name}`;
    case 'module':
      return `M${value.name}`;
    case 'range':
      return `r${value.start},${value.stop},${value.step}`;
    default:
      return identityKey(vm, value);
  }
}

const identities = new WeakMap<Obj, number>();

/** For things that have nothing but their identity; good for one run only. */
function identityKey(vm: Machine, value: Obj): string {
  let id = identities.get(value);
  if (id === undefined) {
    id = vm.id();
    identities.set(value, id);
  }
  return `i${id}`;
}

export function dictOf(entries: readonly (readonly [string, Value])[]): DictObj {
  return { t: 'dict', m: new Map(entries.map(([key, value]) => [`s${key}`, [key, value]])) };
}

export function put(vm: Machine, m: Entries, key: Value, value: Value): void {
  const hash = hashKey(vm, key);
  const known = m.get(hash);
  m.set(hash, [known ? known[0] : key, value]);
}

export function setOf(vm: Machine, items: Iterable<Value>, t: SetObj['t'] = 'set'): SetObj {
  const m = new Map<string, Value>();
  for (const item of items) {
    const key = hashKey(vm, item);
    if (!m.has(key)) m.set(key, item);
  }
  return { t, m };
}

export function dictGet(vm: Machine, dict: DictObj, key: Value): Value | undefined {
  return dict.m.get(hashKey(vm, key))?.[1];
}

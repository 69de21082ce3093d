import { dictOf } from './collections.ts';
import type { Machine } from './machine.ts';
import { METHODS } from './natives.ts';
import { classOf, isSubclass, linearise, type } from './types.ts';
import {
  type Attributes,
  builtin,
  type ClassObj,
  type Frame,
  type FunctionObj,
  type InstanceObj,
  is,
  isObject,
  tuple,
  type Value,
} from './value.ts';

const CONTAINERS = ['list', 'dict', 'set', 'tuple', 'str', 'int', 'float', 'bytes', 'frozenset'];

/** What a class and its bases define under a name. */
export function lookUp(cls: ClassObj, name: string): Value | undefined {
  for (const entry of cls.mro) {
    const found = entry.dict.get(name);
    if (found !== undefined) return found;
    if (entry.builtin && METHODS[entry.name]?.has(name)) return builtin(`${entry.name}.${name}`);
  }
  return undefined;
}

/** What a class's own code defines, leaving out what comes with Python. */
export function ownMethod(value: Value, name: string): Value | undefined {
  for (const entry of classOf(value).mro) {
    if (entry.builtin) continue;
    const found = entry.dict.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An attribute, or nothing. */
export function findAttribute(vm: Machine, value: Value, name: string): Value | undefined {
  if (is(value, 'module')) {
    const found = value.attrs.get(name);
    return found === undefined ? moduleAttribute(value.attrs, value.name, name) : found;
  }
  if (is(value, 'class')) return classAttribute(vm, value, name);
  if (is(value, 'super')) return superAttribute(vm, value.owner, value.self, name);
  const cls = classOf(value);
  const own = lookUp(cls, name);
  if (is(own, 'property')) return vm.call(own.get, [value]);
  if (isObject(value)) {
    const attrs = 'attrs' in value ? value.attrs : undefined;
    const found = attrs?.get(name);
    if (found !== undefined) return found;
  }
  const special = specialAttribute(vm, value, name);
  if (special !== undefined) return special;
  if (own !== undefined) return bind(own, value, cls);
  const fallback = ownMethod(value, '__getattr__');
  return fallback === undefined ? undefined : vm.call(fallback, [value, name]);
}

function moduleAttribute(attrs: Attributes, module: string, name: string): Value | undefined {
  if (name === '__name__') return module;
  if (name === '__dict__') return dictOf([...attrs]);
  return undefined;
}

/** A function of a class becomes a method of the object that it was found by. */
export function bind(found: Value, self: Value, cls: ClassObj): Value {
  if (is(found, 'function')) return { t: 'method', self, func: found };
  if (is(found, 'builtin'))
    return found.self === undefined && found.name.includes('.') ? builtin(found.name, self) : found;
  if (is(found, 'staticmethod')) return found.func;
  if (is(found, 'classmethod')) return { t: 'method', self: cls, func: found.func };
  return found;
}

function classAttribute(vm: Machine, cls: ClassObj, name: string): Value | undefined {
  switch (name) {
    case '__name__':
    case '__qualname__':
      return cls.name;
    case '__module__':
      return cls.module;
    case '__mro__':
      return tuple([...cls.mro]);
    case '__bases__':
      return tuple([...cls.bases]);
    case '__dict__':
      return dictOf([...cls.dict]);
    case '__class__':
      return type('type');
    case '__subclasses__':
      return builtin('type.__subclasses__', cls);
  }
  const found = lookUp(cls, name);
  if (found === undefined && name === '__doc__') return null;
  if (is(found, 'staticmethod')) return found.func;
  if (is(found, 'classmethod')) return { t: 'method', self: cls, func: found.func };
  if (found === undefined && name === '__init__') return builtin('object.__init__');
  if (is(found, 'builtin') && CLASS_METHODS.has(found.name)) return builtin(found.name, cls);
  void vm;
  return found;
}

/** Built-in methods that belong to the class, not to its instances. */
const CLASS_METHODS = new Set(['dict.fromkeys', 'int.from_bytes', 'bytes.fromhex', 'str.maketrans', 'float.fromhex']);

function superAttribute(vm: Machine, owner: ClassObj, self: Value, name: string): Value | undefined {
  const cls = is(self, 'class') ? self : classOf(self);
  const after = cls.mro.slice(cls.mro.indexOf(owner) + 1);
  for (const entry of after) {
    const found =
      entry.dict.get(name) ??
      (entry.builtin && METHODS[entry.name]?.has(name) ? builtin(`${entry.name}.${name}`) : undefined);
    if (is(found, 'property')) return vm.call(found.get, [self]);
    if (found !== undefined) return bind(found, self, cls);
  }
  return name === '__init__' ? builtin('object.__init__', self) : undefined;
}

function specialAttribute(vm: Machine, value: Value, name: string): Value | undefined {
  if (name === '__class__') return classOf(value);
  if (name === '__dict__' && isObject(value) && 'attrs' in value && value.attrs) return dictOf([...value.attrs]);
  if (name === '__doc__' && !is(value, 'function')) return null;
  if (is(value, 'function')) {
    if (name === '__name__') return value.name;
    if (name === '__qualname__') return value.qualifiedName;
    if (name === '__module__') return value.globals.get('__name__') ?? null;
    if (name === '__doc__') return vm.code(value.code).doc;
    if (name === '__defaults__') return value.defaults.length > 0 ? tuple(value.defaults) : null;
    if (name === '__wrapped__' || name === '__annotations__') return value.attrs.get(name);
  }
  if (is(value, 'method') && name !== '__self__')
    return name === '__func__' ? value.func : findAttribute(vm, value.func, name);
  if (is(value, 'method')) return value.self;
  if (is(value, 'builtin') && (name === '__name__' || name === '__qualname__')) return value.name.replace(/^.*\./, '');
  if (is(value, 'slice')) return { start: value.from, stop: value.to, step: value.step }[name];
  if (is(value, 'range')) return { start: value.start, stop: value.stop, step: value.step }[name];
  if (is(value, 'property') && name === 'setter') return builtin('property.setter', value);
  if (is(value, 'file')) return { name: value.name, closed: value.closed, mode: value.mode, encoding: 'utf-8' }[name];
  if (is(value, 'object') && value.args) {
    if (name === 'args') return tuple(value.args);
    if (name === '__cause__') return value.cause ?? null;
    if (name === '__context__') return value.context ?? null;
    if (name === '__traceback__') return null;
    if (name === 'value' && value.cls.name === 'StopIteration') return value.args[0] ?? null;
    if (name === 'code' && value.cls.name === 'SystemExit') return value.args[0] ?? null;
    if (name === 'name' && value.cls.name.includes('NotFound')) return null;
    if (['errno', 'strerror', 'filename'].includes(name) && isSubclass(value.cls, type('OSError')))
      return value.attrs.get(name) ?? null;
  }
  if (typeof value === 'bigint' || typeof value === 'number') {
    if (name === 'real') return value;
    if (name === 'imag') return typeof value === 'bigint' ? 0n : 0;
    if (name === 'numerator' && typeof value === 'bigint') return value;
  }
  return undefined;
}

export function getAttribute(vm: Machine, value: Value, name: string): Value {
  const found = findAttribute(vm, value, name);
  if (found !== undefined) return found;
  if (is(value, 'module')) throw vm.error('AttributeError', `module '${value.name}' has no attribute '${name}'`);
  if (is(value, 'class')) throw vm.error('AttributeError', `type object '${value.name}' has no attribute '${name}'`);
  if (is(value, 'super')) throw vm.error('AttributeError', `'super' object has no attribute '${name}'`);
  throw vm.error('AttributeError', `'${classOf(value).name}' object has no attribute '${name}'`);
}

export function setAttribute(vm: Machine, target: Value, name: string, value: Value): void {
  if (is(target, 'class') && !target.builtin) {
    if (name === '__module__') target.module = value as string;
    else target.dict.set(name, value);
  } else if (is(target, 'module', 'function')) target.attrs.set(name, value);
  else if (isObject(target) && ('attrs' in target || is(target, 'object'))) {
    const own = lookUp(classOf(target), name);
    if (is(own, 'property')) {
      if (own.set === null)
        throw vm.error('AttributeError', `property '${name}' of '${classOf(target).name}' object has no setter`);
      vm.call(own.set, [target, value]);
      return;
    }
    const hook = ownMethod(target, '__setattr__');
    if (hook !== undefined) vm.call(hook, [target, name, value]);
    else (target as { attrs: Attributes }).attrs.set(name, value);
  } else if (is(target, 'class'))
    throw vm.error('TypeError', `cannot set '${name}' attribute of immutable type '${target.name}'`);
  else
    throw vm.error(
      'AttributeError',
      `'${classOf(target).name}' object has no attribute '${name}' and no __dict__ for setting new attributes`,
    );
}

export function deleteAttribute(vm: Machine, target: Value, name: string): void {
  const attrs = is(target, 'class') ? target.dict : isObject(target) && 'attrs' in target ? target.attrs : undefined;
  if (!attrs?.delete(name))
    throw vm.error('AttributeError', `'${classOf(target).name}' object has no attribute '${name}'`);
}

/** Makes a class of the variables of its body. */
export function finishClass(vm: Machine, { building, scope, globals }: Frame): ClassObj {
  const { name, bases } = building!;
  const dict = new Map(scope.vars);
  const module = globals.get('__name__');
  const cls = makeClass(vm, name, bases, dict, typeof module === 'string' ? module : '__main__');
  const hook = cls.mro
    .slice(1)
    .map((entry) => entry.dict.get('__init_subclass__'))
    .find((found) => found !== undefined);
  if (hook !== undefined) vm.call(is(hook, 'classmethod') ? hook.func : hook, [cls]);
  for (const [key, value] of dict) {
    const named = is(value, 'object') ? lookUp(value.cls, '__set_name__') : undefined;
    if (named !== undefined) vm.call(named, [value, cls, key]);
  }
  return cls;
}

export function makeClass(
  vm: Machine,
  name: string,
  bases: readonly Value[],
  dict: Attributes,
  module: string,
): ClassObj {
  const parents = bases.length === 0 ? [type('object')] : (bases as ClassObj[]);
  const cls: ClassObj = { t: 'class', name, module, bases: parents, mro: [], dict, builtin: false, id: vm.id() };
  if (parents.some((parent) => !is(parent, 'class'))) throw vm.error('TypeError', 'bases must be types');
  const mro = linearise(cls);
  if (!mro)
    throw vm.error(
      'TypeError',
      `Cannot create a consistent method resolution order (MRO) for bases ${parents.map((parent) => parent.name).join(', ')}`,
    );
  cls.mro = mro;
  for (const value of dict.values())
    for (const func of [
      value,
      ...(is(value, 'property')
        ? [value.get, value.set]
        : is(value, 'staticmethod', 'classmethod')
          ? [value.func]
          : []),
    ])
      if (is(func, 'function')) (func as FunctionObj).owner ??= cls;
  if (dict.has('__eq__') && !dict.has('__hash__')) dict.set('__hash__', null);
  return cls;
}

/** Calls a class: makes an instance and lets `__init__` furnish it. */
export function construct(
  vm: Machine,
  cls: ClassObj,
  args: Value[],
  keywords: Attributes,
  change: Partial<Frame>,
): void {
  if (cls.builtin && !isSubclass(cls, type('BaseException'))) {
    vm.give(vm.native(cls.name, args, keywords), change);
    return;
  }
  const maker = lookUp(cls, '__new__');
  const made = is(maker, 'function', 'staticmethod')
    ? vm.call(is(maker, 'staticmethod') ? maker.func : maker!, [cls, ...args], keywords)
    : instance(vm, cls, args, keywords);
  if (!isSubclass(classOf(made), cls)) {
    vm.give(made, change);
    return;
  }
  const init = lookUp(cls, '__init__');
  if (init === undefined || is(init, 'builtin')) {
    if (isPlain(cls) && args.length + keywords.size > 0 && !is(maker, 'function', 'staticmethod'))
      throw vm.error('TypeError', `${cls.name}() takes no arguments`);
    vm.give(made, change);
    return;
  }
  const after = change.after === 'stop' ? ('stop' as const) : ('drop' as const);
  vm.invoke(init, [made, ...args], keywords, { after, made });
}

const isPlain = (cls: ClassObj) =>
  !isSubclass(cls, type('BaseException')) && !CONTAINERS.some((name) => isSubclass(cls, type(name)));

/** A new object of a class, before `__init__`. */
export function instance(vm: Machine, cls: ClassObj, args: Value[], keywords: Attributes): Value {
  if (isSubclass(cls, type('BaseException'))) {
    const exception = vm.exception(cls, args);
    for (const [key, value] of keywords) exception.attrs.set(key, value);
    return exception;
  }
  const base = CONTAINERS.find((name) => isSubclass(cls, type(name)));
  if (base === undefined) return { t: 'object', cls, attrs: new Map(), id: vm.id() } satisfies InstanceObj;
  const init = lookUp(cls, '__init__');
  const content = is(init, 'function') && base !== 'tuple' && base !== 'str' && base !== 'int' ? [] : args;
  const made = vm.native(base, content, is(init, 'function') ? new Map() : keywords) as Value;
  if (!isObject(made)) return made;
  return { ...(made as typeof made & object), cls, attrs: new Map() } as Value;
}

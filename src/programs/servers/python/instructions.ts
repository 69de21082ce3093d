import { encode } from '../../../engine/bytes.ts';
import type { CallShape, FunctionShape, Instruction, NameRef } from './code.ts';
import { hashKey, put } from './collections.ts';
import { awaitsInput } from './files.ts';
import { formatValue } from './format.ts';
import { importFrom, importModule } from './import.ts';
import { advance, iterate, iterator } from './iterate.ts';
import type { Machine } from './machine.ts';
import { BUILTINS } from './names.ts';
import { deleteAttribute, findAttribute, setAttribute } from './objects.ts';
import { binary, compare, deleteItem, getItem, setItem, truth, unary } from './operators.ts';
import { repr, str } from './text.ts';
import { classOf, hasType, isException, isSubclass, type } from './types.ts';
import {
  type Attributes,
  builtin,
  type ClassObj,
  type DictObj,
  type Frame,
  type InstanceObj,
  is,
  type ListObj,
  list,
  PyError,
  type SetObj,
  tuple,
  type Value,
} from './value.ts';

/** Names that every module knows. */
export function builtinName(vm: Machine, name: string): Value | undefined {
  if (
    hasType(name) &&
    /^(?:[A-Z]|object|type|int|float|str|bytes|bytearray|list|tuple|dict|set|frozenset|bool|slice|range|property|staticmethod|classmethod|super|enumerate|zip|map|filter|reversed|complex)/.test(
      name,
    ) &&
    !LAZY.has(name)
  )
    return type(name);
  if (name === 'IOError' || name === 'EnvironmentError') return type('OSError');
  if (name === 'Ellipsis' || name === 'NotImplemented') return { t: 'singleton', name };
  if (BUILTINS.has(name)) return builtin(name);
  if (name === '__debug__') return true;
  void vm;
  return undefined;
}

const LAZY = new Set(['NoneType', 'NotImplementedType', 'TextIOWrapper', 'BufferedReader']);
function load(vm: Machine, frame: Frame, { name, place }: NameRef): Value {
  const { scope, globals } = frame;
  let value: Value | undefined;
  if (place === 'local') {
    value = scope.vars.get(name);
    if (value === undefined)
      throw vm.error(
        'UnboundLocalError',
        `cannot access local variable '${name.replace(/\.\d+$/, '')}' where it is not associated with a value`,
      );
    return value;
  }
  if (place === 'name') value = scope.vars.get(name);
  if (place !== 'global') for (let up = scope.up; up && value === undefined; up = up.up) value = up.vars.get(name);
  if (value !== undefined) return value;
  value = globals.get(name);
  if (value !== undefined) return value;
  value = builtinName(vm, name);
  if (value !== undefined) return value;
  throw vm.error('NameError', `name '${name}' is not defined`);
}

function store(frame: Frame, { name, place }: NameRef, value: Value): void {
  if (place === 'global') frame.globals.set(name, value);
  else if (place === 'free') {
    let up = frame.scope.up;
    while (up && !up.vars.has(name) && up.up) up = up.up;
    up?.vars.set(name, value);
  } else frame.scope.vars.set(name, value);
}

function makeFunction(vm: Machine, frame: Frame, { code, defaults, keywordDefaults }: FunctionShape): Value {
  const { stack } = frame;
  const key = `${frame.code.split(':')[0]}:${code}`;
  const compiled = vm.code(key);
  const named = stack.splice(stack.length - keywordDefaults.length);
  const positional = stack.splice(stack.length - defaults);
  return {
    t: 'function',
    code: key,
    name: compiled.name,
    qualifiedName: compiled.qualifiedName,
    globals: frame.globals,
    scope: closure(vm, frame),
    defaults: positional,
    keywordDefaults: new Map(keywordDefaults.map((name, index) => [name, named[index]!])),
    attrs: new Map(),
  };
}

/** Variables that an inner function sees: those of functions around it, never a class's or a module's. */
function closure(vm: Machine, frame: Frame) {
  return vm.code(frame.code).kind === 'function' ? frame.scope : frame.scope.up;
}

function dictContent(vm: Machine, value: Value): [Value, Value][] {
  if (is(value, 'dict')) return [...value.m.values()];
  const keys = findAttribute(vm, value, 'keys');
  if (keys === undefined) throw vm.error('TypeError', `'${classOf(value).name}' object is not a mapping`);
  return iterate(vm, vm.call(keys)).map((key) => [key, getItem(vm, value, key)]);
}

function raise(vm: Machine, value: Value): InstanceObj {
  const raised = is(value, 'class') && isSubclass(value, type('BaseException')) ? vm.call(value) : value;
  if (!isException(raised)) throw vm.error('TypeError', 'exceptions must derive from BaseException');
  return raised;
}

function matches(vm: Machine, exception: InstanceObj, wanted: Value): boolean {
  if (is(wanted, 'tuple')) return wanted.v.some((item) => matches(vm, exception, item));
  if (!is(wanted, 'class') || !isSubclass(wanted, type('BaseException')))
    throw vm.error('TypeError', 'catching classes that do not inherit from BaseException is not allowed');
  return isSubclass(exception.cls, wanted);
}

function unpack(vm: Machine, value: Value, count: number, star: number): Value[] {
  const cls = classOf(value).name;
  if (!is(value, 'list', 'tuple') && typeof value !== 'string' && (value === null || typeof value !== 'object'))
    throw vm.error('TypeError', `cannot unpack non-iterable ${cls} object`);
  const items = iterate(vm, value);
  if (star < 0) {
    if (items.length < count)
      throw vm.error('ValueError', `not enough values to unpack (expected ${count}, got ${items.length})`);
    if (items.length > count) throw vm.error('ValueError', `too many values to unpack (expected ${count})`);
    return items;
  }
  if (items.length < count - 1)
    throw vm.error('ValueError', `not enough values to unpack (expected at least ${count - 1}, got ${items.length})`);
  const after = count - star - 1;
  return [...items.slice(0, star), list(items.slice(star, items.length - after)), ...items.slice(items.length - after)];
}

/** Carries out one instruction. */
export function execute(vm: Machine, frame: Frame, { op, arg }: Instruction): void {
  const { stack } = frame;
  const pop = (): Value => stack.pop() as Value;
  const push = (value: Value) => {
    stack.push(value);
  };
  switch (op) {
    case 'CONST':
      push(arg as Value);
      return;
    case 'LOAD':
      push(load(vm, frame, arg as NameRef));
      return;
    case 'STORE':
      store(frame, arg as NameRef, pop());
      return;
    case 'ATTR':
      push(vm.attribute(pop(), arg as string));
      return;
    case 'CALL': {
      const { positional, names } = arg as CallShape;
      const named = stack.splice(stack.length - names.length);
      const args = stack.splice(stack.length - positional);
      const callee = pop();
      if (is(callee, 'class') && callee.name === 'super' && callee.builtin && args.length === 0) {
        push(superOf(vm, frame));
        return;
      }
      vm.invoke(
        callee,
        args,
        names.length > 0 ? new Map(names.map((name, index) => [name, named[index]!])) : new Map(),
      );
      return;
    }
    case 'BINARY':
    case 'INPLACE': {
      const right = pop();
      const left = pop();
      push(binary(vm, arg as string, left, right, op === 'INPLACE'));
      return;
    }
    case 'COMPARE': {
      const right = pop();
      const left = pop();
      push(compare(vm, arg as string, left, right));
      return;
    }
    case 'UNARY':
      push(unary(vm, arg as string, pop()));
      return;
    case 'JUMP':
      frame.ip = arg as number;
      return;
    case 'JUMP_FALSE':
      if (!truth(vm, pop())) frame.ip = arg as number;
      return;
    case 'JUMP_TRUE':
      if (truth(vm, pop())) frame.ip = arg as number;
      return;
    case 'JUMP_FALSE_KEEP':
      if (truth(vm, stack.at(-1)!)) pop();
      else frame.ip = arg as number;
      return;
    case 'JUMP_TRUE_KEEP':
      if (truth(vm, stack.at(-1)!)) frame.ip = arg as number;
      else pop();
      return;
    case 'ITER':
      push(iterator(vm, pop()));
      return;
    case 'NEXT': {
      const source = stack.at(-1)!;
      if (is(source, 'generator')) {
        vm.wake(source, 'next');
        return;
      }
      if (is(source, 'file') && source.path === 'stdin' && awaitsInput(vm)) {
        frame.ip -= 1;
        vm.thread.waiting = { for: 'input', what: 'lines', ask: false, binary: source.binary };
        return;
      }
      const next = advance(vm, source);
      if (next) push(next.value);
      else {
        pop();
        frame.ip = arg as number;
      }
      return;
    }
    case 'RETURN':
      vm.return(pop());
      return;
    case 'YIELD':
      vm.yield(frame, pop());
      return;
    case 'YIELD_FROM': {
      frame.ip -= 1;
      const source = stack.at(-1)!;
      if (is(source, 'generator')) {
        vm.wake(source, 'from', frame.sent ?? null);
        delete frame.sent;
        return;
      }
      const next = advance(vm, source);
      if (next) vm.yield(frame, next.value);
      else {
        pop();
        push(null);
        frame.ip += 1;
      }
      return;
    }
    case 'POP':
      pop();
      return;
    case 'DUP':
      push(stack.at(-1)!);
      return;
    case 'DUP_TWO':
      stack.push(stack.at(-2)!, stack.at(-1)!);
      return;
    case 'DUP_UNDER':
      stack.splice(stack.length - 2, 0, stack.at(-1)!);
      return;
    case 'DUP_UNDER_TOP':
      push(stack.at(-2)!);
      return;
    case 'DROP_UNDER':
      stack.splice(stack.length - 2, 1);
      return;
    case 'SWAP':
      stack.push(...stack.splice(stack.length - 2).reverse());
      return;
    case 'ROTATE': {
      const top = pop();
      stack.splice(stack.length - 2, 0, top);
      return;
    }
    case 'BUILD': {
      const { kind, count } = arg as { kind: 'list' | 'tuple' | 'set'; count: number };
      const items = stack.splice(stack.length - count);
      push(collect(vm, kind, items));
      return;
    }
    case 'CONVERT':
      push(collect(vm, arg as 'tuple' | 'set', (pop() as ListObj).v));
      return;
    case 'BUILD_DICT':
      push({ t: 'dict', m: new Map() });
      return;
    case 'DICT_PUT': {
      const value = pop();
      const key = pop();
      put(vm, (stack.at(-1) as DictObj).m, key, value);
      return;
    }
    case 'DICT_UPDATE': {
      const more = dictContent(vm, pop());
      const { m } = stack.at(-1) as DictObj;
      for (const [key, value] of more) put(vm, m, key, value);
      return;
    }
    case 'MAP_ADD': {
      const value = pop();
      const key = pop();
      put(vm, (stack.at(-(arg as number)) as DictObj).m, key, value);
      return;
    }
    case 'APPEND': {
      const value = pop();
      (stack.at(-(arg as number)) as ListObj).v.push(value);
      return;
    }
    case 'SET_ADD': {
      const value = pop();
      const { m } = stack.at(-(arg as number)) as SetObj;
      const key = hashKey(vm, value);
      if (!m.has(key)) m.set(key, value);
      return;
    }
    case 'EXTEND': {
      const more = iterate(vm, pop());
      (stack.at(-(arg as number)) as ListObj).v.push(...more);
      return;
    }
    case 'BUILD_SLICE': {
      const [from = null, to = null, step = null] = stack.splice(stack.length - 3);
      push({ t: 'slice', from, to, step });
      return;
    }
    case 'BYTES':
      push({ t: 'bytes', v: arg as string });
      return;
    case 'SINGLETON':
      push({ t: 'singleton', name: arg as string });
      return;
    case 'INDEX': {
      const index = pop();
      push(getItem(vm, pop(), index));
      return;
    }
    case 'SET_INDEX': {
      const index = pop();
      const target = pop();
      setItem(vm, target, index, pop());
      return;
    }
    case 'DELETE_INDEX': {
      const index = pop();
      deleteItem(vm, pop(), index);
      return;
    }
    case 'SET_ATTR': {
      const target = pop();
      setAttribute(vm, target, arg as string, pop());
      return;
    }
    case 'DELETE_ATTR':
      deleteAttribute(vm, pop(), arg as string);
      return;
    case 'UNPACK': {
      const { count, star } = arg as { count: number; star: number };
      stack.push(...unpack(vm, pop(), count, star).reverse());
      return;
    }
    case 'FORMAT': {
      const spec = pop();
      const value = pop();
      const text = arg === 'r' || arg === 'a' ? repr(vm, value) : arg === 's' ? str(vm, value) : value;
      push(formatValue(vm, text, spec as string));
      return;
    }
    case 'JOIN': {
      const count = arg as number;
      push(stack.splice(stack.length - count).join(''));
      return;
    }
    case 'FUNCTION':
      push(makeFunction(vm, frame, arg as FunctionShape));
      return;
    case 'CALL_EX': {
      const keywords: Attributes = new Map(
        [...(pop() as DictObj).m.values()].map(([key, value]) => [key as string, value]),
      );
      const { v } = pop() as ListObj;
      vm.invoke(pop(), v, keywords);
      return;
    }
    case 'CLASS': {
      const { code, name, bases, names } = arg as { code: number; name: string; bases: number; names: string[] };
      const keywords = new Map(stack.splice(stack.length - names.length).map((value, index) => [names[index]!, value]));
      const parents = stack.splice(stack.length - bases);
      const key = `${frame.code.split(':')[0]}:${code}`;
      const up = closure(vm, frame);
      const doc = vm.code(key).doc;
      vm.enter(key, frame.globals, {
        scope: { vars: new Map(doc === null ? [] : [['__doc__', doc]]), up },
        building: { name, bases: parents, keywords },
      });
      return;
    }
    case 'ANNOTATE': {
      const { vars } = frame.scope;
      const notes = (vars.get('__annotations__') as DictObj | undefined) ?? { t: 'dict' as const, m: new Map() };
      put(vm, notes.m, arg as string, null);
      vars.set('__annotations__', notes);
      return;
    }
    case 'IMPORT': {
      const { name, whole } = arg as { name: string; whole: boolean };
      importModule(vm, name, whole);
      return;
    }
    case 'IMPORT_FROM':
      push(importFrom(vm, stack.at(-1)!, arg as string));
      return;
    case 'IMPORT_STAR': {
      const module = stack.at(-1)!;
      if (is(module, 'module'))
        for (const [name, value] of module.attrs) if (!name.startsWith('_')) frame.scope.vars.set(name, value);
      return;
    }
    case 'BUILTIN':
      push(type(arg as string));
      return;
    case 'TRY':
      frame.blocks.push({ target: arg as number, depth: stack.length, handled: frame.handled.length });
      return;
    case 'BLOCK_BELOW':
      frame.blocks.at(-1)!.depth -= 1;
      return;
    case 'POP_BLOCK':
      frame.blocks.pop();
      return;
    case 'PUSH_HANDLED':
      frame.handled.push(pop() as InstanceObj);
      return;
    case 'POP_HANDLED':
      frame.handled.pop();
      return;
    case 'HANDLED':
      push(frame.handled.at(-1)!);
      return;
    case 'MATCHES': {
      const wanted = pop();
      push(matches(vm, pop() as InstanceObj, wanted));
      return;
    }
    case 'RERAISE': {
      const current = arg === 'bare' ? vm.handling() : frame.handled.pop();
      if (!current) throw vm.error('RuntimeError', 'No active exception to reraise');
      vm.reraise(current);
      return;
    }
    case 'RAISE': {
      const cause = arg ? pop() : undefined;
      const raised = raise(vm, pop());
      if (cause !== undefined) raised.cause = cause === null ? null : raise(vm, cause);
      throw new PyError(raised);
    }
    case 'WITH_ENTER': {
      const context = pop();
      const enter = findAttribute(vm, context, '__enter__');
      const exit = findAttribute(vm, context, '__exit__');
      if (enter === undefined || exit === undefined)
        throw vm.error('TypeError', `'${classOf(context).name}' object does not support the context manager protocol`);
      push(exit);
      vm.invoke(enter, []);
      return;
    }
    case 'WITH_LEAVE': {
      const value = arg ? pop() : undefined;
      const exit = pop();
      if (value !== undefined) push(value);
      vm.invoke(exit, [null, null, null], new Map(), { after: 'drop' });
      return;
    }
    case 'WITH_FAIL': {
      const exception = frame.handled.at(-1)!;
      vm.invoke(stack.at(-1)!, [exception.cls, exception, null]);
      return;
    }
    case 'DELETE': {
      const { name, place } = arg as NameRef;
      const { vars } = place === 'global' ? { vars: frame.globals } : frame.scope;
      if (!vars.delete(name)) throw vm.error('NameError', `name '${name}' is not defined`);
      return;
    }
    case 'FORGET': {
      const { name, place } = arg as NameRef;
      (place === 'global' ? frame.globals : frame.scope.vars).delete(name);
      return;
    }
    case 'PRINT': {
      const value = pop();
      if (value !== null) vm.write(encode(`${repr(vm, value)}\n`));
      return;
    }
    default:
      throw new Error(`no instruction ${op}`);
  }
}

function collect(vm: Machine, kind: 'list' | 'tuple' | 'set', items: Value[]): Value {
  if (kind === 'list') return list(items);
  if (kind === 'tuple') return tuple(items);
  const m = new Map<string, Value>();
  for (const item of items) {
    const key = hashKey(vm, item);
    if (!m.has(key)) m.set(key, item);
  }
  return { t: 'set', m };
}

/** `super()` without arguments: the class that the running function was written in. */
function superOf(vm: Machine, frame: Frame): Value {
  const owner: ClassObj | undefined = frame.func?.owner;
  const first = vm.code(frame.code).parameters.positional[0];
  const self = first === undefined ? undefined : frame.scope.vars.get(first);
  if (!owner || self === undefined) throw vm.error('RuntimeError', 'super(): no arguments');
  return { t: 'super', owner, self };
}

import { encode } from '../../../engine/bytes.ts';
import { isInstanceOf, length, sortValues, update } from './builtins.ts';
import { hashKey, put, setOf } from './collections.ts';
import { readAll, readLine, writeFile } from './files.ts';
import { importModule } from './import.ts';
import { iterate } from './iterate.ts';
import type { Machine } from './machine.ts';
import { functions, methods, type Native } from './natives.ts';
import { equal, identical, setOperation } from './operators.ts';
import { repr, str } from './text.ts';
import { tracebackText } from './traceback.ts';
import { type } from './types.ts';
import {
  builtin,
  type ClassObj,
  type DictObj,
  type FileObj,
  type GeneratorObj,
  is,
  type ListObj,
  list,
  PyError,
  type SetObj,
  tuple,
  type Value,
} from './value.ts';

const items = (value: Value | undefined): Value[] => (value as ListObj).v;

function indexOf(vm: Machine, values: readonly Value[], wanted: Value): number {
  return values.findIndex((item) => identical(item, wanted) || equal(vm, item, wanted));
}

const sequence: Record<string, Native> = {
  index: (vm, [self, wanted = null]) => {
    const at = indexOf(vm, items(self), wanted);
    if (at < 0)
      throw vm.error(
        'ValueError',
        is(self, 'tuple') ? 'tuple.index(x): x not in tuple' : `${repr(vm, wanted)} is not in list`,
      );
    return BigInt(at);
  },
  count: (vm, [self, wanted = null]) => BigInt(items(self).filter((item) => equal(vm, item, wanted)).length),
};
methods('tuple', sequence);
methods('list', {
  ...sequence,
  append: (_vm, [self, item = null]) => {
    items(self).push(item);
    return null;
  },
  extend: (vm, [self, more = null]) => {
    items(self).push(...iterate(vm, more));
    return null;
  },
  insert: (_vm, [self, at = 0n, item = null]) => {
    const values = items(self);
    values.splice(Number(at) < 0 ? Math.max(0, values.length + Number(at)) : Number(at), 0, item);
    return null;
  },
  pop: (vm, [self, at = -1n]) => {
    const values = items(self);
    if (values.length === 0) throw vm.error('IndexError', 'pop from empty list');
    const index = Number(at) < 0 ? values.length + Number(at) : Number(at);
    if (index < 0 || index >= values.length) throw vm.error('IndexError', 'pop index out of range');
    return values.splice(index, 1)[0]!;
  },
  remove: (vm, [self, wanted = null]) => {
    const at = indexOf(vm, items(self), wanted);
    if (at < 0) throw vm.error('ValueError', 'list.remove(x): x not in list');
    items(self).splice(at, 1);
    return null;
  },
  clear: (_vm, [self]) => {
    items(self).length = 0;
    return null;
  },
  copy: (_vm, [self]) => list([...items(self)]),
  reverse: (_vm, [self]) => {
    items(self).reverse();
    return null;
  },
  sort: (vm, [self], keywords) => {
    const values = items(self);
    values.splice(0, values.length, ...sortValues(vm, values, keywords));
    return null;
  },
});

const entries = (value: Value | undefined) => (value as DictObj).m;
const view =
  (kind: 'keys' | 'values' | 'items'): Native =>
  (_vm, [self]) => ({ t: 'view', kind, of: self as DictObj });
methods('dict', {
  keys: view('keys'),
  values: view('values'),
  items: view('items'),
  get: (vm, [self, key = null, fallback = null]) =>
    entries(self).get(hashKey(vm, key))?.[1] ?? (entries(self).has(hashKey(vm, key)) ? null : fallback),
  setdefault: (vm, [self, key = null, fallback = null]) => {
    const known = entries(self).get(hashKey(vm, key));
    if (known) return known[1];
    put(vm, entries(self), key, fallback);
    return fallback;
  },
  pop: (vm, [self, key = null, fallback]) => {
    const hash = hashKey(vm, key);
    const known = entries(self).get(hash);
    if (known) {
      entries(self).delete(hash);
      return known[1];
    }
    if (fallback !== undefined) return fallback;
    throw vm.error('KeyError', key);
  },
  popitem: (vm, [self]) => {
    const last = [...entries(self)].at(-1);
    if (!last) throw vm.error('KeyError', 'popitem(): dictionary is empty');
    entries(self).delete(last[0]);
    return tuple([...last[1]]);
  },
  update: (vm, [self, from], keywords) => {
    if (from !== undefined) update(vm, self as DictObj, from);
    for (const [key, value] of keywords) put(vm, entries(self), key, value);
    return null;
  },
  clear: (_vm, [self]) => {
    entries(self).clear();
    return null;
  },
  copy: (_vm, [self]) => ({ t: 'dict', m: new Map(entries(self)) }),
  fromkeys: (vm, args) => {
    const [keys = null, value = null] = is(args[0], 'class') ? args.slice(1) : args;
    const m = new Map();
    for (const key of iterate(vm, keys)) put(vm, m, key, value);
    return { t: 'dict', m };
  },
  __getitem__: (vm, [self, key = null]) => {
    const known = entries(self).get(hashKey(vm, key));
    if (!known) throw vm.error('KeyError', key);
    return known[1];
  },
  __setitem__: (vm, [self, key = null, value = null]) => {
    put(vm, entries(self), key, value);
    return null;
  },
  __contains__: (vm, [self, key = null]) => entries(self).has(hashKey(vm, key)),
});

const members = (value: Value | undefined) => (value as SetObj).m;
const operation =
  (op: string): Native =>
  (vm, [self, ...others]) =>
    others.reduce<SetObj>((sum, other) => setOperation(op, sum, setOf(vm, iterate(vm, other))), self as SetObj);
const change =
  (op: string): Native =>
  (vm, [self, ...others]) => {
    for (const other of others) (self as SetObj).m = setOperation(op, self as SetObj, setOf(vm, iterate(vm, other))).m;
    return null;
  };
const setMethods: Record<string, Native> = {
  union: operation('|'),
  intersection: operation('&'),
  difference: operation('-'),
  symmetric_difference: operation('^'),
  issubset: (vm, [self, other = null]) =>
    [...members(self).keys()].every((key) => setOf(vm, iterate(vm, other)).m.has(key)),
  issuperset: (vm, [self, other = null]) => iterate(vm, other).every((item) => members(self).has(hashKey(vm, item))),
  isdisjoint: (vm, [self, other = null]) => !iterate(vm, other).some((item) => members(self).has(hashKey(vm, item))),
  copy: (_vm, [self]) => ({ t: 'set', m: new Map(members(self)) }),
};
methods('frozenset', setMethods);
methods('set', {
  ...setMethods,
  update: change('|'),
  intersection_update: change('&'),
  difference_update: change('-'),
  add: (vm, [self, item = null]) => {
    const key = hashKey(vm, item);
    if (!members(self).has(key)) members(self).set(key, item);
    return null;
  },
  discard: (vm, [self, item = null]) => {
    members(self).delete(hashKey(vm, item));
    return null;
  },
  remove: (vm, [self, item = null]) => {
    if (!members(self).delete(hashKey(vm, item))) throw vm.error('KeyError', item);
    return null;
  },
  pop: (vm, [self]) => {
    const first = [...members(self)][0];
    if (!first) throw vm.error('KeyError', 'pop from an empty set');
    members(self).delete(first[0]);
    return first[1];
  },
  clear: (_vm, [self]) => {
    members(self).clear();
    return null;
  },
});

const wrap = (file: FileObj, text: string): Value => (file.binary ? { t: 'bytes', v: text } : text);
const fileMethods: Record<string, Native> = {
  read: (vm, [self, size]) => {
    const file = self as FileObj;
    const count = size === undefined || size === null || (size as bigint) < 0n ? undefined : Number(size);
    const text = readAll(vm, file, count);
    return text === undefined
      ? { suspend: { for: 'input', what: 'all', ask: false, binary: file.binary } }
      : wrap(file, text);
  },
  readline: (vm, [self]) => {
    const file = self as FileObj;
    const line = readLine(vm, file);
    return line === undefined
      ? { suspend: { for: 'input', what: 'line', ask: false, binary: file.binary } }
      : wrap(file, line);
  },
  readlines: (vm, [self]) => {
    const file = self as FileObj;
    const lines: Value[] = [];
    for (let line = readLine(vm, file); line !== undefined && line !== ''; line = readLine(vm, file))
      lines.push(wrap(file, line));
    return list(lines);
  },
  write: (vm, [self, text = '']) => writeFile(vm, self as FileObj, text),
  writelines: (vm, [self, lines = null]) => {
    for (const line of iterate(vm, lines)) writeFile(vm, self as FileObj, line);
    return null;
  },
  flush: (vm, [self]) => {
    if ((self as FileObj).path === 'stdout') vm.flush();
    return null;
  },
  close: (_vm, [self]) => {
    (self as FileObj).closed = true;
    return null;
  },
  fileno: (_vm, [self]) => ({ stdin: 0n, stdout: 1n, stderr: 2n })[(self as FileObj).path] ?? 3n,
  isatty: (vm, [self]) => ((self as FileObj).path === 'stdin' ? vm.kernel.terminal.stdin : vm.kernel.terminal.stdout),
  seek: (_vm, [self, at = 0n]) => {
    (self as FileObj).at = Number(at);
    return at;
  },
  tell: (_vm, [self]) => BigInt((self as FileObj).at),
  readable: (_vm, [self]) => (self as FileObj).mode.includes('r'),
  writable: (_vm, [self]) => /[wax+]/.test((self as FileObj).mode),
  reconfigure: (vm, [self], keywords) => {
    if (
      (self as FileObj).path === 'stdout' &&
      (keywords.get('line_buffering') === true || keywords.get('write_through') === true)
    )
      vm.state.unbuffered = true;
    return null;
  },
  __enter__: (_vm, [self = null]) => self,
  __exit__: (_vm, [self]) => {
    (self as FileObj).closed = true;
    return null;
  },
};
methods('TextIOWrapper', fileMethods);
methods('BufferedReader', fileMethods);

methods('generator', {
  send: (vm, [self, value = null]) => {
    const found = vm.resume(self as GeneratorObj, value);
    if (!found) throw vm.error('StopIteration');
    return found.value;
  },
  close: (_vm, [self]) => {
    (self as GeneratorObj).frame = null;
    return null;
  },
});
methods('generator', {
  __next__: (vm, [self]) => {
    const found = vm.resume(self as GeneratorObj);
    if (!found) throw vm.error('StopIteration');
    return found.value;
  },
});
methods('BaseException', {
  with_traceback: (_vm, [self = null]) => self,
  add_note: () => null,
  __str__: (vm, [self = null]) => str(vm, self),
  __init__: (_vm, [self, ...args]) => {
    if (is(self, 'object')) self.args = args;
    return null;
  },
});

functions({
  // Helpers that the library written in Python uses.
  '_native.isinstance': (vm, [cls, wanted = null]) => isInstanceOf(vm, cls as never, wanted),
  '_native.len': (vm, [value = null]) => length(vm, value),
  '_native.stderr': (vm, [text = '']) => {
    vm.kernel.error(encode(text as string));
    return null;
  },
  '_native.annotations': (_vm, [cls]) => {
    const found = is(cls, 'class') ? cls.dict.get('__annotations__') : undefined;
    return is(found, 'dict') ? list([...found.m.values()].map(([key]) => key)) : list([]);
  },
  '_native.traceback': (vm) => {
    const current = vm.handling();
    return current ? tracebackText(vm, current) : 'NoneType: None\n';
  },
  'collections._make_tuple': (_vm, [cls, values = null]) => ({
    t: 'tuple',
    v: iterate(_vm, values),
    cls: cls as ClassObj,
    attrs: new Map(),
  }),
  __import__: (vm, [name = '']) => {
    const base = vm.frames.length;
    importModule(vm, name as string, true);
    // What is not loaded yet is loaded now; the instruction that called goes on after it.
    while (vm.frames.length > base) {
      vm.runTo(base);
      vm.frame.ip += 1;
      importModule(vm, name as string, true);
    }
    return vm.frame.stack.pop()!;
  },
  exec: (vm, [source = '', globals = null]) => {
    const attrs = is(globals, 'dict')
      ? new Map([...globals.m.values()].map(([key, value]) => [key as string, value]))
      : vm.frame.globals;
    const base = vm.frames.length;
    vm.enter(vm.unit({ file: '<string>', source: source as string, shown: false }), attrs, { after: 'drop' });
    vm.runTo(base);
    return null;
  },
  eval: (vm, [source = '']) => {
    const base = vm.frames.length;
    const attrs = vm.frame.globals;
    vm.enter(vm.unit({ file: '<string>', source: `_ = (${(source as string).trim()})\n`, shown: false }), attrs, {
      after: 'drop',
    });
    vm.runTo(base);
    const value = attrs.get('_') ?? null;
    attrs.delete('_');
    return value;
  },
  'importlib.import_module': (vm, args, keywords) => vm.call(builtin('__import__'), args, keywords),
  '_native.raise_os': (vm, [number = 0n, text = '', file]) => {
    throw new PyError(vm.exception(type('OSError'), [number, text, ...(file === undefined ? [] : [file])]));
  },
});

import type { ClassObj, InstanceObj, Value } from './value.ts';

const made = new Map<string, ClassObj>();

function define(name: string, base: string | undefined, module = 'builtins'): ClassObj {
  const bases = base === undefined ? [] : [made.get(base)!];
  const cls: ClassObj = { t: 'class', name, module, bases, mro: [], dict: new Map(), builtin: true, id: made.size + 1 };
  cls.mro = [cls, ...(bases[0]?.mro ?? [])];
  made.set(name, cls);
  return cls;
}

define('object', undefined);
for (const name of `type int float complex str bytes bytearray list tuple dict set frozenset function method NoneType ellipsis
  NotImplementedType module generator slice range property staticmethod classmethod super builtin_function_or_method dict_keys
  dict_values dict_items list_iterator enumerate zip map filter reversed iterator`.split(/\s+/))
  define(name, 'object');
define('bool', 'int');
define('TextIOWrapper', 'object', '_io');
define('BufferedReader', 'object', '_io');

/** Exceptions, each line a base and what derives from it. */
const EXCEPTIONS = `object BaseException
BaseException Exception KeyboardInterrupt SystemExit GeneratorExit
Exception ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError MemoryError NameError OSError
ReferenceError RuntimeError StopIteration SyntaxError SystemError TypeError ValueError Warning
ArithmeticError ZeroDivisionError OverflowError FloatingPointError
ImportError ModuleNotFoundError
LookupError IndexError KeyError
NameError UnboundLocalError
OSError FileNotFoundError FileExistsError PermissionError IsADirectoryError NotADirectoryError ConnectionError TimeoutError
InterruptedError ProcessLookupError ChildProcessError BlockingIOError
ConnectionError ConnectionRefusedError ConnectionResetError BrokenPipeError ConnectionAbortedError
RuntimeError NotImplementedError RecursionError
SyntaxError IndentationError
ValueError UnicodeError
UnicodeError UnicodeDecodeError UnicodeEncodeError
Warning DeprecationWarning UserWarning RuntimeWarning FutureWarning`;
let base = '';
for (const line of EXCEPTIONS.split('\n')) {
  const words = line.split(' ');
  // A line that goes on with the one before begins with a name that is not known yet.
  if (made.has(words[0]!)) base = words.shift()!;
  for (const word of words) define(word, base);
}

/** Classes that come with Python; nobody changes them. */
export function type(name: string): ClassObj {
  const found = made.get(name);
  if (!found) throw new Error(`no Python type ${name}`);
  return found;
}

export const hasType = (name: string): boolean => made.has(name);
export const typeNames = (): string[] => [...made.keys()];

export function classOf(value: Value): ClassObj {
  if (value === null) return type('NoneType');
  if (typeof value === 'boolean') return type('bool');
  if (typeof value === 'bigint') return type('int');
  if (typeof value === 'number') return type('float');
  if (typeof value === 'string') return type('str');
  if ('cls' in value && value.cls) return value.cls;
  switch (value.t) {
    case 'builtin':
      return type('builtin_function_or_method');
    case 'class':
      return type('type');
    case 'singleton':
      return type(value.name === 'Ellipsis' ? 'ellipsis' : 'NotImplementedType');
    case 'view':
      return type(`dict_${value.kind}`);
    case 'iterator':
      return type(made.has(value.kind) ? value.kind : 'list_iterator');
    case 'file':
      return type(value.binary ? 'BufferedReader' : 'TextIOWrapper');
    case 'object':
      return value.cls;
    default:
      return type(value.t);
  }
}

export const isSubclass = (cls: ClassObj, of: ClassObj): boolean => cls.mro.includes(of);
export const isInstance = (value: Value, name: string): boolean => isSubclass(classOf(value), type(name));
export const isException = (value: Value): value is InstanceObj & { args: Value[] } =>
  typeof value === 'object' && value !== null && value.t === 'object' && isInstance(value, 'BaseException');

/** Method resolution order (C3 linearisation). */
export function linearise(cls: ClassObj): ClassObj[] | undefined {
  const lists = [...cls.bases.map(({ mro }) => [...mro]), [...cls.bases]];
  const order: ClassObj[] = [cls];
  for (;;) {
    const left = lists.filter((entries) => entries.length > 0);
    if (left.length === 0) return order;
    const next = left.map(([head]) => head!).find((head) => !left.some((entries) => entries.slice(1).includes(head)));
    if (!next) return undefined;
    order.push(next);
    for (const entries of lists) if (entries[0] === next) entries.shift();
  }
}

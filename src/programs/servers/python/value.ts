import type { Waiting } from './waiting.ts';

/**
 * A value of Python. None, truth values, integers (bigint), floats (number) and text are JavaScript's own; all else is plain
 * objects that refer to each other, so that a program that waits can be kept as data (see heap.ts).
 */
export type Value = null | boolean | bigint | number | string | Obj;

export type Attributes = Map<string, Value>;
/** Entries by the hash of their key. */
export type Entries = Map<string, [Value, Value]>;

interface Own {
  /** Class of an instance of a subclass, and its attributes. */
  cls?: ClassObj;
  attrs?: Attributes;
}

export interface ListObj extends Own {
  t: 'list' | 'tuple';
  v: Value[];
}
export interface SetObj extends Own {
  t: 'set' | 'frozenset';
  m: Map<string, Value>;
}
export interface DictObj extends Own {
  t: 'dict';
  m: Entries;
}
export interface BytesObj extends Own {
  t: 'bytes' | 'bytearray';
  v: string;
}
export interface FunctionObj {
  t: 'function';
  /** Number of the unit and of the code in it: `3:1`. */
  code: string;
  name: string;
  qualifiedName: string;
  globals: Attributes;
  scope: Scope | null;
  defaults: Value[];
  keywordDefaults: Attributes;
  owner?: ClassObj;
  attrs: Attributes;
}
/** A function that is written in TypeScript, by its name in natives.ts; `self` for a method. */
export interface BuiltinObj {
  t: 'builtin';
  name: string;
  self?: Value;
}
export interface MethodObj {
  t: 'method';
  self: Value;
  func: Value;
}
export interface ClassObj {
  t: 'class';
  name: string;
  module: string;
  bases: ClassObj[];
  /** Method resolution order, the class itself first. */
  mro: ClassObj[];
  dict: Attributes;
  builtin: boolean;
  id: number;
}
export interface InstanceObj {
  t: 'object';
  cls: ClassObj;
  attrs: Attributes;
  id: number;
  /** Of an exception: arguments, and the lines of its traceback, innermost last. */
  args?: Value[];
  trace?: TraceEntry[];
  cause?: InstanceObj | null;
  context?: InstanceObj | null;
}
export interface TraceEntry {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  readonly anchor?: readonly [number, number];
  /** Lines of a frame that is not Python's own here. */
  readonly text?: string;
}
export interface ModuleObj {
  t: 'module';
  name: string;
  attrs: Attributes;
}
export interface GeneratorObj {
  t: 'generator';
  frame: Frame | null;
  name: string;
  running: boolean;
  id: number;
}
/** What `iter()` makes of things that are no generators. */
export interface IteratorObj {
  t: 'iterator';
  kind: string;
  at: number;
  items?: Value[];
  of?: Value;
  others?: Value[];
}
export interface SliceObj {
  t: 'slice';
  from: Value;
  to: Value;
  step: Value;
}
export interface RangeObj {
  t: 'range';
  start: bigint;
  stop: bigint;
  step: bigint;
}
export interface PropertyObj {
  t: 'property';
  get: Value;
  set: Value;
}
export interface WrapperObj {
  t: 'staticmethod' | 'classmethod';
  func: Value;
}
export interface SingletonObj {
  t: 'singleton';
  name: string;
}
export interface ViewObj {
  t: 'view';
  kind: 'keys' | 'values' | 'items';
  of: DictObj;
}
export interface SuperObj {
  t: 'super';
  owner: ClassObj;
  self: Value;
}
export interface FileObj {
  t: 'file';
  /** `stdin`, `stdout`, `stderr` or a path. */
  path: string;
  name: Value;
  mode: string;
  binary: boolean;
  data: string;
  at: number;
  closed: boolean;
}
export type Obj =
  | ListObj
  | SetObj
  | DictObj
  | BytesObj
  | FunctionObj
  | BuiltinObj
  | MethodObj
  | ClassObj
  | InstanceObj
  | ModuleObj
  | GeneratorObj
  | IteratorObj
  | SliceObj
  | RangeObj
  | PropertyObj
  | WrapperObj
  | SingletonObj
  | ViewObj
  | SuperObj
  | FileObj;

/** Variables of a function call, and of the functions around it. */
export interface Scope {
  vars: Attributes;
  up: Scope | null;
}

/** What becomes of what a generator yields: a loop goes on, a call returns, `yield from` hands it on, or a nested run stops. */
export type Resumption = 'next' | 'call' | 'from' | 'stop';

export interface Frame {
  code: string;
  ip: number;
  stack: Value[];
  scope: Scope;
  globals: Attributes;
  blocks: { target: number; depth: number; handled: number }[];
  /** Exceptions that are being handled here, the innermost last. */
  handled: InstanceObj[];
  func: FunctionObj | null;
  /** What becomes of the returned value: dropped, or replaced by the new object (`__init__`). */
  after?: 'drop' | 'stop';
  made?: Value;
  /** The generator that this frame belongs to, and who let it go on. */
  generator?: GeneratorObj;
  resumption?: Resumption;
  /** What was sent to a generator that hands on what another one yields. */
  sent?: Value;
  /** The class that this body makes. */
  building?: { name: string; bases: Value[]; keywords: Attributes };
  /** What a signal's handler has interrupted. */
  interrupted?: Waiting;
}

/** An exception of Python on its way. */
export class PyError extends Error {
  readonly value: InstanceObj;
  constructor(value: InstanceObj) {
    super(value.cls.name);
    this.value = value;
  }
}

export const list = (v: Value[]): ListObj => ({ t: 'list', v });
export const tuple = (v: Value[]): ListObj => ({ t: 'tuple', v });
export const bytes = (v: string): BytesObj => ({ t: 'bytes', v });
export const builtin = (name: string, self?: Value): BuiltinObj => ({
  t: 'builtin',
  name,
  ...(self === undefined ? {} : { self }),
});
export const isObject = (value: Value): value is Obj => typeof value === 'object' && value !== null;
/** The object types that have one of some tags. */
type Of<T extends Obj['t'], O = Obj> = O extends { t: infer U } ? ([Extract<U, T>] extends [never] ? never : O) : never;
export const is = <T extends Obj['t']>(value: Value | undefined, ...types: T[]): value is Of<T> =>
  typeof value === 'object' && value !== null && (types as string[]).includes(value.t);
export const ELLIPSIS: SingletonObj = { t: 'singleton', name: 'Ellipsis' };
export const NOT_IMPLEMENTED: SingletonObj = { t: 'singleton', name: 'NotImplemented' };

import { Duration, NIL_LIST, NIL_MAP } from '../../engine/json.ts';

/** What a method of a {@link Methods} value is called with and gives. */
export type Method = (...args: readonly Value[]) => Value;

/**
 * A value inside a template. Plain objects are Go structs, `Map`s are Go maps, `null` is a nil pointer or interface,
 * `undefined` is no value at all.
 */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | Float
  | JsonNumber
  | Time
  | Duration
  | Methods
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | { readonly [field: string]: Value };

/** A number of a floating-point type; plain numbers are integers while they are whole. */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A point in time, nanoseconds beyond its milliseconds included (Go, time.Time in UTC). */
export class Time {
  readonly milliseconds: number;
  constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }
}

/** A number as JSON had it, read without a type (Go, json.Number): its text is what templates see. */
export class JsonNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Bytes (Go, []byte): a list of numbers, but for `%s`, `%q` and JSON. */
export class Bytes extends Array<number> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** A map that was read from JSON without types (Go, map[string]any): what it lacks is nil. */
export class UntypedMap extends Map<string, Value> {}

/** Titles of columns (docker/cli, formatter.SubHeaderContext): a map that has one method, for columns of a label. */
export class HeaderMap extends Map<string, Value> {
  /** The title of a label's column: what follows the last dot of its name, in words. */
  readonly methods: Readonly<Record<string, Method>> = {
    Label: (name) => String(name).split('.').at(-1)!.replace(/[-_]/g, ' '),
  };
}

/** Go's name of a struct's type, where messages show it. */
const types = new WeakMap<object, string>();

/** Notes Go's name of a struct's type and returns the struct. */
export function withType<T extends object>(struct: T, type: string): T {
  types.set(struct, type);
  return struct;
}

/** A pointer to a struct whose methods are what templates see, as the rows of docker's lists are. */
export class Methods {
  /** Go's name of the type, for messages: `*formatter.ContainerContext`. */
  readonly type: string;
  readonly methods: Readonly<Record<string, Method>>;
  constructor(type: string, methods: Readonly<Record<string, Method>>) {
    this.type = type;
    this.methods = methods;
  }
}

/** Fields of a struct, those included that JSON leaves out when empty. */
export function isStruct(value: Value): value is { readonly [field: string]: Value } {
  if (typeof value !== 'object' || value === null) return false;
  return !(
    Array.isArray(value) ||
    value instanceof Map ||
    value instanceof Methods ||
    value instanceof Float ||
    value instanceof JsonNumber ||
    value instanceof Time ||
    value instanceof Duration
  );
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is ReadonlyMap<string, Value> {
  return value instanceof Map;
}

/** Keys of a map as Go prints and walks them: sorted by their bytes. */
export function sortedKeys(map: ReadonlyMap<string, Value>): string[] {
  return [...map.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Go's name of a value's type. What a list or a map holds is told by its first element. */
export function typeName(value: Value): string {
  if (value === undefined || value === null) return '<nil>';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  if (value instanceof Float) return 'float64';
  if (value instanceof JsonNumber) return 'json.Number';
  if (value instanceof Time) return 'time.Time';
  if (value instanceof Duration) return 'time.Duration';
  if (value instanceof Methods) return value.type;
  if (value instanceof Bytes) return '[]uint8';
  if (isList(value)) return `[]${elementType(value)}`;
  if (isMap(value)) return `map[string]${elementType([...value.values()])}`;
  return types.get(value) ?? 'struct';
}

function elementType(values: readonly Value[]): string {
  const [first] = values;
  return first === undefined ? 'string' : first === null ? 'interface {}' : typeName(first);
}

/** The zero value of what a map holds, as far as its elements tell. */
export function zeroElement(map: ReadonlyMap<string, Value>): Value {
  if (map instanceof UntypedMap) return null;
  const [first] = map.values();
  if (first === undefined || typeof first === 'string') return '';
  if (typeof first === 'number') return 0;
  if (typeof first === 'boolean') return false;
  if (isList(first)) return NIL_LIST as readonly Value[];
  if (isMap(first)) return NIL_MAP as ReadonlyMap<string, Value>;
  return null;
}

/** A value of a Compose file after parsing, as compose-go keeps it before it makes a project of it. */
export type Value = null | boolean | number | string | Value[] | Dict;

/** A mapping with keys in the order of the file. Replaced piece by piece while the file is loaded, so it is mutable. */
export interface Dict {
  [key: string]: Value;
}

export function isDict(value: Value | undefined): value is Dict {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy that shares nothing with the original. */
export function clone<T extends Value>(value: T): T {
  if (Array.isArray(value)) return value.map((one) => clone(one)) as T;
  if (!isDict(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, clone(one)])) as T;
}

/** Whether two values are deeply equal, as Go's reflect.DeepEqual sees them. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, i) => equal(one, b[i]));
  if (isDict(a)) {
    if (!isDict(b)) return false;
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => key in b && equal(a[key], b[key]));
  }
  return a === b;
}

/** A scalar as Go's fmt prints it. */
export function print(value: Value): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(print).join(' ')}]`;
  if (isDict(value)) {
    const entries = Object.keys(value)
      .sort()
      .map((key) => `${key}:${print(value[key]!)}`);
    return `map[${entries.join(' ')}]`;
  }
  return String(value);
}

/** The name of a value's Go type, `%T`. */
export function goType(value: Value | undefined): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (isDict(value)) return 'map[string]interface {}';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  return 'string';
}

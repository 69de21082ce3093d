/**
 * An answer of the Engine API. Go structs are plain objects with their fields in Go's order; Go maps are `Map`s, which
 * print sorted by key. Template engine and JSON printer tell the two apart by that.
 */
export type Json =
  | null
  | boolean
  | number
  | string
  | Duration
  | readonly Json[]
  | JsonObject
  | ReadonlyMap<string, Json>;

/** A length of time (Go, time.Duration): a number of nanoseconds in JSON, `1m30s` in a template. */
export class Duration {
  readonly nanoseconds: number;
  constructor(nanoseconds: number) {
    this.nanoseconds = nanoseconds;
  }

  toJSON(): number {
    return this.nanoseconds;
  }
}

export interface JsonObject {
  readonly [field: string]: Json | undefined;
}

/** Go's nil slice and nil map, told apart by identity: empty to a template (`[]`, `map[]`), `null` in JSON. */
export const NIL_LIST: readonly Json[] = Object.freeze([]);
export const NIL_MAP: ReadonlyMap<string, Json> = new Map();

/**
 * A Go struct some of whose fields are `omitempty` and empty: templates find them (`{{.Config.User}}`), JSON leaves
 * them out. They are properties that are not enumerable.
 */
export function withOmitted(fields: JsonObject, omitted: JsonObject): JsonObject {
  const struct = { ...fields };
  for (const [name, value] of Object.entries(omitted))
    if (!(name in struct)) Object.defineProperty(struct, name, { value, enumerable: false });
  return struct;
}

/** The same where the order of all fields matters (templates that print the struct): `empty` names those that JSON leaves out. */
export function omitting(fields: JsonObject, empty: readonly string[]): JsonObject {
  const struct = {};
  for (const [name, value] of Object.entries(fields))
    Object.defineProperty(struct, name, { value, enumerable: !empty.includes(name) });
  return struct;
}

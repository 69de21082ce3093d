/**
 * An answer of the Engine API. Go structs are plain objects with their fields in Go's order; Go maps are `Map`s, which
 * print sorted by key. Template engine and JSON printer tell the two apart by that.
 */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject | ReadonlyMap<string, Json>;

export interface JsonObject {
  readonly [field: string]: Json | undefined;
}

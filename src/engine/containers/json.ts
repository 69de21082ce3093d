import { type Json, type JsonObject, NIL_MAP, withOmitted } from '../json.ts';

/** A record as Go's map, which prints sorted. */
export const goMap = (record: Readonly<Record<string, unknown>> | undefined | null): Json =>
  record ? (new Map(Object.entries(record)) as Json) : NIL_MAP;

/** Leaves out what is undefined, Go's `omitempty`; templates still find the zero values in `omitted`. */
export function given(fields: Readonly<Record<string, unknown>>, omitted: JsonObject = {}): JsonObject {
  const shown = Object.entries(fields).filter(([, value]) => value !== undefined);
  return withOmitted(Object.fromEntries(shown) as JsonObject, omitted);
}

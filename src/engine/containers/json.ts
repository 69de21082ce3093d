import type { HealthConfig } from '../images/image.ts';
import { Duration, type Json, type JsonObject, NIL_LIST, NIL_MAP, omitting, withOmitted } from '../json.ts';

/** A record as Go's map, which prints sorted. */
export const goMap = (record: Readonly<Record<string, unknown>> | undefined | null): Json =>
  record ? (new Map(Object.entries(record)) as Json) : NIL_MAP;

/** Leaves out what is undefined, Go's `omitempty`; templates still find the zero values in `omitted`. */
export function given(fields: Readonly<Record<string, unknown>>, omitted: JsonObject = {}): JsonObject {
  const shown = Object.entries(fields).filter(([, value]) => value !== undefined);
  return withOmitted(Object.fromEntries(shown) as JsonObject, omitted);
}

/** A health check as Go's struct: JSON leaves out what is not set (OCI image specification of Docker, HealthcheckConfig). */
export function healthAnswer(check: HealthConfig): JsonObject {
  const { Test, Interval = 0, Timeout = 0, StartPeriod = 0, StartInterval = 0, Retries = 0 } = check;
  const times = { Interval, Timeout, StartPeriod, StartInterval };
  const durations = Object.entries(times).map(([name, time]) => [name, new Duration(time)] as const);
  const empty = Object.entries({ ...times, Retries }).flatMap(([name, value]) => (value === 0 ? [name] : []));
  return omitting({ Test: Test ?? NIL_LIST, ...Object.fromEntries(durations), Retries }, [
    ...empty,
    ...(Test?.length ? [] : ['Test']),
  ]);
}

import type { Filters } from './containers/list.ts';
import { DurationError, parseDuration } from './duration.ts';
import type { Engine } from './engine.ts';
import { EngineError } from './errors.ts';

/** Refuses filters that an endpoint does not know. Throws 400 `invalid filter 'NAME'`. */
export function checkFilters(filters: Filters, accepted: readonly string[]): void {
  for (const [name, values] of Object.entries(filters))
    if (values.length > 0 && !accepted.includes(name))
      throw new EngineError(400, name === '' ? 'invalid filter' : `invalid filter '${name}'`);
}

/** A filter that is yes or no; undefined when it is not given. Throws 400 `invalid filter 'NAME=[VALUE]'`. */
export function booleanFilter(filters: Filters, name: string): boolean | undefined {
  const values = filters[name] ?? [];
  if (values.length === 0) return undefined;
  const yes = values.includes('1') || values.includes('true');
  const no = values.includes('0') || values.includes('false');
  if (yes === no) throw new EngineError(400, `invalid filter '${name}=[${values.join(' ')}]'`);
  return yes;
}

/** Whether labels satisfy all of `label` and none of `label!`. */
export function labelsMatch(filters: Filters, labels: Readonly<Record<string, string>>): boolean {
  const has = (wanted: string) => {
    const [key = '', ...value] = wanted.split('=');
    return key in labels && (value.length === 0 || labels[key] === value.join('='));
  };
  const unwanted = filters['label!'] ?? [];
  return (filters['label'] ?? []).every(has) && (unwanted.length === 0 || !unwanted.every(has));
}

/** The `until` of a prune as milliseconds since 1970: a duration before now, or a time. Throws 400. */
export function untilFilter(engine: Engine, filters: Filters): number | undefined {
  const values = filters['until'] ?? [];
  if (values.length === 0) return undefined;
  if (values.length > 1) throw new EngineError(400, 'more than one until filter specified');
  return timeOrDuration(engine, values[0]!);
}

const TIME = /^(\d{4}-\d\d-\d\d)(?:T(\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?)(Z|[+-]\d\d:\d\d)?)?$/;

/** Milliseconds since 1970 of what may be a duration before now, a time or a number of seconds since 1970. Throws 400. */
export function timeOrDuration({ state }: Engine, text: string): number {
  try {
    return state.now - parseDuration(text) / 1e6;
  } catch (error) {
    if (!(error instanceof DurationError)) throw error;
  }
  const match = TIME.exec(text);
  if (match) {
    const [, day = '', clock = '00:00:00', zone = 'Z'] = match;
    const filled = clock.length === 2 ? `${clock}:00:00` : clock.length === 5 ? `${clock}:00` : clock;
    return Date.parse(`${day}T${filled}${zone}`);
  }
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  throw new EngineError(400, `failed to parse value as time or duration: ${JSON.stringify(text)}`);
}

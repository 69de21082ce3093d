import { formatDuration } from '../../engine/duration.ts';
import { Duration } from '../../engine/json.ts';
import { Float, isList, isMap, JsonNumber, Methods, sortedKeys, Time, type Value } from './value.ts';

/** A value as Go's fmt prints it with `%v`. */
export function printValue(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return Number.isInteger(value) ? integerText(value) : floatText(value);
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof Time) return timeText(value);
  if (value instanceof Duration) return formatDuration(value.nanoseconds);
  if (value instanceof Methods) return `&{${Object.keys(value.methods).join(' ')}}`;
  if (isList(value)) return `[${value.map(printValue).join(' ')}]`;
  if (isMap(value))
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${printValue(value.get(key))}`)
      .join(' ')}]`;
  return `{${structFields(value)
    .map(([, field]) => printValue(field))
    .join(' ')}}`;
}

/** All fields of a struct, in their order. */
export function structFields(struct: { readonly [field: string]: Value }): (readonly [string, Value])[] {
  return Object.getOwnPropertyNames(struct).map((name) => [name, struct[name]] as const);
}

function integerText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : BigInt(value).toString();
}

/** Go's `%v` of a float64: the shortest text, with an exponent from 10²¹ on. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : value < 0 ? '-Inf' : 'NaN';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e21)) {
    const [mantissa, exponent = ''] = value.toExponential().split('e');
    return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
  }
  return String(value);
}

/** A time as Go prints it: `2026-01-05 09:00:00.123 +0000 UTC`. */
export function timeText({ milliseconds }: Time): string {
  const [date, time = ''] = new Date(milliseconds).toISOString().split('T');
  return `${date} ${time.slice(0, -1).replace(/\.?0+$/, '')} +0000 UTC`;
}

/** Go's fmt.Sprint: a space between operands when neither is a string. */
export function sprint(values: readonly Value[]): string {
  let text = '';
  values.forEach((value, i) => {
    if (i > 0 && typeof value !== 'string' && typeof values[i - 1] !== 'string') text += ' ';
    text += printValue(value);
  });
  return text;
}

/** Go's fmt.Sprintln: spaces between all operands, and a line's end. */
export function sprintln(values: readonly Value[]): string {
  return `${values.map(printValue).join(' ')}\n`;
}

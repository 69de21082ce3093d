import { formatC, formatDouble } from '../support/format.ts';

/** Text from input that looks like a number: compares as one. */
export class Numeric {
  readonly text: string;
  readonly value: number;

  constructor(text: string, value: number) {
    this.text = text;
    this.value = value;
  }
}

/** A value; `undefined` is one that was never set. */
export type Value = number | string | Numeric | undefined;

const LOOKS_NUMERIC = /^[ \t\n]*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[ \t\n]*$/;

/** A value as it comes from input: a number, too, when it looks like one. */
export function fromInput(text: string): Value {
  return LOOKS_NUMERIC.test(text) ? new Numeric(text, Number(text)) : text;
}

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  if (value instanceof Numeric) return value.value;
  const match = /^[ \t\n\r\f\v]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(value);
  return match ? Number(match[1]) : 0;
}

/** A value as text; numbers that are no integers by a format such as `%.6g`. */
export function toText(value: Value, format: string): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  if (value instanceof Numeric) return value.text;
  return numberText(value, format);
}

export function numberText(value: number, format: string): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return value === 0 ? '0' : BigInt(value).toString();
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '-nan' : value < 0 ? '-inf' : '+inf';
  if (format === '%.6g') return formatDouble(value, 'g');
  return formatC(format, [value], { number: (argument) => Number(argument), text: String });
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'string') return value !== '';
  return toNumber(value) !== 0;
}

/** Compares as numbers when both are, else as text. */
export function compareValues(a: Value, b: Value, format: string): number {
  if (typeof a !== 'string' && typeof b !== 'string') {
    const [x, y] = [toNumber(a), toNumber(b)];
    return x < y ? -1 : x > y ? 1 : x === y ? 0 : Number.NaN;
  }
  const [x, y] = [toText(a, format), toText(b, format)];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Keys of an array in the order in which the real program's hash table gives them. */
export function keyOrder(keys: readonly string[], busybox: boolean): string[] {
  const bucket = new Map(keys.map((key) => [key, busybox ? busyboxHash(key) % 61 : fnv(key) & 63]));
  // Within a bucket the last one added comes first.
  return [...keys].reverse().sort((a, b) => bucket.get(a)! - bucket.get(b)!);
}

function busyboxHash(key: string): number {
  let hash = 0;
  for (let at = 0; at < key.length; at += 1) hash = (key.charCodeAt(at) + (hash << 6) - hash) >>> 0;
  return hash;
}

/** Fowler–Noll–Vo 1a, 32 bits, which mawk uses. */
function fnv(key: string): number {
  let hash = 2166136261;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 16777619) >>> 0;
  return hash;
}

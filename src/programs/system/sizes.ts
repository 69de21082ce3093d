const LETTERS = ['', 'K', 'M', 'G', 'T', 'P'];

/** Bytes as GNU's tools say them with `-h`: one decimal below ten, always rounded up. */
export function humanGnu(bytes: number, base = 1024): string {
  let value = bytes;
  let unit = 0;
  while (value >= base && unit < LETTERS.length - 1) {
    value /= base;
    unit += 1;
  }
  if (unit === 0) return String(Math.ceil(value));
  const tenths = Math.ceil(value * 10 - 1e-9) / 10;
  if (tenths < 10) return `${tenths.toFixed(1)}${letter(unit, base)}`;
  const whole = Math.ceil(value - 1e-9);
  return whole >= base && unit < LETTERS.length - 1 ? `1.0${letter(unit + 1, base)}` : `${whole}${letter(unit, base)}`;
}

const letter = (unit: number, base: number) => (base === 1000 && unit === 1 ? 'k' : LETTERS[unit]!);

/** Bytes as BusyBox says them with `-h`: one decimal from K on, rounded to the nearest (libbb, make_human_readable_str). */
export function humanBusybox(bytes: number, whole = false): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < LETTERS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  if (unit === 0) return String(Math.round(value));
  return whole
    ? `${Math.round(value)}${LETTERS[unit]}`
    : `${(Math.floor(value * 10 + 0.5) / 10).toFixed(1)}${LETTERS[unit]}`;
}

/** A number with a suffix as dd, truncate and find take it: `1k`, `2MB`, `3c`. Undefined when it is none. */
export function suffixedNumber(text: string): number | undefined {
  const match = /^(\d+)(?:(c)|(w)|(b)|([kKMGT])(iB|B)?)?$/.exec(text);
  if (!match) return undefined;
  const [, digits, , w, b, prefix, tail] = match;
  if (w) return Number(digits) * 2;
  if (b) return Number(digits) * 512;
  if (!prefix) return Number(digits);
  return Number(digits) * (tail === 'B' ? 1000 : 1024) ** ('KMGT'.indexOf(prefix.toUpperCase()) + 1);
}

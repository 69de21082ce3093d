const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];
const POWERS = 'kmgtp';

/**
 * Go's `%.Ng`: so many digits, no trailing zeros, an exponent when the number has more digits before its point. Where a
 * number lies exactly between two, Go takes the even one, while JavaScript rounds up.
 */
function shortest(value: number, digits: number): string {
  let rounded = Number(value.toPrecision(digits));
  const shift = 10 ** (digits - 1 - Math.floor(Math.log10(value || 1)));
  const below = Math.floor(value * shift);
  // The product hides what lies beyond its last bit: only a sum of few powers of two can be an exact half.
  const exact = Number.isInteger(value * 2 ** 40);
  if (exact && value * shift - below === 0.5 && below % 2 === 0) rounded = below / shift;
  if (rounded < 10 ** digits) return String(rounded);
  const [mantissa, exponent = '0'] = rounded.toExponential().split('e+');
  return `${mantissa}e+${exponent.padStart(2, '0')}`;
}

function scaled(bytes: number, base: number, units: readonly string[], digits: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit += 1;
  }
  return `${shortest(value, digits)}${units[unit]}`;
}

/** Bytes in decimal units as Docker prints sizes, `2.07MB`; with 4 digits in a few places (docker/go-units, HumanSize). */
export function humanSize(bytes: number, digits: 3 | 4 = 3): string {
  return scaled(bytes, 1000, DECIMAL, digits);
}

/** Bytes in binary units, `1.465KiB` (docker/go-units, BytesSize). */
export function bytesSize(bytes: number): string {
  return scaled(bytes, 1024, BINARY, 4);
}

/** A size that cannot be read; the message is docker/go-units'. */
export class SizeError extends Error {}

/** Bytes that `--memory 1.5g` and the like mean; all units are binary. Throws {@link SizeError}. */
export function ramInBytes(text: string): number {
  const space = text.indexOf(' ');
  const end = space >= 0 ? space : text.search(/[0-9.][^0-9.]*$/) + 1;
  if (space < 0 && end === 0) throw new SizeError(`invalid size: '${text}'`);
  const number = text.slice(0, end);
  const suffix = text.slice(space >= 0 ? space + 1 : end);
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(number))
    throw new SizeError(`strconv.ParseFloat: parsing ${JSON.stringify(number)}: invalid syntax`);
  const size = Number(number);
  if (size < 0) throw new SizeError(`invalid size: '${text}'`);
  const unit = /^(?:b|([kmgtp])(?:i?b)?)?$/i.exec(suffix);
  if (!unit) throw new SizeError(`invalid suffix: '${suffix.toLowerCase()}'`);
  return Math.floor(size * 1024 ** (unit[1] ? POWERS.indexOf(unit[1].toLowerCase()) + 1 : 0));
}

/** What a conversion is given: a number or a text. */
export type FormatArgument = number | string;

/** How arguments become numbers or texts for a conversion. */
export interface FormatRules {
  readonly number: (argument: FormatArgument | undefined) => number;
  readonly text: (argument: FormatArgument | undefined) => string;
  /** `%5%` is no conversion. */
  readonly keepsPercent?: boolean;
}

const CONVERSION = /%([-+ #0']*)(\*|\d+)?(?:\.(\*|\d*))?(?:hh|h|ll|l|L|q|j|z|t)?([diouxXeEfFgGaAcs%])/g;

/** Formats as C's printf does; escapes in the format have been carried out already. */
export function formatC<T extends FormatArgument>(format: string, args: readonly T[], rules: FormatRules): string {
  let next = 0;
  const take = () => args[next++];
  return format.replace(
    CONVERSION,
    (whole: string, flagText: string, width?: string, precision?: string, kind = 's') => {
      if (kind === '%') return whole === '%%' || !rules.keepsPercent ? '%' : whole;
      let flags = flagText;
      let wide = width === '*' ? rules.number(take()) : Number(width ?? 0);
      if (wide < 0) {
        flags += '-';
        wide = -wide;
      }
      const given = precision === undefined ? undefined : precision === '*' ? rules.number(take()) : Number(precision);
      const exact = given !== undefined && given < 0 ? undefined : given;
      const text = converted(kind, flags, exact, take(), rules);
      return pad(text, Math.min(wide, 100_000), flags, kind, exact);
    },
  );
}

function converted(
  kind: string,
  flags: string,
  precision: number | undefined,
  argument: FormatArgument | undefined,
  rules: FormatRules,
): string {
  if (kind === 's') return rules.text(argument).slice(0, precision);
  if (kind === 'c')
    return typeof argument === 'number' ? String.fromCharCode(argument & 0xff) : rules.text(argument).slice(0, 1);
  const number = rules.number(argument);
  if ('diouxX'.includes(kind)) return formatInteger(number, kind, flags, precision);
  return formatDouble(number, kind, flags, precision);
}

/** `%d`, `%o`, `%x`, `%u` of a number, fractions cut off. */
export function formatInteger(number: number, kind: string, flags: string, precision: number | undefined): string {
  if (!Number.isFinite(number)) return withSign(Number.isNaN(number) ? 'nan' : 'inf', number < 0, flags);
  const whole = BigInt(Math.trunc(number));
  if (kind === 'd' || kind === 'i') {
    const digits = (whole < 0n ? -whole : whole).toString().padStart(precision ?? 1, '0');
    return withSign(precision === 0 && whole === 0n ? '' : digits, whole < 0n, flags);
  }
  const radix = kind === 'o' ? 8 : kind === 'u' ? 10 : 16;
  const digits = BigInt.asUintN(64, whole)
    .toString(radix)
    .padStart(precision ?? 1, '0');
  const prefix = flags.includes('#') && whole !== 0n ? (kind === 'o' ? '0' : radix === 16 ? '0x' : '') : '';
  return kind === 'X' ? (prefix + digits).toUpperCase() : prefix + digits;
}

/** `%e`, `%f`, `%g` of a number. */
export function formatDouble(number: number, kind: string, flags = '', precision = 6): string {
  const negative = number < 0 || Object.is(number, -0);
  const size = Math.abs(number);
  const upper = kind === kind.toUpperCase();
  let text: string;
  if (!Number.isFinite(size)) text = Number.isNaN(size) ? 'nan' : 'inf';
  else if (kind === 'f' || kind === 'F') text = fixed(size, Math.min(precision, 100));
  else if (kind === 'e' || kind === 'E') text = exponential(size, Math.min(precision, 100));
  else text = general(size, Math.min(precision || 1, 100), flags.includes('#'));
  return withSign(upper ? text.toUpperCase() : text, Number.isNaN(number) ? false : negative, flags);
}

function fixed(size: number, precision: number): string {
  return size < 1e21 ? size.toFixed(precision) : `${BigInt(size)}${precision > 0 ? `.${'0'.repeat(precision)}` : ''}`;
}

function exponential(size: number, precision: number): string {
  return size.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2');
}

function general(size: number, precision: number, keep: boolean): string {
  const exponent = size === 0 ? 0 : Number(size.toExponential(precision - 1).split('e')[1]);
  if (exponent < -4 || exponent >= precision) {
    const text = exponential(size, precision - 1);
    return keep ? text : text.replace(/\.?0*e/, 'e');
  }
  const text = fixed(size, Math.max(0, precision - 1 - exponent));
  return keep || !text.includes('.') ? text : text.replace(/\.?0+$/, '');
}

function withSign(text: string, negative: boolean, flags: string): string {
  if (negative) return `-${text}`;
  return flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text;
}

function pad(text: string, width: number, flags: string, kind: string, precision: number | undefined): string {
  if (text.length >= width) return text;
  if (flags.includes('-')) return text.padEnd(width);
  const integer = 'diouxX'.includes(kind);
  if (flags.includes('0') && !'sc'.includes(kind) && !(integer && precision !== undefined) && /\d/.test(text)) {
    const sign = /^[-+ ]?(?:0[xX])?/.exec(text)![0];
    return sign + text.slice(sign.length).padStart(width - sign.length, '0');
  }
  return text.padStart(width);
}

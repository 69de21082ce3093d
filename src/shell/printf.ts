import type { Flavour } from './state.ts';

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
  '\\': '\\',
};

/** Backslash sequences of `echo -e` and `%b`; `\c` stops all output. */
export function echoEscapes(text: string): { bytes: string; stop: boolean } {
  let stop = false;
  const bytes = text.replace(
    /\\(?:(x[0-9a-fA-F]{1,2})|(0[0-7]{0,3}|[1-7][0-7]{0,2})|(u[0-9a-fA-F]{1,4})|([\s\S]))|([\s\S])/g,
    (whole, hex, octal, unicode, single, plain) => {
      if (stop) return '';
      if (plain) return plain;
      if (hex) return String.fromCharCode(Number.parseInt(hex.slice(1), 16));
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (unicode) return String.fromCodePoint(Number.parseInt(unicode.slice(1), 16));
      if (single === 'c') {
        stop = true;
        return '';
      }
      return SIMPLE[single] ?? whole;
    },
  );
  return { bytes, stop };
}

/** What printf can't do with a format or an argument. */
export interface PrintfProblem {
  readonly kind: 'number' | 'directive';
  readonly value: string;
  /** The directive from its percent sign on. */
  readonly directive?: string;
}

export function printfMessage({ kind, value, directive = '%' }: PrintfProblem, flavour: Flavour): string {
  if (kind === 'number') {
    if (flavour === 'bash') return `${value}: invalid number`;
    return flavour === 'dash' ? `${value}: expected numeric value` : `invalid number '${value}'`;
  }
  if (flavour === 'bash') return `\`${value.slice(0, 1)}': invalid format character`;
  return flavour === 'dash' ? `${directive.slice(0, 2)}: invalid directive` : `%${value}: invalid format`;
}

/** A date as strftime(3) writes it, UTC. */
function strftime(format: string, milliseconds: number): string {
  const iso = new Date(milliseconds).toISOString();
  const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-');
  const [hour = '', minute = '', second = ''] = iso.slice(11, 19).split(':');
  const parts: Readonly<Record<string, string>> = {
    ...{ Y: year, m: month, d: day, H: hour, M: minute, S: second, F: iso.slice(0, 10), T: iso.slice(11, 19) },
    ...{ X: iso.slice(11, 19), s: String(Math.floor(milliseconds / 1000)), Z: 'UTC', y: year.slice(2) },
  };
  return format.replace(/%(\w)/g, (whole, letter: string) => parts[letter] ?? whole);
}

const DIRECTIVE =
  /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?(?:\(([^)]*)\)T|[hjlLtz]*(%|\\[\s\S]|[\s\S]))|%|\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}|[\s\S])|[^%\\]+|\\$/g;

/** What printf(1) writes; the format is used again while there are arguments. */
export function formatPrintf(
  format: string,
  args: readonly string[],
  now = 0,
): { output: string; problems: PrintfProblem[] } {
  let output = '';
  let at = 0;
  const problems: PrintfProblem[] = [];
  const take = () => args[at++];
  let stopped = false;
  do {
    const before = at;
    for (const match of format.matchAll(DIRECTIVE)) {
      const [whole, flags = '', width, precision, date, kind] = match;
      if (stopped) break;
      if (whole.startsWith('\\')) {
        const { bytes, stop } = echoEscapes(whole);
        output += whole === '\\"' ? '"' : bytes;
        stopped = stop;
      } else if (date !== undefined) {
        const seconds = Number(take() ?? -1);
        output += strftime(date || '%X', seconds < 0 ? now : seconds * 1000);
      } else if (whole === '%') {
        problems.push({ kind: 'directive', value: '%' });
        stopped = true;
      } else if (!kind) output += whole;
      else if (kind === '%') output += '%';
      else if (!'diouxXfFeEgGcsbq'.includes(kind)) {
        problems.push({ kind: 'directive', value: kind, directive: whole });
        stopped = true;
      } else {
        const wide = width === '*' ? Number(take() ?? 0) : Number(width ?? 0);
        const exact = precision === undefined ? undefined : precision === '*' ? Number(take() ?? 0) : Number(precision);
        const value = take();
        const { text, stop } = converted(kind, value, flags, exact, problems);
        output += padded(text, wide, flags, kind, exact);
        stopped = stop;
      }
    }
    if (at === before) break;
  } while (at < args.length && !stopped);
  return { output, problems };
}

function converted(
  kind: string,
  value: string | undefined,
  flags: string,
  precision: number | undefined,
  problems: PrintfProblem[],
): { text: string; stop: boolean } {
  if (kind === 's') return { text: (value ?? '').slice(0, precision), stop: false };
  if (kind === 'c') return { text: (value ?? '').slice(0, 1), stop: false };
  if (kind === 'q')
    return {
      text: /^[\w@%+=:,./-]+$/.test(value ?? '') ? value! : value ? value.replace(/([^\w@%+=:,./-])/g, '\\$1') : "''",
      stop: false,
    };
  if (kind === 'b') {
    const { bytes, stop } = echoEscapes(value ?? '');
    return { text: bytes, stop };
  }
  const number = numeric(value, problems);
  const sign = (text: string) =>
    number >= 0 && flags.includes('+') ? `+${text}` : number >= 0 && flags.includes(' ') ? ` ${text}` : text;
  if ('diouxX'.includes(kind)) {
    const whole = Math.trunc(number);
    const radix = kind === 'o' ? 8 : kind === 'x' || kind === 'X' ? 16 : 10;
    const digits = (radix === 10 ? Math.abs(whole) : BigInt.asUintN(64, BigInt(whole)))
      .toString(radix)
      .padStart(precision ?? 1, '0');
    const prefix = flags.includes('#') && whole !== 0 ? (kind === 'o' ? '0' : radix === 16 ? '0x' : '') : '';
    const text = `${whole < 0 && radix === 10 ? '-' : ''}${prefix}${digits}`;
    return { text: radix === 10 ? sign(text) : kind === 'X' ? text.toUpperCase() : text, stop: false };
  }
  if (kind === 'f' || kind === 'F') return { text: sign(number.toFixed(precision ?? 6)), stop: false };
  if (kind === 'e' || kind === 'E') {
    const text = number.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2');
    return { text: sign(kind === 'E' ? text.toUpperCase() : text), stop: false };
  }
  return { text: sign(String(Number(number.toPrecision(precision || 6)))), stop: false };
}

function numeric(value: string | undefined, problems: PrintfProblem[]): number {
  if (value === undefined || value === '') return 0;
  if (/^['"]/.test(value)) return value.codePointAt(1) ?? 0;
  const number = /^[-+]?0[0-7]+$/.test(value) ? Number.parseInt(value, 8) : Number(value);
  if (!Number.isNaN(number)) return number;
  problems.push({ kind: 'number', value });
  return Number.parseFloat(value) || 0;
}

function padded(text: string, width: number, flags: string, kind: string, precision: number | undefined): string {
  const wide = Math.abs(width);
  if (text.length >= wide) return text;
  if (flags.includes('-') || width < 0) return text.padEnd(wide);
  if (flags.includes('0') && !'scbq'.includes(kind) && !(precision !== undefined && 'diouxX'.includes(kind))) {
    const sign = /^[-+ ]/.exec(text)?.[0] ?? '';
    return sign + text.slice(sign.length).padStart(wide - sign.length, '0');
  }
  return text.padStart(wide);
}

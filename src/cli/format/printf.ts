import { Duration } from '../../engine/json.ts';
import { goQuote } from '../quote.ts';
import { floatText, printValue, structFields } from './print.ts';
import { Bytes, Float, isList, isMap, isStruct, sortedKeys, typeName, type Value } from './value.ts';

const VERB = /%([-+# 0]*)(\d+|\*)?(?:\.(\d+|\*)?)?([a-zA-Z%])/g;

/** Go's fmt.Sprintf, for what templates hold. */
export function sprintf(format: string, args: readonly Value[]): string {
  let next = 0;
  const take = () => args[next++];
  const text = format.replace(
    VERB,
    (whole, flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%';
      const wide = width === '*' ? Number(take()) : Number(width ?? 0);
      const exact =
        precision === '*'
          ? Number(take())
          : precision === undefined
            ? whole.includes('.')
              ? 0
              : undefined
            : Number(precision);
      if (next >= args.length) return `%!${verb}(MISSING)`;
      return pad(formatVerb(verb, take(), flags, exact), flags, wide, verb);
    },
  );
  if (next >= args.length) return text;
  const extra = args.slice(next).map((arg) => `${typeName(arg)}=${printValue(arg)}`);
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}

function pad(text: string, flags: string, width: number, verb: string): string {
  const length = [...text].length;
  if (length >= width) return text;
  const missing = width - length;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (flags.includes('0') && verb !== 's' && verb !== 'v' && verb !== 'q')
    return /^[+-]/.test(text) ? text[0] + '0'.repeat(missing) + text.slice(1) : '0'.repeat(missing) + text;
  return ' '.repeat(missing) + text;
}

function formatVerb(verb: string, value: Value, flags: string, precision: number | undefined): string {
  const sign = flags.includes('+') && typeof value === 'number' && value >= 0 ? '+' : '';
  switch (verb) {
    case 'v':
      return flags.includes('#') ? goSyntax(value) : flags.includes('+') ? withNames(value) : printValue(value);
    case 's':
      return forStrings(
        value,
        (text) => (precision === undefined ? text : [...text].slice(0, precision).join('')),
        's',
      );
    case 'q':
      return forStrings(value, goQuote, 'q');
    case 'd':
    case 'x':
    case 'X':
    case 'o':
    case 'b':
    case 'c':
      return integer(verb, value, flags, sign);
    case 'f':
    case 'e':
    case 'g':
    case 'F':
      return float(verb, value, precision, sign);
    case 't':
      return typeof value === 'boolean' ? String(value) : bad('t', value);
    case 'T':
      return typeName(value);
    case 'p':
      return bad('p', value);
    default:
      return bad(verb, value);
  }
}

function bad(verb: string, value: Value): string {
  return value === null || value === undefined
    ? `%!${verb}(<nil>)`
    : `%!${verb}(${typeName(value)}=${printValue(value)})`;
}

function forStrings(value: Value, print: (text: string) => string, verb: string): string {
  if (typeof value === 'string') return print(value);
  if (value instanceof Bytes) return print(new TextDecoder().decode(Uint8Array.from(value)));
  if (isList(value)) return `[${value.map((item) => forStrings(item, print, verb)).join(' ')}]`;
  if (isMap(value))
    return `map[${sortedKeys(value)
      .map((key) => `${print(key)}:${forStrings(value.get(key), print, verb)}`)
      .join(' ')}]`;
  if (isStruct(value))
    return `{${structFields(value)
      .map(([, field]) => forStrings(field, print, verb))
      .join(' ')}}`;
  return bad(verb, value);
}

function integer(verb: string, value: Value, flags: string, sign: string): string {
  if (isList(value)) return `[${value.map((item) => integer(verb, item, flags, sign)).join(' ')}]`;
  if ((verb === 'x' || verb === 'X') && typeof value === 'string') {
    const hex = Array.from(new TextEncoder().encode(value), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return verb === 'X' ? hex.toUpperCase() : hex;
  }
  if (value instanceof Duration) return integer(verb, value.nanoseconds, flags, sign);
  if (typeof value !== 'number' || !Number.isInteger(value)) return bad(verb, value);
  if (verb === 'c') return String.fromCodePoint(value);
  const base = verb === 'd' ? 10 : verb === 'o' ? 8 : verb === 'b' ? 2 : 16;
  const digits = value.toString(base);
  const shown = verb === 'X' ? digits.toUpperCase() : digits;
  return sign + (flags.includes('#') && base === 16 ? `0${verb}${shown}` : shown);
}

function float(verb: string, value: Value, precision: number | undefined, sign: string): string {
  const number =
    value instanceof Float ? value.value : typeof value === 'number' && !Number.isInteger(value) ? value : undefined;
  if (number === undefined) return bad(verb, value);
  if (verb === 'g')
    return sign + (precision === undefined ? floatText(number) : String(Number(number.toPrecision(precision || 1))));
  if (verb !== 'e') return sign + number.toFixed(precision ?? 6);
  const [mantissa, exponent = ''] = number.toExponential(precision ?? 6).split('e');
  return `${sign}${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

/** `%+v`: structs with the names of their fields. */
function withNames(value: Value): string {
  if (isStruct(value))
    return `{${structFields(value)
      .map(([name, field]) => `${name}:${withNames(field)}`)
      .join(' ')}}`;
  if (isList(value)) return `[${value.map(withNames).join(' ')}]`;
  if (isMap(value))
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${withNames(value.get(key))}`)
      .join(' ')}]`;
  return typeof value === 'number' && value >= 0 ? `+${printValue(value)}` : printValue(value);
}

/** `%#v`, for texts, numbers and lists of them. */
function goSyntax(value: Value): string {
  if (typeof value === 'string') return goQuote(value);
  if (isList(value)) return `${typeName(value)}{${value.map(goSyntax).join(', ')}}`;
  if (isMap(value))
    return `${typeName(value)}{${sortedKeys(value)
      .map((key) => `${goQuote(key)}:${goSyntax(value.get(key))}`)
      .join(', ')}}`;
  return printValue(value);
}

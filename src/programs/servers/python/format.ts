import type { Machine } from './machine.ts';
import { getAttribute, ownMethod } from './objects.ts';
import { getItem } from './operators.ts';
import { floatText, repr, str } from './text.ts';
import { classOf } from './types.ts';
import { is, isObject, type Value } from './value.ts';

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/u;

/** `format(value, spec)`. */
export function formatValue(vm: Machine, value: Value, spec: string): string {
  if (isObject(value)) {
    const own = ownMethod(value, '__format__');
    if (own !== undefined) return vm.call(own, [value, spec]) as string;
  }
  if (spec === '') return str(vm, value);
  if (isObject(value))
    throw vm.error('TypeError', `unsupported format string passed to ${classOf(value).name}.__format__`);
  const match = SPEC.exec(spec);
  if (!match)
    throw vm.error('ValueError', `Invalid format specifier '${spec}' for object of type '${classOf(value).name}'`);
  const [, fill = '', align = '', sign = '', alternate = '', zero = '', width = '0', group = '', precision, kind = ''] =
    match;
  if (value === null) throw vm.error('TypeError', 'unsupported format string passed to NoneType.__format__');
  if (typeof value === 'string') {
    if (kind !== '' && kind !== 's')
      throw vm.error('ValueError', `Unknown format code '${kind}' for object of type 'str'`);
    const text = precision === undefined ? value : [...value].slice(0, Number(precision)).join('');
    return padded(text, fill || (zero ? '0' : ' '), align || '<', Number(width));
  }
  if (typeof value === 'boolean' && kind === '')
    return padded(str(vm, value), fill || ' ', align || '<', Number(width));
  const negative = Number(value) < 0 || Object.is(value, -0);
  let body = digits(vm, typeof value === 'boolean' ? BigInt(value) : value, kind, precision, alternate !== '');
  if (group !== '') body = grouped(body, group);
  const mark = negative ? '-' : sign === '+' || sign === ' ' ? sign : '';
  const filler = fill || (zero ? '0' : ' ');
  if ((align || (zero ? '=' : '>')) === '=') {
    let inside = body.padStart(Number(width) - mark.length, filler);
    if (group !== '' && zero) inside = regroup(body, group, Number(width) - mark.length);
    return mark + inside;
  }
  return padded(mark + body, filler, align || '>', Number(width));
}

function padded(text: string, fill: string, align: string, width: number): string {
  const missing = Math.max(0, width - [...text].length);
  if (align === '<') return text + fill.repeat(missing);
  if (align === '^') return fill.repeat(Math.floor(missing / 2)) + text + fill.repeat(Math.ceil(missing / 2));
  return fill.repeat(missing) + text;
}

function grouped(body: string, group: string): string {
  const [, head = '', rest = ''] = /^(\d+)(.*)$/s.exec(body) ?? ['', '', body];
  return head.replace(/\B(?=(\d{3})+$)/g, group) + rest;
}

function regroup(body: string, group: string, width: number): string {
  let plain = body.replaceAll(group, '');
  while (grouped(plain, group).length < width) plain = `0${plain}`;
  const result = grouped(plain, group);
  return result.length > width && result[0] === '0' && result.length - 1 >= width ? result.slice(1) : result;
}

function digits(
  vm: Machine,
  value: bigint | number,
  kind: string,
  precision: string | undefined,
  alternate: boolean,
): string {
  if (typeof value === 'bigint') {
    const size = value < 0n ? -value : value;
    switch (kind) {
      case '':
      case 'd':
      case 'n':
        return size.toString();
      case 'x':
        return (alternate ? '0x' : '') + size.toString(16);
      case 'X':
        return (alternate ? '0X' : '') + size.toString(16).toUpperCase();
      case 'o':
        return (alternate ? '0o' : '') + size.toString(8);
      case 'b':
        return (alternate ? '0b' : '') + size.toString(2);
      case 'c':
        return String.fromCodePoint(Number(size));
      case 's':
        throw vm.error('ValueError', "Unknown format code 's' for object of type 'int'");
    }
  }
  const size = Math.abs(Number(value));
  const places = precision === undefined ? 6 : Number(precision);
  if (!Number.isFinite(size)) return floatText(size) + (kind === '%' ? '%' : '');
  switch (kind) {
    case 'f':
    case 'F':
      return fixed(size, places);
    case '%':
      return `${fixed(size * 100, places)}%`;
    case 'e':
    case 'E': {
      const text = exponent(size, places);
      return kind === 'E' ? text.toUpperCase() : text;
    }
    case 'g':
    case 'G':
      return general(size, precision === undefined ? 6 : places, alternate);
    case '':
      if (precision === undefined) return floatText(size);
      return general(size, places, false, true);
    case 'd':
      throw vm.error('ValueError', "Unknown format code 'd' for object of type 'float'");
  }
  throw vm.error('ValueError', `Unknown format code '${kind}' for object of type '${classOf(value).name}'`);
}

/** Exact rounding to a number of places, ties to even as the exact binary value has it. */
export function fixed(size: number, places: number): string {
  if (size < 1e21 && places <= 100) return size.toFixed(places);
  const text = BigInt(Math.round(size)).toString();
  return places > 0 ? `${text}.${'0'.repeat(places)}` : text;
}

function exponent(size: number, places: number): string {
  const [mantissa = '', power = ''] = size.toExponential(places).split('e');
  return `${mantissa}e${power[0]}${power.slice(1).padStart(2, '0')}`;
}

function general(size: number, places: number, alternate: boolean, point = false): string {
  const significant = Math.max(1, places);
  const power = size === 0 ? 0 : Number(size.toExponential(significant - 1).split('e')[1]);
  const text =
    power < -4 || power >= significant
      ? exponent(size, significant - 1)
      : size.toFixed(Math.max(0, significant - 1 - power));
  const trimmed = alternate || !text.includes('.') ? text : text.replace(/\.?0+(?=e|$)/, '');
  return point && !/[.e]/.test(trimmed) ? `${trimmed}.0` : trimmed;
}

/** `text % value`. */
export function percent(vm: Machine, text: string, value: Value): string {
  const values = is(value, 'tuple') ? value.v : [value];
  let at = 0;
  const result = text.replace(
    /%(?:\((.*?)\))?([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?([diouxXeEfFgGcrsa%])/g,
    (
      _match,
      name: string | undefined,
      flags: string,
      width: string | undefined,
      precision: string | undefined,
      kind: string,
    ) => {
      if (kind === '%') return '%';
      const next = () => {
        if (at >= values.length) throw vm.error('TypeError', 'not enough arguments for format string');
        at += 1;
        return values[at - 1]!;
      };
      const wide = width === '*' ? String(next()) : (width ?? '');
      const exact = precision === '*' ? String(next()) : precision;
      const item = name === undefined ? next() : getItem(vm, value, name);
      return percentItem(vm, item, flags, wide, exact, kind);
    },
  );
  const rest = /%(?![-+ 0#*.\d(hlLdiouxXeEfFgGcrsa%])(.)/.exec(text.replaceAll('%%', ''));
  if (rest)
    throw vm.error(
      'ValueError',
      `unsupported format character '${rest[1]}' (0x${rest[1]!.charCodeAt(0).toString(16)}) at index ${rest.index + 1}`,
    );
  if (at < values.length && !is(value, 'dict') && !(at === 0 && is(value, 'list', 'object')))
    throw vm.error('TypeError', 'not all arguments converted during string formatting');
  return result;
}

function percentItem(
  vm: Machine,
  item: Value,
  flags: string,
  width: string,
  precision: string | undefined,
  kind: string,
): string {
  const left = flags.includes('-') ? '<' : '';
  if (kind === 's' || kind === 'r' || kind === 'a') {
    const text = kind === 's' ? str(vm, item) : repr(vm, item);
    return formatValue(vm, text, `${left || '>'}${width}${precision === undefined ? '' : `.${precision}`}`);
  }
  if (kind === 'c') return typeof item === 'string' ? item : String.fromCodePoint(Number(item));
  if (typeof item !== 'bigint' && typeof item !== 'number' && typeof item !== 'boolean')
    throw vm.error(
      'TypeError',
      `%${kind} format: a ${'diu'.includes(kind) ? 'real number' : 'number'} is required, not ${classOf(item).name}`,
    );
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const zero = flags.includes('0') && left === '' ? '0' : '';
  const hash = flags.includes('#') ? '#' : '';
  if ('diu'.includes(kind)) {
    const whole = typeof item === 'number' ? BigInt(Math.trunc(item)) : BigInt(item);
    return formatValue(vm, whole, `${left}${sign}${zero}${width}d`);
  }
  const number = 'xXo'.includes(kind) ? BigInt(item) : Number(item);
  return formatValue(
    vm,
    number,
    `${left}${sign}${hash}${zero}${width}${precision === undefined ? '' : `.${precision}`}${kind}`,
  );
}

/** `text.format(…)`. */
export function formatText(
  vm: Machine,
  text: string,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): string {
  let automatic = 0;
  const field = (source: string): string => {
    const [, path = '', conversion = '', spec = ''] = /^([^!:]*)(?:!([rsa]))?(?::([\s\S]*))?$/.exec(source) ?? [];
    const [, first = '', rest = ''] = /^([^.[]*)(.*)$/s.exec(path) ?? [];
    let value: Value | undefined;
    if (first === '' || /^\d+$/.test(first)) {
      const index = first === '' ? automatic : Number(first);
      if (first === '') automatic += 1;
      value = args[index];
      if (value === undefined)
        throw vm.error('IndexError', `Replacement index ${index} out of range for positional args tuple`);
    } else {
      value = keywords.get(first);
      if (value === undefined) throw vm.error('KeyError', first);
    }
    for (const [, attribute, index] of rest.matchAll(/\.(\w+)|\[([^\]]*)\]/g))
      value =
        attribute !== undefined
          ? getAttribute(vm, value, attribute)
          : getItem(vm, value, /^\d+$/.test(index!) ? BigInt(index!) : index!);
    const shown =
      conversion === 'r' || conversion === 'a' ? repr(vm, value) : conversion === 's' ? str(vm, value) : value;
    return formatValue(
      vm,
      shown,
      spec.replace(/\{([^{}]*)\}/g, (_match, inner: string) => field(inner)),
    );
  };
  return text.replace(/\{\{|\}\}|\{((?:[^{}]|\{[^{}]*\})*)\}|[{}]/g, (match, inner?: string) => {
    if (match === '{{') return '{';
    if (match === '}}') return '}';
    if (inner === undefined) throw vm.error('ValueError', `Single '${match}' encountered in format string`);
    return field(inner);
  });
}

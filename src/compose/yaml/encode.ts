import type { Encodable } from '../encodable.ts';
import { compareKeys } from './key-order.ts';
import { isAmbiguous } from './scalar.ts';

/** YAML as go-yaml's encoder writes it with an indentation of 2 (yaml encode.go, emitterc.go). */
export function encodeYaml(value: Encodable): string {
  const lines: string[] = [];
  write(value, 0, '', lines);
  return `${lines.join('\n')}\n`;
}

function write(value: Encodable, indent: number, prefix: string, lines: string[]): void {
  const entries = entriesOf(value);
  if (entries) {
    if (entries.length === 0) {
      lines.push(`${prefix}{}`);
      return;
    }
    let first = prefix;
    for (const [key, one] of entries) {
      writeEntry(`${first}${scalar(key)}:`, one, indent, lines);
      first = ' '.repeat(indent);
    }
  } else if (Array.isArray(value)) {
    if (value.length === 0) {
      lines.push(`${prefix}[]`);
      return;
    }
    let first = prefix;
    for (const one of value as readonly Encodable[]) {
      write(one, indent + 2, `${first}- `, lines);
      first = ' '.repeat(indent);
    }
  } else {
    const text = typeof value === 'string' ? value : undefined;
    if (text?.includes('\n') && blockAllowed(text)) literal(text, prefix, indent, lines);
    else lines.push(`${prefix}${scalarOf(value as null | boolean | number | string)}`);
  }
}

function writeEntry(head: string, value: Encodable, indent: number, lines: string[]): void {
  const nested = ' '.repeat(indent + 2);
  const entries = entriesOf(value);
  const size = entries?.length ?? (Array.isArray(value) ? value.length : -1);
  if (size > 0) {
    lines.push(head);
    write(value, indent + 2, nested, lines);
  } else write(value, indent + 2, `${head} `, lines);
}

/** The entries of a mapping: those of a struct in their order, those of a map sorted. */
function entriesOf(value: Encodable): (readonly [string, Encodable])[] | undefined {
  if (value instanceof Map)
    return [...(value as ReadonlyMap<string, Encodable>).entries()].sort(([a], [b]) => compareKeys(a, b));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value as Readonly<Record<string, Encodable>>);
}

function scalarOf(value: null | boolean | number | string): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return scalar(value);
  return typeof value === 'number' ? goFloat(value) : String(value);
}

/** A number as strconv.FormatFloat writes it in the format `g`; whole numbers as they are. */
export function goFloat(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 21) return String(value);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function scalar(text: string): string {
  if (text.includes('\n') || isAmbiguous(text)) return doubleQuoted(text);
  if (plainAllowed(text)) return text;
  if (singleAllowed(text)) return `'${text.replaceAll("'", "''")}'`;
  return doubleQuoted(text);
}

const SPECIAL = /[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function plainAllowed(text: string): boolean {
  if (/^\s|\s$/.test(text) || SPECIAL.test(text) || /^(?:---|\.\.\.)/.test(text)) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[-?:](?:\s|$)/.test(text)) return false;
  return !/:(?:\s|$)/.test(text.slice(1)) && !/\s#/.test(text);
}

function singleAllowed(text: string): boolean {
  return !SPECIAL.test(text);
}

function blockAllowed(text: string): boolean {
  return !/ (?:\n|$)/.test(text) && !SPECIAL.test(text.replaceAll('\n', '').replaceAll('\t', ''));
}

function literal(text: string, prefix: string, indent: number, lines: string[]): void {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomp = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') || text === '\n' ? '+' : '';
  lines.push(`${prefix}|${hint}${chomp}`);
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  for (const line of body.split('\n')) lines.push(line === '' ? '' : ' '.repeat(indent) + line);
}

const ESCAPED: Readonly<Record<string, string>> = {
  ...{ '\0': '\\0', '\x07': '\\a', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r' },
  ...{ '\x1b': '\\e', '"': '\\"', '\\': '\\\\', '\u0085': '\\N', '\u00a0': '\\_', '\u2028': '\\L', '\u2029': '\\P' },
};

function doubleQuoted(text: string): string {
  let result = '"';
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (ESCAPED[char]) result += ESCAPED[char];
    else if (!SPECIAL.test(char)) result += char;
    else if (code <= 0xff) result += `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    else if (code <= 0xffff) result += `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
    else result += `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`;
  }
  return `${result}"`;
}

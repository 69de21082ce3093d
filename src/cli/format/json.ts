import { Duration, NIL_LIST, NIL_MAP } from '../../engine/json.ts';
import { Bytes, Float, isList, isMap, JsonNumber, Methods, sortedKeys, Time, type Value } from './value.ts';

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** How JSON is written. */
export interface JsonStyle {
  /** `<`, `>` and `&` as `\u003c` …, as Go's encoding/json does unless told otherwise. */
  readonly html: boolean;
  /** Spaces of a step of indentation; none: all in one line. */
  readonly indent?: number;
}

/** A value as Go's encoding/json writes it: structs in their fields' order, maps sorted, nil as `null`. */
export function toJson(value: Value, style: JsonStyle): string {
  return write(value, style, '');
}

function write(value: Value, style: JsonStyle, margin: string): string {
  if (value === null || value === undefined || value === NIL_LIST || value === NIL_MAP) return 'null';
  if (typeof value === 'string') return quoted(value, style.html);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Float) return numberText(value.value);
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof Duration) return numberText(value.nanoseconds);
  if (value instanceof Time) return `"${rfc3339(value.milliseconds)}"`;
  // Rows are marshalled to maps of their own, where HTML is always escaped.
  if (value instanceof Methods) return row(value);
  const inner = style.indent === undefined ? '' : `${margin}${' '.repeat(style.indent)}`;
  if (value instanceof Bytes) return `"${btoa(String.fromCharCode(...value))}"`;
  if (isList(value))
    return enclose(
      '[',
      ']',
      value.map((item) => write(item, style, inner)),
      style,
      margin,
    );
  const entries = isMap(value) ? sortedKeys(value).map((key) => [key, value.get(key)] as const) : Object.entries(value);
  const colon = style.indent === undefined ? ':' : ': ';
  const fields = entries
    .filter(([, field]) => field !== undefined)
    .map(([key, field]) => `${quoted(key, style.html)}${colon}${write(field, style, inner)}`);
  return enclose('{', '}', fields, style, margin);
}

function enclose(open: string, close: string, parts: readonly string[], { indent }: JsonStyle, margin: string): string {
  if (parts.length === 0) return `${open}${close}`;
  if (indent === undefined) return `${open}${parts.join(',')}${close}`;
  const inner = `\n${margin}${' '.repeat(indent)}`;
  return `${open}${inner}${parts.join(`,${inner}`)}\n${margin}${close}`;
}

function row({ methods }: Methods): string {
  const fields = Object.keys(methods)
    .filter((name) => methods[name]!.length === 0)
    .sort();
  return `{${fields.map((name) => `"${name}":${toJson(methods[name]!(), { html: true })}`).join(',')}}`;
}

function quoted(text: string, html: boolean): string {
  const escaped = text.replace(html ? /["\\\0-\x1f<>&\u2028\u2029]/g : /["\\\0-\x1f\u2028\u2029]/g, (char) => {
    return SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

function numberText(value: number): string {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? BigInt(value).toString() : String(value);
}

/** A time as the Engine API writes it, without zeros at its end. */
export function rfc3339(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.?0*Z$/, 'Z');
}

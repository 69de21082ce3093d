import type { Encodable } from './encodable.ts';
import { goFloat } from './yaml/encode.ts';

/** JSON as Go's json.MarshalIndent writes it with an indentation of 2: maps sorted, `<`, `>` and `&` escaped. */
export function encodeJson(value: Encodable, indent = ''): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return jsonString(value);
  if (typeof value === 'number') return goFloat(value);
  if (typeof value === 'boolean') return String(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${(value as readonly Encodable[]).map((one) => deeper + encodeJson(one, deeper)).join(',\n')}\n${indent}]`;
  }
  const entries =
    value instanceof Map
      ? [...(value as ReadonlyMap<string, Encodable>).entries()].sort(([a], [b]) => (a < b ? -1 : 1))
      : Object.entries(value as Readonly<Record<string, Encodable>>);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, one]) => `${deeper}${jsonString(key)}: ${encodeJson(one, deeper)}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function jsonString(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

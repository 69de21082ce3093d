import { decode, encode } from '../../../engine/bytes.ts';
import { fromBase64, toBase64 } from '../encode.ts';
import { JqError } from './evaluate.ts';
import { type Json, Literal, print, typeOf } from './json.ts';

/** A value as text in a format such as `@csv`. */
export function formatText(format: string, value: Json): string {
  const text = typeof value === 'string' ? value : print(value);
  switch (format) {
    case '@text':
      return text;
    case '@json':
      return print(value);
    case '@csv':
      return row('csv', value, ',', (cell) => `"${cell.replaceAll('"', '""')}"`);
    case '@tsv':
      return row('tsv', value, '\t', (cell) =>
        cell.replace(/[\\\t\n\r]/g, (char) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[char]!),
      );
    case '@html':
      return text.replace(
        /[<>&'"]/g,
        (char) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&#39;', '"': '&quot;' })[char]!,
      );
    case '@uri':
      return encode(text).replace(
        /[^A-Za-z0-9\-_.~]/g,
        (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
      );
    case '@sh':
      return (Array.isArray(value) ? value : [value]).map(shellWord).join(' ');
    case '@base64':
      return toBase64(encode(text));
    case '@base64d': {
      const { bytes, valid } = fromBase64(
        text.replace(/=+$/, '').padEnd(Math.ceil(text.replace(/=+$/, '').length / 4) * 4, '='),
      );
      if (!valid && bytes === '') throw new JqError(`${typeOf(value)} (${print(value)}) is not valid base64 data`);
      return decode(bytes);
    }
    default:
      throw new JqError(`${format.slice(1)} is not a valid format`);
  }
}

function row(name: string, value: Json, between: string, quote: (cell: string) => string): string {
  if (!Array.isArray(value))
    throw new JqError(`${typeOf(value)} (${print(value)}) cannot be ${name}-formatted, only an array can be`);
  return value
    .map((cell) => {
      if (cell === null) return '';
      if (typeof cell === 'string') return quote(cell);
      if (typeof cell === 'boolean' || typeof cell === 'number' || cell instanceof Literal) return print(cell);
      throw new JqError(`${typeOf(cell)} (${print(cell)}) is not valid in a ${name} row`);
    })
    .join(between);
}

function shellWord(value: Json): string {
  if (Array.isArray(value) || value instanceof Map)
    throw new JqError(`${typeOf(value)} (${print(value)}) can not be escaped for shell`);
  return typeof value === 'string' ? `'${value.replaceAll("'", "'\\''")}'` : print(value);
}

import { OptionError } from './option-error.ts';

/**
 * The fields of one line of comma-separated values, quoted ones may hold commas (Go, encoding/csv). Throws
 * {@link OptionError} with Go's words, `EOF` for an empty text.
 */
export function parseCsv(text: string): string[] {
  const line = text.replace(/\r?\n[\s\S]*$/, '');
  if (line === '') throw new OptionError('EOF');
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const [field, end] = line[at] === '"' ? quotedField(line, at) : plainField(line, at);
    fields.push(field);
    if (end >= line.length) return fields;
    at = end + 1;
  }
}

const refused = (at: number, why: string) => new OptionError(`parse error on line 1, column ${at + 1}: ${why}`);

function plainField(line: string, start: number): [field: string, end: number] {
  const comma = line.indexOf(',', start);
  const end = comma < 0 ? line.length : comma;
  const field = line.slice(start, end);
  const quote = field.indexOf('"');
  if (quote >= 0) throw refused(start + quote, 'bare " in non-quoted-field');
  return [field, end];
}

function quotedField(line: string, start: number): [field: string, end: number] {
  let field = '';
  let at = start + 1;
  for (;;) {
    const quote = line.indexOf('"', at);
    if (quote < 0) throw refused(line.length, 'extraneous or missing " in quoted-field');
    field += line.slice(at, quote);
    const next = line[quote + 1];
    if (next === undefined || next === ',') return [field, quote + 1];
    if (next !== '"') throw refused(quote, 'extraneous or missing " in quoted-field');
    field += '"';
    at = quote + 2;
  }
}

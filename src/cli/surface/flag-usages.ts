import { goQuote } from '../quote.ts';
import type { Flag } from './flag.ts';

/** Columns of a help text (docker/cli, wrappedFlagUsages: the terminal's width, else 80, without the last). */
const COLUMNS = 79;
/** A word so short is not left alone on a last line. */
const SLOP = 5;
/** Least space for a description beside the flags; with less, it stands below. */
const LEAST = 24;
const BLOCK_INDENT = 16;

/** What pflag prints of flags: their names in a column, descriptions and defaults beside them, wrapped. */
export function flagUsages(flags: readonly Flag[], explain: (flag: Flag) => string): string {
  const rows = flags
    .filter(({ hidden, deprecated }) => !hidden && deprecated === undefined)
    .map((flag) => ({ left: leftColumn(flag), right: explain(flag) + defaultText(flag) }));
  const width = Math.max(0, ...rows.map(({ left }) => left.length)) + 1;
  return rows
    .map(({ left, right }) => `${left.padEnd(width)}  ${wrap(width + 2, right)}`.replace(/[ \t]+$/gm, ''))
    .join('\n');
}

function leftColumn({ name, shorthand, type }: Flag): string {
  const names = shorthand === undefined ? `      --${name}` : `  -${shorthand}, --${name}`;
  return type === 'bool' ? names : `${names} ${type}`;
}

function defaultText({ type, default: value }: Flag): string {
  if (value === '' || value === 'false') return '';
  return ` (default ${type === 'string' ? goQuote(value) : value})`;
}

/** Breaks a text into lines, all but the first indented. */
function wrap(indent: number, text: string): string {
  const beside = COLUMNS - indent >= LEAST;
  const margin = beside ? indent : BLOCK_INDENT;
  const width = COLUMNS - margin - SLOP;
  const lines: string[] = [];
  for (let rest = text; rest !== '' || lines.length === 0; ) {
    const [line, after] = breakLine(width, rest);
    lines.push(line);
    if (after === '') break;
    rest = after;
  }
  const newline = `\n${' '.repeat(margin)}`;
  return (beside ? '' : newline) + lines.join('\n').replaceAll('\n', newline);
}

function breakLine(width: number, text: string): readonly [line: string, rest: string] {
  if (width + SLOP > text.length) return [text, ''];
  const head = text.slice(0, width);
  const space = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\t'), head.lastIndexOf('\n'));
  if (space <= 0) return [text, ''];
  const line = head.lastIndexOf('\n');
  const at = line > 0 && line < space ? line : space;
  return [text.slice(0, at), text.slice(at + 1)];
}

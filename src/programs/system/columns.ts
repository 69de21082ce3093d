import { decode } from '../../engine/bytes.ts';
import type { Flavour } from '../tool.ts';

const lengthOf = (name: string) => [...decode(name)].length;

/** Names side by side as `ls -C` (or, `across`, `ls -x`) sets them on a screen of `width` columns. */
export function columns(names: readonly string[], width: number, flavour: Flavour, across = false): string {
  if (names.length === 0) return '';
  return flavour === 'busybox' ? even(names, width, across) : tight(names, width, across);
}

/** BusyBox: all columns as wide as the longest name and two blanks. */
function even(names: readonly string[], width: number, across: boolean): string {
  const wide = Math.max(...names.map(lengthOf)) + 2;
  const count = Math.max(1, Math.floor(width / wide));
  const rows = Math.ceil(names.length / count);
  let text = '';
  for (let row = 0; row < rows; row += 1) {
    const line: string[] = [];
    for (let column = 0; column < count; column += 1) {
      const name = names[across ? row * count + column : column * rows + row];
      if (name !== undefined && (across || column * rows + row < names.length)) line.push(name);
    }
    text += `${line.map((name, i) => (i < line.length - 1 ? name + ' '.repeat(wide - lengthOf(name)) : name)).join('')}\n`;
  }
  return text;
}

/** GNU: each column as wide as its own longest name and two blanks, tabs where they reach. */
function tight(names: readonly string[], width: number, across: boolean): string {
  for (let count = Math.min(names.length, Math.max(1, Math.floor(width / 3))); count >= 1; count -= 1) {
    const rows = Math.ceil(names.length / count);
    const widths: number[] = [];
    names.forEach((name, i) => {
      const column = across ? i % count : Math.floor(i / rows);
      widths[column] = Math.max(widths[column] ?? 0, lengthOf(name) + 2);
    });
    const sum = widths.reduce((a, b) => a + b, 0) - 2;
    if (count > 1 && (sum >= width || widths.length < count)) continue;
    return laidOut(names, rows, widths, across ? count : undefined);
  }
  return '';
}

function laidOut(
  names: readonly string[],
  rows: number,
  widths: readonly number[],
  across: number | undefined,
): string {
  let text = '';
  for (let row = 0; row < rows; row += 1) {
    let position = 0;
    let start = 0;
    for (let column = 0; column < widths.length; column += 1) {
      const name = names[across ? row * across + column : column * rows + row];
      if (name === undefined) break;
      text += gap(position, start) + name;
      position = start + lengthOf(name);
      start += widths[column]!;
    }
    text += '\n';
  }
  return text;
}

/** Blanks and tabs from one screen column to another (coreutils, indent). */
function gap(from: number, to: number): string {
  let text = '';
  let at = from;
  while (at < to) {
    if (Math.floor(to / 8) > Math.floor((at + 1) / 8)) {
      text += '\t';
      at += 8 - (at % 8);
    } else {
      text += ' ';
      at += 1;
    }
  }
  return text;
}

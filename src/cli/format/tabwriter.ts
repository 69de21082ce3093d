/** Ranges of characters that a terminal shows two columns wide (East Asian wide and full width, emoji). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /\p{Mn}|[\u200b-\u200f]/u;
const PLAIN = /^[\x20-\x7e\u2026]*$/;

/** Columns that a text takes on a terminal. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const char of text) width += NO_WIDTH.test(char) || char < ' ' ? 0 : WIDE.test(char) ? 2 : 1;
  return width;
}

export interface Columns {
  /** Least width of a cell, its padding included. */
  readonly minWidth: number;
  readonly padding: number;
}

/** How docker's client aligns its lists. */
export const LISTS: Columns = { minWidth: 10, padding: 3 };

/**
 * Aligns cells that end with a tab: neighbouring lines that have a cell in a column make it as wide as its widest cell
 * (Go, text/tabwriter). The last cell of a line belongs to no column.
 */
export function align(text: string, { minWidth, padding }: Columns = LISTS): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const widths: number[] = [];
  const written: string[] = [];
  const write = (from: number, to: number) => {
    for (const cells of lines.slice(from, to))
      written.push(
        cells
          .map((cell, column) => {
            const width = widths[column];
            return width === undefined ? cell : cell + ' '.repeat(Math.max(0, width - displayWidth(cell)));
          })
          .join(''),
      );
  };
  const format = (first: number, last: number) => {
    let from = first;
    const column = widths.length;
    for (let at = first; at < last; at += 1) {
      if (column >= lines[at]!.length - 1) continue;
      write(from, at);
      from = at;
      let width = minWidth;
      for (; at < last && column < lines[at]!.length - 1; at += 1)
        width = Math.max(width, displayWidth(lines[at]![column]!) + padding);
      widths.push(width);
      format(from, at);
      widths.pop();
      from = at;
      at -= 1;
    }
    write(from, last);
  };
  format(0, lines.length);
  return written.join('\n');
}

import { displayWidth } from './tabwriter.ts';

/** Columns of one character: two for wide ones, else one, be it a line's end (docker/cli, formatter.charWidth). */
function charWidth(char: string): number {
  return displayWidth(char) === 2 ? 2 : 1;
}

/** A text cut to so many columns, its end replaced by an ellipsis (docker/cli, formatter.Ellipsis). */
export function ellipsis(text: string, columns: number): string {
  const chars = [...text];
  if (chars.reduce((sum, char) => sum + charWidth(char), 0) <= columns) return text;
  let cut = '';
  let width = 0;
  for (const char of chars) {
    width += charWidth(char);
    if (width > columns - 1) break;
    cut += char;
  }
  return `${cut}…`;
}

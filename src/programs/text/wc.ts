import { FileError } from '../../engine/files/errors.ts';
import { resolve } from '../../engine/files/path.ts';
import type { ToolTable } from '../tool.ts';
import { readFile, splitLines } from './support/input.ts';
import { parseOptions } from './support/options.ts';
import { type Context, textTool } from './support/tool.ts';

const LONG = {
  bytes: 'c',
  chars: 'm',
  lines: 'l',
  words: 'w',
  'max-line-length': 'L',
  total: 'total:',
  'files0-from': 'files0:',
};
/** In the order in which counts are printed. */
const GNU_ORDER = ['l', 'w', 'm', 'c', 'L'];
const BUSYBOX_ORDER = ['l', 'w', 'm', 'c', 'L'];

function wc(context: Context): undefined {
  const options = parseOptions(context, context.busybox ? { short: 'cmlwL' } : { short: 'cmlwL', long: LONG });
  const order = context.busybox ? BUSYBOX_ORDER : GNU_ORDER;
  const given = order.filter((kind) => options.has(kind));
  const kinds = given.length > 0 ? given : ['l', 'w', 'c'];
  const { operands } = options;
  const width = numberWidth(context, operands, kinds.length);
  const print = (counts: readonly number[], name: string) => {
    const shown = counts.map((count) => String(count).padStart(width)).join(' ');
    context.out(`${shown}${name === '' ? '' : ` ${name}`}\n`);
  };
  const totals = kinds.map(() => 0);
  for (const name of operands.length > 0 ? operands : ['-']) {
    let text: string;
    try {
      text = readFile(context.kernel, name);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const folder = error.code === 'EISDIR';
      if (context.busybox) context.complain(`${name}: ${error.message}`);
      if (folder)
        print(
          kinds.map(() => 0),
          name,
        );
      if (!context.busybox) context.complain(`${name}: ${error.message}`);
      continue;
    }
    const counts = kinds.map((kind) => count(context, kind, text));
    for (const [index, kind] of kinds.entries())
      totals[index] = kind === 'L' ? Math.max(totals[index]!, counts[index]!) : totals[index]! + counts[index]!;
    print(counts, operands.length > 0 ? name : '');
  }
  if (operands.length > 1) print(totals, 'total');
}

function count({ utf8, busybox }: Context, kind: string, text: string): number {
  switch (kind) {
    case 'l':
      return text.split('\n').length - 1;
    case 'w':
      return text.match(/[^\t-\r ]+/g)?.length ?? 0;
    case 'm':
      return utf8 && !busybox ? text.replace(/[\x80-\xbf]/g, '').length : text.length;
    case 'c':
      return text.length;
    default:
      return Math.max(
        0,
        ...splitLines(text).map((line) => lineWidth(utf8 && !busybox ? line.replace(/[\x80-\xbf]/g, '') : line)),
      );
  }
}

function lineWidth(line: string): number {
  let width = 0;
  for (const char of line) width = char === '\t' ? width - (width % 8) + 8 : char >= ' ' ? width + 1 : width;
  return width;
}

function numberWidth({ kernel, busybox }: Context, operands: readonly string[], kinds: number): number {
  if (busybox) return kinds === 1 && operands.length <= 1 ? 1 : 9;
  if (kinds === 1 && operands.length <= 1) return 1;
  if (operands.length === 0) return 7;
  let total = 0;
  let least = 1;
  for (const name of operands) {
    const node = name === '-' ? undefined : stat(() => kernel.files.stat(resolve(kernel.cwd, name)));
    if (node?.type === 'file') total += node.size;
    else if (node || name === '-') least = 7;
  }
  return Math.max(least, String(total).length);
}

function stat<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

export const wcTools: ToolTable = { wc: textTool(wc) };

import type { ToolTable } from '../tool.ts';
import { plainProblem, readOperands, splitLines } from './support/input.ts';
import { parseOptions } from './support/options.ts';
import { type Context, textTool } from './support/tool.ts';

function fold(context: Context): undefined {
  const words = context.kernel.argv.slice(1).map((word) => word.replace(/^-(\d+)$/, '-w$1'));
  const options = parseOptions(
    context,
    context.busybox
      ? { short: 'bsw:' }
      : { short: 'bsw:c', long: { bytes: 'b', spaces: 's', width: 'w:', characters: 'c' } },
    words,
  );
  const given = options.value('w') ?? '80';
  if (!/^\d+$/.test(given) || Number(given) === 0)
    throw context.fail(
      context.busybox ? `invalid number '${given}'` : `invalid number of columns: ${context.quote(given)}`,
    );
  const width = Number(given);
  for (const { text } of readOperands(context, options.operands, plainProblem))
    context.out(text.replace(/[^\n]+/g, (line) => foldLine(line, width, options.has('s'))));
}

function foldLine(line: string, width: number, spaces: boolean): string {
  let rest = line;
  const parts: string[] = [];
  while (rest.length > width) {
    let cut = width;
    if (spaces) {
      const blank = Math.max(rest.lastIndexOf(' ', width - 1), rest.lastIndexOf('\t', width - 1));
      if (blank >= 0) cut = blank + 1;
    }
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest].join('\n');
}

/** Paragraphs filled up to a width; GNU's prefers lines of 93 % of it. */
function fmt(context: Context): undefined {
  const words = context.kernel.argv.slice(1).map((word) => word.replace(/^-(\d+)$/, '-w$1'));
  const options = parseOptions(context, { short: 'cstuw:p:g:', long: { width: 'w:' } }, words);
  const width = Number(options.value('w') ?? 75);
  for (const { text } of readOperands(context, options.operands, plainProblem))
    for (const paragraph of text.split(/(\n[ \t]*(?=\n))/)) {
      if (/^\n[ \t]*$/.test(paragraph)) {
        context.out('\n');
        continue;
      }
      let line = '';
      const indent = /^\n?([ \t]*)/.exec(paragraph)![1]!;
      for (const word of paragraph.split(/\s+/).filter((w) => w !== '')) {
        if (line !== '' && indent.length + line.length + 1 + word.length > width) {
          context.out(`${indent}${line}\n`);
          line = '';
        }
        line += line === '' ? word : ` ${word}`;
      }
      if (line !== '') context.out(`${indent}${line}\n`);
    }
}

function stops(text: string | undefined): number {
  return Number(/^\d+/.exec(text ?? '8')?.[0] ?? 8) || 8;
}

function expand(context: Context): undefined {
  const options = parseOptions(context, { short: 'it:', long: { initial: 'i', tabs: 't:' } });
  const width = stops(options.value('t'));
  for (const { text } of readOperands(context, options.operands, plainProblem)) {
    let column = 0;
    let leading = true;
    let result = '';
    for (const char of text) {
      if (char === '\n') {
        column = 0;
        leading = true;
        result += char;
      } else if (char === '\t' && (leading || !options.has('i'))) {
        const blanks = width - (column % width);
        result += ' '.repeat(blanks);
        column += blanks;
      } else {
        if (char !== ' ') leading = false;
        result += char;
        column += 1;
      }
    }
    context.out(result);
  }
}

function unexpand(context: Context): undefined {
  const options = parseOptions(context, { short: 'aft:', long: { all: 'a', 'first-only': 'f', tabs: 't:' } });
  const width = stops(options.value('t'));
  const all = options.has('a') || (options.has('t') && !options.has('f'));
  for (const { text } of readOperands(context, options.operands, plainProblem))
    context.out(
      text.replace(all ? /[^\n]+/g : /^[ \t]+/gm, (line) => {
        let result = '';
        let blanks = '';
        let column = 0;
        for (const char of line) {
          column = char === '\t' ? column - (column % width) + width : column + 1;
          if (char === ' ' || char === '\t') {
            blanks += char;
            if (column % width === 0) {
              result += blanks === ' ' && all ? ' ' : '\t';
              blanks = '';
            }
          } else {
            result += blanks + char;
            blanks = '';
          }
        }
        return result + blanks;
      }),
    );
}

function column(context: Context): undefined {
  const options = parseOptions(context, {
    short: 'ts:o:c:xnN:R:H:JT:',
    long: {
      table: 't',
      separator: 's:',
      'output-separator': 'o:',
      'output-width': 'c:',
      fillrows: 'x',
      'table-columns': 'N:',
      'table-right': 'R:',
    },
  });
  const problem = (name: string, error: Error) => `cannot open ${name}: ${error.message}`;
  const lines: string[] = [];
  for (const { text } of readOperands(context, options.operands, problem)) lines.push(...splitLines(text));
  const kept = lines.filter((line) => line.trim() !== '');
  if (options.has('t')) {
    table(context, kept, options.value('s'), options.value('o') ?? '  ', options.value('N'), options.value('R'));
    return;
  }
  const width = Number(options.value('c') ?? 80);
  const longest = Math.max(0, ...kept.map((line) => line.length));
  const cell = longest - (longest % 8) + 8;
  const columns = Math.max(1, Math.floor(width / cell));
  const rows = Math.ceil(kept.length / columns);
  for (let row = 0; row < rows; row += 1) {
    const cells = options.has('x')
      ? kept.slice(row * columns, (row + 1) * columns)
      : kept.filter((_, index) => index % rows === row);
    context.out(
      `${cells.map((text, index) => (index < cells.length - 1 ? text + '\t'.repeat(Math.ceil((cell - text.length) / 8)) : text)).join('')}\n`,
    );
  }
}

function table(
  context: Context,
  lines: readonly string[],
  separators: string | undefined,
  between: string,
  names: string | undefined,
  right: string | undefined,
): void {
  const rows = lines.map((line) =>
    separators === undefined
      ? line.trim().split(/[ \t]+/)
      : line.split(new RegExp(`[${separators.replace(/[\]\\^-]/g, '\\$&')}]`)),
  );
  if (names !== undefined) rows.unshift(names.split(','));
  const widths: number[] = [];
  for (const row of rows)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  const aligned = new Set(
    (right ?? '')
      .split(',')
      .map((key) => (/^\d+$/.test(key) ? Number(key) - 1 : (names ?? '').split(',').indexOf(key))),
  );
  for (const row of rows) {
    const filled = Array.from({ length: widths.length }, (_, index) => row[index] ?? '');
    const cells = filled.map((cell, index) =>
      aligned.has(index)
        ? cell.padStart(widths[index]!)
        : index === widths.length - 1
          ? cell
          : cell.padEnd(widths[index]!),
    );
    context.out(`${cells.join(between)}\n`);
  }
}

export const foldTools: ToolTable = {
  fold: textTool(fold),
  fmt: textTool(fmt),
  expand: textTool(expand),
  unexpand: textTool(unexpand),
  column: textTool(column),
};

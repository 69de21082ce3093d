import type { FileError } from '../../engine/files/errors.ts';
import type { ToolTable } from '../tool.ts';
import { plainProblem, readOperands, splitLines } from './support/input.ts';
import { parseOptions } from './support/options.ts';
import { type Context, textTool } from './support/tool.ts';

const CAT_LONG = {
  'show-all': 'A',
  'number-nonblank': 'b',
  'show-ends': 'E',
  number: 'n',
  'squeeze-blank': 's',
  'show-tabs': 'T',
  'show-nonprinting': 'v',
};

function cat(context: Context): undefined {
  const options = context.busybox
    ? parseOptions(context, { short: 'nbvteAu' })
    : parseOptions(context, { short: 'AbeEnstTuv', long: CAT_LONG });
  const has = (...names: string[]) => options.has(...names);
  const tabs = has('A', 't', 'T');
  const ends = has('A', 'e', 'E');
  const visible = has('A', 'e', 't', 'v');
  const numbered = has('b') ? 'nonblank' : has('n') ? 'all' : undefined;
  const plain = !tabs && !ends && !visible && !numbered && !has('s');
  let number = 0;
  let blanks = 0;
  let open = false;
  for (const { text } of readOperands(context, options.operands)) {
    if (plain) {
      context.out(text);
      continue;
    }
    for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
      const body = line.endsWith('\n') ? line.slice(0, -1) : line;
      blanks = body === '' && !open ? blanks + 1 : 0;
      if (has('s') && blanks > 1) continue;
      let shown =
        tabs || visible
          ? body.replace(/[^ -~]/g, (char) => (char === '\t' ? (tabs ? '^I' : char) : visible ? caret(char) : char))
          : body;
      if (numbered && !open && (numbered === 'all' || body !== '')) {
        number += 1;
        shown = `${String(number).padStart(6)}\t${shown}`;
      }
      open = !line.endsWith('\n');
      context.out(shown + (open ? '' : ends ? '$\n' : '\n'));
    }
  }
}

/** A byte that can't be seen, as `^X` or `M-x`. */
export function caret(char: string): string {
  const code = char.charCodeAt(0);
  if (code >= 128) return `M-${caret(String.fromCharCode(code - 128))}`;
  if (code === 127) return '^?';
  return code < 32 ? `^${String.fromCharCode(code + 64)}` : char;
}

function tac(context: Context): undefined {
  const { operands } = parseOptions(context, { short: context.busybox ? '' : 'brs:' });
  const problem = (name: string, error: FileError) =>
    context.busybox
      ? plainProblem(name, error)
      : error.code === 'EISDIR'
        ? `${name}: read error: Invalid argument`
        : `failed to open '${name}' for reading: ${error.message}`;
  const texts = [...readOperands(context, operands, problem)].map(({ text }) => text);
  if (context.busybox) {
    const lines = texts.join('').match(/[^\n]*\n|[^\n]+$/g) ?? [];
    context.out(lines.reverse().join(''));
    return;
  }
  for (const text of texts) context.out((text.match(/[^\n]*\n|[^\n]+$/g) ?? []).reverse().join(''));
}

function rev(context: Context): undefined {
  const { operands } = parseOptions(context, { short: '' });
  const problem = (name: string, error: FileError) =>
    context.busybox ? plainProblem(name, error) : `cannot open ${name}: ${error.message}`;
  for (const { text } of readOperands(context, operands, problem))
    context.out(
      text.replace(/[^\n]+/g, (line) => (line.match(/[\xc2-\xf4][\x80-\xbf]+|[\s\S]/g) ?? []).reverse().join('')),
    );
}

function nl(context: Context): undefined {
  const options = parseOptions(context, {
    short: context.busybox ? 'pb:s:v:i:w:' : 'b:d:f:h:i:l:n:ps:v:w:',
    long: {
      'body-numbering': 'b:',
      'number-separator': 's:',
      'number-width': 'w:',
      'starting-line-number': 'v:',
      'line-increment': 'i:',
      'number-format': 'n:',
    },
  });
  const style = options.value('b') ?? 't';
  const width = Number(options.value('w') ?? 6);
  const separator = options.value('s') ?? '\t';
  const format = options.value('n') ?? 'rn';
  let number = Number(options.value('v') ?? 1);
  for (const { text } of readOperands(context, options.operands, plainProblem))
    for (const line of splitLines(text)) {
      if (style === 'a' || (style === 't' && line !== '')) {
        const digits = String(number);
        const shown = format === 'ln' ? digits.padEnd(width) : digits.padStart(width, format === 'rz' ? '0' : ' ');
        context.out(`${shown}${separator}${line}\n`);
        number += Number(options.value('i') ?? 1);
      } else context.out(`${' '.repeat(width + separator.length)}${line}\n`);
    }
}

export const catTools: ToolTable = { cat: textTool(cat), tac: textTool(tac), rev: textTool(rev), nl: textTool(nl) };

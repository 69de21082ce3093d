import { FileError } from '../../engine/files/errors.ts';
import type { ToolTable } from '../tool.ts';
import { withoutEscapes } from './support/escapes.ts';
import { plainProblem, readFile, readOperands, splitLines } from './support/input.ts';
import { parseOptions } from './support/options.ts';
import { type Context, textTool } from './support/tool.ts';

const CUT_LONG = {
  bytes: 'b:',
  characters: 'c:',
  delimiter: 'd:',
  fields: 'f:',
  complement: 'complement',
  'only-delimited': 's',
  'output-delimiter': 'O:',
  'zero-terminated': 'z',
};

type Range = readonly [from: number, to: number];

function cut(context: Context): undefined {
  const options = context.busybox
    ? parseOptions(context, { short: 'b:c:f:F:d:sDnO:', long: { 'output-delimiter': 'O:' } })
    : parseOptions(context, { short: 'b:c:d:f:nsz', long: CUT_LONG });
  const lists = options.given.filter(({ option }) => 'bcf'.includes(option));
  const [list] = lists;
  if (!list) throw context.usage(context.busybox ? '' : 'you must specify a list of bytes, characters, or fields');
  if (lists.length > 1) throw context.usage(context.busybox ? '' : 'only one list may be specified');
  const given = options.value('d');
  if (!context.busybox) {
    if (given !== undefined && list.option !== 'f')
      throw context.usage('an input delimiter may be specified only when operating on fields');
    if (options.has('s') && list.option !== 'f')
      throw context.usage('suppressing non-delimited lines makes sense\n\tonly when operating on fields');
    if (given !== undefined && given.length > 1 && !(context.utf8 && /^[\xc2-\xf4][\x80-\xbf]+$/.test(given)))
      throw context.usage('the delimiter must be a single character');
  }
  const ranges = parseRanges(context, list.value, list.option);
  const delimiter = context.busybox ? (given?.[0] ?? '\t') : (given ?? '\t') || '\0';
  const outDelimiter = options.value('O') ?? (list.option === 'f' ? delimiter : '');
  const complement = options.has('complement');
  const chosen = (at: number) => ranges.some(([from, to]) => at >= from && at <= to) !== complement;
  for (const { text } of readOperands(context, options.operands, plainProblem))
    for (const line of splitLines(text)) {
      const parts = list.option === 'f' ? line.split(delimiter) : [...line];
      if (list.option === 'f' && parts.length === 1) {
        if (!options.has('s')) context.out(`${line}\n`);
        continue;
      }
      if (list.option === 'f') context.out(`${parts.filter((_, index) => chosen(index + 1)).join(outDelimiter)}\n`);
      else context.out(`${pieces(parts, chosen).join(outDelimiter)}\n`);
    }
}

/** Chosen characters, those beside each other together: an output delimiter stands between ranges only. */
function pieces(chars: readonly string[], chosen: (at: number) => boolean): string[] {
  const found: string[] = [];
  let open = false;
  for (const [index, char] of chars.entries()) {
    const wanted = chosen(index + 1);
    if (wanted && open) found[found.length - 1] += char;
    else if (wanted) found.push(char);
    open = wanted;
  }
  return found;
}

function parseRanges(context: Context, list: string, option: string): Range[] {
  const field = option === 'f';
  return list.split(/[, ]/).map((part): Range => {
    const match = /^(\d*)(-?)(\d*)$/.exec(part);
    if (context.busybox) {
      if (!match || (match[1] === '' && match[3] === '')) {
        if (part === '-' || !match) throw context.fail(`invalid number '${match ? '' : part.replace(/^\d*-/, '')}'`);
      }
    } else if (!match) {
      const bad = part.replace(/^[\d-]*/, '') === '' ? part : part;
      if (/^\d*-\d*-/.test(part)) throw context.usage(`invalid ${field ? 'field' : 'byte or character'} range`);
      throw context.usage(
        `invalid ${field ? 'field value' : 'byte/character position'} ${context.quote(bad.replace(/^\d*-?\d*(?=\D)/, ''))}`,
      );
    } else if (part === '-') throw context.usage('invalid range with no endpoint: -');
    const [, first = '', dash = '', second = ''] = match ?? [];
    const from = first === '' ? 1 : Number(first);
    const to = dash === '' ? from : second === '' ? Number.POSITIVE_INFINITY : Number(second);
    if (first === '' && dash === '') throw context.busybox ? context.usage() : context.usage(numberedFrom1(field));
    if (from === 0 || to === 0)
      throw context.busybox
        ? context.fail(`invalid range ${from}-${dash ? second : from}`)
        : context.usage(numberedFrom1(field));
    if (to < from)
      throw context.busybox ? context.fail(`invalid range ${from}-${to}`) : context.usage('invalid decreasing range');
    return [from, to];
  });
}

function numberedFrom1(field: boolean): string {
  return field ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1';
}

function paste(context: Context): undefined {
  const options = parseOptions(
    context,
    context.busybox ? { short: 'd:s' } : { short: 'd:sz', long: { delimiters: 'd:', serial: 's' } },
  );
  const given = options.value('d');
  const delimiters = given === undefined ? ['\t'] : delimiterList(given);
  const between = (index: number) => delimiters[index % delimiters.length] ?? '';
  const names = options.operands.length > 0 ? options.operands : ['-'];
  const stdin = names.includes('-') ? splitLines(context.kernel.wholeInput()) : [];
  const sources: string[][] = [];
  for (const name of names) {
    try {
      sources.push(name === '-' ? stdin : splitLines(readFile(context.kernel, name)));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      context.complain(`${name}: ${error.message}`);
      if (!options.has('s')) return;
    }
  }
  const joined = (cells: readonly string[]) =>
    cells.map((cell, index) => (index === 0 ? cell : between(index - 1) + cell)).join('');
  if (options.has('s')) {
    for (const lines of sources) context.out(`${joined(lines.splice(0))}\n`);
    return;
  }
  while (sources.some((lines) => lines.length > 0))
    context.out(`${joined(sources.map((lines) => lines.shift() ?? ''))}\n`);
}

function delimiterList(text: string): string[] {
  if (text === '' || text === '\\0') return [''];
  return [...withoutEscapes(text.replaceAll('\\0', '\x01'))].map((char) => (char === '\x01' ? '' : char));
}

export const cutTools: ToolTable = { cut: textTool(cut), paste: textTool(paste) };

import { FileError } from '../../engine/files/errors.ts';
import type { ToolTable } from '../tool.ts';
import { readFile, splitLines, writeFile } from './support/input.ts';
import { parseOptions } from './support/options.ts';
import { type Context, textTool } from './support/tool.ts';

const LONG = {
  count: 'c',
  repeated: 'd',
  'all-repeated': 'D',
  unique: 'u',
  'ignore-case': 'i',
  'skip-fields': 'f:',
  'skip-chars': 's:',
  'check-chars': 'w:',
  'zero-terminated': 'z',
};

function uniq(context: Context): undefined {
  const options = parseOptions(
    context,
    context.busybox ? { short: 'cduizf:s:w:' } : { short: 'cdDuif:s:w:z', long: LONG },
  );
  const [from = '-', to, extra] = options.operands;
  if (extra !== undefined) throw context.usage(context.busybox ? '' : `extra operand ${context.quote(extra)}`);
  const number = (option: string, fallback: number) => {
    const value = options.value(option);
    if (value === undefined) return fallback;
    if (/^\d+$/.test(value)) return Number(value);
    if (context.busybox) throw context.fail(`invalid number '${value}'`);
    const what = option === 'f' ? 'fields to skip' : option === 's' ? 'bytes to skip' : 'bytes to compare';
    throw context.fail(`${value}: invalid number of ${what}`);
  };
  const fields = number('f', 0);
  const skipped = number('s', 0);
  const width = number('w', Number.POSITIVE_INFINITY);
  const end = options.has('z') ? '\0' : '\n';
  const key = (line: string) => {
    const rest = line.replace(new RegExp(`^(?:[ \\t]*[^ \\t]+){0,${fields}}`), '').slice(skipped);
    const compared = Number.isFinite(width) ? rest.slice(0, width) : rest;
    return options.has('i') ? compared.toLowerCase() : compared;
  };
  let text: string;
  try {
    text = readFile(context.kernel, from);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'EISDIR')
      throw context.fail(context.busybox ? `${from}: I/O error` : `error reading '${from}': ${error.message}`);
    throw context.fail(context.busybox ? `can't open '${from}': ${error.message}` : `${from}: ${error.message}`);
  }
  const groups: string[][] = [];
  let last: string | undefined;
  for (const line of splitLines(text, end)) {
    const current = key(line);
    if (current === last) groups.at(-1)!.push(line);
    else groups.push([line]);
    last = current;
  }
  let result = '';
  for (const group of groups) {
    if (options.has('d') && group.length === 1) continue;
    if (options.has('u') && group.length > 1) continue;
    if (options.has('D')) {
      if (group.length > 1) result += group.map((line) => line + end).join('');
      continue;
    }
    result += `${options.has('c') ? `${String(group.length).padStart(7)} ` : ''}${group[0]}${end}`;
  }
  if (to === undefined || to === '-') context.out(result);
  else writeFile(context.kernel, to, result);
}

export const uniqTools: ToolTable = { uniq: textTool(uniq) };

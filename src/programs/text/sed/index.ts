import { FileError } from '../../../engine/files/errors.ts';
import { resolve } from '../../../engine/files/path.ts';
import type { ToolTable } from '../../tool.ts';
import { readFile, writeFile } from '../support/input.ts';
import { type Options, parseOptions } from '../support/options.ts';
import { type Context, Failure, textTool } from '../support/tool.ts';
import { Editor, type Line } from './run.ts';
import { type Command, parseScript, ScriptProblem } from './script.ts';
import { GNU_USAGE } from './usage.ts';

const LONG = {
  quiet: 'n',
  silent: 'n',
  expression: 'e:',
  file: 'f:',
  'in-place': 'i::',
  'line-length': 'l:',
  posix: 'posix',
  'regexp-extended': 'E',
  separate: 's',
  unbuffered: 'u',
  'null-data': 'z',
  debug: 'debug',
  sandbox: 'sandbox',
  'follow-symlinks': 'follow-symlinks',
};

function sed(context: Context): number {
  const { options, operands, script } = readCall(context);
  const separate = options.has('i', 's');
  const inPlace = options.has('i');
  const end = options.has('z') ? '\0' : '\n';
  const first = /^#n\n/.test(script.text) || script.text === '#n';
  const commands = parsed(context, script, options.has('E', 'r'));
  const editor = new Editor(context, commands, options.has('n') || first, end);
  const all: Line[] = [];
  for (const name of operands.length > 0 ? operands : ['-']) {
    if (editor.quit !== undefined) break;
    const text = content(context, name, inPlace);
    if (text === undefined) continue;
    const lines = toLines(text, end, name);
    if (!separate) {
      all.push(...lines);
      continue;
    }
    const output = editor.run(lines, true);
    if (!inPlace) context.out(output);
    else rewrite(context, name, text, output, options.value('i') ?? '');
  }
  if (!separate) context.out(editor.run(all, false));
  editor.close();
  return editor.quit ?? context.status;
}

interface Script {
  readonly text: string;
  /** Where its parts begin, and what they are: `-e expression #1`, `file x`. */
  readonly parts: readonly { readonly start: number; readonly name: string; readonly file: boolean }[];
}

function readCall(context: Context): { options: Options; operands: readonly string[]; script: Script } {
  let options: Options;
  try {
    options = parseOptions(
      context,
      context.busybox
        ? {
            short: 'i::rEne:f:s',
            long: { 'in-place': 'i::', quiet: 'n', expression: 'e:', file: 'f:', 'regexp-extended': 'E' },
          }
        : { short: 'bsnrzuEe:f:l:i::V:', long: LONG },
    );
  } catch (error) {
    if (!(error instanceof Failure) || context.busybox) throw error;
    throw new Failure(error.message.replace(/Try .*\n$/, GNU_USAGE.replaceAll('sed [', `${context.name} [`)), 1);
  }
  const operands = [...options.operands];
  const given = options.given.filter(({ option }) => option === 'e' || option === 'f');
  if (given.length === 0) {
    const first = operands.shift();
    if (first === undefined) throw context.busybox ? context.usage() : new Failure(GNU_USAGE, 1);
    given.push({ option: 'e', value: first });
  }
  let text = '';
  let expressions = 0;
  const parts = given.map(({ option, value }) => {
    const start = text.length;
    if (option === 'e') {
      expressions += 1;
      text += `${value}\n`;
      return { start, name: `-e expression #${expressions}`, file: false };
    }
    try {
      const content = readFile(context.kernel, value);
      text += content.endsWith('\n') ? content : `${content}\n`;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw context.fail(
        context.busybox ? `can't open '${value}': ${error.message}` : `couldn't open file ${value}: ${error.message}`,
      );
    }
    return { start, name: `file ${value}`, file: true };
  });
  return { options, operands, script: { text: text.slice(0, -1), parts } };
}

function parsed(context: Context, { text, parts }: Script, extended: boolean): Command[] {
  try {
    return parseScript(text, { extended, busybox: context.busybox, utf8: context.utf8 && !context.busybox });
  } catch (error) {
    if (!(error instanceof ScriptProblem)) throw error;
    if (context.busybox) throw context.fail(error.message);
    if (error.at < 0) throw context.fail(error.message, 4);
    const part = parts.findLast(({ start }) => start < error.at) ?? parts[0]!;
    const before = text.slice(part.start, error.at);
    const where = part.file ? `line ${before.split('\n').length}` : `char ${error.at - part.start}`;
    throw context.fail(`${part.name}${part.file ? ' ' : ', '}${where}: ${error.message}`);
  }
}

function content(context: Context, name: string, inPlace: boolean): string | undefined {
  const { kernel, busybox } = context;
  try {
    if (inPlace && kernel.files.stat(resolve(kernel.cwd, name))?.type === 'directory') {
      context.complain(
        busybox ? `${name}: Is a directory` : `couldn't edit ${name}: not a regular file`,
        busybox ? 1 : 4,
      );
      return undefined;
    }
    return readFile(kernel, name);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'EISDIR') {
      if (!busybox) context.complain(`read error on ${name}: ${error.message}`, 4);
    } else if (busybox) context.complain(`${name}: ${error.message}`);
    else context.complain(`can't read ${name}: ${error.message}`, 2);
    return undefined;
  }
}

function rewrite(context: Context, name: string, old: string, text: string, suffix: string): void {
  const { kernel } = context;
  try {
    if (suffix !== '') {
      const backup = suffix.includes('*') ? suffix.replaceAll('*', name) : name + suffix;
      writeFile(kernel, backup, old);
    }
    kernel.files.replaceFile(resolve(kernel.cwd, name), text);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'EBUSY')
      throw context.fail(
        context.busybox
          ? `can't move '${name}XXXXXX' to '${name}': ${error.message}`
          : `cannot rename ${name.includes('/') ? name.replace(/\/[^/]*$/, '') : '.'}/sedXXXXXX: ${error.message}`,
        4,
      );
    const folder = name.includes('/') ? name.replace(/\/[^/]*$/, '') : '.';
    throw context.fail(
      context.busybox
        ? `can't create temp file '${name}XXXXXX': ${error.message}`
        : `couldn't open temporary file ${folder}/sedXXXXXX: ${error.message}`,
      4,
    );
  }
}

function toLines(text: string, end: string, file: string): Line[] {
  if (text === '') return [];
  const lines = text.split(end);
  const open = lines.pop()!;
  const whole = lines.map((line) => ({ text: line, ended: true, file }));
  return open === '' ? whole : [...whole, { text: open, ended: false, file }];
}

export const sedTools: ToolTable = { sed: textTool(sed) };

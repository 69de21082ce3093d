import { FileError } from '../../../engine/files/errors.ts';
import type { ToolTable } from '../../tool.ts';
import { readFile } from '../support/input.ts';
import { runCommand } from '../support/nested.ts';
import { type Options, parseOptions } from '../support/options.ts';
import { type Context, Failure, textTool } from '../support/tool.ts';
import type { AwkProgram } from './ast.ts';
import { generator } from './builtins.ts';
import { Interpreter } from './interpreter.ts';
import { NeedCommand, type Ran } from './io.ts';
import { awkEscapes, SyntaxProblem } from './lexer.ts';
import { parseAwk } from './parser.ts';
import { MAWK_USAGE } from './usage.ts';
import { fromInput } from './values.ts';

/** Commands that one run of a program may start. */
const MAX_COMMANDS = 500;

async function awk(context: Context): Promise<number> {
  const options = readOptions(context);
  const operands = [...options.operands];
  let source = '';
  const given = options.given.filter(({ option }) => 'fEe'.includes(option));
  for (const { option, value } of given) source += `${option === 'e' ? value : programFile(context, value)}\n`;
  if (given.length === 0) {
    const first = operands.shift();
    if (first === undefined) {
      if (context.busybox) throw context.usage();
      throw new Failure(MAWK_USAGE.replaceAll('mawk', context.applet === 'awk' ? 'mawk' : context.applet), 0);
    }
    source = first;
  }
  if (options.has('version')) {
    context.out('mawk 1.3.4 20250131\n');
    return 0;
  }
  const program = parsed(context, source);
  const seed = Math.floor(context.kernel.random() * 2 ** 31);
  const answers: Ran[] = [];
  // A program that begins anew reads the same input again.
  let read: string | undefined;
  const input = () => {
    read ??= context.kernel.wholeInput();
    return read;
  };
  for (;;) {
    const written: { error: boolean; bytes: string }[] = [];
    const hold = (error: boolean) => (bytes: string) => void written.push({ error, bytes });
    const inner = context.within({ input, output: hold(false), error: hold(true) });
    const flush = () => {
      for (const { error, bytes } of written)
        if (error) context.kernel.error(bytes);
        else context.out(bytes);
    };
    const interpreter = new Interpreter(inner, program, answers, generator(seed));
    for (const { option, value } of options.given) {
      if (option === 'F') interpreter.set('FS', separatorOf(value));
      if (option !== 'v') continue;
      const assigned = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(value);
      if (!assigned) throw context.busybox ? context.usage() : context.fail(`improper assignment: -v ${value}`, 2);
      interpreter.set(assigned[1]!, fromInput(awkEscapes(assigned[2]!)));
    }
    try {
      const status = interpreter.run(operands);
      flush();
      return status;
    } catch (error) {
      if (error instanceof Failure) {
        flush();
        throw error;
      }
      if (!(error instanceof NeedCommand)) throw error;
      if (answers.length >= MAX_COMMANDS) throw context.fail('too many commands', 2);
      answers.push(await runCommand(context, error.command, error.input));
    }
  }
}

function readOptions(context: Context): Options {
  try {
    return parseOptions(context, {
      short: context.busybox ? 'v:F:f:E:e:W:' : 'f:F:v:W:',
      ordered: true,
      ...(context.busybox ? {} : { long: { version: 'version' } }),
    });
  } catch (error) {
    if (!(error instanceof Failure) || context.busybox) throw error;
    const option = /'(.*)'/.exec(error.message)?.[1] ?? '';
    throw context.fail(`not an option: ${option.startsWith('-') ? option : `-${option}`}`, 2);
  }
}

/** `-F t` and escapes; a lone backslash sequence such as `\t` is carried out. */
function separatorOf(text: string): string {
  return text === 't' ? '\t' : awkEscapes(text);
}

function programFile(context: Context, name: string): string {
  try {
    return readFile(context.kernel, name);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (context.busybox) throw context.fail(`can't open '${name}': ${error.message}`);
    throw context.fail(`cannot open "${name}" (${error.message})`, 2);
  }
}

function parsed(context: Context, source: string): AwkProgram {
  try {
    return parseAwk(source, context.busybox);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    const near = error.message;
    const open = /^["/]/.test(near) && !/^"[\s\S]*"$/.test(near);
    if (context.busybox) throw context.fail(`cmd. line:${error.line}: Unexpected ${open ? 'end of string' : 'token'}`);
    if (near === 'end of file') throw context.fail(`line ${error.line + 1}: missing } near end of file`, 2);
    if (open)
      throw context.fail(
        `line ${error.line}: runaway ${near.startsWith('"') ? 'string constant' : 'regular expression'} ${near} ...`,
        2,
      );
    if (near === '}') {
      const depth = (source.match(/\{/g)?.length ?? 0) - (source.match(/\}/g)?.length ?? 0);
      if (depth < 0)
        throw new Failure(
          `${context.name}: line ${error.line}: extra '}'\n${context.name}: line ${error.line}: syntax error at or near end of line\n`,
          2,
        );
    }
    throw context.fail(`line ${error.line}: syntax error at or near ${near}`, 2);
  }
}

export const awkTools: ToolTable = { awk: textTool(awk), mawk: textTool(awk) };

import { FileError } from '../../engine/files/errors.ts';
import { type Kernel, NeedInput, type Outcome, type Program } from '../../engine/process/program.ts';
import type { Flavour, ToolTable } from '../tool.ts';
import { withoutEscapes } from './support/escapes.ts';
import { readFile } from './support/input.ts';
import { type Options, parseOptions } from './support/options.ts';
import { Context, Failure } from './support/tool.ts';

const LONG = {
  null: '0',
  'arg-file': 'a:',
  delimiter: 'd:',
  replace: 'i::',
  'max-lines': 'l::',
  'max-args': 'n:',
  interactive: 'p',
  'no-run-if-empty': 'r',
  'max-chars': 's:',
  verbose: 't',
  exit: 'x',
  'max-procs': 'P:',
};
/** Characters of a command line, as the real ones limit it. */
const MAX_CHARS = 131_072;

/** What is left to do: command lines, and what the exit status will be. */
interface Work {
  readonly commands: readonly (readonly string[])[];
  readonly at: number;
  readonly status: number;
  readonly trace: boolean;
}

function xargs(flavour: Flavour): Program {
  return {
    run(kernel): Outcome {
      const context = new Context(kernel, flavour);
      try {
        if (kernel.memory === undefined) kernel.memory = plan(context);
        return proceed(context);
      } catch (error) {
        if (error instanceof NeedInput) return { wait: { input: true } };
        if (!(error instanceof Failure)) throw error;
        kernel.error(error.message);
        return { exit: error.status };
      }
    },
  };
}

function plan(context: Context): Work {
  const options = parseOptions(context, {
    short: context.busybox ? '0a:I:i::n:prs:txP:E:e::o' : '0a:E:e::i::I:l::L:n:prs:txP:d:o',
    ordered: true,
    ...(context.busybox ? {} : { long: LONG }),
  });
  const command = options.operands.length > 0 ? options.operands : ['echo'];
  const input = takeInput(context, options);
  const replaced = options.has('I') ? options.value('I') : options.has('i') ? options.value('i') || '{}' : undefined;
  const commands =
    replaced === undefined ? batches(context, options, command, input) : replacing(options, command, input, replaced);
  return { commands, at: 0, status: 0, trace: options.has('t') };
}

function takeInput(context: Context, options: Options): string {
  const file = options.value('a');
  if (file === undefined) return context.kernel.wholeInput();
  try {
    return readFile(context.kernel, file);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw context.fail(
      context.busybox ? `can't open '${file}': ${error.message}` : `Cannot open input file '${file}': ${error.message}`,
    );
  }
}

function positive(context: Context, options: Options, option: string): number | undefined {
  const value = options.value(option);
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value) && Number(value) > 0) return Number(value);
  if (context.busybox)
    throw context.fail(
      /^\d+$/.test(value) ? `number ${value} is not in 1..2147483647 range` : `invalid number '${value}'`,
    );
  if (/^-?\d+$/.test(value)) throw context.usage(`value ${value} for -${option} option should be >= 1`);
  throw context.usage(`invalid number "${value}" for -${option} option`);
}

/** Arguments put after the command, as many in each as may be. */
function batches(context: Context, options: Options, command: readonly string[], input: string): string[][] {
  const lines = positive(context, options, options.has('L') ? 'L' : 'l') ?? (options.has('l') ? 1 : undefined);
  const most = positive(context, options, 'n') ?? Number.POSITIVE_INFINITY;
  const items =
    lines === undefined ? words(context, options, input).map((word) => [word]) : wordLines(context, options, input);
  const size = lines ?? most;
  if (items.length === 0) return options.has('r') ? [] : [[...command]];
  const made: string[][] = [];
  let current: string[] = [];
  let count = 0;
  let chars = 0;
  for (const item of items) {
    const length = item.join(' ').length + 1;
    if (count > 0 && (count >= size || chars + length > MAX_CHARS)) {
      made.push([...command, ...current]);
      current = [];
      count = 0;
      chars = 0;
    }
    current.push(...item);
    count += 1;
    chars += length;
  }
  return [...made, [...command, ...current]];
}

function replacing(options: Options, command: readonly string[], input: string, mark: string): string[][] {
  const delimiter = options.has('0') ? '\0' : options.has('d') ? withoutEscapes(options.value('d')!) : '\n';
  const items = input.split(delimiter).filter((line) => line !== '');
  const trimmed =
    delimiter === '\n'
      ? items.map((line) => unquoted(line.replace(/^[ \t]+/, ''))).filter((line) => line !== '')
      : items;
  return trimmed.map((item) => command.map((word) => word.replaceAll(mark, item)));
}

function unquoted(text: string): string {
  return text.replace(/'([^']*)'|"([^"]*)"|\\([\s\S])/g, (_, single, double, char) => single ?? double ?? char);
}

function words(context: Context, options: Options, input: string): string[] {
  if (options.has('0')) return splitBy(input, '\0');
  const delimiter = options.value('d');
  if (delimiter !== undefined) return splitBy(input, withoutEscapes(delimiter));
  checkQuotes(context, input);
  const end = options.value('E') ?? undefined;
  const found = (input.match(/(?:'[^'\n]*'|"[^"\n]*"|\\[\s\S]|[^\s'"\\])+/g) ?? []).map(unquoted);
  const stop = end === undefined || end === '' ? -1 : found.indexOf(end);
  return stop < 0 ? found : found.slice(0, stop);
}

function splitBy(input: string, delimiter: string): string[] {
  const items = input.split(delimiter);
  if (items.at(-1) === '') items.pop();
  return items;
}

function wordLines(context: Context, options: Options, input: string): string[][] {
  return input
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => words(context, options, line));
}

function checkQuotes(context: Context, input: string): void {
  const rest = input.replace(/\\[\s\S]|'[^'\n]*'|"[^"\n]*"/g, '');
  const quote = /['"]/.exec(rest)?.[0];
  if (!quote) return;
  const kind = quote === "'" ? 'single' : 'double';
  throw context.fail(
    context.busybox
      ? `unmatched ${kind} quote`
      : `unmatched ${kind} quote; by default quotes are special to xargs unless you use the -0 option`,
  );
}

function proceed(context: Context): Outcome {
  const { kernel } = context;
  let { commands, at, status, trace } = kernel.memory as Work;
  if (at > 0) {
    const ended = finished(kernel);
    if (ended === undefined) return { wait: { child: true } };
    const name = commands[at - 1]![0]!;
    if (ended === 255) {
      kernel.error(`${context.name}: ${name}: exited with status 255; aborting\n`);
      return { exit: 124 };
    }
    if (ended > 128 && ended < 160) {
      kernel.error(`${context.name}: ${name}: terminated by signal ${ended - 128}\n`);
      return { exit: 125 };
    }
    if (ended !== 0) status = 123;
  }
  const command = commands[at];
  if (!command) return { exit: status };
  if (trace) kernel.error(`${command.join(' ')}\n`);
  const found = kernel.find(command[0]!);
  if ('status' in found) {
    const why =
      found.reason === 'ENOENT'
        ? 'No such file or directory'
        : found.reason === 'ENOEXEC'
          ? 'Exec format error'
          : 'Permission denied';
    kernel.error(
      `${context.name}: ${context.busybox ? command[0] : `failed to run command '${command[0]}'`}: ${why}\n`,
    );
    return { exit: found.status };
  }
  const pid = kernel.spawn(found, { argv: command });
  if (pid < 0) {
    kernel.error(`${context.name}: cannot fork: Resource temporarily unavailable\n`);
    return { exit: 1 };
  }
  kernel.memory = { commands, at: at + 1, status, trace } satisfies Work;
  return { wait: { child: true } };
}

/** Status of the child that has ended; what it wrote for us goes on to where we write. */
function finished(kernel: Kernel): number | undefined {
  let status: number | undefined;
  for (const child of kernel.reap()) {
    ({ status } = child);
    for (const { stream, bytes } of child.collected) {
      if (stream === 'stdout') kernel.output(bytes);
      else kernel.error(bytes);
    }
  }
  return status;
}

export const xargsTools: ToolTable = { xargs: { program: xargs } };

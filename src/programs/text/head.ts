import { FileError } from '../../engine/files/errors.ts';
import { resolve } from '../../engine/files/path.ts';
import { NeedInput, type Outcome, type Program } from '../../engine/process/program.ts';
import type { Flavour, ToolTable } from '../tool.ts';
import { readFile, readInMemory } from './support/input.ts';
import { countOf } from './support/numbers.ts';
import { parseOptions } from './support/options.ts';
import { Context, Failure, textTool } from './support/tool.ts';

const LONG = { lines: 'n:', bytes: 'c:', quiet: 'q', silent: 'q', verbose: 'v', 'zero-terminated': 'z' };

interface Wanted {
  readonly unit: 'n' | 'c';
  readonly count: number;
  /** `head -n -3` (all but the last), `tail -n +3` (from the third). */
  readonly inverse: boolean;
}

/** `-5` at the first place is `-n 5`. */
function modernArguments(context: Context): string[] {
  const args = context.kernel.argv.slice(1);
  const old = /^([-+])(\d+)([bckm]?)(f?)$/.exec(args[0] ?? '');
  if (!old || (old[1] === '+' && context.applet === 'head')) return args;
  const [, sign, digits, unit, follow] = old;
  return [
    unit === 'c' ? '-c' : '-n',
    `${sign === '+' ? '+' : ''}${digits}`,
    ...(follow ? ['-f'] : []),
    ...args.slice(1),
  ];
}

function wanted(context: Context, unit: 'n' | 'c', text: string, mark: '-' | '+'): Wanted {
  const inverse = text.startsWith(mark);
  const digits = inverse || text.startsWith('-') ? text.slice(1) : text;
  const count = countOf(digits, context.busybox);
  if (count === undefined)
    throw context.fail(
      context.busybox
        ? `invalid number '${text}'`
        : `invalid number of ${unit === 'n' ? 'lines' : 'bytes'}: ${context.quote(digits)}`,
    );
  return { unit, count, inverse };
}

function headOf(text: string, { unit, count, inverse }: Wanted): string {
  if (unit === 'c') return inverse ? text.slice(0, Math.max(0, text.length - count)) : text.slice(0, count);
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return (inverse ? lines.slice(0, Math.max(0, lines.length - count)) : lines.slice(0, count)).join('');
}

function tailOf(text: string, { unit, count, inverse }: Wanted): string {
  const from = Math.max(0, count - 1);
  if (unit === 'c') return inverse ? text.slice(from) : text.slice(Math.max(0, text.length - count));
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return (inverse ? lines.slice(from) : lines.slice(Math.max(0, lines.length - count))).join('');
}

function head(context: Context): undefined {
  const grammar = context.busybox ? { short: 'n:c:qv' } : { short: 'c:n:qvz', long: LONG };
  const options = parseOptions(context, grammar, modernArguments(context));
  const last = options.given.findLast(({ option }) => option === 'n' || option === 'c');
  const want = wanted(context, last?.option === 'c' ? 'c' : 'n', last?.value ?? '10', '-');
  const names = options.operands.length > 0 ? options.operands : ['-'];
  const titled = options.has('v') || (names.length > 1 && !options.has('q'));
  let first = true;
  for (const name of names) {
    let text: string;
    try {
      text = readFile(context.kernel, name, want.unit === 'c' ? want.count : undefined);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const folder = error.code === 'EISDIR';
      if (titled && folder) context.out(`${first ? '' : '\n'}==> ${name} <==\n`);
      if (context.busybox) context.complain(`${name}: ${folder ? 'Input/output error' : error.message}`);
      else if (folder) context.complain(`error reading '${name}': ${error.message}`);
      else context.complain(`cannot open '${name}' for reading: ${error.message}`);
      if (context.busybox) first = false;
      continue;
    }
    if (titled) context.out(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
    first = false;
    context.out(headOf(text, want));
  }
}

/** How far `tail -f` has read each file. */
interface Following {
  readonly ends: Readonly<Record<string, number>>;
  readonly last: string;
}

/** Reads what was appended since the last look. */
const POLL = 1000;

function tail(flavour: Flavour): Program {
  return {
    run(kernel): Outcome {
      const context = new Context(kernel, flavour);
      try {
        const following = kernel.memory as Following | undefined;
        return following ? follow(context, following) : begin(context);
      } catch (error) {
        if (error instanceof NeedInput) return { wait: { input: true } };
        if (!(error instanceof Failure)) throw error;
        kernel.error(error.message);
        return { exit: error.status };
      }
    },
  };
}

function begin(context: Context): Outcome {
  const { kernel } = context;
  const grammar = context.busybox
    ? { short: 'fc:n:qs:vF' }
    : { short: 'c:fFn:qs:vz', long: { ...LONG, follow: 'f::', retry: 'retry', pid: 'pid:', 'sleep-interval': 's:' } };
  const options = parseOptions(context, grammar, modernArguments(context));
  const last = options.given.findLast(({ option }) => option === 'n' || option === 'c');
  const want = wanted(context, last?.option === 'c' ? 'c' : 'n', last?.value ?? '10', '+');
  const names = options.operands.length > 0 ? options.operands : ['-'];
  const titled = options.has('v') || (names.length > 1 && !options.has('q'));
  const ends: Record<string, number> = {};
  const written: string[] = [];
  const problems: string[] = [];
  let shown = '';
  let failed = false;
  // Standard input comes first: while it is incomplete nothing may be written.
  const texts = new Map<string, string | FileError>();
  for (const name of names)
    texts.set(
      name,
      attempt(() => readInMemory(kernel, name)),
    );
  for (const name of names) {
    const text = texts.get(name)!;
    if (text instanceof FileError) {
      failed = true;
      const folder = text.code === 'EISDIR';
      if (context.busybox)
        problems.push(folder ? `read error: ${text.message}` : `can't open '${name}': ${text.message}`);
      else
        problems.push(
          `${folder ? 'error reading' : 'cannot open'} '${name}'${folder ? '' : ' for reading'}: ${text.message}`,
        );
      if (options.has('F') && !folder) ends[name] = 0;
      flush(context, written, problems);
      continue;
    }
    if (titled) written.push(`${shown ? '\n' : ''}==> ${name === '-' ? 'standard input' : name} <==\n`);
    shown = name;
    const end = tailOf(text, want);
    kernel.allocate(end.length);
    written.push(end);
    ends[name] = text.length;
  }
  flush(context, written, problems);
  const followed = Object.keys(ends).filter((name) => name !== '-' || options.operands.includes('-'));
  const none = Object.keys(ends).length === 0;
  if (none && context.busybox && failed) kernel.error(`${context.name}: no files\n`);
  if (!options.has('f', 'F') || none || followed.length === 0) {
    if (none && options.has('f', 'F') && !context.busybox) kernel.error(`${context.name}: no files remaining\n`);
    return { exit: failed ? 1 : 0 };
  }
  kernel.memory = { ends, last: shown } satisfies Following;
  return { wait: pause(context, followed) };
}

function attempt(read: () => string): string | FileError {
  try {
    return read();
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
}

function flush(context: Context, written: string[], problems: string[]): void {
  context.out(written.splice(0).join(''));
  for (const problem of problems.splice(0)) context.complain(problem);
}

/** Devices never grow: who follows `/dev/null` waits for signals only. */
function pause({ kernel }: Context, names: readonly string[]): { until?: number } {
  const files = names.some((name) => {
    const node = kernel.files.stat(resolve(kernel.cwd, name));
    return !node || node.type === 'file';
  });
  return files ? { until: kernel.now + POLL } : {};
}

function follow(context: Context, { ends, last }: Following): Outcome {
  const { kernel } = context;
  const next: Record<string, number> = { ...ends };
  let shown = last;
  for (const [name, end] of Object.entries(ends)) {
    const text = attempt(() => readFile(kernel, name));
    if (text instanceof FileError || text.length === end) continue;
    if (text.length < end) {
      if (!context.busybox) kernel.error(`${context.name}: ${name}: file truncated\n`);
    }
    const fresh = text.length < end ? text : text.slice(end);
    if (shown !== name) kernel.output(`\n==> ${name} <==\n`);
    shown = name;
    kernel.output(fresh);
    next[name] = text.length;
  }
  kernel.memory = { ends: next, last: shown } satisfies Following;
  return { wait: pause(context, Object.keys(ends)) };
}

export const headTools: ToolTable = { head: textTool(head), tail: { program: tail } };

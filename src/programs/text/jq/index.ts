import { decode, encode } from '../../../engine/bytes.ts';
import { FileError } from '../../../engine/files/errors.ts';
import type { ToolTable } from '../../tool.ts';
import { readFile } from '../support/input.ts';
import { type Context, Failure, textTool } from '../support/tool.ts';
import { Evaluator, Halt, isTrue, JqError, type Scope, startScope, unknownNames } from './evaluate.ts';
import { type Json, JsonProblem, type Layout, parseJson, parseOne, print } from './json.ts';
import { type Filter, ProgramProblem, parseFilter } from './parser.ts';

const HELP =
  'Use jq --help for help with command-line options,\nor see the jq manpage, or online docs at https://jqlang.org\n';

interface Call {
  flags: Set<string>;
  indent: number;
  variables: Map<string, Json>;
  program: string | undefined;
  files: string[];
}

const SHORT: Readonly<Record<string, string>> = {
  ...{
    s: 'slurp',
    r: 'raw-output',
    j: 'join-output',
    a: 'ascii-output',
    n: 'null-input',
    c: 'compact-output',
    S: 'sort-keys',
  },
  ...{
    C: 'color-output',
    M: 'monochrome-output',
    e: 'exit-status',
    R: 'raw-input',
    V: 'version',
    h: 'help',
    f: 'from-file',
  },
};
const KNOWN = new Set([
  ...Object.values(SHORT),
  'tab',
  'indent',
  'arg',
  'argjson',
  'slurpfile',
  'rawfile',
  'args',
  'jsonargs',
  'unbuffered',
  'seq',
  'stream',
  'raw-output0',
  'build-configuration',
]);

function wrong(message: string, status = 2): Failure {
  return new Failure(`jq: ${message}\n${HELP}`, status);
}

function readCall(context: Context): Call {
  const call: Call = { flags: new Set(), indent: 2, variables: new Map(), program: undefined, files: [] };
  const words = context.kernel.argv.slice(1).map(decode);
  const named: [string, Json][] = [];
  const positional: Json[] = [];
  let rest: 'files' | 'args' | 'jsonargs' = 'files';
  let literal = false;
  const two = (option: string, what: string): [string, string] => {
    const [name, value] = [words.shift(), words.shift()];
    if (name === undefined || value === undefined)
      throw wrong(`--${option} takes two parameters (e.g. --${option} ${what})`);
    return [name, value];
  };
  const operand = (word: string) => {
    if (call.program === undefined && !call.flags.has('from-file')) call.program = word;
    else if (rest === 'args') positional.push(word);
    else if (rest === 'jsonargs') positional.push(jsonArgument(word, 'invalid JSON text passed to --jsonargs'));
    else call.files.push(word);
  };
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (literal || !word.startsWith('-') || word === '-') {
      operand(word);
      continue;
    }
    if (word === '--') {
      literal = true;
      continue;
    }
    const names = word.startsWith('--')
      ? [word.slice(2)]
      : [...word.slice(1)].map((letter) => SHORT[letter] ?? `-${letter}`);
    for (const name of names) {
      if (!KNOWN.has(name)) throw wrong(`Unknown option ${word}`);
      if (name === 'arg') named.push(two('arg', 'varname value'));
      else if (name === 'argjson') {
        const [key, value] = two('argjson', 'varname text');
        named.push([key, jsonArgument(value, 'invalid JSON text passed to --argjson')]);
      } else if (name === 'slurpfile' || name === 'rawfile') {
        const [key, file] = two(name, 'varname filename');
        const content = decode(
          fileContent(context, file, `Bad JSON in --${name} ${key} ${file}: Could not open ${file}: `),
        );
        named.push([key, name === 'rawfile' ? content : [...parseJson(content)].map(({ value }) => value)]);
      } else if (name === 'indent') {
        const value = words.shift();
        if (value === undefined) throw wrong('--indent takes one parameter');
        call.indent = Number(value);
        if (!(call.indent >= -1 && call.indent <= 7)) throw wrong('--indent takes a number between -1 and 7');
      } else if (name === 'args' || name === 'jsonargs') rest = name;
      else if (name === 'from-file') {
        call.flags.add(name);
        if (call.program !== undefined) {
          call.files.unshift(call.program);
          call.program = undefined;
        }
      } else call.flags.add(name);
    }
  }
  if (call.flags.has('from-file')) {
    const file = call.files.shift();
    if (file !== undefined) call.program = decode(fileContent(context, file, `error: Could not open ${file}: `));
  }
  for (const [name, value] of named) call.variables.set(name, value);
  call.variables.set(
    'ENV',
    new Map(Object.entries(context.kernel.environment).map(([name, value]) => [decode(name), decode(value)])),
  );
  call.variables.set('__prog_args', positional);
  call.variables.set(
    'ARGS',
    new Map<string, Json>([
      ['positional', positional],
      ['named', new Map(named)],
    ]),
  );
  return call;
}

function jsonArgument(word: string, message: string): Json {
  try {
    return parseOne(word);
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    throw wrong(message);
  }
}

function fileContent({ kernel }: Context, name: string, before: string): string {
  try {
    return readFile(kernel, name);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new Failure(`jq: ${before}${error.message}\n`, 2);
  }
}

function compiled(source: string, scope: Scope | undefined): Filter {
  let filter: Filter | undefined;
  let problems: readonly ProgramProblem[];
  try {
    filter = parseFilter(source);
    problems = unknownNames(filter, scope);
  } catch (error) {
    if (!(error instanceof ProgramProblem)) throw error;
    problems = [error];
  }
  if (filter && problems.length === 0) return filter;
  const count = problems.length;
  throw new Failure(
    encode(
      `${problems.map((problem) => located(source, problem)).join('')}jq: ${count} compile error${count === 1 ? '' : 's'}\n`,
    ),
    3,
  );
}

function located(source: string, { message, from, to }: ProgramProblem): string {
  const before = source.slice(0, from);
  const start = before.lastIndexOf('\n') + 1;
  const end = source.indexOf('\n', start);
  const text = source.slice(start, end < 0 ? undefined : end);
  const marks = '^'.repeat(Math.max(1, Math.min(to, start + text.length) - from));
  const place = `line ${before.split('\n').length}, column ${from - start + 1}`;
  return `jq: error: ${message} at <top-level>, ${place}:\n    ${text}\n    ${' '.repeat(from - start)}${marks}\n`;
}

/** The inputs one after the other; what is no JSON ends them with a message. */
class Inputs {
  readonly #source: Iterator<{ value: Json; line: number; file: string | null }>;
  line = 0;
  file: string | null = null;
  label = '<unknown>';
  failed = 0;

  constructor(source: Iterable<{ value: Json; line: number; file: string | null }>) {
    this.#source = source[Symbol.iterator]();
  }

  next(): Json | undefined {
    const next = this.#source.next();
    if (next.done) return undefined;
    this.line = next.value.line;
    this.file = next.value.file;
    this.label = `${next.value.file ?? '<stdin>'}:${next.value.line}`;
    return next.value.value;
  }
}

function* readInputs(
  context: Context,
  call: Call,
  status: { code: number },
): Generator<{ value: Json; line: number; file: string | null }> {
  const texts: { text: string; file: string | null }[] = [];
  for (const file of call.files.length > 0 ? call.files : ['-']) {
    try {
      texts.push({
        text: decode(readFile(context.kernel, encode(file))),
        file: file === '-' && call.files.length === 0 ? null : file,
      });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      context.kernel.error(
        encode(
          error.code === 'EISDIR'
            ? `jq: error: Could not open file ${file}: It's a directory\n`
            : `jq: error: Could not open file ${file}: ${error.message}\n`,
        ),
      );
      status.code = 2;
    }
  }
  const whole = texts.map(({ text }) => text).join('');
  const lines = whole.split('\n').length - 1;
  const file = texts.at(-1)?.file ?? null;
  if (call.flags.has('raw-input')) {
    if (call.flags.has('slurp')) yield { value: whole, line: lines, file };
    else {
      const all = whole.split('\n');
      if (all.at(-1) === '') all.pop();
      for (const [at, line] of all.entries()) yield { value: line, line: at + 1, file };
    }
    return;
  }
  if (call.flags.has('slurp')) {
    const values: Json[] = [];
    for (const { text } of texts) for (const { value } of parseJson(text)) values.push(value);
    yield { value: values, line: lines, file };
    return;
  }
  for (const { text, file: name } of texts) for (const found of parseJson(text)) yield { ...found, file: name };
}

function jq(context: Context): number {
  const call = readCall(context);
  const { flags } = call;
  if (flags.has('version')) {
    context.out('jq-1.8.2\n');
    return 0;
  }
  if (flags.has('help')) {
    context.out(
      `Usage:\tjq [OPTIONS] FILTER [FILES...]\n\tjq [OPTIONS] --args FILTER [ARGUMENTS...]\n\tjq [OPTIONS] --jsonargs FILTER [JSON_VALUES...]\n`,
    );
    return 0;
  }
  const scope = startScope(call.variables);
  const filter = compiled(call.program ?? '.', scope);
  const status = { code: 0 };
  const inputs = new Inputs(readInputs(context, call, status));
  const layout: Layout = {
    ...(flags.has('compact-output') || (call.indent === 0 && !flags.has('tab'))
      ? {}
      : { indent: flags.has('tab') ? '\t' : ' '.repeat(call.indent) }),
    sorted: flags.has('sort-keys'),
    ascii: flags.has('ascii-output'),
    color: flags.has('color-output'),
  };
  const raw = flags.has('raw-output') || flags.has('join-output') || flags.has('raw-output0');
  const end = flags.has('join-output') ? '' : flags.has('raw-output0') ? '\0' : '\n';
  let last: Json | undefined;
  const emit = (value: Json) => {
    last = value;
    context.out(encode((raw && typeof value === 'string' ? value : print(value, layout)) + end));
  };
  const evaluator = new Evaluator({
    nextInput: () => inputs.next(),
    error: (text) => context.kernel.error(encode(text)),
    now: context.kernel.now,
    environment: call.variables.get('ENV') ?? null,
    get line() {
      return inputs.line;
    },
    get file() {
      return inputs.file;
    },
  });
  try {
    if (flags.has('null-input'))
      status.code = Math.max(status.code, runOne(context, evaluator, filter, null, scope, emit, inputs));
    else
      for (let value = inputs.next(); value !== undefined; value = inputs.next())
        status.code = Math.max(status.code, runOne(context, evaluator, filter, value, scope, emit, inputs));
  } catch (error) {
    if (error instanceof Halt) {
      context.kernel.error(encode(error.output));
      return error.status;
    }
    if (!(error instanceof JsonProblem)) throw error;
    context.kernel.error(encode(`jq: parse error: ${error.message}\n`));
    return PARSE_ERROR;
  }
  if (status.code !== 0 || !flags.has('exit-status')) return status.code;
  return last === undefined ? 4 : isTrue(last) ? 0 : 1;
}

/** Exit status for input that is no JSON. */
const PARSE_ERROR = 5;

function runOne(
  context: Context,
  evaluator: Evaluator,
  filter: Filter,
  value: Json,
  scope: Scope | undefined,
  emit: (value: Json) => void,
  inputs: Inputs,
): number {
  try {
    for (const result of evaluator.run(filter, value, scope)) emit(result);
    return 0;
  } catch (error) {
    if (error instanceof RangeError) {
      context.kernel.error('jq: error: stack overflow\n');
      return 5;
    }
    if (!(error instanceof JqError)) throw error;
    const { value: message } = error;
    const text = typeof message === 'string' ? `: ${message}` : ` (not a string): ${print(message)}`;
    context.kernel.error(encode(`jq: error (at ${inputs.label})${text}\n`));
    return 5;
  }
}

export const jqTools: ToolTable = { jq: textTool(jq) };

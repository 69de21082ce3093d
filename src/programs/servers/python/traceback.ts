import type { PythonSyntaxError } from './lexer.ts';
import { PythonSyntaxError as SyntaxProblem } from './lexer.ts';
import type { Machine, Unit } from './machine.ts';
import { BUILTINS } from './names.ts';
import { METHODS } from './natives.ts';
import { ownMethod } from './objects.ts';
import { parseProgram } from './parser.ts';
import { STANDARD } from './standard.ts';
import { exceptionText, str } from './text.ts';
import { isSubclass, type, typeNames } from './types.ts';
import type { InstanceObj, TraceEntry } from './value.ts';

/** What Python prints of an exception that nobody took. */
export function tracebackText(vm: Machine, exception: InstanceObj): string {
  const { cause, context } = exception;
  let text = '';
  if (cause)
    text = `${tracebackText(vm, cause)}\nThe above exception was the direct cause of the following exception:\n\n`;
  else if (cause === undefined && context)
    text = `${tracebackText(vm, context)}\nDuring handling of the above exception, another exception occurred:\n\n`;
  const entries = (exception.trace ?? []).map((entry) => entryText(vm, entry)).filter((entry) => entry !== '');
  if (entries.length > 0) text += `Traceback (most recent call last):\n${collapsed(entries).join('')}`;
  return `${text}${exceptionLine(vm, exception)}`;
}

/** Lines that repeat more than three times are counted. */
function collapsed(entries: readonly string[]): string[] {
  const shown: string[] = [];
  for (let at = 0; at < entries.length; ) {
    let end = at;
    while (entries[end] === entries[at] && end < entries.length) end += 1;
    shown.push(...entries.slice(at, Math.min(end, at + 3)));
    if (end - at > 3)
      shown.push(`  [Previous line repeated ${end - at - 3} more time${end - at - 3 === 1 ? '' : 's'}]\n`);
    at = end;
  }
  return shown;
}

export function exceptionLine(vm: Machine, exception: InstanceObj): string {
  const { cls } = exception;
  const shown = exception.attrs.get('_syntax');
  if (typeof shown === 'string') return shown;
  const name = cls.module === 'builtins' || cls.module === '__main__' ? cls.name : `${cls.module}.${cls.name}`;
  const text = ownMethod(exception, '__str__') === undefined ? exceptionText(vm, exception) : str(vm, exception);
  return `${name}${text === '' ? '' : `: ${text}`}${suggestion(vm, exception)}\n`;
}

function lineOf(source: string, offset: number): { number: number; start: number; text: string } {
  const before = source.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  const end = source.indexOf('\n', start);
  return { number: before.split('\n').length, start, text: source.slice(start, end < 0 ? undefined : end) };
}

/** Frames of Python's own library that beginners see, as Python 3.13 shows them. */
const STANDARD_FRAMES: Readonly<Record<string, string>> = {
  '<library os> __missing__': '  File "<frozen os>", line 717, in __getitem__\n',
  '<library json> loads':
    '  File "/usr/lib/python3.13/json/__init__.py", line 346, in loads\n    return _default_decoder.decode(s)\n           ~~~~~~~~~~~~~~~~~~~~~~~^^^\n  File "/usr/lib/python3.13/json/decoder.py", line 345, in decode\n    obj, end = self.raw_decode(s, idx=_w(s, 0).end())\n               ~~~~~~~~~~~~~~~^^^^^^^^^^^^^^^^^^^^^^^\n  File "/usr/lib/python3.13/json/decoder.py", line 361, in raw_decode\n    obj, end = self.scan_once(s, idx)\n               ~~~~~~~~~~~~~~^^^^^^^^\n',
};

function entryText(vm: Machine, entry: TraceEntry): string {
  if (entry.text !== undefined) return entry.text;
  const unit = vm.state.units[Number(entry.code.split(':')[0])]!;
  if (unit.file.startsWith('<library')) return STANDARD_FRAMES[`${unit.file} ${vm.code(entry.code).name}`] ?? '';
  const source = unit.source.replace(/^\0/, ' ');
  const line = lineOf(source, entry.start);
  const { name } = vm.code(entry.code);
  const head = `  File "${unit.file}", line ${line.number}, in ${name}\n`;
  return unit.shown ? head + sourceLines(source, line, entry) : head;
}

function sourceLines(
  source: string,
  { start, text }: ReturnType<typeof lineOf>,
  { start: from, end, anchor }: TraceEntry,
): string {
  const shown = text.trimStart();
  const indent = text.length - shown.length;
  const plain = `    ${shown.trimEnd()}\n`;
  if (end > start + text.length) return plain + severalLines(source, start, indent, from, end);
  const [a, b] = [from - start - indent, end - start - indent];
  if (!showsMarks(shown.trimEnd(), a, b, anchor !== undefined)) return plain;
  let marks = ' '.repeat(a);
  for (let at = from; at < end; at += 1) marks += anchor ? (at >= anchor[0] && at < anchor[1] ? '^' : '~') : '^';
  return `${plain}    ${marks}\n`;
}

/** An expression over several lines is shown whole, without marks of its own. */
function severalLines(source: string, start: number, indent: number, from: number, end: number): string {
  const rest = source
    .slice(start, end + source.slice(end).indexOf('\n'))
    .split('\n')
    .slice(1);
  void from;
  const cut = (line: string) => line.slice(Math.min(indent, line.length - line.trimStart().length));
  return rest
    .slice(0, 3)
    .map((line) => `    ${cut(line).trimEnd()}\n`)
    .join('');
}

/** Whether Python marks a part of a line (traceback.py, `_should_show_carets`). */
function showsMarks(line: string, from: number, to: number, hasAnchors: boolean): boolean {
  try {
    const [statement] = parseProgram(line);
    if (!statement) return false;
    const value =
      statement.kind === 'return' && statement.value?.kind === 'call' && statement.value.func.kind === 'name'
        ? statement.value
        : statement.kind === 'assign' && statement.value.kind === 'call'
          ? statement.value
          : undefined;
    if (value && value.start === from && value.end === to) return false;
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
  }
  return hasAnchors || line.slice(0, from).trim() !== '' || line.slice(to).trim() !== '';
}

/** What Python prints of a program that it can't read. */
export function syntaxErrorText(file: string, source: string, problem: PythonSyntaxError): string {
  const clean = source.replace(/^\0/, ' ');
  const at = lineOf(clean, Math.min(problem.start, clean.length));
  const whole = at.text === '' && problem.start >= clean.trimEnd().length ? lineOf(clean, clean.trimEnd().length) : at;
  const shown = whole.text.trimStart();
  const indent = whole.text.length - shown.length;
  let text = `  File "${file}", line ${whole.number}\n    ${shown.trimEnd()}\n`;
  if (problem.marked) {
    const from = Math.max(0, problem.start - whole.start - indent);
    const width = Math.max(1, Math.min(problem.end, whole.start + whole.text.length + 1) - problem.start);
    text += `    ${' '.repeat(from)}${'^'.repeat(width)}\n`;
  }
  return `${text}${problem.kind}: ${problem.message}\n`;
}

export function syntaxErrorValue(vm: Machine, problem: PythonSyntaxError, file: string, source: string): InstanceObj {
  const exception = vm.exception(type(problem.kind === 'TabError' ? 'IndentationError' : problem.kind), [
    problem.message,
  ]);
  exception.attrs.set('_syntax', syntaxErrorText(file, source, problem));
  return exception;
}

const MOVE = 2;
const CASE = 1;
const LONGEST = 40;

function distance(a: string, b: string, most: number): number {
  const cost = (x: string, y: string) => (x === y ? 0 : x.toLowerCase() === y.toLowerCase() ? CASE : MOVE);
  let row = Array.from({ length: b.length + 1 }, (_, at) => at * MOVE);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i * MOVE];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min(row[j]! + MOVE, next[j - 1]! + MOVE, row[j - 1]! + cost(a[i - 1]!, b[j - 1]!)));
    row = next;
  }
  return row.at(-1)! <= most ? row.at(-1)! : most + 1;
}

function closest(wrong: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    if (name === wrong || name.length > LONGEST) continue;
    const most = Math.min(Math.floor(((name.length + wrong.length + 3) * MOVE) / 6), least - 1);
    const found = distance(wrong, name, most);
    if (found > most) continue;
    least = found;
    best = name;
  }
  return best;
}

/** `Did you mean: 'print'?` */
function suggestion(vm: Machine, { cls, args = [], trace = [] }: InstanceObj): string {
  const [message] = args;
  if (typeof message !== 'string') return '';
  if (isSubclass(cls, type('NameError'))) {
    const wrong = /^name '(\w+)' is not defined$/.exec(message)?.[1];
    const unit = vm.state.units[Number(trace.at(-1)?.code.split(':')[0] ?? -1)] as Unit | undefined;
    if (wrong === undefined || !unit?.shown)
      return wrong !== undefined && STANDARD.has(wrong) ? `. Did you forget to import '${wrong}'?` : '';
    const own = vm.state.modules.get('__main__')?.attrs.keys() ?? [];
    const locals = trace.length > 0 ? vm.code(trace.at(-1)!.code).locals : [];
    const found = closest(
      wrong,
      [...locals, ...own, ...BUILTINS, ...typeNames()].filter((name) => !name.startsWith('__')),
    );
    if (found !== undefined) return `. Did you mean: '${found}'?`;
    return STANDARD.has(wrong) ? `. Did you forget to import '${wrong}'?` : '';
  }
  const attribute = /^(?:'(\w+)' object|module '([\w.]+)') has no attribute '(\w+)'$/.exec(message);
  if (attribute && isSubclass(cls, type('AttributeError'))) {
    const [, owner, module, wrong = ''] = attribute;
    const names =
      module === undefined ? [...(METHODS[owner!] ?? [])] : [...(vm.state.modules.get(module)?.attrs.keys() ?? [])];
    const found = closest(wrong, names);
    return found === undefined ? '' : `. Did you mean: '${found}'?`;
  }
  return '';
}

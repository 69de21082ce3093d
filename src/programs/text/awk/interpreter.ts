import { FileError } from '../../../engine/files/errors.ts';
import { readFile } from '../support/input.ts';
import { Regex, RegexProblem } from '../support/regex.ts';
import type { Context } from '../support/tool.ts';
import type { AwkProgram, Expression, Reference, Rule, Statement } from './ast.ts';
import { callBuiltin } from './builtins.ts';
import { type Ran, type Source, Streams } from './io.ts';
import { awkEscapes } from './lexer.ts';
import { compareValues, fromInput, isTrue, keyOrder, numberText, toNumber, toText, type Value } from './values.ts';

/** What one run may do before it is taken for endless. */
const MAX_STEPS = 20_000_000;
const MAX_DEPTH = 400;

export type AwkArray = Map<string, Value>;

/** A variable: a value, an array once it is used as one, or another variable that it stands for. */
interface Cell {
  value: Value;
  array?: AwkArray;
  same?: Cell;
  /** For a parameter: the caller's variable, which becomes an array when the parameter is used as one. */
  origin?: Cell;
}

function arrayOf(cell: Cell): AwkArray {
  cell.array ??= cell.origin ? arrayOf(cell.origin) : new Map();
  return cell.array;
}

type Jump = 'next' | 'nextfile' | 'break' | 'continue';

/** Ends a rule, a loop or a function early. */
class Leave extends Error {
  readonly how: Jump | 'exit' | 'return';
  readonly value: Value;

  constructor(how: Jump | 'exit' | 'return', value?: Value) {
    super(how);
    this.how = how;
    this.value = value;
  }
}

/** Runs a program over its input. */
export class Interpreter {
  readonly context: Context;
  readonly streams: Streams;
  readonly #program: AwkProgram;
  readonly #globals = new Map<string, Cell>();
  readonly #frames: Map<string, Cell>[] = [];
  readonly #regexes = new Map<string, Regex>();
  readonly #active = new Set<Rule>();
  #record = '';
  #fields: Value[] | undefined = [];
  #stale = false;
  #input: Source | undefined;
  #operand = 0;
  #anyFile = false;
  #steps = 0;
  #status = 0;
  seed = 0;
  random: () => number;

  constructor(context: Context, program: AwkProgram, answers: readonly Ran[], random: () => number) {
    this.context = context;
    this.#program = program;
    this.streams = new Streams(context, answers);
    this.random = random;
    const defaults: Record<string, Value> = {
      ...{ FS: ' ', OFS: ' ', RS: '\n', ORS: '\n', NR: 0, FNR: 0, NF: 0, SUBSEP: '\x1c', RSTART: 0, RLENGTH: -1 },
      ...{ CONVFMT: '%.6g', OFMT: '%.6g', FILENAME: '' },
    };
    for (const [name, value] of Object.entries(defaults)) this.set(name, value);
    const environment = this.array('ENVIRON');
    for (const [name, value] of Object.entries(context.kernel.environment)) environment.set(name, fromInput(value));
  }

  /** Runs the program; the result is its exit status. `operands`: files and assignments. */
  run(operands: readonly string[]): number {
    const argv = this.array('ARGV');
    argv.set('0', 'awk');
    for (const [index, word] of operands.entries()) argv.set(String(index + 1), fromInput(word));
    this.set('ARGC', operands.length + 1);
    const rules = this.#program.rules;
    const main = rules.filter(({ when }) => when === 'main');
    const ends = rules.filter(({ when }) => when === 'END');
    let exited = !this.#phase(() => {
      for (const rule of rules) if (rule.when === 'BEGIN') this.#execute(rule.body!);
    });
    if (!exited && (main.length > 0 || ends.length > 0)) exited = !this.#phase(() => this.#records(main));
    if (!exited || ends.length > 0) {
      if (!(exited && main.length + ends.length === 0))
        this.#phase(() => {
          for (const rule of ends) this.#execute(rule.body!);
        });
    }
    this.streams.closeAll();
    return this.#status;
  }

  /** False when `exit` ended it. */
  #phase(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof Leave)) throw error;
      if (error.how === 'exit') return false;
      return true;
    }
  }

  #records(rules: readonly Rule[]): void {
    while (this.#nextRecord()) {
      try {
        for (const rule of rules) if (this.#applies(rule)) this.#act(rule);
      } catch (error) {
        if (!(error instanceof Leave) || (error.how !== 'next' && error.how !== 'nextfile')) throw error;
        if (error.how === 'nextfile') this.#input = undefined;
      }
    }
  }

  #act({ body }: Rule): void {
    if (body) this.#execute(body);
    else this.context.out(this.record() + this.text('ORS'));
  }

  #applies(rule: Rule): boolean {
    const { from, to } = rule;
    if (!from) return true;
    if (!to) return this.#truth(from);
    if (!this.#active.has(rule)) {
      if (!this.#truth(from)) return false;
      this.#active.add(rule);
    }
    if (this.#truth(to)) this.#active.delete(rule);
    return true;
  }

  /** Takes the next record of the main input into `$0`. */
  #nextRecord(): boolean {
    const text = this.#mainRecord();
    if (text === undefined) return false;
    this.#setRecord(text);
    return true;
  }

  #mainRecord(): string | undefined {
    for (;;) {
      if (!this.#input && !this.#openNext()) return undefined;
      const record = this.streams.record(this.#input!, this.text('RS'));
      if (record !== undefined) {
        this.set('NR', toNumber(this.get('NR')) + 1);
        this.set('FNR', toNumber(this.get('FNR')) + 1);
        return record;
      }
      this.#input = undefined;
    }
  }

  #openNext(): boolean {
    const argv = this.array('ARGV');
    const count = toNumber(this.get('ARGC'));
    while (this.#operand + 1 < count) {
      this.#operand += 1;
      const word = toText(argv.get(String(this.#operand)), '%.6g');
      if (word === '') continue;
      const assigned = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word);
      if (assigned) {
        this.set(assigned[1]!, fromInput(awkEscapes(assigned[2]!)));
        continue;
      }
      this.#anyFile = true;
      if (this.#open(word)) return true;
    }
    if (this.#anyFile) return false;
    this.#anyFile = true;
    return this.#open('-');
  }

  #open(name: string): boolean {
    const { context } = this;
    try {
      this.#input = { text: readFile(context.kernel, name), at: 0 };
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (!context.busybox) throw context.fail(`cannot open "${name}" (${error.message})`, 2);
      if (error.code === 'EISDIR') throw context.fail(`cmd. line:1: ${error.message}`);
      context.complain(`${name}: ${error.message}`);
      this.#status = 1;
      return false;
    }
    this.set('FILENAME', name === '-' ? '' : name);
    this.set('FNR', 0);
    return true;
  }

  // Variables and fields.

  #cell(name: string): Cell {
    let cell = this.#frames.at(-1)?.get(name) ?? this.#globals.get(name);
    if (!cell) {
      cell = { value: undefined };
      this.#globals.set(name, cell);
    }
    while (cell.same) cell = cell.same;
    return cell;
  }

  get(name: string): Value {
    if (name === 'NF') this.#split();
    const cell = this.#cell(name);
    if (cell.array && !this.context.busybox) throw this.context.fail(`line 1: illegal reference to array ${name}`, 2);
    return cell.value;
  }

  text(name: string): string {
    return toText(this.#cell(name).value, '%.6g');
  }

  set(name: string, value: Value): void {
    const cell = this.#cell(name);
    cell.value = value;
    if (name === 'NF' && this.#frames.length >= 0) {
      this.#split();
      const count = Math.max(0, Math.min(100_000, Math.trunc(toNumber(value))));
      const fields = this.#fields ?? [];
      if (count !== fields.length) {
        fields.length = Math.min(count, fields.length);
        while (fields.length < count) fields.push(undefined);
        this.#stale = true;
      }
      this.#fields = fields;
      cell.value = count;
    }
  }

  array(name: string): AwkArray {
    return arrayOf(this.#cell(name));
  }

  record(): string {
    if (this.#stale) {
      this.#record = (this.#fields ?? []).map((field) => this.convert(field)).join(this.text('OFS'));
      this.#stale = false;
    }
    return this.#record;
  }

  #setRecord(text: string): void {
    this.#record = text;
    this.#fields = undefined;
    this.#stale = false;
  }

  #split(): Value[] {
    if (!this.#fields) {
      this.#fields = this.splitText(this.#record, this.text('FS')).map(fromInput);
      this.#cell('NF').value = this.#fields.length;
    }
    return this.#fields;
  }

  /** Splits text as fields are split. */
  splitText(text: string, separator: string): string[] {
    if (text === '') return [];
    if (separator === ' ') return text.match(/[^ \t\n]+/g) ?? [];
    const paragraphs = this.text('RS') === '';
    const cut = paragraphs ? text.split('\n') : [text];
    return cut.flatMap((line) => {
      if (separator === '') return [...line];
      if (separator.length === 1 && separator !== '\\') return line.split(separator);
      return this.splitBy(line, this.regex(separator));
    });
  }

  splitBy(text: string, regex: Regex): string[] {
    const parts: string[] = [];
    let start = 0;
    for (let match = regex.exec(text, 0); match; ) {
      if (match.end > match.index) {
        parts.push(text.slice(start, match.index));
        start = match.end;
        match = regex.exec(text, start);
      } else match = match.end >= text.length ? undefined : regex.exec(text, match.end + 1);
    }
    return [...parts, text.slice(start)];
  }

  #field(index: number): Value {
    if (index === 0) return fromInput(this.record());
    return this.#split()[index - 1];
  }

  #setField(index: number, value: Value): void {
    if (index === 0) {
      this.#setRecord(this.convert(value));
      return;
    }
    const fields = this.#split();
    while (fields.length < index - 1) fields.push(undefined);
    fields[index - 1] = value;
    this.#cell('NF').value = fields.length;
    this.#stale = true;
  }

  #fieldIndex(expression: Expression): number {
    const index = Math.trunc(toNumber(this.evaluate(expression)));
    if (index < 0)
      throw this.context.busybox
        ? this.fatal('Access to negative field')
        : this.context.fail(`negative field index $${index}`, 2);
    if (index > 100_000) throw this.context.fail('field index is too large', 2);
    return index;
  }

  /** An error that BusyBox reports with the place in the program. */
  fatal(message: string): Error {
    return this.context.fail(this.context.busybox ? `cmd. line:1: ${message}` : message, this.context.busybox ? 1 : 2);
  }

  convert(value: Value): string {
    return this.#shown(value, 'CONVFMT');
  }

  #shown(value: Value, format: 'CONVFMT' | 'OFMT'): string {
    if (typeof value !== 'number') return toText(value, '%.6g');
    const text = numberText(value, this.text(format));
    return this.context.busybox ? text.replace(/^\+/, '') : text;
  }

  regex(source: string): Regex {
    let regex = this.#regexes.get(source);
    if (!regex) {
      try {
        regex = new Regex(source, { extended: true, escapes: true });
      } catch (error) {
        if (!(error instanceof RegexProblem)) throw error;
        if (this.context.busybox) throw this.context.fail(`bad regex '${source}': ${error.message}`);
        const why = error.message.startsWith('Unmatched (')
          ? "missing ')'"
          : error.message.startsWith('Unmatched )')
            ? "unexpected ')'"
            : error.message;
        throw this.context.fail(`line 1: regular expression compile failed (${why})\n${source}`, 2);
      }
      this.#regexes.set(source, regex);
    }
    return regex;
  }

  /** The regular expression that an operand of `~`, `split` or `sub` is. */
  regexOf(expression: Expression): Regex {
    if (expression.e === 'regex') return this.regex(expression.source);
    return this.regex(this.convert(this.evaluate(expression)));
  }

  read(reference: Reference): Value {
    switch (reference.e) {
      case 'variable':
        return this.get(reference.name);
      case 'field':
        return this.#field(this.#fieldIndex(reference.index));
      case 'element': {
        const array = this.array(reference.array);
        const key = this.#key(reference.keys);
        const value = array.get(key);
        this.#touch(array, key, value);
        return value;
      }
    }
  }

  assign(reference: Reference, value: Value): void {
    switch (reference.e) {
      case 'variable':
        this.set(reference.name, value);
        break;
      case 'field':
        this.#setField(this.#fieldIndex(reference.index), value);
        break;
      case 'element':
        this.#touch(this.array(reference.array), this.#key(reference.keys), value);
    }
  }

  /** Sets an element; mawk's hash table brings it to the front, where a loop over the keys finds it first. */
  #touch(array: AwkArray, key: string, value: Value): void {
    if (!this.context.busybox && array.size < 768) array.delete(key);
    array.set(key, value);
  }

  #key(keys: readonly Expression[]): string {
    const texts = keys.map((key) => this.convert(this.evaluate(key)));
    return texts.length === 1 ? texts[0]! : texts.join(this.text('SUBSEP'));
  }

  // Statements.

  #step(): void {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) throw this.context.fail('program limit exceeded', 2);
  }

  #execute(statement: Statement): void {
    this.#step();
    switch (statement.s) {
      case 'block':
        for (const inner of statement.body) this.#execute(inner);
        break;
      case 'expression':
        this.evaluate(statement.value);
        break;
      case 'print':
      case 'printf':
        this.#print(statement);
        break;
      case 'if':
        if (this.#truth(statement.condition)) this.#execute(statement.yes);
        else if (statement.no) this.#execute(statement.no);
        break;
      case 'while':
        while (this.#truth(statement.condition)) if (!this.#loop(statement.body)) break;
        break;
      case 'do':
        do if (!this.#loop(statement.body)) break;
        while (this.#truth(statement.condition));
        break;
      case 'for':
        if (statement.first) this.#execute(statement.first);
        while (!statement.condition || this.#truth(statement.condition)) {
          if (!this.#loop(statement.body)) break;
          if (statement.step) this.#execute(statement.step);
        }
        break;
      case 'each': {
        const array = this.array(statement.array);
        for (const key of keyOrder([...array.keys()], this.context.busybox)) {
          this.set(statement.name, fromInput(key));
          if (!this.#loop(statement.body)) break;
        }
        break;
      }
      case 'delete':
        if (statement.keys) this.array(statement.array).delete(this.#key(statement.keys));
        else this.array(statement.array).clear();
        break;
      case 'exit':
        if (statement.value) this.#status = Math.trunc(toNumber(this.evaluate(statement.value))) & 0xff;
        throw new Leave('exit');
      case 'return':
        throw new Leave('return', statement.value ? this.evaluate(statement.value) : undefined);
      default:
        throw new Leave(statement.s);
    }
  }

  /** One round of a loop; false when `break` ended it. */
  #loop(body: Statement): boolean {
    this.#step();
    try {
      this.#execute(body);
    } catch (error) {
      if (!(error instanceof Leave)) throw error;
      if (error.how === 'break') return false;
      if (error.how !== 'continue') throw error;
    }
    return true;
  }

  #print({ s, args, to }: Statement & { s: 'print' | 'printf' }): void {
    let text: string;
    if (s === 'printf') {
      const [format, ...rest] = args.flatMap((argument) => (argument.e === 'group' ? argument.items : [argument]));
      if (!format) {
        if (this.context.busybox) return;
        throw this.context.fail('line 1: no arguments in call to printf', 2);
      }
      text = callBuiltin(this, 'sprintf', [format, ...rest]) as string;
    } else if (args.length === 0) text = this.record() + this.text('ORS');
    else {
      text =
        args.map((argument) => this.#shown(this.evaluate(argument), 'OFMT')).join(this.text('OFS')) + this.text('ORS');
    }
    if (to) this.streams.write(to.op, this.convert(this.evaluate(to.target)), text);
    else this.context.out(text);
  }

  // Expressions.

  #truth(expression: Expression): boolean {
    return isTrue(this.evaluate(expression));
  }

  evaluate(expression: Expression): Value {
    switch (expression.e) {
      case 'number':
      case 'string':
        return expression.value;
      case 'regex':
        return this.regex(expression.source).test(this.record()) ? 1 : 0;
      case 'variable':
      case 'element':
      case 'field':
        return this.read(expression);
      case 'group':
        return expression.items.length === 1
          ? this.evaluate(expression.items[0]!)
          : expression.items.map((item) => this.convert(this.evaluate(item))).join('');
      case 'assign': {
        if (expression.op === '=') {
          const value = this.evaluate(expression.value);
          this.assign(expression.to, value);
          return value;
        }
        const right = toNumber(this.evaluate(expression.value));
        const value = this.#arithmetic(expression.op.slice(0, -1), toNumber(this.read(expression.to)), right);
        this.assign(expression.to, value);
        return value;
      }
      case 'binary': {
        const left = this.evaluate(expression.left);
        const right = this.evaluate(expression.right);
        if ('+-*/%^'.includes(expression.op)) return this.#arithmetic(expression.op, toNumber(left), toNumber(right));
        return compare(expression.op, compareValues(left, right, this.text('CONVFMT'))) ? 1 : 0;
      }
      case 'concat': {
        const left = this.convert(this.evaluate(expression.left));
        return left + this.convert(this.evaluate(expression.right));
      }
      case 'and':
        return this.#truth(expression.left) && this.#truth(expression.right) ? 1 : 0;
      case 'or':
        return this.#truth(expression.left) || this.#truth(expression.right) ? 1 : 0;
      case 'match': {
        const text = this.convert(this.evaluate(expression.left));
        return this.regexOf(expression.right).test(text) !== expression.negated ? 1 : 0;
      }
      case 'unary': {
        const value = this.evaluate(expression.operand);
        if (expression.op === '!') return isTrue(value) ? 0 : 1;
        return expression.op === '-' ? -toNumber(value) : toNumber(value);
      }
      case 'step': {
        const old = toNumber(this.read(expression.to));
        this.assign(expression.to, old + expression.by);
        return expression.before ? old + expression.by : old;
      }
      case 'in':
        return this.array(expression.array).has(this.#key(expression.keys)) ? 1 : 0;
      case 'if':
        return this.evaluate(this.#truth(expression.condition) ? expression.yes : expression.no);
      case 'call':
        return this.#call(expression.name, expression.args);
      case 'builtin':
        return callBuiltin(this, expression.name, expression.args);
      case 'getline':
        return this.#getline(expression);
    }
  }

  #arithmetic(op: string, left: number, right: number): number {
    switch (op) {
      case '+':
        return left + right;
      case '-':
        return left - right;
      case '*':
        return left * right;
      case '/':
        if (right === 0 && this.context.busybox) throw this.fatal('Division by zero');
        return left / right;
      case '%':
        if (right === 0 && this.context.busybox) throw this.fatal('Division by zero');
        return left % right;
      default:
        if (this.context.busybox) throw this.fatal('Math support is not compiled in');
        return left ** right;
    }
  }

  #call(name: string, args: readonly Expression[]): Value {
    const called = this.#program.functions.get(name);
    if (!called)
      throw this.context.busybox
        ? this.fatal('Call to undefined function')
        : this.context.fail(`line ${this.#program.lines + 1}: function ${name} never defined`, 2);
    if (this.#frames.length > MAX_DEPTH) throw this.context.fail('function call nesting too deep', 2);
    const frame = new Map<string, Cell>();
    for (const [index, parameter] of called.parameters.entries()) {
      const argument = args[index];
      if (argument?.e === 'variable') {
        const cell = this.#cell(argument.name);
        if (cell.array) frame.set(parameter, { value: undefined, same: cell });
        else if (cell.value === undefined) frame.set(parameter, { value: undefined, origin: cell });
        else frame.set(parameter, { value: this.get(argument.name) });
      } else frame.set(parameter, { value: argument ? this.evaluate(argument) : undefined });
    }
    this.#frames.push(frame);
    try {
      this.#execute(called.body);
      return undefined;
    } catch (error) {
      if (error instanceof Leave && error.how === 'return') return error.value;
      throw error;
    } finally {
      this.#frames.pop();
    }
  }

  #getline({ from, source, to }: Expression & { e: 'getline' }): Value {
    let text: string | undefined;
    if (from === 'main') text = this.#mainRecord();
    else {
      const name = this.convert(this.evaluate(source!));
      const stream = from === 'file' ? this.streams.file(name) : this.streams.command(name);
      if (!stream) return -1;
      text = this.streams.record(stream, this.text('RS'));
      if (text !== undefined && from === 'command') this.set('NR', toNumber(this.get('NR')) + 1);
    }
    if (text === undefined) return 0;
    if (to) this.assign(to, fromInput(text));
    else this.#setRecord(text);
    return 1;
  }
}

function compare(op: string, order: number): boolean {
  switch (op) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

import type { FileSystem } from '../engine/files/filesystem.ts';
import { ArithmeticProblem, evaluateArithmetic } from './arithmetic.ts';
import type { List, Part, Word } from './ast.ts';
import { expandBraces } from './braces.ts';
import { changeCase, removePattern, replacePattern, slice } from './operators.ts';
import { indexWord } from './parser.ts';
import { glob, hasMagic, literal } from './pattern.ts';
import { type Environment, type Flavour, own, type Variable } from './state.ts';

/** A command substitution whose output is not there yet: run it, add its output, and expand again. */
export class Need extends Error {
  readonly list: List;

  constructor(list: List) {
    super('command substitution');
    this.list = list;
  }
}

/**
 * An expansion that fails, in the shell's words. It ends a script; in bash, some (`discard`) end only the command line.
 */
export class ExpansionProblem extends Error {
  readonly kind: 'exit' | 'discard';

  constructor(message: string, kind: 'exit' | 'discard' = 'exit') {
    super(message);
    this.kind = kind;
  }
}

export interface ExpansionContext {
  readonly env: Environment;
  readonly flavour: Flavour;
  readonly files: FileSystem;
  readonly name: string;
  readonly pid: number;
  readonly status: number;
  readonly lastBackground: number;
  readonly line: number;
  /** Outputs of the command substitutions met so far, in order. */
  readonly substituted: readonly string[];
  readonly hostname: string;
  readonly uid: number;
  readonly parent: number;
  readonly now: number;
  /** Functions that are being run, the innermost first. */
  readonly depth: readonly string[];
  random(): number;
}

/** A piece of a field: `q` was quoted, `x` comes from an expansion and is split. */
interface Piece {
  readonly s: string;
  readonly q: boolean;
  readonly x: boolean;
}
type Field = Piece[];

/** Expands words. Assignments that expansions make are collected in `vars` and take effect when all has gone well. */
export class Expander {
  readonly #context: ExpansionContext;
  #taken = 0;
  #processes = 0;
  vars: Readonly<Record<string, Variable>>;

  constructor(context: ExpansionContext) {
    this.#context = context;
    this.vars = context.env.vars;
  }

  /** Words as arguments: split, file names put in for patterns. */
  fields(words: readonly Word[]): string[] {
    const result: string[] = [];
    const { flavour, env, files } = this.#context;
    for (const word of words) {
      for (const part of flavour === 'bash' ? expandBraces(word) : [word]) {
        for (const field of this.#split(this.#pieces(part, true))) {
          const pattern = field.map(({ s, q }) => (q ? literal(s) : s)).join('');
          const found =
            !env.options.includes('f') && hasMagic(pattern)
              ? glob(files, env.cwd, pattern, this.#shopt('dotglob'))
              : [];
          if (found.length > 0) result.push(...found);
          else if (hasMagic(pattern) && this.#shopt('nullglob') && !env.options.includes('f')) continue;
          else result.push(field.map(({ s }) => s).join(''));
        }
      }
    }
    return result;
  }

  /** Whether `shopt -s` has switched an option of bash on. */
  #shopt(name: string): boolean {
    return (this.vars['SHOPT_ON']?.value ?? '').split(' ').includes(name);
  }

  /** A word as one text: for assignments, redirections, here-documents. */
  text(word: Word, tilde = true): string {
    return this.#pieces(word, tilde)
      .map((field) => field.map(({ s }) => s).join(''))
      .join(' ');
  }

  /** A word as a pattern: what was quoted stands for itself. */
  pattern(word: Word): string {
    return this.#pieces(word, true)
      .map((field) => field.map(({ s, q }) => (q ? literal(s) : s)).join(''))
      .join(' ');
  }

  /** The value of an arithmetic expression. */
  arithmetic(word: Word): bigint {
    return this.evaluate(this.text(word, false));
  }

  evaluate(text: string): bigint {
    try {
      return evaluateArithmetic(text, {
        get: (name) => this.lookup(name) ?? '',
        element: (name, index) => this.#element(name, index) ?? '',
        set: (name, value, index) => this.assign(name, value, index),
      });
    } catch (error) {
      if (!(error instanceof ArithmeticProblem)) throw error;
      throw new ExpansionProblem(
        this.#context.flavour === 'bash'
          ? `${text.trimStart()}: ${error.message}`
          : this.#context.flavour === 'dash'
            ? error.message.startsWith('division by 0')
              ? `arithmetic expression: division by zero: "${text}"`
              : `arithmetic expression: expecting ${error.expecting}: "${text}"`
            : error.message.startsWith('division by 0')
              ? 'divide by zero'
              : 'arithmetic syntax error',
        'discard',
      );
    }
  }

  assign(name: string, given: string, index?: string): void {
    const old = own(this.vars, name);
    if (old?.readOnly) this.#refuse(name);
    const value = old?.integer ? String(this.evaluate(given)) : given;
    const { value: single, values, ...kept } = old ?? {};
    const marks = { ...kept, ...(this.#context.env.options.includes('a') ? { exported: true } : {}) };
    const changed: Variable =
      index === undefined && !values
        ? { ...marks, value }
        : { ...marks, values: { ...(values ?? (single === undefined ? {} : { 0: single })), [index ?? '0']: value } };
    this.vars = { ...this.vars, [name]: changed };
  }

  #refuse(name: string): never {
    throw new ExpansionProblem(
      this.#context.flavour === 'bash' ? `${name}: readonly variable` : `${name}: is read only`,
      'discard',
    );
  }

  /** `name=value`, `name+=value`, `name[index]=value`; the value that it has then. */
  assignText(name: string, index: Word | undefined, value: string, append: boolean): string {
    const key = index ? this.#key(name, this.text(index)) : undefined;
    const before = key === undefined ? this.lookup(name) : this.#element(name, key);
    const whole = !append
      ? value
      : own(this.vars, name)?.integer
        ? `${before ?? 0}+(${value})`
        : (before ?? '') + value;
    this.assign(name, whole, key);
    return (key === undefined ? this.lookup(name) : this.#element(name, key)) ?? '';
  }

  /** `name=(…)`, also with `[index]=value` among the values. */
  assignArray(name: string, words: readonly Word[], append: boolean): void {
    const old = own(this.vars, name);
    if (old?.readOnly) this.#refuse(name);
    const { value, values: before, ...marks } = old ?? {};
    const values: Record<string, string> = append ? { ...(before ?? (value === undefined ? {} : { 0: value })) } : {};
    let next = Math.max(-1, ...Object.keys(values).map(Number).filter(Number.isInteger)) + 1;
    for (const word of words) {
      const head = word[0];
      const keyed = head?.t === 'text' && !head.q ? /^\[([^\]]*)\](?:=([\s\S]*))?$/.exec(head.s) : null;
      const split =
        head?.t === 'text' && !head.q && head.s === '['
          ? word.findIndex((part, at) => at > 0 && part.t === 'text' && !part.q && part.s.startsWith(']='))
          : -1;
      if (keyed && keyed[2] !== undefined) {
        const key = this.#key(name, this.text(indexWord(keyed[1]!)));
        values[key] = this.text([{ t: 'text', s: keyed[2], q: false }, ...word.slice(1)]);
        if (!old?.associative) next = Number(key) + 1;
      } else if (split > 0) {
        const end = word[split] as Part & { t: 'text' };
        const key = this.#key(name, this.text(word.slice(1, split)));
        values[key] = this.text([{ ...end, s: end.s.slice(2) }, ...word.slice(split + 1)]);
        if (!old?.associative) next = Number(key) + 1;
      } else
        for (const field of this.fields([word])) {
          values[next] = field;
          next += 1;
        }
    }
    this.vars = { ...this.vars, [name]: { ...marks, values } };
  }

  /** An element's key: a name in an associative array, else the value of an expression. */
  #key(name: string, index: string): string {
    const variable = own(this.vars, name);
    if (variable?.associative) return index;
    const value = this.evaluate(index);
    if (value >= 0n) return String(value);
    const keys = Object.keys(variable?.values ?? { 0: '' }).map(Number);
    return String(Number(value) + Math.max(-1, ...keys) + 1);
  }

  #element(name: string, key: string): string | undefined {
    const variable = own(this.vars, name);
    return variable?.values ? own(variable.values, key) : key === '0' ? this.lookup(name) : undefined;
  }

  /** Value of a variable or special parameter; undefined when it is not set. */
  lookup(name: string): string | undefined {
    const { env, pid, status, lastBackground, line } = this.#context;
    if (/^\d+$/.test(name)) return name === '0' ? this.#context.name : env.positional[Number(name) - 1];
    switch (name) {
      case '?':
        return String(status);
      case '$':
        return String(pid);
      case '!':
        return lastBackground === 0 ? '' : String(lastBackground);
      case '#':
        return String(env.positional.length);
      case '-':
        return env.options.replace('P', '');
      case '@':
      case '*':
        return env.positional.length > 0 ? env.positional.join(' ') : undefined;
      case 'RANDOM':
        if (this.#context.flavour !== 'dash') return String(Math.floor(this.#context.random() * 32768));
        break;
      case 'LINENO':
        return this.#context.flavour === 'dash' ? this.vars['LINENO']?.value : String(line);
      case 'PPID':
        return this.vars['PPID']?.value ?? String(this.#context.parent);
    }
    if (this.#context.flavour === 'bash') {
      const special = this.#ofBash(name);
      if (special !== undefined) return special;
    }
    const variable = own(this.vars, name);
    return variable?.values ? variable.values[0] : variable?.value;
  }

  #ofBash(name: string): string | undefined {
    const { uid, hostname, now, pid, depth } = this.#context;
    switch (name) {
      case 'UID':
      case 'EUID':
        return String(uid);
      case 'HOSTNAME':
        return own(this.vars, name)?.value ?? hostname;
      case 'SECONDS':
        return String(Math.floor((now - Number(this.vars['SECONDS_SINCE']?.value ?? now)) / 1000));
      case 'EPOCHSECONDS':
        return String(Math.floor(now / 1000));
      case 'BASHPID':
        return String(pid);
      case 'FUNCNAME':
        return depth[0];
      default:
        return undefined;
    }
  }

  #values(name: string): string[] | undefined {
    if (name === 'FUNCNAME' && this.#context.flavour === 'bash') return [...this.#context.depth];
    if (name === '@' || name === '*') return [...this.#context.env.positional];
    const variable = own(this.vars, name);
    if (!variable) return undefined;
    if (variable.values) return Object.values(variable.values);
    return variable.value === undefined ? undefined : [variable.value];
  }

  #output(list: List): string {
    const output = this.#context.substituted[this.#taken];
    if (output === undefined) throw new Need(list);
    this.#taken += 1;
    return output;
  }

  #substitution(list: List): string {
    return this.#output(list).replace(/\n+$/, '').replaceAll('\0', '');
  }

  /** The file that `<(…)` stands for: what the list wrote, under a descriptor's name. */
  #process(part: Part & { t: 'process' }): string {
    if (part.direction === '>') return '/dev/null';
    const output = this.#output(part.list);
    const path = `/dev/fd/${63 - this.#processes}`;
    this.#processes += 1;
    this.#context.files.write(path, output);
    return path;
  }

  /** A word as fields that `"$@"` made; each still to be split. */
  #pieces(word: Word, tilde: boolean): Field[] {
    const fields: Field[] = [[]];
    const add = (piece: Piece) => fields.at(-1)!.push(piece);
    // "$@" without parameters is no field at all, unless something stands beside it.
    let nothing = false;
    for (const [index, part] of word.entries()) {
      const list = part.t === 'parameter' && part.q && (part.name === '@' || part.index === '@');
      if (list && (!part.op || part.op === ':' || /^[#%/^,]/.test(part.op)))
        nothing ||= (this.#values(part.name) ?? []).length === 0;
      if (part.t === 'text') {
        const before = word[index - 1];
        const { flavour } = this.#context;
        const bash = flavour === 'bash';
        const begins =
          index === 0 ||
          (index > 0 && bash && before?.t === 'text' && !before.q && /^\w+=$/.test(before.s)) ||
          (before?.t === 'text' && !before.q && before.s.endsWith(':'));
        const s = begins && tilde && !part.q ? this.#tilde(part.s, index === word.length - 1) : part.s;
        if (s !== part.s) add({ s, q: true, x: false });
        else if (part.q || s !== '') add({ s, q: part.q, x: false });
      } else if (part.t === 'command') add({ s: this.#substitution(part.list), q: part.q, x: !part.q });
      else if (part.t === 'process') add({ s: this.#process(part), q: true, x: false });
      else if (part.t === 'arithmetic') add({ s: String(this.arithmetic(part.word)), q: part.q, x: !part.q });
      else this.#parameter(part, fields);
    }
    return nothing && fields.length === 1 && fields[0]!.every(({ s }) => s === '') ? [[]] : fields;
  }

  #tilde(s: string, alone: boolean): string {
    const match = /^~([a-z_][\w-]*)?(\/|$)/.exec(s);
    if (!match || (match[2] === '' && !alone && s !== '~')) return s;
    const home = match[1] ? this.#homeOf(match[1]) : this.lookup('HOME');
    return home === undefined ? s : home + s.slice(match[0].length - match[2]!.length);
  }

  #homeOf(user: string): string | undefined {
    try {
      const line = this.#context.files
        .read('/etc/passwd')
        .split('\n')
        .find((entry) => entry.startsWith(`${user}:`));
      return line?.split(':')[5];
    } catch {
      return undefined;
    }
  }

  #parameter(part: Part & { t: 'parameter' }, fields: Field[]): void {
    const { q, op } = part;
    if (op === 'bad') throw new ExpansionProblem(this.#badSubstitution(part.word ?? []), 'discard');
    if (op === 'text') {
      fields.at(-1)!.push({ s: this.text(part.word ?? [], false), q: true, x: false });
      return;
    }
    const many = part.name === '@' || part.name === '*' || part.index === '@' || part.index === '*';
    const add = (piece: Piece) => fields.at(-1)!.push(piece);
    if (many && op !== 'length') {
      let values = op === 'indirect' ? this.#keys(part.name) : (this.#values(part.name) ?? []);
      if (op && op !== 'indirect') {
        if (op === ':' && part.word) {
          const [from, count] = this.#range(part);
          const all = part.name === '@' || part.name === '*' ? [this.#context.name, ...values] : values;
          values = all.slice(
            from < 0 ? all.length + from : from,
            count === undefined ? undefined : (from < 0 ? all.length + from : from) + count,
          );
        } else if (/^:?[-=?+]$/.test(op)) {
          const chosen = this.#choice(part, values.length > 0 ? values.join(' ') : undefined);
          if (chosen !== 'value') {
            if (chosen)
              for (const [index, field] of chosen.entries()) {
                if (index > 0) fields.push([]);
                fields.at(-1)!.push(...field);
              }
            return;
          }
        } else values = values.map((value) => this.#operated(part, value));
      }
      if (part.name === '*' || part.index === '*') {
        const separator = this.vars['IFS']?.value === undefined ? ' ' : this.vars['IFS'].value.slice(0, 1);
        if (q) add({ s: values.join(separator), q, x: false });
        else
          for (const [index, s] of values.entries()) {
            if (index > 0) fields.push([]);
            add({ s, q: false, x: true });
          }
        return;
      }
      for (const [index, s] of values.entries()) {
        if (index > 0) fields.push([]);
        add({ s, q, x: !q });
      }
      return;
    }
    const value = this.#single(part);
    if (op && /^:?[-=?+]$/.test(op)) {
      const chosen = this.#choice(part, value);
      if (chosen === 'value') add({ s: value!, q, x: !q });
      else if (chosen) {
        for (const [index, field] of chosen.entries()) {
          if (index > 0) fields.push([]);
          for (const piece of field) add(q ? { ...piece, q: true, x: false } : piece.q ? piece : { ...piece, x: true });
        }
        if (q && chosen.every((field) => field.length === 0)) add({ s: '', q: true, x: false });
      } else if (q) add({ s: '', q, x: false });
      return;
    }
    if (op === 'length') {
      const values = many ? (this.#values(part.name) ?? []) : [];
      const whole = (part.name === '@' || part.name === '*') && this.#context.flavour !== 'bash';
      const length = many
        ? whole
          ? values.join(' ').length
          : values.length
        : [...(value ?? this.#unset(part.name))].length;
      add({ s: String(length), q, x: !q });
      return;
    }
    add({ s: this.#operated(part, value ?? this.#unset(part.name)), q, x: !q });
  }

  #badSubstitution(word: Word): string {
    const { flavour } = this.#context;
    if (flavour === 'dash') return 'Bad substitution';
    return flavour === 'bash' ? `${this.text(word, false)}: bad substitution` : 'syntax error: bad substitution';
  }

  /** `${!name[@]}`. */
  #keys(name: string): string[] {
    const variable = own(this.vars, name);
    return variable?.values ? Object.keys(variable.values) : variable?.value === undefined ? [] : ['0'];
  }

  #unset(name: string): string {
    if (this.#context.env.options.includes('u') && !['@', '*', '!'].includes(name))
      throw new ExpansionProblem(
        `${name}: ${this.#context.flavour === 'bash' ? 'unbound variable' : 'parameter not set'}`,
      );
    return '';
  }

  #single(part: Part & { t: 'parameter' }): string | undefined {
    if (part.index !== undefined && !['@', '*'].includes(part.index)) {
      return this.#element(part.name, this.#key(part.name, this.text(indexWord(part.index), false)));
    }
    if (part.op === 'indirect') {
      const target = this.lookup(part.name) ?? '';
      const element = /^(\w+)\[(.+)\]$/.exec(target);
      return element ? this.#element(element[1]!, this.#key(element[1]!, element[2]!)) : this.lookup(target);
    }
    return this.lookup(part.name);
  }

  /** What `${x:-y}` and its kin give: the value itself, other fields, or nothing. */
  #choice(part: Part & { t: 'parameter' }, value: string | undefined): Field[] | 'value' | undefined {
    const set = value !== undefined && (part.op!.length === 1 || value !== '');
    const kind = part.op!.at(-1);
    const word = part.word ?? [];
    if (kind === '+') return set ? this.#pieces(word, true) : undefined;
    if (set) return 'value';
    if (kind === '-') return this.#pieces(word, true);
    if (kind === '=') {
      const text = this.text(word);
      this.assign(part.name, text, part.index === undefined ? undefined : this.#key(part.name, part.index));
      return [[{ s: text, q: false, x: true }]];
    }
    const text = this.text(word);
    const fallback =
      this.#context.flavour === 'bash'
        ? 'parameter null or not set'
        : part.op!.length === 2
          ? 'parameter not set or null'
          : 'parameter not set';
    throw new ExpansionProblem(`${part.name}: ${text || fallback}`);
  }

  #range(part: Part & { t: 'parameter' }): [number, number | undefined] {
    const from = Number(this.arithmetic(part.word ?? []));
    return [from, part.replacement ? Number(this.arithmetic(part.replacement)) : undefined];
  }

  #operated(part: Part & { t: 'parameter' }, value: string): string {
    const { op } = part;
    if (!op || op === 'indirect') return value;
    if (this.#context.flavour === 'dash' && !/^[#%]/.test(op)) throw new ExpansionProblem('Bad substitution');
    if (op === ':') return slice(value, ...this.#range(part));
    const pattern = part.word ? this.pattern(part.word) : '';
    if (op.startsWith('#') || op.startsWith('%')) return removePattern(value, pattern, op);
    if (op.startsWith('/'))
      return replacePattern(value, pattern, part.replacement ? this.text(part.replacement) : '', op);
    return changeCase(value, op, pattern);
  }

  /** Splits what expansions gave at the characters of IFS (POSIX, Shell & Utilities 2.6.5). */
  #split(fields: readonly Field[]): Field[] {
    const ifs = this.vars['IFS']?.value ?? ' \t\n';
    const result: Field[] = [];
    for (const field of fields) {
      let current: Field | undefined;
      let blank = false;
      const close = () => {
        if (current) result.push(current);
        current = undefined;
        blank = false;
      };
      const add = (piece: Piece) => {
        if (blank) close();
        current = [...(current ?? []), piece];
      };
      for (const piece of field) {
        if (!piece.x || ifs === '') {
          if (piece.s !== '' || piece.q) add(piece);
          continue;
        }
        let text = '';
        const flush = () => {
          if (text !== '') add({ s: text, q: false, x: false });
          text = '';
        };
        for (const c of piece.s) {
          if (!ifs.includes(c)) {
            text += c;
            continue;
          }
          flush();
          if (' \t\n'.includes(c)) blank ||= current !== undefined;
          else if (current) close();
          else result.push([]);
        }
        flush();
      }
      close();
    }
    return result;
  }
}

import type { AndOr, Assignment, Command, List, Pipeline, Redirection, Simple, Word } from './ast.ts';
import { Lexer, SyntaxProblem } from './lexer.ts';
import type { Flavour } from './state.ts';

const CLOSERS = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}', ')', ';;', ';&', ';;&']);
const OPENERS = new Set(['if', 'while', 'until', 'for', 'case', '{', '!', 'in']);
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)(\[([^\]]*)\])?(\+?)=/;

interface HereDocument {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly indented: boolean;
  readonly line: number;
  readonly redirection: { fd: number; op: '<<'; word: Word };
}

/** A complete command line of a script, and where the next one begins. */
export interface ParsedLine {
  readonly list: List;
  readonly at: number;
  readonly line: number;
  /** Here-documents that the end of the text ended: first line, delimiter. */
  readonly unended: readonly { readonly line: number; readonly delimiter: string }[];
}

/**
 * Parses the next complete command line of a script, as shells do: what follows is looked at only when it has run.
 * Nothing when there is no more. Throws {@link SyntaxProblem}; its `incomplete` tells that more text could make it right.
 */
export function parseLine(text: string, at: number, line: number, flavour: Flavour): ParsedLine | undefined {
  const lexer = new Lexer(text, flavour, line);
  lexer.at = at;
  return new Parser(flavour, lexer).line();
}

class Parser {
  readonly #lexer: Lexer;
  readonly #flavour: Flavour;
  #documents: HereDocument[] = [];
  readonly #unended: { line: number; delimiter: string }[] = [];
  /** Compound commands that are open: their first word and its line. */
  readonly #open: { word: string; line: number }[] = [];

  constructor(flavour: Flavour, lexer: Lexer) {
    this.#flavour = flavour;
    this.#lexer = lexer;
    lexer.parseList = (inner, end) => {
      const saved = inner.parseList;
      const list = new Parser(flavour, inner).list(end);
      inner.parseList = saved;
      return list;
    };
  }

  get #bash(): boolean {
    return this.#flavour === 'bash';
  }

  /** `[[`, `function` and the like, which BusyBox has taken over from bash. */
  get #rich(): boolean {
    return this.#flavour !== 'dash';
  }

  line(): ParsedLine | undefined {
    this.#newlines();
    if (this.#lexer.ended) return undefined;
    const items: { command: AndOr; background: boolean }[] = [];
    for (;;) {
      const next = this.#peek();
      if (next === '' || next === '\n') break;
      const command = this.#andOr();
      const separator = this.#peek();
      items.push({ command, background: separator === '&' });
      if (separator === ';' || separator === '&') this.#skip(separator);
      else if (separator !== '\n' && separator !== '') this.#unexpected(separator);
    }
    if (this.#peek() === '\n') this.#newline();
    else this.#readDocuments();
    const { at, line } = this.#lexer;
    return { list: { k: 'list', items }, at, line, unended: this.#unended };
  }

  /** Commands up to a closing word, which is taken; `''` is the end of the text. */
  list(end: string): List {
    const list = this.#commands();
    const next = this.#peek();
    if (end === '') {
      if (next !== '') this.#unexpected(next);
      this.#readDocuments();
    } else if (next === end) this.#skip(next);
    else this.#unexpected(next, end);
    return list;
  }

  #commands(): List {
    const items: { command: AndOr; background: boolean }[] = [];
    for (;;) {
      this.#newlines();
      const next = this.#peek();
      if (next === '' || CLOSERS.has(next)) break;
      const command = this.#andOr();
      const separator = this.#peek();
      items.push({ command, background: separator === '&' });
      if (separator === ';' || separator === '&') this.#skip(separator);
      else if (separator !== '\n') break;
    }
    return { k: 'list', items };
  }

  #andOr(): AndOr {
    const first = this.#pipeline();
    const rest: { op: '&&' | '||'; pipeline: Pipeline }[] = [];
    for (let op = this.#peek(); op === '&&' || op === '||'; op = this.#peek()) {
      this.#skip(op);
      this.#newlines();
      rest.push({ op, pipeline: this.#pipeline() });
    }
    return { k: 'andor', first, rest };
  }

  #pipeline(): Pipeline {
    let negated = false;
    let timed: 'plain' | 'posix' | undefined;
    for (let word = this.#peek(); word === '!' || (word === 'time' && this.#bash); word = this.#peek()) {
      this.#skip(word);
      if (word === 'time') {
        timed = this.#peek() === '-p' ? 'posix' : 'plain';
        if (timed === 'posix') this.#skip('-p');
      } else negated = !negated;
    }
    const commands = [this.#command()];
    const errors: boolean[] = [];
    while (this.#peek() === '|') {
      this.#skip('|');
      const both = this.#bash && this.#lexer.text[this.#lexer.at] === '&';
      if (both) this.#lexer.at += 1;
      errors.push(both);
      this.#newlines();
      commands.push(this.#command());
    }
    return {
      ...{ k: 'pipeline', commands, negated },
      ...(timed ? { timed } : {}),
      ...(errors.includes(true) ? { errors } : {}),
    };
  }

  #command(): Command {
    const word = this.#peek();
    const compound = /^(?:if|while|until|for|case|[{(]|function|\[\[)$/.test(word);
    if (!compound) return this.#anyCommand();
    this.#open.push({ word, line: this.#lexer.line });
    const command = this.#anyCommand();
    this.#open.pop();
    return command;
  }

  #anyCommand(): Command {
    const next = this.#peek();
    switch (next) {
      case '{':
        this.#skip(next);
        return this.#redirected({ k: 'group', body: this.list('}') });
      case '(':
        if (this.#bash && this.#lexer.text.startsWith('((', this.#lexer.at)) {
          const expression = this.#doubleParentheses();
          if (expression) return this.#redirected({ k: 'arithmeticcommand', expression });
        }
        this.#skip(next);
        return this.#redirected({ k: 'subshell', body: this.list(')') });
      case 'if':
        return this.#if();
      case 'while':
      case 'until':
        this.#skip(next);
        return this.#redirected({
          k: 'while',
          until: next === 'until',
          condition: this.list('do'),
          body: this.list('done'),
        });
      case 'for':
        return this.#for();
      case 'case':
        return this.#case();
      case '[[':
        if (this.#rich) return this.#condition();
        return this.#simple();
      case 'function':
        if (this.#rich) {
          this.#skip(next);
          const name = plain(this.#word()) ?? '';
          if (this.#peek() === '(') {
            this.#skip('(');
            this.#expect(')');
          }
          this.#newlines();
          return { k: 'function', name, body: this.#command() };
        }
        return this.#simple();
      default:
        if ((next === '<' || next === '>') && this.#lexer.text[this.#lexer.at + 1] === '(' && this.#bash)
          return this.#simple();
        if (next === '' || CLOSERS.has(next) || /^(?:[;&|\n)]|&&|\|\|)/.test(next)) this.#unexpected(next);
        return this.#simple();
    }
  }

  #if(): Command {
    this.#skip('if');
    const branches = [{ condition: this.list('then'), body: this.#commands() }];
    for (;;) {
      const next = this.#peek();
      if (next === 'elif') {
        this.#skip(next);
        branches.push({ condition: this.list('then'), body: this.#commands() });
      } else if (next === 'else') {
        this.#skip(next);
        return this.#redirected({ k: 'if', branches, otherwise: this.list('fi') });
      } else {
        this.#expect('fi');
        return this.#redirected({ k: 'if', branches });
      }
    }
  }

  #for(): Command {
    this.#skip('for');
    this.#lexer.blanks();
    if (this.#bash && this.#lexer.text.startsWith('((', this.#lexer.at)) {
      const [start = [], condition = [], step = []] = this.#threeExpressions();
      if (this.#peek() === ';') this.#skip(';');
      this.#newlines();
      this.#expect('do');
      return this.#redirected({ k: 'forarithmetic', start, condition, step, body: this.list('done') });
    }
    const name = plain(this.#word()) ?? '';
    if (!/^[A-Za-z_]\w*$/.test(name)) this.#unexpected(name);
    this.#newlines();
    let words: Word[] | undefined;
    if (this.#peek() === 'in') {
      this.#skip('in');
      words = [];
      while (this.#isWord()) words.push(this.#word());
    }
    if (this.#peek() === ';') this.#skip(';');
    this.#newlines();
    this.#expect('do');
    return this.#redirected({ k: 'for', name, ...(words ? { words } : {}), body: this.list('done') });
  }

  #case(): Command {
    this.#skip('case');
    const word = this.#word();
    this.#newlines();
    this.#expect('in');
    const items: { patterns: Word[]; body: List; falls: boolean; tests: boolean }[] = [];
    for (;;) {
      this.#newlines();
      if (this.#peek() === 'esac') break;
      if (this.#peek() === '(') this.#skip('(');
      if (this.#lexer.ended) this.#unexpected('', this.#bash ? '' : ')');
      const patterns = [this.#word()];
      while (this.#peek() === '|') {
        this.#skip('|');
        patterns.push(this.#word());
      }
      this.#expect(')');
      const body = this.#commands();
      const end = this.#peek();
      items.push({ patterns, body, falls: end === ';&', tests: end === ';;&' });
      if (end === ';;' || end === ';&' || end === ';;&') this.#skip(end);
      else if (end !== 'esac') this.#unexpected(end, ';;');
    }
    this.#skip('esac');
    return this.#redirected({ k: 'case', word, items });
  }

  #condition(): Command {
    this.#skip('[[');
    const words: Word[] = [];
    for (;;) {
      this.#newlines();
      const operator = this.#lexer.peekOperator();
      if (operator !== '') {
        if (operator === ';') this.#unexpected(operator);
        this.#lexer.take(operator);
        words.push([{ t: 'text', s: operator, q: false }]);
        continue;
      }
      if (this.#lexer.ended) this.#unexpected('', ']]');
      const regex = plain(words.at(-1) ?? []) === '=~';
      const word = regex ? this.#lexer.word(' \t\n') : this.#lexer.word();
      if (plain(word) === ']]') return this.#redirected({ k: 'condition', words });
      words.push(word);
    }
  }

  #simple(): Command {
    const assignments: Assignment[] = [];
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    this.#lexer.blanks();
    const { line } = this.#lexer;
    for (;;) {
      const redirection = this.#redirection();
      if (redirection) {
        redirections.push(redirection);
        continue;
      }
      this.#lexer.blanks();
      const operator = this.#lexer.peekOperator();
      if (operator === '(' && words.length === 1 && assignments.length === 0 && redirections.length === 0) {
        const name = plain(words[0]!);
        if (name === undefined) this.#unexpected('(');
        this.#skip('(');
        this.#expect(')');
        this.#newlines();
        return { k: 'function', name: name!, body: this.#command() };
      }
      if (operator === '(') this.#unexpected('(');
      if (this.#lexer.atProcess()) {
        words.push(this.#lexer.word());
        continue;
      }
      if (operator !== '' || this.#lexer.ended) break;
      const declares = /^(?:declare|local|export|readonly|typeset)$/.test(plain(words[0] ?? []) ?? '');
      const assignment = words.length === 0 || declares ? this.#assignment(declares) : undefined;
      if (assignment) assignments.push(assignment);
      else words.push(this.#lexer.word());
    }
    return { k: 'simple', assignments, words, redirections, line } satisfies Simple;
  }

  /** An assignment where one may stand. After `export` and its like only `a=(…)` is one: the rest are arguments. */
  #assignment(arraysOnly: boolean): Assignment | undefined {
    const { text, at } = this.#lexer;
    const match = ASSIGNMENT.exec(text.slice(at, at + 200));
    if (!match) return undefined;
    const [whole, name = '', , index, append] = match;
    const array = this.#bash && text[at + whole.length] === '(';
    if (arraysOnly && !array) return undefined;
    this.#lexer.at += whole.length;
    const head = { name, append: append === '+', ...(index === undefined ? {} : { index: indexWord(index) }) };
    if (!array) return { ...head, value: this.#lexer.word('', true) };
    this.#lexer.at += 1;
    const values: Word[] = [];
    for (;;) {
      this.#newlines();
      if (this.#lexer.text[this.#lexer.at] === ')') break;
      if (!this.#isWord()) this.#unexpected(this.#peek(), ')');
      values.push(this.#lexer.word());
    }
    this.#lexer.at += 1;
    return { ...head, value: [], values };
  }

  #redirection(): Redirection | undefined {
    this.#lexer.blanks();
    const { text, at } = this.#lexer;
    if (this.#lexer.atProcess()) return undefined;
    const digits = /^[0-9]+(?=[<>])/.exec(text.slice(at, at + 10))?.[0] ?? '';
    this.#lexer.at += digits.length;
    const operator = this.#lexer.peekOperator();
    if (!/^(?:&?>|<)/.test(operator)) {
      this.#lexer.at = at;
      return undefined;
    }
    this.#lexer.take(operator);
    this.#lexer.blanks();
    const fd = digits === '' ? (operator.startsWith('<') ? 0 : 1) : Number(digits);
    if (operator === '<<' || operator === '<<-') {
      const before = this.#lexer.at;
      const word = this.#lexer.word();
      const source = text.slice(before, this.#lexer.at);
      const delimiter = word.map((part) => (part.t === 'text' ? part.s : '')).join('');
      const redirection = { fd, op: '<<' as const, word: [] as Word };
      this.#documents.push({
        ...{ delimiter, quoted: /['"\\]/.test(source), indented: operator === '<<-', redirection },
        line: this.#lexer.line,
      });
      return redirection;
    }
    if (!this.#isWord()) this.#unexpected(this.#bash ? this.#peek() || '\n' : this.#peek());
    return { fd, op: operator as Redirection['op'], word: this.#lexer.word() };
  }

  #redirected<T extends object>(command: T): T & { redirections: Redirection[] } {
    const redirections: Redirection[] = [];
    for (let next = this.#redirection(); next; next = this.#redirection()) redirections.push(next);
    return { ...command, redirections };
  }

  /** Takes line ends, and after the first the bodies of here-documents. */
  #newlines(): void {
    for (;;) {
      this.#lexer.blanks();
      if (this.#lexer.text[this.#lexer.at] !== '\n') return;
      this.#newline();
    }
  }

  #newline(): void {
    this.#lexer.take('\n');
    this.#readDocuments();
  }

  #readDocuments(): void {
    const documents = this.#documents;
    this.#documents = [];
    for (const { delimiter, quoted, indented, redirection, line: begin } of documents) {
      let body = '';
      const { line: first } = this.#lexer;
      for (;;) {
        if (this.#lexer.ended) {
          if (!this.#bash) body = body.replace(/\n$/, this.#lexer.text.endsWith('\n') ? '\n' : '');
          this.#unended.push({ line: begin, delimiter });
          break;
        }
        const end = this.#lexer.text.indexOf('\n', this.#lexer.at);
        let raw = this.#lexer.text.slice(this.#lexer.at, end < 0 ? undefined : end);
        this.#lexer.at = end < 0 ? this.#lexer.text.length : end + 1;
        if (end >= 0) this.#lexer.line += 1;
        // In a document that is expanded, a backslash joins lines before the delimiter is looked for.
        while (!quoted && /(?<!\\)(?:\\\\)*\\$/.test(raw) && !this.#lexer.ended) {
          const next = this.#lexer.text.indexOf('\n', this.#lexer.at);
          raw = raw.slice(0, -1) + this.#lexer.text.slice(this.#lexer.at, next < 0 ? undefined : next);
          this.#lexer.at = next < 0 ? this.#lexer.text.length : next + 1;
          this.#lexer.line += 1;
        }
        const line = indented ? raw.replace(/^\t+/, '') : raw;
        if (line === delimiter) break;
        body += `${line}\n`;
      }
      redirection.word = quoted ? [{ t: 'text', s: body, q: true }] : this.#hereText(body, first);
    }
  }

  #hereText(body: string, line = this.#lexer.line): Word {
    const inner = new Lexer(body, this.#flavour, line);
    inner.parseList = this.#lexer.parseList;
    return inner.quoted('');
  }

  #doubleParentheses(): Word | undefined {
    const { text, at } = this.#lexer;
    let depth = 0;
    for (let end = at + 2; end < text.length; end += 1) {
      if (text[end] === '(') depth += 1;
      else if (text[end] === ')') {
        if (depth > 0) depth -= 1;
        else {
          if (text[end + 1] !== ')') return undefined;
          this.#lexer.at = end + 2;
          return this.#hereText(text.slice(at + 2, end));
        }
      }
    }
    throw new SyntaxProblem('quote', this.#lexer.line, ')');
  }

  #threeExpressions(): Word[] {
    const { text, at } = this.#lexer;
    const end = text.indexOf('))', at);
    if (end < 0) throw new SyntaxProblem('quote', this.#lexer.line, ')');
    this.#lexer.at = end + 2;
    return text
      .slice(at + 2, end)
      .split(';')
      .map((expression) => this.#hereText(expression));
  }

  /** The next token without taking it: an operator, a reserved word's or name's text, `word` for others, `''` at the end. */
  #peek(): string {
    this.#lexer.blanks();
    const operator = this.#lexer.peekOperator();
    if (operator !== '') return operator;
    if (this.#lexer.ended) return '';
    const rest = this.#lexer.text.slice(this.#lexer.at, this.#lexer.at + 80);
    return /^[^\s;&|<>()'"\\$`]+/.exec(rest)?.[0] ?? 'word';
  }

  #isWord(): boolean {
    this.#lexer.blanks();
    if (this.#lexer.atProcess()) return true;
    return !this.#lexer.ended && this.#lexer.peekOperator() === '';
  }

  #word(): Word {
    if (!this.#isWord()) this.#unexpected(this.#peek());
    return this.#lexer.word();
  }

  #skip(token: string): void {
    this.#lexer.blanks();
    if (token === '\n') this.#newline();
    else this.#lexer.take(token);
  }

  #expect(token: string): void {
    const next = this.#peek();
    if (next !== token) this.#unexpected(next, token);
    this.#skip(token);
  }

  #unexpected(found: string, expecting = ''): never {
    // The small shells do not say which word it was.
    const named = this.#bash || found === '' || CLOSERS.has(found) || OPENERS.has(found) || /^[;&|<>()\n]/.test(found);
    const token = named ? found : 'word';
    throw new SyntaxProblem(token === '' ? 'end' : token, this.#lexer.line, expecting, this.#open.at(-1));
  }
}

/** The text of a word that is nothing but unquoted text. */
export function plain(word: Word): string | undefined {
  if (word.length === 0) return undefined;
  return word.every((part) => part.t === 'text' && !part.q)
    ? word.map((part) => (part.t === 'text' ? part.s : '')).join('')
    : undefined;
}

/** An array's index as a word: `$i`, `i + 1`, `a key`. */
export function indexWord(text: string): Word {
  const inner = new Lexer(text, 'bash');
  new Parser('bash', inner);
  // Quotes around a key are not part of it.
  return inner.word('\0').map((part) => ({ ...part, q: true }));
}

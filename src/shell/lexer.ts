import type { List, Part, Word } from './ast.ts';
import type { Flavour } from './state.ts';

/** What the text lacks or has too much of; `token` as a shell names it. */
export class SyntaxProblem extends Error {
  /** `end` for text that ended too early, `quote` inside quotes or braces, else the unexpected token. */
  readonly token: string;
  /** The word that should have come; for `quote`, the character that should have closed it. */
  readonly expecting: string;
  /** Where it is; for what is never closed, where it was opened. */
  readonly line: number;
  /** The compound command that the text ended in, and its line: `if`, 3. */
  readonly within: { readonly word: string; readonly line: number } | undefined;

  constructor(token: string, line: number, expecting = '', within?: { word: string; line: number }) {
    super(`syntax error: unexpected ${token}`);
    this.token = token;
    this.line = line;
    this.expecting = expecting;
    this.within = within;
  }

  /** Whether more text could make it right. */
  get incomplete(): boolean {
    return this.token === 'end' || this.token === 'quote';
  }
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*/;
const OPERATORS = ['&>>', '<<<', '<<-', ';;&', '&&', '||', ';;', ';&', '>>', '<<', '>&', '<&', '<>', '>|', '&>'];
const SINGLE = ';&|<>()\n';
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', e: '\x1b', E: '\x1b', '\\': '\\', "'": "'" },
  '"': '"',
};

/** Reads words and operators; the parser above it asks for one token after the other. */
export class Lexer {
  readonly text: string;
  at = 0;
  line = 1;
  readonly #flavour: Flavour;
  /** Parses the inside of `$( … )`: set by the parser. */
  parseList: (lexer: Lexer, end: string) => List = () => ({ k: 'list', items: [] });

  constructor(text: string, flavour: Flavour, line = 1) {
    this.text = text;
    this.#flavour = flavour;
    this.line = line;
  }

  get #bash(): boolean {
    return this.#flavour === 'bash';
  }

  get #rich(): boolean {
    return this.#flavour !== 'dash';
  }

  /** Skips blanks, line continuations and comments. */
  blanks(): void {
    for (;;) {
      const c = this.text[this.at];
      if (c === ' ' || c === '\t') this.at += 1;
      else if (c === '\\' && this.text[this.at + 1] === '\n') {
        this.at += 2;
        this.line += 1;
      } else if (c === '#') {
        while (this.at < this.text.length && this.text[this.at] !== '\n') this.at += 1;
      } else return;
    }
  }

  /** The operator that comes next, without taking it; empty for a word or the end. */
  peekOperator(): string {
    for (const operator of OPERATORS)
      if (this.text.startsWith(operator, this.at)) {
        if (!this.#bash && operator === '<<<') continue;
        if (!this.#rich && operator.startsWith('&>')) continue;
        return operator;
      }
    const c = this.text[this.at];
    return c !== undefined && SINGLE.includes(c) ? c : '';
  }

  /** Whether `<(` or `>(` comes next. */
  atProcess(): boolean {
    return this.#rich && /[<>]/.test(this.text[this.at] ?? '') && this.text[this.at + 1] === '(';
  }

  take(operator: string): void {
    this.at += operator.length;
    if (operator === '\n') this.line += 1;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  /**
   * Reads a word. Where `stop` is given, only its characters end it. In the value of an assignment, a tilde counts after
   * each colon, too.
   */
  word(stop = '', value = false): Word {
    const parts: Part[] = [];
    let plain = '';
    const flush = () => {
      if (plain !== '') parts.push({ t: 'text', s: plain, q: false });
      plain = '';
    };
    while (!this.ended) {
      const c = this.text[this.at]!;
      if (stop === '' && this.atProcess()) {
        flush();
        const direction = c as '<' | '>';
        this.at += 2;
        parts.push({ t: 'process', direction, list: this.parseList(this, ')'), q: true });
        continue;
      }
      if (c === '~' && (value ? plain.endsWith(':') : /^\w+=$/.test(plain))) flush();
      if (stop === '' ? c === ' ' || c === '\t' || SINGLE.includes(c) : stop.includes(c)) break;
      if (this.#bash && stop === '' && '?*+@!'.includes(c) && this.text[this.at + 1] === '(') {
        const group = this.#extendedGroup();
        if (group !== undefined) {
          plain += group;
          continue;
        }
      }
      if (c === '\\') {
        const next = this.text[this.at + 1];
        this.at += 2;
        if (next === '\n') this.line += 1;
        else {
          flush();
          parts.push({ t: 'text', s: next ?? '\\', q: true });
        }
      } else if (c === "'") {
        flush();
        parts.push({ t: 'text', s: this.#singleQuoted(), q: true });
      } else if (c === '"') {
        flush();
        this.at += 1;
        parts.push({ t: 'text', s: '', q: true }, ...this.quoted('"'));
        this.at += 1;
      } else if (c === '$' || c === '`') {
        flush();
        parts.push(this.#dollar(false));
      } else {
        if (c === '\n') this.line += 1;
        plain += c;
        this.at += 1;
      }
    }
    flush();
    return parts;
  }

  /** The inside of double quotes, or of a here-document (`end` empty), up to but without the end. */
  quoted(end: string): Part[] {
    const parts: Part[] = [];
    const { line } = this;
    let plain = '';
    const flush = () => {
      if (plain !== '') parts.push({ t: 'text', s: plain, q: true });
      plain = '';
    };
    for (;;) {
      const c = this.text[this.at];
      if (c === undefined) {
        if (end === '') break;
        throw new SyntaxProblem('quote', line, end.includes('}') ? '}' : end);
      }
      if (end !== '' && end.includes(c)) break;
      if (c === '\\') {
        const next = this.text[this.at + 1] ?? '';
        this.at += 2;
        if (next === '\n') this.line += 1;
        else if ('$`\\'.includes(next) || (next === '"' && end === '"') || (end === '}' && next === '}')) plain += next;
        else plain += `\\${next}`;
      } else if (c === '$' || c === '`') {
        flush();
        parts.push(this.#dollar(true));
      } else {
        if (c === '\n') this.line += 1;
        plain += c;
        this.at += 1;
      }
    }
    flush();
    return parts;
  }

  /** `@(a|b)` and its like, which are part of a word; nothing when it is not one. */
  #extendedGroup(): string | undefined {
    let depth = 0;
    for (let end = this.at + 1; end < this.text.length; end += 1) {
      const c = this.text[end]!;
      if (/[\s;&<>"'$`\\]/.test(c)) return undefined;
      if (c === '(') depth += 1;
      else if (c === ')') {
        depth -= 1;
        if (depth > 0) continue;
        const group = this.text.slice(this.at, end + 1);
        this.at = end + 1;
        return group;
      }
    }
    return undefined;
  }

  #singleQuoted(): string {
    const end = this.text.indexOf("'", this.at + 1);
    if (end < 0) throw new SyntaxProblem('quote', this.line, "'");
    const inside = this.text.slice(this.at + 1, end);
    this.line += inside.split('\n').length - 1;
    this.at = end + 1;
    return inside;
  }

  #ansiQuoted(): string {
    this.at += 2;
    let value = '';
    for (;;) {
      const c = this.text[this.at];
      if (c === undefined) throw new SyntaxProblem('quote', this.line, "'");
      this.at += 1;
      if (c === "'") return value;
      if (c !== '\\') {
        value += c;
        continue;
      }
      const rest = this.text.slice(this.at);
      const code = /^(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3}))/.exec(rest);
      if (code) {
        this.at += code[0].length;
        value += String.fromCharCode(code[1] ? Number.parseInt(code[1], 16) : Number.parseInt(code[2]!, 8) & 255);
      } else {
        this.at += 1;
        value += ESCAPES[rest[0] ?? ''] ?? `\\${rest[0] ?? ''}`;
      }
    }
  }

  /** What follows `$`, or a command in backquotes. */
  #dollar(q: boolean): Part {
    const { text } = this;
    if (text[this.at] === '`') return this.#backquoted(q);
    const next = text[this.at + 1] ?? '';
    if (next === '"' && !q && this.#bash) {
      this.at += 2;
      const parts = this.quoted('"');
      this.at += 1;
      return { t: 'parameter', name: '', op: 'text', word: parts, q: true };
    }
    if (next === "'" && !q && this.#rich) return { t: 'text', s: this.#ansiQuoted(), q: true };
    if (text.startsWith('$((', this.at)) {
      const expression = this.#arithmetic();
      if (expression) return { t: 'arithmetic', word: expression, q };
    }
    if (next === '[' && this.#bash) {
      const end = text.indexOf(']', this.at);
      if (end > 0) {
        const inner = new Lexer(text.slice(this.at + 2, end), this.#flavour, this.line);
        inner.parseList = this.parseList;
        this.at = end + 1;
        return { t: 'arithmetic', word: inner.quoted(''), q };
      }
    }
    if (next === '(') {
      this.at += 2;
      const { line } = this;
      try {
        return { t: 'command', list: this.parseList(this, ')'), q };
      } catch (error) {
        if (error instanceof SyntaxProblem && error.token === 'end')
          throw new SyntaxProblem('quote', this.#bash ? Math.max(line, this.line) + 1 : line, ')');
        throw error;
      }
    }
    if (next === '{') {
      this.at += 2;
      return this.#braced(q);
    }
    const rest = text.slice(this.at + 1);
    const name = NAME.exec(rest)?.[0] ?? /^[0-9@*#?$!-]/.exec(rest)?.[0];
    if (name === undefined) {
      this.at += 1;
      return { t: 'text', s: '$', q };
    }
    this.at += 1 + name.length;
    return { t: 'parameter', name, q };
  }

  #backquoted(q: boolean): Part {
    let inside = '';
    let at = this.at + 1;
    for (; this.text[at] !== '`'; at += 1) {
      if (at >= this.text.length) throw new SyntaxProblem('quote', this.line, '`');
      if (this.text[at] === '\\' && '`\\$'.includes(this.text[at + 1] ?? '')) at += 1;
      inside += this.text[at];
    }
    this.at = at + 1;
    const inner = new Lexer(inside, this.#flavour, this.line);
    this.line += inside.split('\n').length - 1;
    inner.parseList = this.parseList;
    return { t: 'command', list: this.parseList(inner, ''), q };
  }

  /** `$(( … ))`; nothing when it is `$( (…) )`. */
  #arithmetic(): Word | undefined {
    let depth = 0;
    let end = this.at + 3;
    for (; end < this.text.length; end += 1) {
      if (this.text[end] === '(') depth += 1;
      else if (this.text[end] === ')') {
        if (depth === 0) break;
        depth -= 1;
      }
    }
    if (end >= this.text.length) throw new SyntaxProblem('quote', this.line, ')');
    if (this.text[end + 1] !== ')') return undefined;
    const inner = new Lexer(this.text.slice(this.at + 3, end), this.#flavour, this.line);
    inner.parseList = this.parseList;
    this.at = end + 2;
    return inner.quoted('');
  }

  #braced(q: boolean): Part {
    const start = this.at;
    const rest = () => this.text.slice(this.at);
    let op = '';
    const length = /^#(?=[A-Za-z0-9_@*?#])/.exec(rest());
    if (length && rest() !== '#}' && !rest().startsWith('#}')) {
      op = 'length';
      this.at += 1;
    } else if (this.#bash && /^![A-Za-z_]/.test(rest())) {
      op = 'indirect';
      this.at += 1;
    }
    const name = NAME.exec(rest())?.[0] ?? /^(?:[0-9]+|[@*#?$!-])/.exec(rest())?.[0];
    if (name === undefined) return this.#badSubstitution(start, q);
    this.at += name.length;
    let index: string | undefined;
    if (this.text[this.at] === '[') {
      const end = this.text.indexOf(']', this.at);
      index = this.text.slice(this.at + 1, end);
      this.at = end + 1;
    }
    const part = { t: 'parameter' as const, name, q, ...(index === undefined ? {} : { index }) };
    if (this.text[this.at] === '}') {
      this.at += 1;
      return { ...part, ...(op === '' ? {} : { op }) };
    }
    const operator = /^(?::[-=?+]|[-=?+]|##?|%%?|\/\/|\/#|\/%|\/|\^\^?|,,?|:|@[QULEPAKak](?=\}))/.exec(rest())?.[0];
    if (operator === undefined || op !== '') {
      if (this.ended) throw new SyntaxProblem('quote', this.line, '}');
      return this.#badSubstitution(start, q);
    }
    this.at += operator.length;
    const word = this.#braceWord(operator.startsWith('/') || operator === ':' ? '/:}' : '}', q, operator);
    let replacement: Word | undefined;
    const separator = this.text[this.at];
    if (separator !== '}' && separator !== undefined) {
      this.at += 1;
      replacement = this.#braceWord('}', q, operator);
    }
    this.at += 1;
    return { ...part, op: operator, word, ...(replacement ? { replacement } : {}) };
  }

  /** What makes no sense between braces is an error only when it is expanded. */
  #badSubstitution(start: number, q: boolean): Part {
    let depth = 1;
    for (this.at = start; depth > 0; this.at += 1) {
      if (this.ended) throw new SyntaxProblem('quote', this.line, '}');
      if (this.text[this.at] === '{') depth += 1;
      else if (this.text[this.at] === '}') depth -= 1;
    }
    return {
      t: 'parameter',
      name: '',
      op: 'bad',
      word: [{ t: 'text', s: `\${${this.text.slice(start, this.at)}`, q: true }],
      q,
    };
  }

  #braceWord(stop: string, q: boolean, operator: string): Word {
    const ends = operator.startsWith('/') ? stop.replace(':', '') : operator === ':' ? stop.replace('/', '') : stop;
    if (!q || /^[#%/]/.test(operator)) {
      const word = this.word(ends);
      if (this.ended) throw new SyntaxProblem('quote', this.line, '}');
      return word;
    }
    return this.#quotedBrace(ends);
  }

  /** Inside double quotes a brace's word may hold double quotes of its own, which do nothing. */
  #quotedBrace(ends: string): Word {
    const parts: Part[] = [];
    for (;;) {
      parts.push(...this.quoted(`"${ends}`));
      if (this.text[this.at] !== '"') return parts;
      this.at += 1;
    }
  }
}

/** A place in the text; line and column count from 0. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

export type TokenType =
  | ('stream-end' | 'directive' | 'document-start' | 'document-end')
  | ('block-sequence-start' | 'block-mapping-start' | 'block-end' | 'block-entry')
  | ('flow-sequence-start' | 'flow-sequence-end' | 'flow-mapping-start' | 'flow-mapping-end' | 'flow-entry')
  | ('key' | 'value' | 'alias' | 'anchor' | 'tag' | 'scalar');

export interface Token {
  readonly type: TokenType;
  readonly start: Mark;
  /** Name of an alias or anchor. */
  readonly name?: string;
}

/** Text that YAML does not allow. The line is that of the message, 0 when it names none. */
export class YamlError extends Error {}

/** An error of the scanner: lines count from the mark where the construct began, or else from where it broke. */
export function scannerError(context: Mark, problem: Mark, message: string): YamlError {
  const line = context.line !== 0 ? context.line + 1 : problem.line !== 0 ? problem.line + 1 : 0;
  return new YamlError(line === 0 ? message : `line ${line}: ${message}`);
}

interface SimpleKey {
  possible: boolean;
  required: boolean;
  token: number;
  mark: Mark;
}

/** A simple key may be so many characters long. */
const LONGEST_KEY = 1024;
const ESCAPES = '0abt\tnvfre "\'/\\N_LP';
const HEX_ESCAPES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * Splits text into tokens by the rules of libyaml, which go-yaml follows: what is accepted, where an error is noticed and
 * what it is called are the same (yaml scannerc.go). The content of scalars is not kept.
 */
export class Scanner {
  readonly #text: string;
  #index = 0;
  #line = 0;
  #column = 0;
  #tokens: Token[] = [];
  #taken = 0;
  #ended = false;
  #flow = 0;
  #indent = -1;
  readonly #indents: number[] = [];
  #keyAllowed = true;
  readonly #keys: SimpleKey[] = [];

  constructor(text: string) {
    this.#text = text.replace(/^\uFEFF/, '');
    this.#keys.push(this.#noKey());
  }

  /** The next token, which stays. */
  peek(): Token {
    while (this.#needsMore()) this.#fetch();
    return this.#tokens[0]!;
  }

  /** The next token, which is used up. */
  next(): Token {
    const token = this.peek();
    if (token.type !== 'stream-end') {
      this.#tokens.shift();
      this.#taken += 1;
    }
    return token;
  }

  #needsMore(): boolean {
    if (this.#ended) return this.#tokens.length === 0;
    if (this.#tokens.length === 0) return true;
    for (const key of this.#keys) if (this.#valid(key) && key.token === this.#taken) return true;
    return false;
  }

  #noKey(): SimpleKey {
    return { possible: false, required: false, token: 0, mark: this.#mark() };
  }

  #mark(): Mark {
    return { index: this.#index, line: this.#line, column: this.#column };
  }

  #at(offset = 0): string {
    return this.#text[this.#index + offset] ?? '';
  }

  #blank(offset = 0): boolean {
    const char = this.#at(offset);
    return char === ' ' || char === '\t';
  }

  #break(offset = 0): boolean {
    const char = this.#at(offset);
    return char === '\n' || char === '\r' || char === '\u0085' || char === '\u2028' || char === '\u2029';
  }

  #blankOrEnd(offset = 0): boolean {
    return this.#blank(offset) || this.#break(offset) || this.#at(offset) === '';
  }

  #skip(count = 1): void {
    this.#index += count;
    this.#column += count;
  }

  #skipLine(): void {
    this.#index += this.#at() === '\r' && this.#at(1) === '\n' ? 2 : 1;
    this.#line += 1;
    this.#column = 0;
  }

  #push(type: TokenType, start: Mark, name?: string): void {
    this.#tokens.push(name === undefined ? { type, start } : { type, start, name });
  }

  #fetch(): void {
    this.#toNextToken();
    this.#unroll(this.#column);
    const char = this.#at();
    if (char === '') this.#streamEnd();
    else if (this.#column === 0 && char === '%') this.#directive();
    else if (this.#documentMark('---')) this.#documentIndicator('document-start');
    else if (this.#documentMark('...')) this.#documentIndicator('document-end');
    else if (char === '[') this.#flowStart('flow-sequence-start');
    else if (char === '{') this.#flowStart('flow-mapping-start');
    else if (char === ']') this.#flowEnd('flow-sequence-end');
    else if (char === '}') this.#flowEnd('flow-mapping-end');
    else if (char === ',') this.#flowEntry();
    else if (char === '-' && this.#blankOrEnd(1)) this.#blockEntry();
    else if (char === '?' && (this.#flow > 0 || this.#blankOrEnd(1))) this.#key();
    else if (char === ':' && (this.#flow > 0 || this.#blankOrEnd(1))) this.#value();
    else if (char === '*') this.#anchor('alias');
    else if (char === '&') this.#anchor('anchor');
    else if (char === '!') this.#tag();
    else if ((char === '|' || char === '>') && this.#flow === 0) this.#blockScalar();
    else if (char === "'" || char === '"') this.#flowScalar(char);
    else if (this.#startsPlain(char)) this.#plainScalar();
    else throw scannerError(this.#mark(), this.#mark(), 'found character that cannot start any token');
  }

  #startsPlain(char: string): boolean {
    if (!this.#blankOrEnd() && !'-?:,[]{}#&*!|>\'"%@`'.includes(char)) return true;
    if (char === '-' && !this.#blank(1)) return true;
    return this.#flow === 0 && (char === '?' || char === ':') && !this.#blankOrEnd(1);
  }

  #toNextToken(): void {
    for (;;) {
      while (this.#at() === ' ' || ((this.#flow > 0 || !this.#keyAllowed) && this.#at() === '\t')) this.#skip();
      if (this.#at() === '#') while (this.#at() !== '' && !this.#break()) this.#skip();
      if (!this.#break()) return;
      this.#skipLine();
      if (this.#flow === 0) this.#keyAllowed = true;
    }
  }

  #documentMark(text: string): boolean {
    return this.#column === 0 && this.#text.startsWith(text, this.#index) && this.#blankOrEnd(3);
  }

  #valid(key: SimpleKey): boolean {
    if (!key.possible) return false;
    if (key.mark.line < this.#line || key.mark.index + LONGEST_KEY < this.#index) {
      if (key.required) throw scannerError(key.mark, this.#mark(), "could not find expected ':'");
      key.possible = false;
      return false;
    }
    return true;
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return;
    const required = this.#flow === 0 && this.#indent === this.#column;
    this.#removeKey();
    const token = this.#taken + this.#tokens.length;
    this.#keys[this.#keys.length - 1] = { possible: true, required, token, mark: this.#mark() };
  }

  #removeKey(): void {
    const key = this.#keys.at(-1)!;
    if (key.possible && key.required) throw scannerError(key.mark, this.#mark(), "could not find expected ':'");
    key.possible = false;
  }

  #roll(column: number, token: number | undefined, type: TokenType, start: Mark): void {
    if (this.#flow > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (token === undefined) this.#push(type, start);
    else this.#tokens.splice(token - this.#taken, 0, { type, start });
  }

  #unroll(column: number): void {
    if (this.#flow > 0) return;
    while (this.#indent > column) {
      this.#push('block-end', this.#mark());
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  #streamEnd(): void {
    if (this.#column !== 0) {
      this.#column = 0;
      this.#line += 1;
    }
    this.#unroll(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    this.#ended = true;
    this.#push('stream-end', this.#mark());
  }

  #directive(): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    const start = this.#mark();
    this.#skip();
    if (!/^(?:YAML|TAG)[ \t]/.test(this.#text.slice(this.#index, this.#index + 5)))
      throw scannerError(start, this.#mark(), 'found unknown directive name');
    while (this.#at() !== '' && !this.#break()) this.#skip();
    this.#push('directive', start);
  }

  #documentIndicator(type: TokenType): void {
    this.#unroll(-1);
    this.#removeKey();
    this.#keyAllowed = false;
    this.#push(type, this.#mark());
    this.#skip(3);
  }

  #flowStart(type: TokenType): void {
    this.#saveKey();
    this.#keys.push(this.#noKey());
    this.#flow += 1;
    this.#keyAllowed = true;
    this.#push(type, this.#mark());
    this.#skip();
  }

  #flowEnd(type: TokenType): void {
    this.#removeKey();
    if (this.#flow > 0) {
      this.#flow -= 1;
      this.#keys.pop();
    }
    this.#keyAllowed = false;
    this.#push(type, this.#mark());
    this.#skip();
  }

  #flowEntry(): void {
    this.#removeKey();
    this.#keyAllowed = true;
    this.#push('flow-entry', this.#mark());
    this.#skip();
  }

  #blockEntry(): void {
    const mark = this.#mark();
    if (this.#flow === 0) {
      if (!this.#keyAllowed) throw scannerError(mark, mark, 'block sequence entries are not allowed in this context');
      this.#roll(this.#column, undefined, 'block-sequence-start', mark);
    }
    this.#removeKey();
    this.#keyAllowed = true;
    this.#push('block-entry', mark);
    this.#skip();
  }

  #key(): void {
    const mark = this.#mark();
    if (this.#flow === 0) {
      if (!this.#keyAllowed) throw scannerError(mark, mark, 'mapping keys are not allowed in this context');
      this.#roll(this.#column, undefined, 'block-mapping-start', mark);
    }
    this.#removeKey();
    this.#keyAllowed = this.#flow === 0;
    this.#push('key', mark);
    this.#skip();
  }

  #value(): void {
    const mark = this.#mark();
    const key = this.#keys.at(-1)!;
    if (this.#valid(key)) {
      this.#tokens.splice(key.token - this.#taken, 0, { type: 'key', start: key.mark });
      this.#roll(key.mark.column, key.token, 'block-mapping-start', key.mark);
      key.possible = false;
      this.#keyAllowed = false;
    } else {
      if (this.#flow === 0) {
        if (!this.#keyAllowed) throw scannerError(mark, mark, 'mapping values are not allowed in this context');
        this.#roll(this.#column, undefined, 'block-mapping-start', mark);
      }
      this.#keyAllowed = this.#flow === 0;
    }
    this.#push('value', mark);
    this.#skip();
  }

  #anchor(type: 'alias' | 'anchor'): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const start = this.#mark();
    this.#skip();
    const name = /^[\w-]*/.exec(this.#text.slice(this.#index))![0];
    this.#skip(name.length);
    if (name === '' || !(this.#blankOrEnd() || '?:,]}%@`'.includes(this.#at())))
      throw scannerError(start, this.#mark(), 'did not find expected alphabetic or numeric character');
    this.#push(type, start, name);
  }

  #tag(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const start = this.#mark();
    while (!this.#blankOrEnd() && !(this.#flow > 0 && ',[]{}'.includes(this.#at()))) this.#skip();
    if (!this.#blankOrEnd() && this.#at() !== ',')
      throw scannerError(start, this.#mark(), 'did not find expected whitespace or line break');
    this.#push('tag', start);
  }

  #blockScalar(): void {
    this.#removeKey();
    this.#keyAllowed = true;
    const start = this.#mark();
    this.#skip();
    let increment = 0;
    for (let part = 0; part < 2; part += 1) {
      if (this.#at() === '+' || this.#at() === '-') this.#skip();
      else if (/[0-9]/.test(this.#at())) {
        if (this.#at() === '0') throw scannerError(start, this.#mark(), 'found an indentation indicator equal to 0');
        increment = Number(this.#at());
        this.#skip();
      }
    }
    while (this.#blank()) this.#skip();
    if (this.#at() === '#') while (this.#at() !== '' && !this.#break()) this.#skip();
    if (this.#at() !== '' && !this.#break())
      throw scannerError(start, this.#mark(), 'did not find expected comment or line break');
    if (this.#break()) this.#skipLine();
    let indent = increment === 0 ? 0 : Math.max(this.#indent, 0) + increment;
    indent = this.#blockBreaks(indent, start);
    while (this.#column === indent && this.#at() !== '') {
      while (this.#at() !== '' && !this.#break()) this.#skip();
      if (this.#break()) this.#skipLine();
      indent = this.#blockBreaks(indent, start);
    }
    this.#push('scalar', start);
  }

  #blockBreaks(known: number, start: Mark): number {
    let indent = known;
    let deepest = 0;
    for (;;) {
      while ((indent === 0 || this.#column < indent) && this.#at() === ' ') this.#skip();
      if (this.#column > deepest) deepest = this.#column;
      if ((indent === 0 || this.#column < indent) && this.#at() === '\t')
        throw scannerError(start, this.#mark(), 'found a tab character where an indentation space is expected');
      if (!this.#break()) break;
      this.#skipLine();
    }
    if (indent === 0) indent = Math.max(deepest, this.#indent + 1, 1);
    return indent;
  }

  #flowScalar(quote: string): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const start = this.#mark();
    this.#skip();
    for (;;) {
      if (this.#documentMark('---') || this.#documentMark('...'))
        throw scannerError(start, this.#mark(), 'found unexpected document indicator');
      const char = this.#at();
      if (char === '') throw scannerError(start, this.#mark(), 'found unexpected end of stream');
      if (char === quote && quote === "'" && this.#at(1) === "'") this.#skip(2);
      else if (char === quote) break;
      else if (quote === '"' && char === '\\' && this.#break(1)) {
        this.#skip();
        this.#skipLine();
      } else if (quote === '"' && char === '\\') this.#escape(start);
      else if (this.#break()) this.#skipLine();
      else this.#skip();
    }
    this.#skip();
    this.#push('scalar', start);
  }

  #escape(start: Mark): void {
    const char = this.#at(1);
    const digits = HEX_ESCAPES[char];
    if (digits === undefined && (char === '' || !ESCAPES.includes(char)))
      throw scannerError(start, this.#mark(), 'found unknown escape character');
    this.#skip(2);
    if (digits === undefined) return;
    if (!new RegExp(`^[0-9a-fA-F]{${digits}}`).test(this.#text.slice(this.#index, this.#index + digits)))
      throw scannerError(start, this.#mark(), 'did not find expected hexdecimal number');
    this.#skip(digits);
  }

  #plainScalar(): void {
    this.#saveKey();
    this.#keyAllowed = false;
    const start = this.#mark();
    const indent = this.#indent + 1;
    let leadingBlanks = false;
    for (;;) {
      if (this.#documentMark('---') || this.#documentMark('...') || this.#at() === '#') break;
      while (!this.#blankOrEnd()) {
        const char = this.#at();
        if (char === ':' && this.#blankOrEnd(1)) break;
        if (this.#flow > 0 && (',[]{}'.includes(char) || (char === '?' && this.#blankOrEnd(1)))) break;
        if (this.#flow > 0 && char === ':' && ',[]{}'.includes(this.#at(1))) break;
        leadingBlanks = false;
        this.#skip();
      }
      if (!this.#blank() && !this.#break()) break;
      while (this.#blank() || this.#break()) {
        if (this.#blank()) {
          if (leadingBlanks && this.#column < indent && this.#at() === '\t')
            throw scannerError(start, this.#mark(), 'found a tab character that violates indentation');
          this.#skip();
        } else {
          leadingBlanks = true;
          this.#skipLine();
        }
      }
      if (this.#flow === 0 && this.#column < indent) break;
    }
    if (leadingBlanks) this.#keyAllowed = true;
    this.#push('scalar', start);
  }
}

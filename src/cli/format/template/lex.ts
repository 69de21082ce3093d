import { goQuote } from '../../quote.ts';

export type TokenType =
  | 'error'
  | 'bool'
  | 'char'
  | 'characterConstant'
  | 'assign'
  | 'declare'
  | 'eof'
  | 'field'
  | 'identifier'
  | 'leftDelim'
  | 'leftParen'
  | 'number'
  | 'pipe'
  | 'rawString'
  | 'rightDelim'
  | 'rightParen'
  | 'space'
  | 'string'
  | 'text'
  | 'variable'
  | 'dot'
  | 'nil'
  | 'keyword';

export interface Token {
  readonly type: TokenType;
  readonly text: string;
  /** Offset in the template. */
  readonly at: number;
}

const KEYWORDS = ['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with'];
const SPACE = /[ \t\r\n]/;
const WORD = /[\p{L}\p{Nd}_]/u;
/** What may follow a word; anything else is a bad character. */
const TERMINATOR = /^(?:[ \t\r\n.,|:()]|\}\})/;

/** Splits a template into tokens as Go's text/template does. An error is the last token. */
export function lex(input: string): readonly Token[] {
  return new Lexer(input).run();
}

class LexError extends Error {}

class Lexer {
  readonly #input: string;
  readonly #tokens: Token[] = [];
  #at = 0;
  #parens = 0;

  constructor(input: string) {
    this.#input = input;
  }

  run(): readonly Token[] {
    try {
      while (this.#at < this.#input.length) this.#text();
      this.#push('eof', '');
    } catch (error) {
      if (!(error instanceof LexError)) throw error;
      this.#push('error', error.message);
    }
    return this.#tokens;
  }

  #push(type: TokenType, text: string, at = this.#at): void {
    this.#tokens.push({ type, text, at });
  }

  /** Text up to the next action, and the action. */
  #text(): void {
    const start = this.#at;
    const open = this.#input.indexOf('{{', start);
    const end = open < 0 ? this.#input.length : open;
    const trims = open >= 0 && this.#input[open + 2] === '-' && SPACE.test(this.#input[open + 3] ?? '');
    const text = this.#input.slice(start, end);
    const kept = trims ? text.replace(/[ \t\r\n]+$/, '') : text;
    if (kept !== '') this.#push('text', kept, start);
    this.#at = end;
    if (open < 0) return;
    const inside = open + 2 + (trims ? 2 : 0);
    if (this.#input.startsWith('/*', inside)) {
      this.#comment(inside);
      return;
    }
    this.#push('leftDelim', '{{');
    this.#at = inside;
    this.#parens = 0;
    while (!this.#rightDelim()) this.#inAction();
  }

  #comment(start: number): void {
    const close = this.#input.indexOf('*/', start);
    if (close < 0) throw new LexError('unclosed comment');
    const end = close + 2;
    const trims = SPACE.test(this.#input[end] ?? '') && this.#input.startsWith('-}}', end + 1);
    if (!trims && !this.#input.startsWith('}}', end)) throw new LexError('comment ends before closing delimiter');
    this.#at = end + (trims ? 4 : 2);
    if (trims) this.#skipSpace();
  }

  /** Takes `}}` or ` -}}` and what it trims; false when it isn't there. */
  #rightDelim(): boolean {
    const trims = SPACE.test(this.#input[this.#at] ?? '') && this.#input.startsWith('-}}', this.#at + 1);
    if (!trims && !this.#input.startsWith('}}', this.#at)) return false;
    if (this.#parens > 0) throw new LexError('unclosed left paren');
    if (trims) this.#at += 2;
    this.#push('rightDelim', '}}');
    this.#at += 2;
    if (trims) this.#skipSpace();
    return true;
  }

  #skipSpace(): void {
    while (SPACE.test(this.#input[this.#at] ?? '')) this.#at += 1;
  }

  #take(type: TokenType, length: number): void {
    this.#push(type, this.#input.slice(this.#at, this.#at + length));
    this.#at += length;
  }

  #inAction(): void {
    const rest = this.#input.slice(this.#at);
    const [char = ''] = rest;
    if (char === '') throw new LexError('unclosed action');
    if (SPACE.test(char)) {
      // A space that begins a trim marker belongs to the delimiter.
      let length = 1;
      while (SPACE.test(rest[length] ?? '')) length += 1;
      if (rest.startsWith('-}}', length) && length > 1) length -= 1;
      this.#take('space', length);
    } else if (char === '=') this.#take('assign', 1);
    else if (char === ':') {
      if (rest[1] !== '=') throw new LexError('expected :=');
      this.#take('declare', 2);
    } else if (char === '|') this.#take('pipe', 1);
    else if (char === '"') this.#quoted(/^"(?:[^"\\\n]|\\[^\n])*"/, 'string', 'unterminated quoted string');
    else if (char === '`') this.#quoted(/^`[^`]*`/, 'rawString', 'unterminated raw quoted string');
    else if (char === "'")
      this.#quoted(/^'(?:[^'\\\n]|\\[^\n])*'/, 'characterConstant', 'unterminated character constant');
    else if (char === '$') this.#fieldOrVariable('variable');
    else if (char === '.' && rest.length > 1 && !/\d/.test(rest[1]!)) this.#fieldOrVariable('field');
    else if (/[.+\-\d]/.test(char)) this.#number();
    else if (WORD.test(String.fromCodePoint(rest.codePointAt(0)!))) this.#word();
    else if (char === '(') {
      this.#parens += 1;
      this.#take('leftParen', 1);
    } else if (char === ')') {
      this.#parens -= 1;
      if (this.#parens < 0) throw new LexError(`unexpected right paren ${codePoint(')')}`);
      this.#take('rightParen', 1);
    } else if (/^[\x20-\x7e]/.test(char)) this.#take('char', 1);
    else throw new LexError(`unrecognized character in action: ${codePoint(rest)}`);
  }

  #quoted(pattern: RegExp, type: TokenType, unterminated: string): void {
    const match = pattern.exec(this.#input.slice(this.#at));
    if (!match) throw new LexError(unterminated);
    this.#take(type, match[0].length);
  }

  #fieldOrVariable(type: 'field' | 'variable'): void {
    const length = this.#wordLength(this.#at + 1);
    this.#checkTerminator(this.#at + 1 + length);
    if (length === 0 && type === 'field') this.#take('dot', 1);
    else this.#take(type, 1 + length);
  }

  #word(): void {
    const length = this.#wordLength(this.#at);
    this.#checkTerminator(this.#at + length);
    const word = this.#input.slice(this.#at, this.#at + length);
    if (KEYWORDS.includes(word)) this.#take('keyword', length);
    else if (word === 'true' || word === 'false') this.#take('bool', length);
    else this.#take(word === 'nil' ? 'nil' : 'identifier', length);
  }

  #wordLength(from: number): number {
    return /^[\p{L}\p{Nd}_]*/u.exec(this.#input.slice(from))![0].length;
  }

  #checkTerminator(at: number): void {
    const rest = this.#input.slice(at, at + 2);
    if (rest !== '' && !TERMINATOR.test(rest)) throw new LexError(`bad character ${codePoint(rest)}`);
  }

  #number(): void {
    const rest = this.#input.slice(this.#at);
    const [number] =
      /^[+-]?(?:0[xX][0-9a-fA-F_]*|0[bB][01_]*|0[oO][0-7_]*|[\d_]*)(?:\.[0-9a-fA-F_]*)?(?:[eE][+-]?[\d_]*)?i?/.exec(
        rest,
      )!;
    if (WORD.test(rest[number.length] ?? ''))
      throw new LexError(`bad number syntax: ${goQuote(rest.slice(0, number.length + 1))}`);
    this.#take('number', number.length);
  }
}

/** A character as Go's `%#U` writes it: `U+0040 '@'`. */
function codePoint(text: string): string {
  const code = text.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${String.fromCodePoint(code)}'`;
}

/** A token as error messages name it. */
export function tokenText({ type, text }: Token): string {
  if (type === 'eof') return 'EOF';
  if (type === 'error') return text;
  if (type === 'keyword' || type === 'dot' || type === 'nil') return `<${text}>`;
  return text.length > 10 ? `${goQuote(text.slice(0, 10))}...` : goQuote(text);
}

import type { Argument, Comprehension, Expr, FormattedValue, Parameters } from './ast.ts';
import { PythonSyntaxError, type Token, tokenize } from './lexer.ts';

export const KEYWORDS = new Set(
  `False None True and as assert async await break class continue def del elif else except finally for from global if import in is
  lambda nonlocal not or pass raise return try while with yield`.split(/\s+/),
);
const BINARY: readonly (readonly string[])[] = [
  ['|'],
  ['^'],
  ['&'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '//', '%', '@'],
];
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', '0': '\0', a: '\x07', b: '\b', f: '\f', v: '\v' },
  '\n': '',
};

/** Reads expressions from tokens (Python reference, "Expressions"). */
export class ExpressionParser {
  protected readonly source: string;
  protected readonly tokens: readonly Token[];
  protected at = 0;

  constructor(source: string, tokens: readonly Token[]) {
    this.source = source;
    this.tokens = tokens;
  }

  protected get token(): Token {
    return this.tokens[this.at]!;
  }

  /** Kind of the token that comes next. */
  protected kind(): Token['kind'] {
    return this.token.kind;
  }

  protected get last(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }

  protected is(text: string): boolean {
    const { kind, text: own } = this.token;
    return own === text && (kind === 'op' || kind === 'name');
  }

  protected accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.at += 1;
    return true;
  }

  protected expect(text: string): void {
    if (!this.accept(text)) this.fail();
  }

  protected fail(message = 'invalid syntax', token = this.token): never {
    throw new PythonSyntaxError(message, token.start, Math.max(token.end, token.start + 1));
  }

  protected identifier(): string {
    const { kind, text } = this.token;
    if (kind !== 'name' || KEYWORDS.has(text)) this.fail();
    this.at += 1;
    return text;
  }

  /** One expression, or several with commas between them, which make a tuple. */
  expressions(): Expr {
    const start = this.token.start;
    const first = this.starred();
    if (!this.is(',')) return first;
    const items = [first];
    while (this.accept(',')) {
      if (!this.startsExpression()) break;
      items.push(this.starred());
    }
    return { kind: 'tuple', items, start, end: this.last };
  }

  protected startsExpression(): boolean {
    const { kind, text } = this.token;
    if (kind === 'number' || kind === 'string') return true;
    if (kind === 'name')
      return !KEYWORDS.has(text) || ['None', 'True', 'False', 'not', 'lambda', 'yield', 'await'].includes(text);
    return kind === 'op' && ['(', '[', '{', '-', '+', '~', '*', '...', '**'].includes(text);
  }

  protected starred(): Expr {
    const { start } = this.token;
    if (!this.accept('*')) return this.named();
    const value = this.binary(0);
    return { kind: 'starred', value, start, end: this.last };
  }

  protected named(): Expr {
    const start = this.token.start;
    const target = this.expression();
    if (!this.accept(':=')) return target;
    return { kind: 'walrus', target, value: this.expression(), start, end: this.last };
  }

  expression(): Expr {
    const start = this.token.start;
    if (this.is('lambda')) return this.lambda();
    if (this.is('yield')) return this.yielding();
    const yes = this.or();
    if (!this.is('if')) return yes;
    this.at += 1;
    const test = this.or();
    if (!this.accept('else')) throw new PythonSyntaxError("expected 'else' after 'if' expression", start, this.last);
    const no = this.expression();
    return { kind: 'conditional', test, yes, no, start, end: this.last };
  }

  protected yielding(): Expr {
    const start = this.token.start;
    this.expect('yield');
    if (this.accept('from')) return { kind: 'yield', value: this.expression(), from: true, start, end: this.last };
    if (!this.startsExpression()) return { kind: 'yield', from: false, start, end: this.last };
    return { kind: 'yield', value: this.expressions(), from: false, start, end: this.last };
  }

  private lambda(): Expr {
    const start = this.token.start;
    this.expect('lambda');
    const params = this.parameters(':');
    this.expect(':');
    return { kind: 'lambda', params, body: this.expression(), start, end: this.last };
  }

  /** Parameters up to `closing`; annotations only in parentheses. */
  protected parameters(closing: string): Parameters {
    const positional: { name: string; fallback?: Expr }[] = [];
    const keywordOnly: { name: string; fallback?: Expr }[] = [];
    let positionalOnly = 0;
    let rest: string | undefined;
    let keywords: string | undefined;
    let named = false;
    const name = () => {
      const own = this.identifier();
      if (closing === ')' && this.accept(':')) this.expression();
      return own;
    };
    while (!this.is(closing)) {
      if (this.accept('**')) keywords = name();
      else if (this.accept('*')) {
        named = true;
        if (!this.is(',')) rest = name();
      } else if (this.accept('/')) positionalOnly = positional.length;
      else {
        const own = name();
        const entry = this.accept('=') ? { name: own, fallback: this.expression() } : { name: own };
        (named ? keywordOnly : positional).push(entry);
      }
      if (!this.accept(',')) break;
    }
    return {
      ...{ positional, positionalOnly, keywordOnly },
      ...(rest === undefined ? {} : { rest }),
      ...(keywords === undefined ? {} : { keywords }),
    };
  }

  private or(): Expr {
    return this.logical('or', () => this.logical('and', () => this.not()));
  }

  private logical(kind: 'and' | 'or', operand: () => Expr): Expr {
    const start = this.token.start;
    const first = operand();
    if (!this.is(kind)) return first;
    const items = [first];
    while (this.accept(kind)) items.push(operand());
    return { kind, items, start, end: this.last };
  }

  private not(): Expr {
    const start = this.token.start;
    if (!this.accept('not')) return this.comparison();
    return { kind: 'unary', op: 'not', value: this.not(), start, end: this.last };
  }

  private comparison(): Expr {
    const start = this.token.start;
    const left = this.binary(0);
    const rest: [string, Expr][] = [];
    for (let op = this.comparator(); op !== undefined; op = this.comparator()) rest.push([op, this.binary(0)]);
    return rest.length === 0 ? left : { kind: 'compare', left, rest, start, end: this.last };
  }

  private comparator(): string | undefined {
    for (const op of ['==', '!=', '<=', '>=', '<', '>', 'in']) if (this.accept(op)) return op;
    if (this.accept('is')) return this.accept('not') ? 'is not' : 'is';
    if (!this.is('not') || this.tokens[this.at + 1]?.text !== 'in') return undefined;
    this.at += 2;
    return 'not in';
  }

  protected binary(level: number): Expr {
    if (level === BINARY.length) return this.unary();
    const { start } = this.token;
    let left = this.binary(level + 1);
    while (this.token.kind === 'op' && BINARY[level]!.includes(this.token.text)) {
      const { text: op, start: opAt } = this.token;
      this.at += 1;
      const right = this.binary(level + 1);
      left = { kind: 'binary', op, left, right, opAt, start, end: this.last };
    }
    return left;
  }

  private unary(): Expr {
    const { start, text: op } = this.token;
    if (this.token.kind === 'op' && ['-', '+', '~'].includes(op)) {
      this.at += 1;
      return { kind: 'unary', op, value: this.unary(), start, end: this.last };
    }
    const base = this.primary();
    const { start: opAt } = this.token;
    if (!this.accept('**')) return base;
    return { kind: 'binary', op: '**', left: base, right: this.unary(), opAt, start, end: this.last };
  }

  private primary(): Expr {
    const { start } = this.token;
    if (this.is('await')) this.fail('not modelled in Stapellauf: await');
    let value = this.atom();
    for (;;) {
      const open = this.token.start;
      if (this.accept('.')) value = { kind: 'attribute', value, name: this.identifier(), start, end: this.last };
      else if (this.accept('(')) {
        const args = this.arguments();
        value = { kind: 'call', func: value, args, open, start, end: this.last };
      } else if (this.accept('[')) {
        const index = this.subscript();
        this.expect(']');
        value = { kind: 'index', value, index, start, end: this.last };
      } else return value;
    }
  }

  protected arguments(): Argument[] {
    const args: Argument[] = [];
    while (!this.is(')')) {
      if (this.accept('**')) args.push({ value: this.expression(), name: '**' });
      else if (this.accept('*')) args.push({ value: this.expression(), name: '*' });
      else if (this.token.kind === 'name' && this.tokens[this.at + 1]?.text === '=') {
        const name = this.identifier();
        this.expect('=');
        args.push({ value: this.expression(), name });
      } else {
        const { start } = this.token;
        const value = this.named();
        args.push({ value: this.is('for') ? this.comprehension('generator', value, undefined, start) : value });
      }
      if (!this.accept(',') && !this.is(')')) {
        if (this.startsExpression())
          throw new PythonSyntaxError(
            'invalid syntax. Perhaps you forgot a comma?',
            args.at(-1)!.value.start,
            this.token.end,
          );
        this.fail();
      }
    }
    this.expect(')');
    return args;
  }

  private subscript(): Expr {
    const { start } = this.token;
    const first = this.slice();
    if (!this.is(',')) return first;
    const items = [first];
    while (this.accept(',')) {
      if (this.is(']')) break;
      items.push(this.slice());
    }
    return { kind: 'tuple', items, start, end: this.last };
  }

  private slice(): Expr {
    const { start } = this.token;
    const from = this.is(':') ? undefined : this.named();
    if (!this.accept(':')) return from!;
    const to = this.startsExpression() ? this.expression() : undefined;
    const step = this.accept(':') && this.startsExpression() ? this.expression() : undefined;
    return {
      kind: 'slice',
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
      ...(step ? { step } : {}),
      start,
      end: this.last,
    };
  }

  private comprehension(
    of: 'list' | 'set' | 'dict' | 'generator',
    value: Expr,
    key: Expr | undefined,
    start: number,
  ): Expr {
    const loops: Comprehension[] = [];
    while (this.accept('for')) {
      const target = this.targets();
      this.expect('in');
      const iter = this.or();
      const conditions: Expr[] = [];
      while (this.accept('if')) conditions.push(this.or());
      loops.push({ target, iter, conditions });
    }
    return { kind: 'comprehension', of, value, ...(key ? { key } : {}), loops, start, end: this.last };
  }

  /** Targets of a `for`. */
  protected targets(): Expr {
    const { start } = this.token;
    const one = () => {
      const at = this.token.start;
      return this.accept('*')
        ? ({ kind: 'starred', value: this.binary(0), start: at, end: this.last } as const)
        : this.binary(0);
    };
    const first = one();
    if (!this.is(',')) return first;
    const items = [first];
    while (this.accept(',')) {
      if (this.is('in')) break;
      items.push(one());
    }
    return { kind: 'tuple', items, start, end: this.last };
  }

  private atom(): Expr {
    const { kind, text, start, end } = this.token;
    if (kind === 'number') {
      this.at += 1;
      return { kind: 'constant', value: numberOf(text), start, end };
    }
    if (kind === 'string') return this.strings();
    if (kind === 'name') {
      const constant = { None: null, True: true, False: false }[text];
      if (constant !== undefined) {
        this.at += 1;
        return { kind: 'constant', value: constant, start, end };
      }
      return { kind: 'name', id: this.identifier(), start, end };
    }
    if (this.accept('...')) return { kind: 'ellipsis', start, end };
    if (this.accept('(')) return this.parenthesised(start);
    if (this.accept('[')) return this.display('list', ']', start);
    if (this.accept('{')) return this.braces(start);
    return this.fail();
  }

  private parenthesised(start: number): Expr {
    if (this.accept(')')) return { kind: 'tuple', items: [], start, end: this.last };
    const first = this.starred();
    if (this.is('for')) {
      const made = this.comprehension('generator', first, undefined, start);
      this.expect(')');
      return { ...made, end: this.last };
    }
    if (this.accept(')')) return { ...first, ...(first.kind === 'tuple' ? { start, end: this.last } : {}) };
    const items = [first];
    while (this.accept(',')) {
      if (this.is(')')) break;
      items.push(this.starred());
    }
    if (!this.is(')') && this.startsExpression())
      throw new PythonSyntaxError('invalid syntax. Perhaps you forgot a comma?', start, this.token.end);
    this.expect(')');
    return { kind: 'tuple', items, start, end: this.last };
  }

  private display(of: 'list' | 'set', closing: string, start: number, first?: Expr): Expr {
    const items: Expr[] = first ? [first] : [];
    if (!first && !this.is(closing)) items.push(this.starred());
    if (this.is('for')) {
      const made = this.comprehension(of, items[0]!, undefined, start);
      this.expect(closing);
      return { ...made, end: this.last };
    }
    while (this.accept(',')) {
      if (this.is(closing)) break;
      items.push(this.starred());
    }
    if (!this.is(closing) && this.startsExpression())
      throw new PythonSyntaxError('invalid syntax. Perhaps you forgot a comma?', items.at(-1)!.start, this.token.end);
    this.expect(closing);
    return { kind: of, items, start, end: this.last };
  }

  private braces(start: number): Expr {
    const pairs: [Expr | undefined, Expr][] = [];
    if (this.accept('}')) return { kind: 'dict', pairs, start, end: this.last };
    if (!this.is('**')) {
      const first = this.starred();
      if (!this.accept(':')) return this.display('set', '}', start, first);
      const value = this.expression();
      if (this.is('for')) {
        const made = this.comprehension('dict', value, first, start);
        this.expect('}');
        return { ...made, end: this.last };
      }
      pairs.push([first, value]);
      if (!this.is('}')) this.expect(',');
    }
    while (!this.is('}')) {
      if (this.accept('**')) pairs.push([undefined, this.binary(0)]);
      else {
        const key = this.expression();
        this.expect(':');
        pairs.push([key, this.expression()]);
      }
      if (!this.accept(',')) break;
    }
    this.expect('}');
    return { kind: 'dict', pairs, start, end: this.last };
  }

  private strings(): Expr {
    const { start } = this.token;
    const parts: (string | FormattedValue)[] = [];
    let bytes: string | undefined;
    let formatted = false;
    for (; this.token.kind === 'string'; this.at += 1) {
      const { text, start: from } = this.token;
      const prefix = /^[a-zA-Z]*/.exec(text)![0].toLowerCase();
      const quotes = text.startsWith('"""', prefix.length) || text.startsWith("'''", prefix.length) ? 3 : 1;
      const inner = text.slice(prefix.length + quotes, text.length - quotes);
      const raw = prefix.includes('r');
      if (prefix.includes('b')) bytes = (bytes ?? '') + (raw ? inner : unquoted(inner));
      else if (prefix.includes('f')) {
        formatted = true;
        parts.push(...this.formatted(from + prefix.length + quotes, from + text.length - quotes, raw));
      } else parts.push(raw ? inner : unquoted(inner));
    }
    const end = this.last;
    if (bytes !== undefined) return { kind: 'bytes', value: bytes, start, end };
    if (!formatted) return { kind: 'constant', value: parts.join(''), start, end };
    return { kind: 'joined', parts, start, end };
  }

  /** Parts of an f-string, or of the format specification inside one, between two offsets. */
  private formatted(from: number, to: number, raw: boolean, spec = false): (string | FormattedValue)[] {
    const { source } = this;
    const parts: (string | FormattedValue)[] = [];
    let text = '';
    const flush = () => {
      if (text !== '') parts.push(raw ? text : unquoted(text));
      text = '';
    };
    for (let at = from; at < to; at += 1) {
      const char = source[at]!;
      if (char === '\\' && !raw && at + 1 < to) {
        text += char + source[at + 1];
        at += 1;
      } else if ((char === '{' || char === '}') && source[at + 1] === char && !spec) {
        text += char;
        at += 1;
      } else if (char === '}') throw new PythonSyntaxError("f-string: single '}' is not allowed", at, at + 1);
      else if (char !== '{') text += char;
      else {
        flush();
        const end = fieldEnd(source, at + 1, to);
        parts.push(this.field(at + 1, end, raw));
        at = end;
      }
    }
    flush();
    return parts;
  }

  private field(from: number, to: number, raw: boolean): FormattedValue {
    const { source } = this;
    let stop = to;
    let depth = 0;
    for (let at = from; at < to; at += 1) {
      const char = source[at]!;
      if ('([{'.includes(char)) depth += 1;
      else if (')]}'.includes(char)) depth -= 1;
      else if (char === "'" || char === '"') at = skipString(source, at, to);
      else if (depth === 0 && (char === ':' || (char === '!' && source[at + 1] !== '='))) {
        stop = at;
        break;
      }
    }
    const conversion = source[stop] === '!' ? source[stop + 1]! : '';
    const specAt = conversion === '' ? stop : stop + 2;
    let label = '';
    let valueEnd = stop;
    const equals = /(?<![=!<>])=\s*$/.exec(source.slice(from, stop));
    if (equals) {
      label = source.slice(from, stop);
      valueEnd = from + equals.index;
    }
    if (source.slice(from, valueEnd).trim() === '')
      throw new PythonSyntaxError("f-string: valid expression required before '}'", to, to + 1);
    const inside = new ExpressionParser(source, tokenize(source, { start: from, end: valueEnd }));
    const value = inside.expressions();
    if (inside.token.kind !== 'end') inside.fail();
    return {
      ...{ value, label, start: from - 1, end: to + 1 },
      conversion: conversion || (label !== '' && specAt >= to ? 'r' : ''),
      spec: specAt < to && source[specAt] === ':' ? this.formatted(specAt + 1, to, raw, true) : [],
    };
  }
}

function skipString(source: string, at: number, to: number): number {
  const quote = source[at]!;
  for (let index = at + 1; index < to; index += 1) if (source[index] === quote) return index;
  return to;
}

function fieldEnd(source: string, from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at += 1) {
    const char = source[at]!;
    if (char === '\\')
      throw new PythonSyntaxError('unexpected character after line continuation character', at + 1, at + 2);
    if (char === "'" || char === '"') at = skipString(source, at, to);
    else if ('{[('.includes(char)) depth += 1;
    else if (char === '}' && depth === 0) return at;
    else if ('}])'.includes(char)) depth -= 1;
  }
  throw new PythonSyntaxError("f-string: expecting '}'", to, to + 1);
}

function numberOf(text: string): bigint | number {
  const plain = text.replaceAll('_', '');
  if (/^0[xXoObB]/.test(plain)) return BigInt(plain.toLowerCase());
  return /^\d+$/.test(plain) ? BigInt(plain) : Number(plain);
}

function unquoted(text: string): string {
  return text.replace(
    /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g,
    (whole, octal?: string, x?: string, u?: string, long?: string, char?: string) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      const hex = x ?? u ?? long;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return ESCAPES[char!] ?? whole;
    },
  );
}

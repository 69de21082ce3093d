/** A filter. */
export type Filter =
  | { readonly f: 'identity' | 'recurse' | 'empty array' }
  | { readonly f: 'literal'; readonly value: null | boolean | number; readonly text?: string }
  | { readonly f: 'string'; readonly parts: readonly (string | Filter)[]; readonly format?: string }
  | { readonly f: 'format'; readonly name: string }
  | { readonly f: 'index'; readonly of: Filter; readonly key: Filter }
  | { readonly f: 'slice'; readonly of: Filter; readonly from?: Filter; readonly to?: Filter }
  | { readonly f: 'iterate' | 'try' | 'negate' | 'array'; readonly of: Filter }
  | { readonly f: 'catch'; readonly of: Filter; readonly handler: Filter }
  | { readonly f: 'object'; readonly entries: readonly { readonly key: Filter; readonly value: Filter }[] }
  | { readonly f: 'variable'; readonly name: string }
  | { readonly f: 'call'; readonly name: string; readonly args: readonly Filter[] }
  | { readonly f: 'pipe' | 'comma' | 'and' | 'or' | 'alternative'; readonly left: Filter; readonly right: Filter }
  | { readonly f: 'binary'; readonly op: string; readonly left: Filter; readonly right: Filter }
  | { readonly f: 'update'; readonly op: string; readonly left: Filter; readonly right: Filter }
  | { readonly f: 'if'; readonly condition: Filter; readonly yes: Filter; readonly no?: Filter }
  | { readonly f: 'as'; readonly source: Filter; readonly patterns: readonly Pattern[]; readonly body: Filter }
  | {
      readonly f: 'reduce';
      readonly source: Filter;
      readonly pattern: Pattern;
      readonly start: Filter;
      readonly step: Filter;
    }
  | {
      readonly f: 'foreach';
      readonly source: Filter;
      readonly pattern: Pattern;
      readonly start: Filter;
      readonly step: Filter;
      readonly emit?: Filter;
    }
  | {
      readonly f: 'define';
      readonly name: string;
      readonly parameters: readonly string[];
      readonly body: Filter;
      readonly rest: Filter;
    }
  | { readonly f: 'label'; readonly name: string; readonly body: Filter }
  | { readonly f: 'break'; readonly name: string };

/** What `as` binds. */
export type Pattern =
  | { readonly p: 'variable'; readonly name: string }
  | { readonly p: 'array'; readonly items: readonly Pattern[] }
  | {
      readonly p: 'object';
      readonly entries: readonly { readonly key: Filter; readonly variable?: string; readonly value?: Pattern }[];
    };

/** A wrong program: what is wrong and where (offsets). */
export class ProgramProblem extends Error {
  readonly from: number;
  readonly to: number;

  constructor(message: string, from: number, to: number) {
    super(message);
    this.from = from;
    this.to = to;
  }
}

interface Token {
  readonly kind: 'number' | 'name' | 'field' | 'variable' | 'format' | 'string' | 'keyword' | 'symbol' | 'bad' | 'end';
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly parts?: readonly (string | Filter)[];
}

const KEYWORDS = new Set(
  'def if then elif else end as reduce foreach try catch label import include and or not_ __loc__'.split(' '),
);
const SYMBOLS = /^(?:\?\/\/=?|\/\/=|\|=|\+=|-=|\*=|\/=|%=|==|!=|<=|>=|\/\/|\.\.|[.[\](){}|,:;=<>+\-*/%?$])/;
/** Loose to tight; the sign tells how operators of a level group. */
const BINARY: Readonly<Record<string, readonly [number, 'left' | 'right' | 'none']>> = {
  '//': [2, 'right'],
  ...Object.fromEntries(['=', '|=', '+=', '-=', '*=', '/=', '%=', '//='].map((op) => [op, [3, 'none']])),
  or: [4, 'left'],
  and: [5, 'left'],
  ...Object.fromEntries(['==', '!=', '<', '<=', '>', '>='].map((op) => [op, [6, 'none']])),
  ...{ '+': [7, 'left'], '-': [7, 'left'], '*': [8, 'left'], '/': [8, 'left'], '%': [8, 'left'] },
};

/** Parses a program. Throws {@link ProgramProblem}. */
export function parseFilter(source: string): Filter {
  const parser = new Parser(source);
  return parser.whole();
}

class Parser {
  readonly #source: string;
  #at: number;
  #token: Token;
  #last: Token;
  #depth = 0;

  constructor(source: string, at = 0) {
    this.#source = source;
    this.#at = at;
    this.#token = { kind: 'end', text: '', from: 0, to: 0 };
    this.#last = this.#token;
    this.#advance();
  }

  whole(): Filter {
    if (this.#token.kind === 'end') return { f: 'identity' };
    if (this.#is(')', ']', '}')) throw this.#problem('end of file');
    const filter = this.#definitionsOrPipe();
    if (this.#kind() !== 'end') throw this.#problem('end of file');
    return filter;
  }

  /** Parses what stands in `\( )` of a string; gives back where it ends. */
  interpolation(): { filter: Filter; end: number } {
    const filter = this.#pipe();
    if (!this.#is(')')) throw this.#problem();
    return { filter, end: this.#token.to };
  }

  /** A program may consist of definitions only. */
  #definitionsOrPipe(): Filter {
    if (!this.#word('def')) return this.#pipe();
    const define = this.#definition();
    const rest = this.#kind() === 'end' ? ({ f: 'identity' } as const) : this.#definitionsOrPipe();
    return { f: 'define', ...define, rest };
  }

  #problem(expecting = ''): ProgramProblem {
    const { kind, text, from, to } = this.#token;
    const names: Record<string, string> = {
      name: 'IDENT',
      field: 'FIELD',
      number: 'LITERAL',
      string: 'QQSTRING_START',
      format: 'FORMAT',
      variable: "'$'",
      end: 'end of file',
      bad: 'INVALID_CHARACTER',
    };
    const unmatched = /^[)\]}]$/.test(text) && expecting === 'end of file';
    const what = unmatched ? 'INVALID_CHARACTER' : (names[kind] ?? (kind === 'keyword' ? text : `'${text}'`));
    const place = kind === 'end' ? this.#last : { from, to };
    return new ProgramProblem(
      `syntax error, unexpected ${what}${expecting === '' ? '' : `, expecting ${expecting}`}`,
      place.from,
      Math.max(1, place.to),
    );
  }

  #kind(): Token['kind'] {
    return this.#token.kind;
  }

  #advance(): Token {
    this.#last = this.#token;
    this.#token = this.#read();
    return this.#last;
  }

  #read(): Token {
    const source = this.#source;
    for (;;) {
      const skipped = /^(?:[ \t\r\n]+|#[^\n]*)/.exec(source.slice(this.#at))?.[0];
      if (!skipped) break;
      this.#at += skipped.length;
    }
    const from = this.#at;
    const rest = source.slice(from);
    const token = (kind: Token['kind'], text: string, length = text.length): Token => {
      this.#at = from + length;
      return { kind, text, from, to: from + length };
    };
    if (rest === '') return token('end', '');
    const number = /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(rest)?.[0];
    if (number) return token('number', number);
    const field = /^\.[A-Za-z_]\w*/.exec(rest)?.[0];
    if (field) return token('field', field.slice(1), field.length);
    const variable = /^\$(?:[A-Za-z_]\w*(?:::\w+)*)/.exec(rest)?.[0];
    if (variable) return token('variable', variable.slice(1), variable.length);
    const format = /^@[A-Za-z0-9_]+/.exec(rest)?.[0];
    if (format) return token('format', format);
    if (rest.startsWith('"')) return this.#string(from);
    const name = /^[A-Za-z_]\w*(?:::\w+)*/.exec(rest)?.[0];
    if (name) return token(KEYWORDS.has(name) ? 'keyword' : 'name', name);
    const symbol = SYMBOLS.exec(rest)?.[0];
    return symbol ? token('symbol', symbol) : token('bad', rest[0]!);
  }

  #string(from: number): Token {
    const source = this.#source;
    const parts: (string | Filter)[] = [];
    let text = '';
    let at = from + 1;
    for (;;) {
      const char = source[at];
      if (char === undefined)
        throw new ProgramProblem(
          'syntax error, unexpected end of file, expecting QQSTRING_TEXT or QQSTRING_INTERP_START or QQSTRING_END',
          from + 1,
          Math.max(at, from + 2),
        );
      at += 1;
      if (char === '"') break;
      if (char !== '\\') {
        text += char;
        continue;
      }
      const escaped = source[at] ?? '';
      at += 1;
      if (escaped === '(') {
        const inner = new Parser(source, at).interpolation();
        parts.push(text, inner.filter);
        text = '';
        at = inner.end;
      } else if (escaped === 'u') {
        text += String.fromCharCode(Number.parseInt(source.slice(at, at + 4), 16) || 0xfffd);
        at += 4;
      } else {
        const plain = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[escaped];
        if (plain === undefined)
          throw new ProgramProblem(
            'syntax error, unexpected INVALID_CHARACTER, expecting QQSTRING_TEXT or QQSTRING_INTERP_START or QQSTRING_END',
            at - 2,
            at,
          );
        text += plain;
      }
    }
    parts.push(text);
    this.#at = at;
    return { kind: 'string', text: '', from, to: at, parts };
  }

  #is(...texts: string[]): boolean {
    return this.#token.kind === 'symbol' && texts.includes(this.#token.text);
  }

  #word(...texts: string[]): boolean {
    return this.#token.kind === 'keyword' && texts.includes(this.#token.text);
  }

  #expect(text: string): void {
    if (!this.#is(text)) throw this.#problem();
    this.#advance();
  }

  #expectWord(text: string): void {
    if (!this.#word(text)) throw this.#problem();
    this.#advance();
  }

  #pipe(): Filter {
    this.#depth += 1;
    if (this.#depth > 300) throw this.#problem();
    try {
      if (this.#word('def')) {
        const define = this.#definition();
        return { f: 'define', ...define, rest: this.#pipe() };
      }
      const left = this.#comma();
      if (this.#word('as')) throw this.#problem();
      if (!this.#is('|')) return left;
      this.#advance();
      return { f: 'pipe', left, right: this.#pipe() };
    } finally {
      this.#depth -= 1;
    }
  }

  #definition(): { name: string; parameters: string[]; body: Filter } {
    this.#advance();
    const name = this.#advance().text;
    const parameters: string[] = [];
    if (this.#is('(')) {
      do {
        this.#advance();
        const parameter = this.#advance();
        parameters.push(parameter.kind === 'variable' ? `$${parameter.text}` : parameter.text);
      } while (this.#is(';'));
      this.#expect(')');
    }
    this.#expect(':');
    const body = this.#pipe();
    this.#expect(';');
    return { name, parameters, body };
  }

  #comma(): Filter {
    let left = this.#binary(0);
    while (this.#is(',')) {
      this.#advance();
      left = { f: 'comma', left, right: this.#binary(0) };
    }
    return left;
  }

  #binary(least: number): Filter {
    let left = this.#postfix();
    for (;;) {
      const { kind, text } = this.#token;
      const level =
        kind === 'symbol' || (kind === 'keyword' && (text === 'and' || text === 'or')) ? BINARY[text] : undefined;
      if (!level || level[0] < least) return left;
      this.#advance();
      const right = this.#binary(level[1] === 'right' ? level[0] : level[0] + 1);
      left = combined(text, left, right);
      if (level[1] === 'none' && this.#token.kind === 'symbol' && BINARY[this.#token.text]?.[0] === level[0])
        throw this.#problem();
    }
  }

  #postfix(): Filter {
    if (this.#is('-')) {
      this.#advance();
      return { f: 'negate', of: this.#postfix() };
    }
    let term = this.#term();
    for (;;) {
      if (this.#token.kind === 'field') term = { f: 'index', of: term, key: text(this.#advance().text) };
      else if (this.#is('.')) {
        this.#advance();
        if (this.#token.kind === 'string') term = { f: 'index', of: term, key: this.#stringFilter() };
        else if (!this.#is('[')) throw this.#problem();
      } else if (this.#is('[')) term = this.#brackets(term);
      else if (this.#is('?')) {
        this.#advance();
        term = { f: 'try', of: term };
      } else if (this.#word('as')) {
        this.#advance();
        const patterns = [this.#pattern()];
        while (this.#is('?//')) {
          this.#advance();
          patterns.push(this.#pattern());
        }
        this.#expect('|');
        return { f: 'as', source: term, patterns, body: this.#pipe() };
      } else return term;
    }
  }

  #brackets(of: Filter): Filter {
    this.#advance();
    if (this.#is(']')) {
      this.#advance();
      return { f: 'iterate', of };
    }
    if (this.#is(':')) {
      this.#advance();
      const to = this.#pipe();
      this.#expect(']');
      return { f: 'slice', of, to };
    }
    const key = this.#pipe();
    if (this.#is(':')) {
      this.#advance();
      const to = this.#is(']') ? undefined : this.#pipe();
      this.#expect(']');
      return { f: 'slice', of, from: key, ...(to ? { to } : {}) };
    }
    this.#expect(']');
    return { f: 'index', of, key };
  }

  #stringFilter(format?: string): Filter {
    const { parts = [] } = this.#advance();
    return { f: 'string', parts, ...(format ? { format } : {}) };
  }

  #term(): Filter {
    const { kind, text: word } = this.#token;
    switch (kind) {
      case 'number':
        this.#advance();
        return { f: 'literal', value: Number(word), text: word };
      case 'string':
        return this.#stringFilter();
      case 'format':
        this.#advance();
        return this.#token.kind === 'string' ? this.#stringFilter(word) : { f: 'format', name: word };
      case 'field':
        this.#advance();
        return { f: 'index', of: { f: 'identity' }, key: text(word) };
      case 'variable':
        return this.#variable();
      case 'name':
        return this.#call();
      case 'keyword':
        return this.#keywordTerm(word);
      case 'symbol':
        return this.#symbolTerm(word);
      default:
        throw this.#problem();
    }
  }

  #variable(): Filter {
    const { text: name, from, to } = this.#advance();
    return Object.assign({ f: 'variable', name } as const, { from, to });
  }

  #call(): Filter {
    const { text: name, from, to } = this.#advance();
    if (name === 'break' && this.#kind() === 'variable') return { f: 'break', name: this.#advance().text };
    const args: Filter[] = [];
    if (this.#is('(')) {
      do {
        this.#advance();
        args.push(this.#pipe());
      } while (this.#is(';'));
      this.#expect(')');
    }
    if (args.length === 0 && ['null', 'true', 'false'].includes(name))
      return { f: 'literal', value: name === 'null' ? null : name === 'true' };
    const call: Filter & { from?: number; to?: number } = { f: 'call', name, args };
    return Object.assign(call, { from, to });
  }

  #keywordTerm(word: string): Filter {
    switch (word) {
      case 'if': {
        const started = this.#token;
        this.#advance();
        const condition = this.#pipe();
        this.#expectWord('then');
        const yes = this.#pipe();
        return this.#else(condition, yes, started.from);
      }
      case 'try': {
        this.#advance();
        const of = this.#postTry();
        if (!this.#word('catch')) return { f: 'try', of };
        this.#advance();
        return { f: 'catch', of, handler: this.#postTry() };
      }
      case 'reduce':
      case 'foreach': {
        this.#advance();
        const source = this.#term2();
        this.#expectWord('as');
        const pattern = this.#pattern();
        this.#expect('(');
        const start = this.#pipe();
        this.#expect(';');
        const step = this.#pipe();
        const more = word === 'foreach' && this.#is(';');
        if (more) this.#advance();
        const emit = more ? this.#pipe() : undefined;
        this.#expect(')');
        if (word === 'reduce') return { f: 'reduce', source, pattern, start, step };
        return { f: 'foreach', source, pattern, start, step, ...(emit ? { emit } : {}) };
      }
      case 'label': {
        this.#advance();
        const name = this.#advance().text;
        this.#expect('|');
        return { f: 'label', name, body: this.#pipe() };
      }
      case 'def': {
        const define = this.#definition();
        return { f: 'define', ...define, rest: this.#pipe() };
      }
      default:
        throw this.#problem();
    }
  }

  #else(condition: Filter, yes: Filter, from: number): Filter {
    if (this.#word('elif')) {
      this.#advance();
      const inner = this.#pipe();
      this.#expectWord('then');
      return { f: 'if', condition, yes, no: this.#else(inner, this.#pipe(), from) };
    }
    let no: Filter | undefined;
    if (this.#word('else')) {
      this.#advance();
      no = this.#pipe();
    }
    this.#expectWord('end');
    return { f: 'if', condition, yes, ...(no ? { no } : {}) };
  }

  /** A term with what follows it, but no `as`. */
  #term2(): Filter {
    let term = this.#term();
    for (;;) {
      if (this.#token.kind === 'field') term = { f: 'index', of: term, key: text(this.#advance().text) };
      else if (this.#is('[')) term = this.#brackets(term);
      else if (this.#is('?')) {
        this.#advance();
        term = { f: 'try', of: term };
      } else if (this.#is('.')) {
        this.#advance();
        if (this.#token.kind === 'string') term = { f: 'index', of: term, key: this.#stringFilter() };
      } else return term;
    }
  }

  #postTry(): Filter {
    return this.#is('-') ? this.#postfix() : this.#term2();
  }

  #symbolTerm(word: string): Filter {
    switch (word) {
      case '.':
        this.#advance();
        if (this.#token.kind === 'string') return { f: 'index', of: { f: 'identity' }, key: this.#stringFilter() };
        return { f: 'identity' };
      case '..':
        this.#advance();
        return { f: 'recurse' };
      case '(': {
        this.#advance();
        const inner = this.#pipe();
        this.#expect(')');
        return inner;
      }
      case '[': {
        this.#advance();
        if (this.#is(']')) {
          this.#advance();
          return { f: 'empty array' };
        }
        const of = this.#pipe();
        this.#expect(']');
        return { f: 'array', of };
      }
      case '{':
        return this.#object();
      default:
        throw this.#problem();
    }
  }

  #object(): Filter {
    this.#advance();
    const entries: { key: Filter; value: Filter }[] = [];
    while (!this.#is('}')) {
      const { kind, text: word } = this.#token;
      let key: Filter;
      let value: Filter | undefined;
      if (kind === 'variable') {
        this.#advance();
        key = text(word);
        value = { f: 'variable', name: word };
      } else if (kind === 'name' || kind === 'keyword' || kind === 'number') {
        this.#advance();
        key = text(word);
      } else if (kind === 'string') key = this.#stringFilter();
      else if (kind === 'format') {
        this.#advance();
        key = this.#token.kind === 'string' ? this.#stringFilter(word) : { f: 'format', name: word };
      } else if (this.#is('(')) {
        this.#advance();
        key = this.#pipe();
        this.#expect(')');
      } else throw this.#problem();
      if (this.#is(':')) {
        this.#advance();
        value = this.#objectValue();
      }
      entries.push({ key, value: value ?? { f: 'index', of: { f: 'identity' }, key } });
      if (!this.#is('}')) {
        if (!this.#is(',')) throw this.#problem();
        this.#advance();
      }
    }
    this.#advance();
    return { f: 'object', entries };
  }

  #objectValue(): Filter {
    let left = this.#binary(2);
    while (this.#is('|')) {
      this.#advance();
      left = { f: 'pipe', left, right: this.#binary(2) };
    }
    return left;
  }

  #pattern(): Pattern {
    if (this.#kind() === 'variable') return { p: 'variable', name: this.#advance().text };
    if (this.#is('[')) {
      const items: Pattern[] = [];
      do {
        this.#advance();
        items.push(this.#pattern());
      } while (this.#is(','));
      this.#expect(']');
      return { p: 'array', items };
    }
    if (!this.#is('{')) throw this.#problem("BINDING or '[' or '{'");
    const entries: { key: Filter; variable?: string; value?: Pattern }[] = [];
    do {
      this.#advance();
      const { kind, text: word } = this.#token;
      let key: Filter;
      let variable: string | undefined;
      if (kind === 'variable') {
        this.#advance();
        key = text(word);
        variable = word;
      } else if (kind === 'name' || kind === 'keyword') {
        this.#advance();
        key = text(word);
      } else if (kind === 'string') key = this.#stringFilter();
      else {
        this.#expect('(');
        key = this.#pipe();
        this.#expect(')');
      }
      let value: Pattern | undefined;
      if (this.#is(':')) {
        this.#advance();
        value = this.#pattern();
      }
      entries.push({ key, ...(variable === undefined ? {} : { variable }), ...(value ? { value } : {}) });
    } while (this.#is(','));
    this.#expect('}');
    return { p: 'object', entries };
  }
}

function text(value: string): Filter {
  return { f: 'string', parts: [value] };
}

function combined(op: string, left: Filter, right: Filter): Filter {
  if (op === '//') return { f: 'alternative', left, right };
  if (op === 'and' || op === 'or') return { f: op, left, right };
  if (op === '=' || (op.endsWith('=') && !['==', '!=', '<=', '>='].includes(op)))
    return { f: 'update', op, left, right };
  return { f: 'binary', op, left, right };
}

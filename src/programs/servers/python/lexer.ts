/** A token of Python's grammar; `start` and `end` are offsets in the source. */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'op' | 'newline' | 'indent' | 'dedent' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A program that can't be understood, with the place that Python marks. `width` 0: the message comes without a mark. */
export class PythonSyntaxError extends Error {
  readonly kind: 'SyntaxError' | 'IndentationError' | 'TabError';
  readonly start: number;
  readonly end: number;
  readonly marked: boolean;

  constructor(message: string, start: number, end = start + 1, kind: PythonSyntaxError['kind'] = 'SyntaxError') {
    super(message);
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.marked = kind === 'SyntaxError' || !message.startsWith('un');
  }
}

const OPERATORS = [
  ...['**=', '//=', '>>=', '<<=', '...', '!=', '==', '<=', '>=', '->', ':=', '+=', '-=', '*=', '/=', '%=', '&=', '|='],
  ...['^=', '@=', '**', '//', '<<', '>>', '+', '-', '*', '/', '%', '@', '&', '|', '^', '~', '<', '>', '(', ')', '['],
  ...[']', '{', '}', ',', ':', '.', ';', '='],
];
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER =
  /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?/y;
const STRING_START = /[rRbBfFuU]{0,2}(?:"""|'''|"|')/y;
const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const TAB = 8;

function match(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** End of a string literal that begins at `at` with `opening` (prefix and quotes). */
function stringEnd(source: string, at: number, opening: string): number {
  const quotes = opening.replace(/^[a-zA-Z]*/, '');
  const lineEnd = () => {
    const end = source.indexOf('\n', at);
    return end < 0 ? source.length : end;
  };
  for (let index = at + opening.length; index < source.length; index += 1) {
    if (source[index] === '\\') index += 1;
    else if (source.startsWith(quotes, index)) return index + quotes.length;
    else if (source[index] === '\n' && quotes.length === 1) break;
  }
  const start = at;
  if (quotes.length === 1) {
    const line = source.slice(0, start).split('\n').length;
    const f = /f/i.test(opening) ? 'f-string' : 'string';
    throw new PythonSyntaxError(`unterminated ${f} literal (detected at line ${line})`, start, start + 1);
  }
  const lines = source.replace(/\n$/, '').split('\n').length;
  throw new PythonSyntaxError(
    `unterminated triple-quoted string literal (detected at line ${lines})`,
    start,
    lineEnd(),
  );
}

/** Splits a program, or with `range` an expression inside of one (no lines, no indentation), into tokens. */
export function tokenize(source: string, range?: { readonly start: number; readonly end: number }): Token[] {
  const tokens: Token[] = [];
  const indents = [0];
  const open: { text: string; at: number }[] = [];
  const end = range?.end ?? source.length;
  let at = range?.start ?? 0;
  let fresh = range === undefined;
  const add = (kind: Token['kind'], text: string, start: number) => {
    tokens.push({ kind, text, start, end: start + text.length });
  };
  while (at < end) {
    if (fresh) {
      const line = /[ \t\f]*/y;
      const space = match(line, source, at) ?? '';
      const next = source[at + space.length];
      if (
        next === '\n' ||
        next === '#' ||
        next === undefined ||
        (next === '\r' && source[at + space.length + 1] === '\n')
      ) {
        const newline = source.indexOf('\n', at);
        at = newline < 0 ? end : newline + 1;
        continue;
      }
      let width = 0;
      for (const char of space) width = char === '\t' ? (Math.floor(width / TAB) + 1) * TAB : width + 1;
      at += space.length;
      if (width > indents.at(-1)!) {
        indents.push(width);
        add('indent', '', at);
      }
      while (width < indents.at(-1)!) {
        indents.pop();
        if (width > indents.at(-1)!)
          throw new PythonSyntaxError(
            'unindent does not match any outer indentation level',
            at,
            at,
            'IndentationError',
          );
        add('dedent', '', at);
      }
      fresh = false;
    }
    const char = source[at]!;
    if (char === ' ' || char === '\t' || char === '\f' || char === '\r') at += 1;
    else if (char === '#') {
      const newline = source.indexOf('\n', at);
      at = newline < 0 ? end : newline;
    } else if (char === '\n') {
      if (open.length === 0 && range === undefined) {
        add('newline', '\n', at);
        fresh = true;
      }
      at += 1;
    } else if (char === '\\') {
      if (source[at + 1] !== '\n')
        throw new PythonSyntaxError('unexpected character after line continuation character', at + 1, at + 2);
      at += 2;
    } else at = readToken(source, at, end, open, add);
  }
  const unclosed = open.at(-1);
  if (unclosed && range === undefined)
    throw new PythonSyntaxError(`'${unclosed.text}' was never closed`, unclosed.at, unclosed.at + 1);
  if (range === undefined) {
    if (tokens.length > 0 && tokens.at(-1)!.kind !== 'newline') add('newline', '', at);
    for (; indents.length > 1; indents.pop()) add('dedent', '', at);
  }
  add('end', '', at);
  return tokens;
}

function readToken(
  source: string,
  at: number,
  end: number,
  open: { text: string; at: number }[],
  add: (kind: Token['kind'], text: string, start: number) => void,
): number {
  const opening = match(STRING_START, source, at);
  if (opening !== undefined) {
    const stop = stringEnd(source, at, opening);
    add('string', source.slice(at, stop), at);
    return stop;
  }
  const name = match(NAME, source, at);
  if (name !== undefined) {
    add('name', name, at);
    return at + name.length;
  }
  const number = /[\d.]/.test(source[at]!) ? match(NUMBER, source, at) : undefined;
  if (number !== undefined && number !== '.') {
    add('number', number, at);
    return at + number.length;
  }
  const operator = OPERATORS.find((text) => source.startsWith(text, at) && at + text.length <= end);
  if (operator === undefined) {
    const char = String.fromCodePoint(source.codePointAt(at)!);
    if (char === '!' || char === '$' || char === '?' || char === '`')
      throw new PythonSyntaxError('invalid syntax', at, at + 1);
    const code = char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    throw new PythonSyntaxError(`invalid character '${char}' (U+${code})`, at, at + char.length);
  }
  if (CLOSERS[operator]) open.push({ text: operator, at });
  if (')]}'.includes(operator)) {
    const last = open.pop();
    if (!last) throw new PythonSyntaxError(`unmatched '${operator}'`, at, at + 1);
    if (CLOSERS[last.text] !== operator)
      throw new PythonSyntaxError(
        `closing parenthesis '${operator}' does not match opening parenthesis '${last.text}'`,
        at,
        at + 1,
      );
  }
  add('op', operator, at);
  return at + operator.length;
}

/** A word of an awk program. `line`: on which line it stands. */
export interface Token {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'call' | 'keyword' | 'builtin' | 'symbol' | 'newline' | 'end';
  readonly text: string;
  readonly line: number;
  /** After white space: tells `a (b)` from `a(b)`. */
  readonly spaced: boolean;
}

/** A program that can't be read: near which word, on which line. */
export class SyntaxProblem extends Error {
  readonly line: number;

  constructor(near: string, line: number) {
    super(near);
    this.line = line;
  }
}

const KEYWORDS = new Set(
  'BEGIN END function func if else while for do break continue next nextfile exit return delete in getline print printf'.split(
    ' ',
  ),
);
export const BUILTINS: ReadonlySet<string> = new Set(
  'length substr index split sub gsub match sprintf sin cos atan2 exp log sqrt int rand srand tolower toupper system close fflush systime strftime mktime'.split(
    ' ',
  ),
);
/** What BusyBox has besides. */
export const BUSYBOX_BUILTINS: ReadonlySet<string> = new Set('gensub and or xor lshift rshift compl'.split(' '));
const SYMBOLS = /^(?:\*\*=|\*\*|\+=|-=|\*=|\/=|%=|\^=|==|<=|>=|!=|!~|\+\+|--|&&|\|\||>>|[-{}()[\],;+*/%^!><|?:~$=&])/;
const NUMBER = /^(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/;
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', '\\': '\\', '"': '"', '/': '/' },
};

/** Splits a program into words. */
export class Lexer {
  readonly source: string;
  readonly extra: ReadonlySet<string>;
  readonly #busybox: boolean;
  at = 0;
  line = 1;

  constructor(source: string, busybox: boolean) {
    this.source = source;
    this.#busybox = busybox;
    this.extra = busybox ? BUSYBOX_BUILTINS : new Set();
  }

  next(): Token {
    const { source } = this;
    const start = this.at;
    for (;;) {
      const rest = source.slice(this.at, this.at + 3);
      if (/^[ \t\r]/.test(rest)) this.at += 1;
      else if (/^\\\r?\n/.test(rest)) {
        this.at += rest.indexOf('\n') + 1;
        this.line += 1;
      } else if (rest.startsWith('#')) {
        const end = source.indexOf('\n', this.at);
        this.at = end < 0 ? source.length : end;
      } else break;
    }
    const spaced = this.at > start;
    const token = (kind: Token['kind'], text: string): Token => ({ kind, text, line: this.line, spaced });
    const char = source[this.at];
    if (char === undefined) return token('end', '');
    if (char === '\n') {
      const made = token('newline', '\n');
      this.at += 1;
      this.line += 1;
      return made;
    }
    const rest = source.slice(this.at);
    const number = NUMBER.exec(rest)?.[0];
    if (number) {
      this.at += number.length;
      return token('number', number);
    }
    const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (name) {
      this.at += name.length;
      if (KEYWORDS.has(name)) return token('keyword', name === 'func' ? 'function' : name);
      if (BUILTINS.has(name) || this.extra.has(name)) return token('builtin', name);
      return token(source[this.at] === '(' ? 'call' : 'name', name);
    }
    if (char === '"') return token('string', this.#string());
    const symbol = SYMBOLS.exec(rest)?.[0].replace(/^\*\*=?/, (power) => (this.#busybox ? power : '*'));
    if (!symbol) throw new SyntaxProblem(char, this.line);
    this.at += symbol.length;
    return token('symbol', symbol === '**' ? '^' : symbol === '**=' ? '^=' : symbol);
  }

  /** Reads on as a regular expression: the `/` (or `/=`) before has been taken. */
  regex(first: string): Token {
    const { source } = this;
    let text = first === '/=' ? '=' : '';
    let bracket = false;
    for (;;) {
      const char = source[this.at];
      if (char === undefined || char === '\n') throw new SyntaxProblem(`/${text}`, this.line);
      this.at += 1;
      if (char === '/' && !bracket) break;
      if (char === '\\') {
        const next = source[this.at] ?? '';
        this.at += 1;
        text += next === '/' ? '/' : char + next;
        continue;
      }
      if (char === '[' && !bracket) {
        bracket = true;
        const head = /^\^?\]?/.exec(source.slice(this.at))![0];
        text += char + head;
        this.at += head.length;
        continue;
      }
      const named = bracket && char === '[' ? /^:\w+:\]/.exec(source.slice(this.at))?.[0] : undefined;
      if (named) {
        text += char + named;
        this.at += named.length;
        continue;
      }
      if (char === ']') bracket = false;
      text += char;
    }
    return { kind: 'regex', text, line: this.line, spaced: false };
  }

  #string(): string {
    const { source } = this;
    const start = this.at;
    this.at += 1;
    while (this.at < source.length && source[this.at] !== '"' && source[this.at] !== '\n')
      this.at += source[this.at] === '\\' ? 2 : 1;
    if (source[this.at] !== '"') throw new SyntaxProblem(source.slice(start, this.at), this.line);
    this.at += 1;
    return awkEscapes(source.slice(start + 1, this.at - 1));
  }
}

/** Backslash sequences of a string; unknown ones keep their backslash. */
export function awkEscapes(text: string): string {
  return text.replace(
    /\\(?:([0-7]{1,3})|\n|([\s\S]))/g,
    (whole, octal: string | undefined, char: string | undefined) => {
      if (octal) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      if (char === undefined) return '';
      return ESCAPES[char] ?? whole;
    },
  );
}

/** A number as it was written, kept as long as nobody computes with it. */
export class Literal {
  readonly value: number;
  readonly text: string;

  constructor(text: string) {
    this.value = Number(text);
    this.text = canonical(text);
  }
}

/** A JSON value; objects keep the order of their keys. */
export type Json = null | boolean | number | Literal | string | Json[] | JsonObject;
export type JsonObject = Map<string, Json>;

/** Text that is no JSON, in jq's words. */
export class JsonProblem extends Error {}

export function typeOf(value: Json): 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' {
  if (value === null) return 'null';
  if (value instanceof Literal) return 'number';
  if (Array.isArray(value)) return 'array';
  return value instanceof Map ? 'object' : (typeof value as 'boolean' | 'number' | 'string');
}

export function numberOf(value: Json): number {
  return value instanceof Literal ? value.value : (value as number);
}

/** A decimal number in the standard notation of General Decimal Arithmetic: digits are kept, exponents normalised. */
function canonical(text: string): string {
  const match = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const digits = (whole + fraction).replace(/^0+(?=\d)/, '');
  const exponent = Number(exponentText) - fraction.length;
  const adjusted = exponent + digits.length - 1;
  if (exponent <= 0 && adjusted >= -6) {
    if (exponent === 0) return sign + digits;
    const padded = digits.padStart(1 - exponent, '0');
    return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
  }
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${sign}${mantissa}E${adjusted < 0 ? '' : '+'}${adjusted}`;
}

/** A number that was computed: shortest digits, exponents where jq has them. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '1.7976931348623157e+308' : '-1.7976931348623157e+308';
  if (Object.is(value, -0)) return '-0';
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(exponent) + 1;
  const sign = value < 0 ? '-' : '';
  if (value !== 0 && (point <= -5 || point > digits.length + 15)) {
    const power = point - 1;
    return `${sign}${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  if (point <= 0) return value === 0 ? '0' : `${sign}0.${'0'.repeat(-point)}${digits}`;
  return digits.length <= point
    ? sign + digits.padEnd(point, '0')
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

export interface Layout {
  /** What one level is indented by; nothing: all on one line. */
  readonly indent?: string;
  readonly sorted?: boolean;
  readonly ascii?: boolean;
  readonly color?: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r', '\b': '\\b', '\f': '\\f' },
};
const unicode = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

function quoted(text: string, ascii: boolean): string {
  const escaped = text.replace(/["\\\x00-\x1f\x7f]/g, (char) => ESCAPES[char] ?? unicode(char));
  return `"${ascii ? escaped.replace(/[^\x00-\x7f]/g, unicode) : escaped}"`;
}

const COLORS = {
  null: '0;90',
  false: '0;39',
  true: '0;39',
  number: '0;39',
  string: '0;32',
  array: '1;39',
  object: '1;39',
  key: '1;34',
};

/** A value as text. */
export function print(value: Json, layout: Layout = {}, level = 0): string {
  const paint = (color: string, text: string) => (layout.color ? `\x1b[${color}m${text}\x1b[0m` : text);
  const type = typeOf(value);
  switch (type) {
    case 'null':
      return paint(COLORS.null, 'null');
    case 'boolean':
      return paint(COLORS.true, String(value));
    case 'number':
      return paint(COLORS.number, value instanceof Literal ? value.text : numberText(value as number));
    case 'string':
      return paint(COLORS.string, quoted(value as string, layout.ascii ?? false));
  }
  const color = COLORS[type];
  const [open, close] = type === 'array' ? ['[', ']'] : ['{', '}'];
  const line = layout.indent === undefined ? '' : `\n${layout.indent.repeat(level + 1)}`;
  const last = layout.indent === undefined ? '' : `\n${layout.indent.repeat(level)}`;
  let items: string[];
  if (Array.isArray(value)) items = value.map((item) => print(item, layout, level + 1));
  else {
    const keys = [...(value as JsonObject).keys()];
    if (layout.sorted) keys.sort(byCodePoint);
    items = keys.map(
      (key) =>
        `${layout.color ? paint(COLORS.key, quoted(key, false)) : quoted(key, layout.ascii ?? false)}${paint(color, ':')}${layout.indent === undefined ? '' : ' '}${print((value as JsonObject).get(key)!, layout, level + 1)}`,
    );
  }
  if (items.length === 0) return paint(color, open + close);
  return `${paint(color, open)}${items.map((item) => line + item).join(paint(color, ','))}${last}${paint(color, close)}`;
}

export function byCodePoint(a: string, b: string): number {
  const [x, y] = [[...a], [...b]];
  for (let at = 0; at < Math.min(x.length, y.length); at += 1)
    if (x[at] !== y[at]) return x[at]!.codePointAt(0)! - y[at]!.codePointAt(0)!;
  return x.length - y.length;
}

/** The values in a text, one after the other, each with how many lines had been read. Throws {@link JsonProblem}. */
export function* parseJson(text: string): Generator<{ value: Json; line: number }> {
  const reader = new Reader(text);
  for (let found = reader.next(); found; found = reader.next()) yield found;
}

/** The one value that a text is. Throws {@link JsonProblem}. */
export function parseOne(text: string): Json {
  const values = [...parseJson(text)];
  if (values.length !== 1)
    throw new JsonProblem(values.length === 0 ? 'Expected JSON value' : 'Unexpected extra JSON values');
  return values[0]!.value;
}

const WHITE = /[ \t\r\n]/;

class Reader {
  readonly #text: string;
  #at = 0;
  #stack: (Json[] | JsonObject | string)[] = [];
  #next: Json | undefined;
  #token = '';

  constructor(text: string) {
    this.#text = text.replace(/^\ufeff/, '');
  }

  next(): { value: Json; line: number } | undefined {
    const text = this.#text;
    while (this.#at < text.length) {
      const char = text[this.#at]!;
      this.#at += 1;
      if (char === '"') {
        this.#literal();
        const done = this.#complete();
        if (done) {
          this.#at -= 1;
          return done;
        }
        this.#value(this.#string());
      } else if ('[{]}:,'.includes(char)) {
        this.#literal();
        if (this.#stack.length === 0 && this.#next !== undefined) {
          this.#at -= 1;
          return this.#complete();
        }
        this.#symbol(char);
      } else if (WHITE.test(char)) this.#literal();
      else this.#token += char;
      if (this.#token === '') {
        const done = this.#complete();
        if (done) return done;
      }
    }
    this.#literal(true);
    if (this.#stack.length > 0) throw this.#problem('Unfinished JSON term', true);
    return this.#complete();
  }

  #complete(): { value: Json; line: number } | undefined {
    if (this.#stack.length > 0 || this.#next === undefined) return undefined;
    const value = this.#next;
    this.#next = undefined;
    // Input is read line by line: the line that the value ends on has been read whole.
    const end = this.#text.indexOf('\n', Math.max(0, this.#at - 1));
    return { value, line: this.#text.slice(0, end < 0 ? undefined : end + 1).split('\n').length - 1 };
  }

  #problem(message: string, atEnd = false): JsonProblem {
    const before = this.#text.slice(0, this.#at);
    const line = before.split('\n').length;
    const column = new TextEncoder().encode(before.slice(before.lastIndexOf('\n') + 1)).length;
    return new JsonProblem(`${message}${atEnd ? ' at EOF' : ''} at line ${line}, column ${column}`);
  }

  #value(value: Json, atEnd = false): void {
    if (this.#next !== undefined) throw this.#problem('Expected separator between values', atEnd);
    this.#next = value;
  }

  #literal(atEnd = false): void {
    const token = this.#token;
    if (token === '') return;
    this.#token = '';
    const words: Record<string, Json> = { true: true, false: false, null: null, nan: Number.NaN };
    if (token in words) this.#value(words[token]!, atEnd);
    else if (/^[tfn]/.test(token)) throw this.#problem('Invalid literal', atEnd);
    else if (token.startsWith("'")) throw this.#problem('Invalid string literal; expected ", but got \'', atEnd);
    else if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(token)) {
      const number = Number(token);
      this.#value(numberText(number) === token ? number : new Literal(token.replace(/^\+/, '')), atEnd);
    } else throw this.#problem('Invalid numeric literal', atEnd);
  }

  #symbol(char: string): void {
    const top = this.#stack.at(-1);
    const next = this.#next;
    switch (char) {
      case '[':
      case '{':
        if (next !== undefined) throw this.#problem('Expected separator between values');
        if (this.#stack.length >= 10000) throw this.#problem('Exceeds depth limit for parsing');
        this.#stack.push(char === '[' ? [] : new Map());
        return;
      case ':':
        if (top === undefined || Array.isArray(top)) throw this.#problem("':' not as part of an object");
        if (next === undefined) throw this.#problem("Expected string key before ':'");
        if (!(top instanceof Map)) throw this.#problem("':' should follow a key");
        if (typeof next !== 'string') throw this.#problem('Object keys must be strings');
        this.#stack.push(next);
        this.#next = undefined;
        return;
      case ',':
        if (next === undefined) throw this.#problem("Expected value before ','");
        if (Array.isArray(top)) top.push(next);
        else if (typeof top === 'string') this.#set(next);
        else throw this.#problem('Objects must consist of key:value pairs');
        this.#next = undefined;
        return;
      case ']':
        if (!Array.isArray(top)) throw this.#problem("Unmatched ']'");
        if (next !== undefined) top.push(next);
        else if (top.length > 0) throw this.#problem('Expected another array element');
        this.#next = this.#stack.pop() as Json[];
        return;
      default:
        if (top === undefined) throw this.#problem("Unmatched '}'");
        if (next !== undefined) {
          if (typeof top !== 'string') throw this.#problem('Objects must consist of key:value pairs');
          this.#set(next);
        } else {
          if (!(top instanceof Map)) throw this.#problem("Unmatched '}'");
          if (top.size > 0) throw this.#problem('Expected another key-value pair');
        }
        this.#next = this.#stack.pop() as JsonObject;
    }
  }

  #set(value: Json): void {
    const key = this.#stack.pop() as string;
    (this.#stack.at(-1) as JsonObject).set(key, value);
  }

  #string(): string {
    const text = this.#text;
    let result = '';
    for (;;) {
      const char = text[this.#at];
      if (char === undefined) throw this.#problem('Unfinished string', true);
      this.#at += 1;
      if (char === '"') return result;
      if (char !== '\\') {
        result += char;
        continue;
      }
      const escaped = text[this.#at] ?? '';
      this.#at += 1;
      const hex = escaped === 'u' ? /^[0-9a-fA-F]{4}/.exec(text.slice(this.#at, this.#at + 4))?.[0] : undefined;
      if (hex) {
        result += String.fromCharCode(Number.parseInt(hex, 16));
        this.#at += 4;
      } else {
        const plain = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[escaped];
        if (plain === undefined) {
          const end = text.indexOf('"', this.#at);
          this.#at = end < 0 ? text.length : end + 1;
          throw this.#problem(escaped === 'u' ? 'Invalid escape' : 'Invalid escape');
        }
        result += plain;
      }
    }
  }
}

const ORDER = { null: 0, false: 1, true: 2, number: 3, string: 4, array: 5, object: 6 };

/** jq's order of all values. */
export function compare(a: Json, b: Json): number {
  const rank = (value: Json) =>
    ORDER[typeof value === 'boolean' ? (String(value) as 'true') : (typeOf(value) as 'null')];
  const order = rank(a) - rank(b);
  if (order !== 0) return order;
  switch (typeOf(a)) {
    case 'number': {
      const [x, y] = [numberOf(a), numberOf(b)];
      return x < y || Number.isNaN(x) ? -1 : x === y ? 0 : 1;
    }
    case 'string':
      return byCodePoint(a as string, b as string);
    case 'array': {
      const [x, y] = [a as Json[], b as Json[]];
      for (let at = 0; at < Math.min(x.length, y.length); at += 1) {
        const inner = compare(x[at]!, y[at]!);
        if (inner !== 0) return inner;
      }
      return x.length - y.length;
    }
    case 'object': {
      const [x, y] = [a as JsonObject, b as JsonObject];
      const [p, q] = [[...x.keys()].sort(byCodePoint), [...y.keys()].sort(byCodePoint)];
      const keys = compare(p, q);
      if (keys !== 0) return keys;
      for (const key of p) {
        const inner = compare(x.get(key)!, y.get(key)!);
        if (inner !== 0) return inner;
      }
      return 0;
    }
    default:
      return 0;
  }
}

export function equal(a: Json, b: Json): boolean {
  return compare(a, b) === 0;
}

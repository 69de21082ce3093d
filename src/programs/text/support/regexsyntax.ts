/** A regular expression as POSIX's grammars read it, over bytes. */
export type Node =
  /** One byte out of a set; `wide`: or a whole UTF-8 character, but none of `but`. */
  | { readonly t: 'set'; readonly set: readonly boolean[]; readonly wide?: boolean; readonly but?: readonly string[] }
  | { readonly t: 'cat' | 'alt'; readonly items: readonly Node[] }
  | { readonly t: 'rep'; readonly item: Node; readonly min: number; readonly max: number }
  | { readonly t: 'group'; readonly item: Node; readonly index: number }
  | { readonly t: 'ref'; readonly index: number }
  | { readonly t: 'at'; readonly where: '^' | '$' | 'b' | 'B' | '<' | '>' | '`' | "'" };

/** A wrong expression, in glibc's words. */
export class RegexProblem extends Error {}

export interface Syntax {
  /** Extended (ERE) instead of basic. */
  readonly extended: boolean;
  readonly ignoreCase?: boolean;
  /** `\` escapes inside brackets, and stands for control characters, as in awk. */
  readonly escapes?: boolean;
  /** Characters are UTF-8 sequences. */
  readonly utf8?: boolean;
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /[\t-\r ]/,
  blank: /[\t ]/,
  punct: /[!-/:-@[-`{-~]/,
  print: /[ -~]/,
  graph: /[!-~]/,
  cntrl: /[\0-\x1f\x7f]/,
  xdigit: /[0-9A-Fa-f]/,
};
const CONTROL: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' };
const MULTIBYTE = /^(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})/;

/** Which bytes a condition holds for. */
export function byteSet(holds: (char: string) => boolean): boolean[] {
  return Array.from({ length: 256 }, (_, code) => holds(String.fromCharCode(code)));
}

export function isClass(name: string): boolean {
  return name in CLASSES;
}

/** Whether a byte belongs to a character class such as `alpha`. */
export function inClass(name: string, char: string): boolean {
  return CLASSES[name]?.test(char) ?? false;
}

/** Reads an expression. Throws {@link RegexProblem}. */
export function parseRegex(source: string, syntax: Syntax): { node: Node; groups: number } {
  const parser = new Parser(source, syntax);
  const node = parser.alternatives(0);
  if (parser.at < source.length) throw new RegexProblem('Unmatched ) or \\)');
  return { node, groups: parser.groups };
}

class Parser {
  readonly source: string;
  readonly syntax: Syntax;
  at = 0;
  groups = 0;
  readonly #closed = new Set<number>();

  constructor(source: string, syntax: Syntax) {
    this.source = source;
    this.syntax = syntax;
  }

  /** Whether an operator comes next: bare in extended expressions, after a backslash in basic ones. */
  #operator(char: string): boolean {
    return this.source.startsWith(this.syntax.extended ? char : `\\${char}`, this.at);
  }

  #skip(): void {
    this.at += this.syntax.extended ? 1 : 2;
  }

  alternatives(depth: number): Node {
    const items = [this.#sequence(depth)];
    while (this.#operator('|')) {
      this.#skip();
      items.push(this.#sequence(depth));
    }
    return items.length === 1 ? items[0]! : { t: 'alt', items };
  }

  #sequence(depth: number): Node {
    const items: Node[] = [];
    const { source, syntax } = this;
    while (
      this.at < source.length &&
      !this.#operator('|') &&
      !(this.#operator(')') && (depth > 0 || !syntax.extended))
    ) {
      const first = items.every(({ t }) => t === 'at') && items.length <= 1;
      items.push(this.#repeated(this.#atom(depth, first)));
    }
    if (depth === 0 && !syntax.extended && this.#operator(')')) throw new RegexProblem('Unmatched ) or \\)');
    return items.length === 1 ? items[0]! : { t: 'cat', items };
  }

  #atom(depth: number, first: boolean): Node {
    const { source, syntax } = this;
    const char = source[this.at]!;
    if (this.#operator('(')) {
      this.#skip();
      this.groups += 1;
      const index = this.groups;
      const item = this.alternatives(depth + 1);
      if (!this.#operator(')')) throw new RegexProblem('Unmatched ( or \\(');
      this.#skip();
      this.#closed.add(index);
      return { t: 'group', item, index };
    }
    this.at += 1;
    if (char === '\\') return this.#escaped();
    if (char === '[') return this.#bracket();
    if (char === '.') return { t: 'set', set: byteSet(() => true), wide: syntax.utf8 ?? false };
    if (char === '^' && (syntax.extended || first)) return { t: 'at', where: '^' };
    if (char === '$' && (syntax.extended || this.#ends())) return { t: 'at', where: '$' };
    if (syntax.extended && first && '*+?'.includes(char)) return { t: 'cat', items: [] };
    return this.#literal(char);
  }

  #ends(): boolean {
    return this.at >= this.source.length || this.#operator(')') || this.#operator('|');
  }

  #literal(char: string): Node {
    const { syntax, source } = this;
    const wide = syntax.utf8 && MULTIBYTE.exec(source.slice(this.at - 1, this.at + 3))?.[0];
    if (wide) {
      this.at += wide.length - 1;
      return { t: 'cat', items: [...wide].map((byte) => single(byte)) };
    }
    return single(char, syntax.ignoreCase);
  }

  #escaped(): Node {
    const char = this.source[this.at];
    if (char === undefined) throw new RegexProblem('Trailing backslash');
    this.at += 1;
    const { escapes, ignoreCase } = this.syntax;
    if (/[1-9]/.test(char) && !escapes) {
      if (!this.#closed.has(Number(char))) throw new RegexProblem('Invalid back reference');
      return { t: 'ref', index: Number(char) };
    }
    switch (char) {
      case 'w':
      case 'W':
        return {
          t: 'set',
          set: byteSet((c) => /\w/.test(c) === (char === 'w')),
          wide: char === 'W' && !!this.syntax.utf8,
        };
      case 's':
      case 'S':
        return {
          t: 'set',
          set: byteSet((c) => /[\t-\r ]/.test(c) === (char === 's')),
          wide: char === 'S' && !!this.syntax.utf8,
        };
      case 'b':
      case 'B':
      case '<':
      case '>':
      case '`':
      case "'":
        if (!(escapes && char === 'b')) return { t: 'at', where: char };
    }
    if (char === '\n') return single('\n');
    return single(CONTROL[char] ?? char, ignoreCase);
  }

  #repeated(item: Node): Node {
    let node = item;
    for (;;) {
      const { source, syntax } = this;
      const literalStar = node === item && item.t === 'at' && !syntax.extended;
      if (source[this.at] === '*' && !literalStar && !(isEmpty(node) && !syntax.extended)) {
        this.at += 1;
        node = { t: 'rep', item: node, min: 0, max: Number.POSITIVE_INFINITY };
      } else if (this.#operator('+') || this.#operator('?')) {
        const plus = this.#operator('+');
        this.#skip();
        node = { t: 'rep', item: node, min: plus ? 1 : 0, max: plus ? Number.POSITIVE_INFINITY : 1 };
      } else if (this.#operator('{')) {
        const interval = this.#interval();
        if (!interval) return node;
        node = { t: 'rep', item: node, ...interval };
      } else return node;
    }
  }

  #interval(): { min: number; max: number } | undefined {
    const { source, syntax } = this;
    const pattern = syntax.extended ? /^\{(\d*)(,?)(\d*)\}/ : /^\\\{(\d*)(,?)(\d*)\\\}/;
    const match = pattern.exec(source.slice(this.at, this.at + 24));
    if (!match || (match[1] === '' && match[2] === '')) {
      if (syntax.extended) return undefined;
      throw new RegexProblem(source.includes('\\}', this.at) ? 'Invalid content of \\{\\}' : 'Unmatched \\{');
    }
    this.at += match[0].length;
    const min = Number(match[1] || 0);
    const max = match[2] === '' ? min : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]);
    if (max < min) throw new RegexProblem('Invalid content of \\{\\}');
    if (min > 32767 || (max !== Number.POSITIVE_INFINITY && max > 32767))
      throw new RegexProblem('Regular expression too big');
    return { min, max };
  }

  #bracket(): Node {
    const { source, syntax } = this;
    const negated = source[this.at] === '^';
    if (negated) this.at += 1;
    const set = byteSet(() => false);
    const sequences: string[] = [];
    const add = (from: string, to = from) => {
      if (from.length > 1) sequences.push(from);
      else for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code += 1) set[code] = true;
    };
    for (let first = true; ; first = false) {
      const char = source[this.at];
      if (char === undefined) throw new RegexProblem('Unmatched [, [^, [:, [., or [=');
      if (char === ']' && !first) break;
      if (source.startsWith('[:', this.at)) {
        const end = source.indexOf(':]', this.at);
        if (end < 0) throw new RegexProblem('Unmatched [, [^, [:, [., or [=');
        const name = source.slice(this.at + 2, end);
        if (!isClass(name)) throw new RegexProblem('Invalid character class name');
        const wanted = syntax.ignoreCase && (name === 'upper' || name === 'lower') ? 'alpha' : name;
        for (let code = 0; code < 256; code += 1) if (inClass(wanted, String.fromCharCode(code))) set[code] = true;
        this.at = end + 2;
        continue;
      }
      const from = this.#member();
      if (source[this.at] === '-' && source[this.at + 1] !== ']' && source[this.at + 1] !== undefined) {
        this.at += 1;
        const to = this.#member();
        if (to.charCodeAt(0) < from.charCodeAt(0)) throw new RegexProblem('Invalid range end');
        add(from, to);
      } else add(from);
    }
    this.at += 1;
    if (syntax.ignoreCase) foldCase(set);
    if (!negated)
      return sequences.length === 0
        ? { t: 'set', set }
        : {
            t: 'alt',
            items: [
              { t: 'set', set },
              ...sequences.map((text): Node => ({ t: 'cat', items: [...text].map((c) => single(c)) })),
            ],
          };
    return { t: 'set', set: set.map((member) => !member), wide: syntax.utf8 ?? false, but: sequences };
  }

  /** One member of a bracket expression: a character, `[.x.]`, `[=x=]`, or an escaped one where that is so. */
  #member(): string {
    const { source, syntax } = this;
    const special = /^\[([.=])([\s\S])\1\]/.exec(source.slice(this.at, this.at + 5));
    if (special) {
      this.at += special[0].length;
      return special[2]!;
    }
    const char = source[this.at]!;
    this.at += 1;
    if (char === '\\' && syntax.escapes && this.at < source.length) {
      const escaped = source[this.at]!;
      this.at += 1;
      return CONTROL[escaped] ?? escaped;
    }
    const wide = syntax.utf8 && MULTIBYTE.exec(source.slice(this.at - 1, this.at + 3))?.[0];
    if (!wide) return char;
    this.at += wide.length - 1;
    return wide;
  }
}

function isEmpty(node: Node): boolean {
  return node.t === 'cat' && node.items.length === 0;
}

function single(char: string, ignoreCase = false): Node {
  const set = byteSet((c) => c === char);
  if (ignoreCase) foldCase(set);
  return { t: 'set', set };
}

function foldCase(set: boolean[]): void {
  for (let code = 65; code <= 90; code += 1) if (set[code] || set[code + 32]) set[code] = set[code + 32] = true;
}

import { type Node, parseRegex, RegexProblem, type Syntax } from './regexsyntax.ts';

export { RegexProblem, type Syntax };

export interface Match {
  readonly index: number;
  readonly end: number;
  /** What the groups matched; the first is the whole match. */
  readonly groups: readonly (string | undefined)[];
}

const WIDE = '[\\xc2-\\xdf][\\x80-\\xbf]|[\\xe0-\\xef][\\x80-\\xbf]{2}|[\\xf0-\\xf4][\\x80-\\xbf]{3}';
const WIDE_HERE = new RegExp(WIDE, 'y');
const MAX_STEPS = 200_000;

/** A POSIX regular expression: leftmost, and of those the longest match. */
export class Regex {
  readonly groups: number;
  readonly #node: Node;
  readonly #source: string;
  readonly #search: RegExp;
  /** JavaScript takes the first alternative that fits, POSIX the longest: then the end must be looked for. */
  readonly #longest: boolean;
  readonly #multiline: boolean;

  /** Throws {@link RegexProblem}. `multiline`: `^` and `$` match at every line. */
  constructor(source: string, syntax: Syntax, multiline = false) {
    const { node, groups } = parseRegex(source, syntax);
    this.groups = groups;
    this.#node = node;
    this.#multiline = multiline;
    this.#source = emit(node, multiline);
    this.#longest = ambiguous(node) && !hasReference(node);
    try {
      this.#search = new RegExp(this.#source, 'g');
    } catch {
      throw new RegexProblem('Regular expression too big');
    }
  }

  test(text: string): boolean {
    return this.exec(text) !== undefined;
  }

  /** The first match at or after `from`; anchors count from the text's beginning. */
  exec(text: string, from = 0): Match | undefined {
    if (this.#longest && nested(this.#node)) return this.#slow(text, from);
    this.#search.lastIndex = from;
    const match = this.#search.exec(text);
    if (!match) return undefined;
    const end = match.index + match[0].length;
    if (!this.#longest) return { index: match.index, end, groups: match };
    const longest = this.#longestEnd(text, match.index);
    if (longest <= end) return { index: match.index, end, groups: match };
    return this.#ending(text, match.index, longest);
  }

  #longestEnd(text: string, index: number): number {
    let longest = -1;
    for (const end of ends(this.#node, text, new Set([index]), this.#multiline)) longest = Math.max(longest, end);
    return longest;
  }

  /** Nested repetitions may take JavaScript's matcher for ever: look from every position, step by step. */
  #slow(text: string, from: number): Match | undefined {
    for (let index = from; index <= text.length; index += 1) {
      const end = this.#longestEnd(text, index);
      if (end >= 0)
        return text.length > 200 ? { index, end, groups: [text.slice(index, end)] } : this.#ending(text, index, end);
    }
    return undefined;
  }

  #ending(text: string, index: number, end: number): Match {
    const exact = new RegExp(`(?:${this.#source})(?=[\\s\\S]{${text.length - end}}$)`, 'y');
    exact.lastIndex = index;
    const groups = exact.exec(text) ?? [text.slice(index, end)];
    return { index, end, groups };
  }
}

function emit(node: Node, multiline: boolean): string {
  switch (node.t) {
    case 'set':
      return emitSet(node);
    case 'cat':
      return node.items
        .map((item) => (item.t === 'alt' ? `(?:${emit(item, multiline)})` : emit(item, multiline)))
        .join('');
    case 'alt':
      return node.items.map((item) => emit(item, multiline)).join('|');
    case 'group':
      return `(${emit(node.item, multiline)})`;
    case 'ref':
      return `(?:\\${node.index})`;
    case 'rep': {
      const { item, min, max } = node;
      return `(?:${emit(item, multiline)})${max === Number.POSITIVE_INFINITY ? (min === 0 ? '*' : min === 1 ? '+' : `{${min},}`) : `{${min},${max}}`}`;
    }
    case 'at':
      return emitPlace(node.where, multiline);
  }
}

function emitPlace(where: string, multiline: boolean): string {
  switch (where) {
    case '^':
      return multiline ? '(?:^|(?<=\\n))' : '^';
    case '$':
      return multiline ? '(?=\\n|$)' : '$';
    case '`':
      return '^';
    case "'":
      return '$';
    case '<':
      return '(?<!\\w)(?=\\w)';
    case '>':
      return '(?<=\\w)(?!\\w)';
    default:
      return `\\${where}`;
  }
}

function emitSet({ set, wide, but = [] }: Node & { t: 'set' }): string {
  const bytes = bracket(set);
  if (!wide) return bytes;
  const unwanted = but.length > 0 ? `(?!${but.map((text) => [...text].map(hex).join('')).join('|')})` : '';
  return `(?:${unwanted}(?:${WIDE}|${bytes}))`;
}

function bracket(set: readonly boolean[]): string {
  const members = set.flatMap((member, code) => (member ? [code] : []));
  if (members.length === 256) return '[\\s\\S]';
  if (members.length === 0) return '[]';
  if (members.length === 1) {
    const char = String.fromCharCode(members[0]!);
    return /[A-Za-z0-9 _]/.test(char) ? char : hex(char);
  }
  let text = '';
  for (let at = 0; at < members.length; at += 1) {
    const from = members[at]!;
    let to = from;
    while (members[at + 1] === to + 1) {
      to += 1;
      at += 1;
    }
    text += hex(String.fromCharCode(from)) + (to > from ? `-${hex(String.fromCharCode(to))}` : '');
  }
  return `[${text}]`;
}

function hex(char: string): string {
  return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function ambiguous(node: Node): boolean {
  switch (node.t) {
    case 'alt':
      return true;
    case 'cat':
      return node.items.some(ambiguous);
    case 'group':
      return ambiguous(node.item);
    case 'rep':
      return node.item.t !== 'set';
    default:
      return false;
  }
}

/** Whether something that repeats without limit lies inside something that does. */
function nested(node: Node, inside = false): boolean {
  switch (node.t) {
    case 'cat':
    case 'alt':
      return node.items.some((item) => nested(item, inside));
    case 'group':
      return nested(node.item, inside);
    case 'rep': {
      const unlimited = node.max > 20;
      return (inside && unlimited) || nested(node.item, inside || unlimited);
    }
    default:
      return false;
  }
}

function hasReference(node: Node): boolean {
  if (node.t === 'ref') return true;
  if (node.t === 'cat' || node.t === 'alt') return node.items.some(hasReference);
  return node.t === 'group' || node.t === 'rep' ? hasReference(node.item) : false;
}

const isWord = (char: string | undefined): boolean => char !== undefined && /\w/.test(char);

/** Where a match of the node can end that begins at one of the positions. */
function ends(node: Node, text: string, starts: ReadonlySet<number>, multiline: boolean): ReadonlySet<number> {
  switch (node.t) {
    case 'set': {
      const found = new Set<number>();
      for (const at of starts) {
        if (node.wide) {
          WIDE_HERE.lastIndex = at;
          const wide = WIDE_HERE.exec(text)?.[0];
          if (wide) {
            if (!node.but?.includes(wide)) found.add(at + wide.length);
            continue;
          }
        }
        if (at < text.length && node.set[text.charCodeAt(at)]) found.add(at + 1);
      }
      return found;
    }
    case 'cat': {
      let positions = starts;
      for (const item of node.items) {
        if (positions.size === 0) break;
        positions = ends(item, text, positions, multiline);
      }
      return positions;
    }
    case 'alt':
      return new Set(node.items.flatMap((item) => [...ends(item, text, starts, multiline)]));
    case 'group':
      return ends(node.item, text, starts, multiline);
    case 'ref':
      return new Set();
    case 'rep': {
      let positions = starts;
      const found = new Set(node.min === 0 ? starts : []);
      for (let count = 1; count <= node.max && positions.size > 0 && count < MAX_STEPS; count += 1) {
        const next = ends(node.item, text, positions, multiline);
        if (count < node.min) {
          positions = next;
          continue;
        }
        const fresh = [...next].filter((at) => !found.has(at));
        for (const at of fresh) found.add(at);
        positions = new Set(fresh);
      }
      return found;
    }
    case 'at':
      return new Set([...starts].filter((at) => holds(node.where, text, at, multiline)));
  }
}

function holds(where: string, text: string, at: number, multiline: boolean): boolean {
  const before = isWord(text[at - 1]);
  const after = isWord(text[at]);
  switch (where) {
    case '^':
      return at === 0 || (multiline && text[at - 1] === '\n');
    case '`':
      return at === 0;
    case '$':
      return at === text.length || (multiline && text[at] === '\n');
    case "'":
      return at === text.length;
    case '<':
      return !before && after;
    case '>':
      return before && !after;
    case 'b':
      return before !== after;
    default:
      return before === after;
  }
}

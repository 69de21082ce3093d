import { Regex, RegexProblem, type Syntax } from '../support/regex.ts';

const CHARACTERS: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
/** Characters by number behind a backslash: control, decimal, octal, hexadecimal. */
const NUMBERED = /^(?:c(\S)|d(\d{3})|o([0-7]{3})|x([0-9a-fA-F]{2}))/;

/** Where a command applies. `re` without a regex: the last one used. */
export type Address =
  | { readonly at: 'line'; readonly line: number }
  | { readonly at: 'last' }
  | { readonly at: 'regex'; readonly regex: Regex | undefined }
  | { readonly at: 'step'; readonly first: number; readonly step: number }
  /** As a range's end only: so many lines on, or the next multiple. */
  | { readonly at: 'plus' | 'multiple'; readonly count: number };

/** A part of what `s` puts in: text, a group, or a change of case for what follows. */
export type Part = string | number | { readonly fold: 'U' | 'L' | 'u' | 'l' | 'E' };

export interface Command {
  readonly name: string;
  readonly from?: Address;
  readonly to?: Address;
  readonly negated: boolean;
  /** Text of a, i, c; label of b, t, T; file of r, w; exit status of q. */
  readonly text?: string;
  /** Where a block ends, or a branch goes: index of a command. */
  target?: number;
  readonly regex?: Regex | undefined;
  readonly parts?: readonly Part[];
  readonly flags?: { readonly global: boolean; readonly print: boolean; readonly nth: number; readonly file?: string };
  readonly map?: ReadonlyMap<string, string>;
}

/** What is wrong with a script, and after how many characters of which part of it. */
export class ScriptProblem extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Messages in the words of GNU sed; those of BusyBox by the same names. */
const BUSYBOX: Readonly<Record<string, string>> = {
  "unterminated `s' command": "unmatched '/'",
  'unterminated address regex': "unmatched '/'",
  "unknown option to `s'": 'bad option in substitution expression',
  "unmatched `{'": 'unterminated {',
  "unexpected `}'": 'unexpected }',
  'missing command': 'missing command',
};

export interface ScriptOptions {
  readonly extended: boolean;
  readonly busybox: boolean;
  readonly utf8: boolean;
}

/** Parses a script into a flat list of commands. Throws {@link ScriptProblem}. */
export function parseScript(source: string, options: ScriptOptions): Command[] {
  return new ScriptParser(source, options).parse();
}

class ScriptParser {
  readonly source: string;
  readonly options: ScriptOptions;
  at = 0;
  readonly commands: Command[] = [];
  readonly open: { index: number; at: number }[] = [];

  constructor(source: string, options: ScriptOptions) {
    this.source = source;
    this.options = options;
  }

  parse(): Command[] {
    for (;;) {
      this.#skip(/[\s;]/);
      if (this.at >= this.source.length) break;
      this.#command();
    }
    const open = this.open.at(-1);
    if (open && !this.options.busybox) throw this.#problem("unmatched `{'", 0);
    for (const { index } of this.open) this.commands[index]!.target = this.commands.length;
    for (const command of this.commands) {
      if (!'btT'.includes(command.name)) continue;
      const label = command.text ?? '';
      const target =
        label === ''
          ? this.commands.length
          : this.commands.findIndex(({ name, text }) => name === ':' && text === label);
      if (target < 0)
        throw new ScriptProblem(
          this.options.busybox ? `can't find label for jump to '${label}'` : `can't find label for jump to \`${label}'`,
          -1,
        );
      command.target = target;
    }
    return this.commands;
  }

  #problem(message: string, at = this.at): ScriptProblem {
    return new ScriptProblem(this.options.busybox ? (BUSYBOX[message] ?? message) : message, at);
  }

  #skip(pattern: RegExp): void {
    while (this.at < this.source.length && pattern.test(this.source[this.at]!)) this.at += 1;
  }

  #command(): void {
    const { source, options } = this;
    const from = this.#address(false);
    let to: Address | undefined;
    if (from) {
      this.#skip(/[ \t]/);
      if (source[this.at] === ',') {
        this.at += 1;
        this.#skip(/[ \t]/);
        to = this.#address(true);
        if (!to) throw this.#problem(options.busybox ? 'no address after comma' : "unexpected `,'", this.at + 1);
      }
    }
    if (!options.busybox && from?.at === 'line' && from.line === 0 && to?.at !== 'regex')
      throw this.#problem('invalid usage of line address 0');
    this.#skip(/[ \t]/);
    let negated = false;
    while (source[this.at] === '!') {
      negated = true;
      this.at += 1;
      this.#skip(/[ \t]/);
    }
    const name = source[this.at];
    if (name === undefined || name === '\n' || name === ';') {
      if (name !== undefined) this.at += 1;
      throw this.#problem('missing command');
    }
    this.at += 1;
    const base = { name, negated, ...(from ? { from } : {}), ...(to ? { to } : {}) };
    this.#body(base);
  }

  #body(base: Command): void {
    switch (base.name) {
      case '#':
        if (base.from) throw this.#problem("comments don't accept any addresses");
        this.#line();
        return;
      case '{':
        this.open.push({ index: this.commands.length, at: this.at });
        this.commands.push({ ...base });
        return;
      case '}': {
        const block = this.open.pop();
        if (!block) {
          if (this.options.busybox) return;
          throw this.#problem("unexpected `}'");
        }
        if (base.from) throw this.#problem("} doesn't want any addresses");
        this.commands[block.index]!.target = this.commands.length;
        this.#end();
        return;
      }
      case ':': {
        if (base.from) throw this.#problem(": doesn't want any addresses");
        this.#skip(/[ \t]/);
        const text = this.#word(/[\s;]/);
        if (text === '') throw this.#problem('":" lacks a label');
        this.commands.push({ ...base, text });
        return;
      }
      case 'b':
      case 't':
      case 'T':
        this.#skip(/[ \t]/);
        this.commands.push({ ...base, text: this.#word(/[\s;}]/) });
        return;
      case 'a':
      case 'i':
      case 'c':
        this.commands.push({ ...base, text: this.#text() });
        return;
      case 'r':
      case 'R':
      case 'w':
      case 'W': {
        this.#skip(/[ \t]/);
        const text = this.#line();
        if (text === '') throw this.#problem('missing filename in r/R/w/W commands');
        this.commands.push({ ...base, text });
        return;
      }
      case 's':
        this.#substitution(base);
        return;
      case 'y':
        this.#transliteration(base);
        return;
      case 'q':
      case 'Q':
      case 'l':
      case 'L':
        this.#skip(/[ \t]/);
        this.commands.push({ ...base, text: this.options.busybox ? '' : this.#digits() });
        this.#end();
        return;
      default:
        if (!'=dDgGhHnNpPxzFe'.includes(base.name))
          throw this.#problem(
            this.options.busybox ? `unsupported command ${base.name}` : `unknown command: \`${base.name}'`,
          );
        this.commands.push(base);
        if (base.name === 'e') this.#line();
        else this.#end();
    }
  }

  /** Nothing but the command's end may follow. */
  #end(): void {
    // BusyBox takes whatever follows for the next command.
    if (this.options.busybox) return;
    this.#skip(/[ \t\r]/);
    const next = this.source[this.at];
    if (next === undefined || next === '}' || next === '#') return;
    this.at += 1;
    if (next !== ';' && next !== '\n') throw this.#problem('extra characters after command');
  }

  #line(): string {
    const end = this.source.indexOf('\n', this.at);
    const line = this.source.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.source.length : end + 1;
    return line;
  }

  #word(end: RegExp): string {
    const start = this.at;
    while (this.at < this.source.length && !end.test(this.source[this.at]!)) this.at += 1;
    return this.source.slice(start, this.at);
  }

  #digits(): string {
    return this.#word(/[^0-9]/);
  }

  /** Text of a, i, c: on the same line, or after `\` and a line end; a backslash goes on to the next line. */
  #text(): string {
    const { source } = this;
    this.#skip(/[ \t]/);
    if (this.at >= source.length && !this.options.busybox) throw this.#problem("expected \\ after `a', `c' or `i'");
    if (source[this.at] === '\\') {
      this.at += 1;
      const before = this.at;
      this.#skip(/[ \t]/);
      if (source[this.at] === '\n') this.at += 1;
      else this.at = before;
    }
    if (this.at >= source.length && !this.options.busybox) return '';
    let text = '';
    while (this.at < source.length) {
      const char = source[this.at]!;
      this.at += 1;
      if (char === '\n') break;
      if (char === '\\') {
        text += this.#escape();
      } else text += char;
    }
    return `${text}\n`;
  }

  /** What a backslash in a text stands for; BusyBox knows fewer of them. */
  #escape(): string {
    const { source, at, options } = this;
    const next = source[at];
    if (next === undefined) return '';
    const numbered = options.busybox ? null : NUMBERED.exec(source.slice(at, at + 4));
    if (numbered) {
      this.at += numbered[0].length;
      const [, control, decimal, octal, hexadecimal] = numbered;
      if (control) return String.fromCharCode(control.toUpperCase().charCodeAt(0) ^ 0x40);
      const [digits = '', base] = decimal ? [decimal, 10] : octal ? [octal, 8] : [hexadecimal, 16];
      return String.fromCharCode(Number.parseInt(digits, base) & 0xff);
    }
    this.at += 1;
    const known = options.busybox ? 'nrt' : 'afnrtv';
    return known.includes(next) ? CHARACTERS[next]! : next;
  }

  #address(end: boolean): Address | undefined {
    const { source } = this;
    const char = source[this.at];
    if (char === undefined) return undefined;
    if (/\d/.test(char)) {
      const first = Number(this.#digits());
      this.#skip(/[ \t]/);
      if (source[this.at] !== '~' || end || this.options.busybox) return { at: 'line', line: first };
      this.at += 1;
      return { at: 'step', first, step: Number(this.#digits()) };
    }
    if (char === '$') {
      this.at += 1;
      return { at: 'last' };
    }
    if (end && (char === '+' || char === '~')) {
      this.at += 1;
      return { at: char === '+' ? 'plus' : 'multiple', count: Number(this.#digits()) };
    }
    if (char !== '/' && char !== '\\') return undefined;
    this.at += 1;
    let delimiter = '/';
    if (char === '\\') {
      delimiter = source[this.at] ?? '';
      this.at += 1;
    }
    const pattern = this.#delimited(delimiter, true);
    if (pattern === undefined) throw this.#problem('unterminated address regex');
    let flags = '';
    while (/[IM]/.test(source[this.at] ?? '')) {
      flags += source[this.at];
      this.at += 1;
    }
    return { at: 'regex', regex: this.#regex(pattern, flags) };
  }

  #regex(pattern: string, flags: string): Regex | undefined {
    if (pattern === '') return undefined;
    const { extended, utf8 } = this.options;
    const syntax: Syntax = { extended, utf8, ignoreCase: /[Ii]/.test(flags) };
    try {
      return new Regex(pattern, syntax, /[Mm]/.test(flags));
    } catch (error) {
      if (!(error instanceof RegexProblem)) throw error;
      throw this.#problem(this.options.busybox ? `bad regex '${pattern}': ${error.message}` : error.message);
    }
  }

  /** Text up to a delimiter, which a backslash makes an ordinary character. */
  #delimited(delimiter: string, regex: boolean): string | undefined {
    const { source } = this;
    let text = '';
    while (this.at < source.length) {
      const bracket = regex && source[this.at] === '[' ? bracketAt(source, this.at) : undefined;
      if (bracket !== undefined) {
        this.at += bracket.length;
        text += bracket.replace(/\\([ntrfva])/g, (_, name: string) => CONTROL[name]!);
        continue;
      }
      const char = source[this.at]!;
      this.at += 1;
      if (char === delimiter) return text;
      if (char === '\\') {
        const next = source[this.at];
        if (next === undefined) break;
        this.at += 1;
        if (next === delimiter)
          text +=
            regex && /[.*[\]^$+?(){}|]/.test(next) && !/[+?(){}|]/.test(next)
              ? `\\${next}`
              : next === '&' && !regex
                ? '\\&'
                : next;
        else if (next === 'n' && regex) text += '\n';
        else text += char + next;
        continue;
      }
      text += char;
    }
    return undefined;
  }

  #substitution(base: Command): void {
    const { source } = this;
    const delimiter = source[this.at] ?? '';
    this.at += 1;
    const unterminated = "unterminated `s' command";
    if (delimiter === '' || delimiter === '\n' || delimiter === '\\') {
      this.at = Math.min(this.at, source.length);
      throw this.#problem(unterminated);
    }
    const pattern = this.#delimited(delimiter, true);
    const replacement = pattern === undefined ? undefined : this.#delimited(delimiter, false);
    if (pattern === undefined || replacement === undefined) throw this.#problem(unterminated);
    let flags = '';
    let nth = 0;
    let file: string | undefined;
    for (;;) {
      const char = source[this.at];
      if (char === undefined || char === '}' || char === '#') break;
      this.at += 1;
      if (char === '\n' || char === ';') break;
      if (/[ \t\r]/.test(char)) continue;
      if (/\d/.test(char)) {
        this.at -= 1;
        const number = this.#digits();
        if (Number(number) === 0) throw this.#problem("number option to `s' command may not be zero");
        nth = Number(number);
      } else if (char === 'w') {
        this.#skip(/[ \t]/);
        file = this.#line();
        break;
      } else if ('gpiIMme'.includes(char)) {
        if (flags.includes(char) && 'gp'.includes(char))
          throw this.#problem(`multiple \`${char}' options to \`s' command`);
        flags += char;
      } else throw this.#problem("unknown option to `s'");
    }
    const regex = this.#regex(pattern, flags);
    const parts = replacementParts(replacement);
    const highest = Math.max(0, ...parts.map((part) => (typeof part === 'number' ? part : 0)));
    if (regex && highest > regex.groups && !this.options.busybox)
      throw this.#problem(`invalid reference \\${highest} on \`s' command's RHS`);
    this.commands.push({
      ...base,
      regex,
      parts,
      flags: {
        global: flags.includes('g'),
        print: flags.includes('p'),
        nth: this.options.busybox && flags.includes('g') ? 0 : nth,
        ...(file === undefined ? {} : { file }),
      },
    });
  }

  #transliteration(base: Command): void {
    const delimiter = this.source[this.at] ?? '';
    this.at += 1;
    const from = this.#delimited(delimiter, false);
    const to = from === undefined ? undefined : this.#delimited(delimiter, false);
    if (from === undefined || to === undefined) throw this.#problem("unterminated `y' command");
    const plain = (text: string) => [
      ...text.replace(/\\([\s\S])/g, (_, char: string) => ({ n: '\n', t: '\t' })[char] ?? char),
    ];
    const source = plain(from);
    const target = plain(to);
    if (source.length !== target.length && !this.options.busybox)
      throw this.#problem("strings for `y' command are different lengths");
    this.commands.push({ ...base, map: new Map(source.map((char, index) => [char, target[index] ?? char])) });
    this.#end();
  }
}

const CONTROL: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' };

/** A whole bracket expression, in which the delimiter is an ordinary character. Undefined when it has no end. */
function bracketAt(source: string, at: number): string | undefined {
  return /^\[\^?\]?(?:\[([:.=])(?:(?!\1\])[^\n])*\1\]|[^\]\n])*\]/.exec(source.slice(at))?.[0];
}

function replacementParts(text: string): Part[] {
  const parts: Part[] = [];
  for (const match of text.matchAll(/\\([\s\S])|&|[^\\&]+/g)) {
    const [whole, escaped] = match;
    if (whole === '&') parts.push(0);
    else if (escaped === undefined) parts.push(whole);
    else if (/\d/.test(escaped)) parts.push(Number(escaped));
    else if (/[ULulE]/.test(escaped)) parts.push({ fold: escaped as 'U' });
    else parts.push(CONTROL[escaped] ?? escaped);
  }
  return parts;
}

import { DockerfileError } from './dockerfile-error.ts';

/** Variables that words may use: the value, or nothing when there is no such variable. */
export type Variables = ReadonlyMap<string, string>;

export interface Words {
  /** The text with quotes removed and variables replaced, blanks kept. */
  readonly result: string;
  /** The text as words: split where blanks are neither quoted nor escaped. */
  readonly words: readonly string[];
  /** Names of the variables that were used and exist, and of those that don't. */
  readonly matched: ReadonlySet<string>;
  readonly unmatched: ReadonlySet<string>;
}

export interface WordsOptions {
  /** The character that takes the next one's meaning away. */
  readonly escape?: string;
  readonly rawQuotes?: boolean;
  readonly rawEscapes?: boolean;
  readonly skipQuotes?: boolean;
  /** Leaves variables that don't exist as they are written. */
  readonly skipUnset?: boolean;
}

const NONE: Variables = new Map();
const SPACE = /\s/u;
const NAME = /[\p{L}\p{Nd}_]/u;
const DIGIT = /\p{Nd}/u;
/** What Go makes of a character that is not there. */
const NO_CHAR = '\ufffd';
const SPECIAL = '@*#?-$!0';

/**
 * Splits a text into words and replaces its variables, as Dockerfile instructions do: the shell's quotes, `$name`,
 * `${name}`, `${name:-word}` and its relatives (BuildKit, frontend/dockerfile/shell). Throws {@link DockerfileError}.
 */
export function processWords(text: string, variables: Variables = NONE, options: WordsOptions = {}): Words {
  const reader = new Reader(text, variables, options);
  try {
    return {
      ...reader.until(undefined, options.rawEscapes ?? false),
      matched: reader.matched,
      unmatched: reader.unmatched,
    };
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    throw new DockerfileError(`failed to process ${JSON.stringify(text)}: ${error.message}`);
  }
}

/** Collects characters into words. */
class WordList {
  readonly done: string[] = [];
  #word = '';
  #open = false;

  char(char: string): void {
    if (!SPACE.test(char)) this.raw(char);
    else if (this.#open && this.#word !== '') this.#end();
  }

  raw(text: string): void {
    this.#word += text;
    this.#open = true;
  }

  all(): string[] {
    if (this.#word !== '') this.#end();
    return this.done;
  }

  #end(): void {
    this.done.push(this.#word);
    this.#word = '';
    this.#open = false;
  }
}

class Reader {
  readonly matched = new Set<string>();
  readonly unmatched = new Set<string>();
  readonly #chars: readonly string[];
  readonly #variables: Variables;
  readonly #options: WordsOptions;
  readonly #escape: string;
  #at = 0;
  #rawEscapes: boolean;

  constructor(text: string, variables: Variables, options: WordsOptions) {
    this.#chars = Array.from(text);
    this.#variables = variables;
    this.#options = options;
    this.#escape = options.escape ?? '\\';
    this.#rawEscapes = options.rawEscapes ?? false;
  }

  get #peek(): string | undefined {
    return this.#chars[this.#at];
  }

  #next(): string | undefined {
    const char = this.#chars[this.#at];
    if (char !== undefined) this.#at += 1;
    return char;
  }

  /** Reads up to a character, which is taken, or to the end. */
  until(stop: string | undefined, rawEscapes: boolean): { result: string; words: string[] } {
    const before = this.#rawEscapes;
    this.#rawEscapes = rawEscapes;
    try {
      return this.#until(stop);
    } finally {
      this.#rawEscapes = before;
    }
  }

  #until(stop: string | undefined): { result: string; words: string[] } {
    let result = '';
    const words = new WordList();
    for (let char = this.#peek; char !== undefined; char = this.#peek) {
      if (char === stop) {
        this.#at += 1;
        return { result, words: words.all() };
      }
      if (char === '$') {
        const value = this.#dollar();
        result += value;
        for (const one of value) words.char(one);
      } else if (!this.#options.skipQuotes && (char === "'" || char === '"')) {
        const value = char === "'" ? this.#singleQuotes() : this.#doubleQuotes();
        result += value;
        words.raw(value);
      } else {
        this.#at += 1;
        if (char !== this.#escape) {
          words.char(char);
          result += char;
          continue;
        }
        if (this.#rawEscapes) {
          words.raw(char);
          result += char;
        }
        const escaped = this.#next();
        if (escaped === undefined) break;
        words.raw(escaped);
        result += escaped;
      }
    }
    if (stop !== undefined) throw new DockerfileError(`unexpected end of statement while looking for matching ${stop}`);
    return { result, words: words.all() };
  }

  #singleQuotes(): string {
    const mark = this.#next()!;
    const quote = this.#options.rawQuotes ? mark : '';
    let result = quote;
    for (;;) {
      const char = this.#next();
      if (char === undefined)
        throw new DockerfileError('unexpected end of statement while looking for matching single-quote');
      if (char === "'") return result + quote;
      result += char;
    }
  }

  #doubleQuotes(): string {
    const mark = this.#next()!;
    const quote = this.#options.rawQuotes ? mark : '';
    let result = quote;
    for (;;) {
      const char = this.#peek;
      if (char === undefined)
        throw new DockerfileError('unexpected end of statement while looking for matching double-quote');
      if (char === '$') {
        result += this.#dollar();
        continue;
      }
      this.#at += 1;
      if (char === '"') return result + quote;
      if (char !== this.#escape) {
        result += char;
        continue;
      }
      if (this.#rawEscapes) result += char;
      const escaped = this.#peek;
      if (escaped === undefined) continue;
      if (escaped === '"' || escaped === '$' || escaped === this.#escape) result += this.#next();
      else result += char;
    }
  }

  #get(name: string): string | undefined {
    const value = this.#variables.get(name);
    (value === undefined ? this.unmatched : this.matched).add(name);
    return value;
  }

  #name(): string {
    let name = '';
    for (let char = this.#peek; char !== undefined; char = this.#peek) {
      if (name === '' && DIGIT.test(char)) {
        while (this.#peek !== undefined && DIGIT.test(this.#peek)) name += this.#next();
        return name;
      }
      if (name === '' && SPECIAL.includes(char)) return this.#next()!;
      if (!NAME.test(char)) break;
      name += this.#next();
    }
    return name;
  }

  #dollar(): string {
    this.#at += 1;
    if (this.#peek !== '{') {
      const name = this.#name();
      if (name === '') return '$';
      return this.#get(name) ?? (this.#options.skipUnset ? `$${name}` : '');
    }
    this.#at += 1;
    if (this.#peek === undefined) throw new DockerfileError("syntax error: missing '}'");
    if ('{}:'.includes(this.#peek)) throw new DockerfileError('syntax error: bad substitution');
    const name = this.#name();
    let modifier = this.#next() ?? NO_CHAR;
    let operator = modifier;
    if (modifier === '}') return this.#get(name) ?? (this.#options.skipUnset ? `\${${name}}` : '');
    if (modifier === '/') return this.#replace(name);
    const emptyIsUnset = modifier === ':';
    if (emptyIsUnset) {
      operator = this.#next() ?? NO_CHAR;
      modifier += operator;
    }
    if (!emptyIsUnset && !'+-?#%'.includes(operator))
      throw new DockerfileError(`unsupported modifier (${modifier}) in substitution`);
    const word = this.#inBraces('}', operator === '#' || operator === '%', "syntax error: missing '}'");
    const value = this.#get(name);
    if (this.#options.skipUnset && value === undefined) return `\${${name}${modifier}${word}}`;
    const missing = value === undefined || (emptyIsUnset && value === '');
    switch (operator) {
      case '-':
        return missing ? word : value;
      case '+':
        return missing ? '' : word;
      case '?':
        if (!missing) return value;
        throw new DockerfileError(
          `${name}: ${word || `is not allowed to be ${value === undefined ? 'unset' : 'empty'}`}`,
        );
      case '#':
      case '%': {
        const greedy = word.startsWith(operator);
        const pattern = greedy ? word.slice(1) : word;
        return operator === '#' ? trimPrefix(pattern, value ?? '', greedy) : trimSuffix(pattern, value ?? '', greedy);
      }
      default:
        throw new DockerfileError(`unsupported modifier (${modifier}) in substitution`);
    }
  }

  #inBraces(stop: string, rawEscapes: boolean, missing: string): string {
    try {
      return this.until(stop, rawEscapes).result;
    } catch (error) {
      throw this.#peek === undefined ? new DockerfileError(missing) : error;
    }
  }

  #replace(name: string): string {
    const all = this.#peek === '/';
    if (all) this.#at += 1;
    const pattern = this.#inBraces('/', true, `syntax error: missing '/' in \${}`);
    const replacement = this.#inBraces('}', true, "syntax error: missing '}'");
    const value = this.#get(name);
    if (this.#options.skipUnset && value === undefined) return `\${${name}/${pattern}/${replacement}}`;
    const expression = patternExpression(pattern, true, false);
    return (value ?? '').replace(new RegExp(expression, all ? 'gsu' : 'su'), () => replacement);
  }
}

/** A shell pattern (`*`, `?`, `\`; no brackets) as the source of a regular expression. */
function patternExpression(pattern: string, greedy: boolean, anchored: boolean): string {
  let source = anchored ? '^' : '';
  const chars = Array.from(pattern);
  for (let index = 0; index < chars.length; index += 1) {
    const char = chars[index]!;
    if (char === '*') source += greedy ? '.*' : '.*?';
    else if (char === '?') source += '.';
    else if (char === '\\') {
      const next = chars[index + 1];
      if (next === '}' || next === '/') continue;
      index += 1;
      if (next !== '*' && next !== '?' && next !== '\\')
        throw new DockerfileError(
          `invalid pattern (${pattern}) in substitution: invalid escape '\\${next ?? NO_CHAR}'`,
        );
      source += `\\${next}`;
    } else source += char.replace(/[[\]{}.+()|^$/]/, '\\$&');
  }
  return source;
}

function trimPrefix(pattern: string, value: string, greedy: boolean): string {
  return value.replace(new RegExp(patternExpression(pattern, greedy, true), 'su'), '');
}

/** Shortest or longest match at the end: both texts reversed, so that it is one at the beginning. */
function trimSuffix(pattern: string, value: string, greedy: boolean): string {
  const reversed = (Array.from(pattern.matchAll(/\\.|./gsu), ([part]) => part) as string[]).reverse().join('');
  return mirror(trimPrefix(reversed, mirror(value), greedy));
}

function mirror(text: string): string {
  return Array.from(text).reverse().join('');
}

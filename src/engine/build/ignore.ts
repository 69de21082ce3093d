import { EngineError } from '../errors.ts';
import { BadPattern, pathMatch } from '../pattern.ts';

/** One pattern of .dockerignore as an expression over paths without a leading slash. */
interface Pattern {
  readonly text: string;
  readonly exception: boolean;
  readonly expression: RegExp;
}

/** Cleans a path as Go's filepath.Clean does, for relative paths. */
function clean(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop();
    else names.push(name);
  }
  return names.join('/') || '.';
}

/** The patterns in a .dockerignore file (moby/patternmatcher, ignorefile). */
export function ignorePatterns(text: string): string[] {
  const patterns: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    if (line.startsWith('#')) continue;
    let pattern = line.trim();
    if (pattern === '') continue;
    const exception = pattern.startsWith('!');
    if (exception) pattern = pattern.slice(1).trim();
    if (pattern !== '') {
      pattern = clean(pattern);
      if (pattern.length > 1 && pattern.startsWith('/')) pattern = pattern.slice(1);
    }
    patterns.push(exception ? `!${pattern}` : pattern);
  }
  return patterns;
}

/** Throws {@link EngineError} for a pattern that Go's filepath.Match does not take. */
function checkPattern(pattern: string): void {
  try {
    pathMatch(pattern, '.');
  } catch (error) {
    if (error instanceof BadPattern) throw new EngineError(500, error.message);
    throw error;
  }
}

/** `**` any number of folders, `*` and `?` within a name, `[…]` as in Go's filepath.Match. */
function expressionOf(pattern: string): RegExp {
  let source = '^';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at]!;
    if (char === '*' && pattern[at + 1] === '*') {
      at += 1;
      if (pattern[at + 1] === '/') at += 1;
      source += at + 1 >= pattern.length ? '.*' : '(.*/)?';
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const end = pattern.indexOf(']', at + 2);
      if (end < 0) source += '\\[';
      else {
        source += `[${pattern.slice(at + 1, end).replace(/\\(?!.)/g, '\\\\')}]`;
        at = end;
      }
    } else if (char === '\\' && at + 1 < pattern.length) {
      at += 1;
      source += pattern[at]!.replace(/[.+()|{}$^[\]*?\\]/, '\\$&');
    } else source += char.replace(/[.+()|{}$^\]\\/]/, '\\$&');
  }
  return new RegExp(`${source}$`, 's');
}

/** Decides which paths of a context a list of patterns excludes; the last pattern that matches counts. */
export class PatternMatcher {
  readonly #patterns: readonly Pattern[];

  /** Throws {@link EngineError} for a pattern that is none. */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .map((text) => {
        if (text === '!') throw new EngineError(500, 'illegal exclusion pattern: "!"');
        const exception = text.startsWith('!');
        checkPattern(exception ? text.slice(1) : text);
        const bare = clean(exception ? text.slice(1) : text);
        return { text: bare, exception, expression: expressionOf(bare) };
      });
  }

  get hasExceptions(): boolean {
    return this.#patterns.some(({ exception }) => exception);
  }

  /** The patterns that exclude. */
  get patterns(): readonly string[] {
    return this.#patterns.filter(({ exception }) => !exception).map(({ text }) => text);
  }

  /** Whether a path (without leading slash), or a folder above it, is excluded. */
  matches(path: string): boolean {
    const names = path.split('/');
    let excluded = false;
    for (const { expression, exception } of this.#patterns) {
      let found = expression.test(path);
      for (let depth = 1; !found && depth < names.length; depth += 1)
        found = expression.test(names.slice(0, depth).join('/'));
      if (found) excluded = !exception;
    }
    return excluded;
  }
}

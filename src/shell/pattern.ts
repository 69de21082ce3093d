import { FileError } from '../engine/files/errors.ts';
import type { FileSystem } from '../engine/files/filesystem.ts';
import { resolve } from '../engine/files/path.ts';

/** Whether a pattern has anything to match with; `\` escapes. */
export function hasMagic(pattern: string): boolean {
  return /(?<!\\)(?:\\\\)*(?:[*?[]|[+@!]\()/.test(pattern);
}

/** A shell pattern as a regular expression's source; `slash`: `*` and `?` do not match a slash, for file names. */
export function patternSource(pattern: string, { slash = false, lazy = false } = {}): string {
  const any = slash ? '[^/]' : '[\\s\\S]';
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const c = pattern[at]!;
    const group = '?*+@!'.includes(c) && pattern[at + 1] === '(' ? closingParenthesis(pattern, at + 1) : -1;
    if (group > 0) {
      const choices = alternatives(pattern.slice(at + 2, group)).map((each) => patternSource(each, { slash, lazy }));
      const joined = choices.join('|');
      at = group;
      if (c === '!') source += `(?:(?!(?:${joined})$)${any}*)`;
      else source += `(?:${joined})${c === '@' ? '' : c}`;
    } else if (c === '*') {
      source += `${any}*${lazy ? '?' : ''}`;
    } else if (c === '?') source += any;
    else if (c === '\\') {
      at += 1;
      source += escaped(pattern[at] ?? '\\');
    } else if (c === '[') {
      const match = /^\[([!^]?)(\]?(?:\[:\w+:\]|\\.|[^\]])*)\]/.exec(pattern.slice(at));
      if (!match) source += '\\[';
      else {
        const inside = match[2]!.replace(/\[:(\w+):\]|\\(.)|([[\]\\^])/g, (whole, name, quoted, special) =>
          name ? (CLASSES[name] ?? whole) : `\\${quoted ?? special}`,
        );
        source += `[${match[1] ? '^' : ''}${inside}]`;
        at += match[0].length - 1;
      }
    } else source += escaped(c);
  }
  return source;
}

/** Where a group that opens at `open` ends; -1 when it does not. */
function closingParenthesis(pattern: string, open: number): number {
  let depth = 0;
  for (let at = open; at < pattern.length; at += 1) {
    if (pattern[at] === '\\') at += 1;
    else if (pattern[at] === '(') depth += 1;
    else if (pattern[at] === ')' && --depth === 0) return at;
  }
  return -1;
}

/** `a|b` at the outermost level. */
function alternatives(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const c of text) {
    if (c === '(') depth += 1;
    else if (c === ')') depth -= 1;
    if (c === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += c;
  }
  return parts;
}

const CLASSES: Readonly<Record<string, string>> = {
  ...{ alpha: 'A-Za-z', digit: '0-9', alnum: 'A-Za-z0-9', upper: 'A-Z', lower: 'a-z', space: '\\s', blank: ' \\t' },
  ...{ punct: '!-\\/:-@\\[-`{-~', xdigit: '0-9A-Fa-f' },
};

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

export function matches(pattern: string, text: string): boolean {
  return new RegExp(`^${patternSource(pattern)}$`).test(text);
}

/** Marks every character as one that stands for itself. */
export function literal(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&');
}

/** A pattern without its escapes. */
export function withoutEscapes(pattern: string): string {
  return pattern.replace(/\\([\s\S])/g, '$1');
}

/** Paths that match a pattern, sorted; empty when none does. */
export function glob(files: FileSystem, cwd: string, pattern: string, hidden = false): string[] {
  const absolute = pattern.startsWith('/');
  const names = pattern.split('/').filter((name) => name !== '');
  let found: string[] = [absolute ? '/' : ''];
  for (const [index, name] of names.entries()) {
    const next: string[] = [];
    for (const base of found) {
      const prefix = base === '' || base.endsWith('/') ? base : `${base}/`;
      if (!hasMagic(name)) {
        const path = prefix + withoutEscapes(name);
        if (index < names.length - 1 || here(files, resolve(cwd, path))) next.push(path);
        continue;
      }
      const expression = new RegExp(`^${patternSource(name, { slash: true })}$`);
      for (const entry of list(files, resolve(cwd, base === '' ? '.' : base)))
        if ((hidden || !entry.startsWith('.') || name.startsWith('.')) && expression.test(entry))
          next.push(prefix + entry);
    }
    found = next;
  }
  return found.sort();
}

function here(files: FileSystem, path: string): boolean {
  try {
    return files.lstat(path) !== undefined;
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}

function list(files: FileSystem, path: string): string[] {
  try {
    return files.stat(path)?.type === 'directory' ? files.list(path) : [];
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

/** A pattern that can't be read; the message is Go's path.ErrBadPattern. */
export class BadPattern extends Error {
  constructor() {
    super('syntax error in pattern');
  }
}

/** Whether a shell pattern (`*`, `?`, `[…]`) matches the whole text; `*` stops at slashes (Go, path.Match). Throws {@link BadPattern}. */
export function pathMatch(pattern: string, text: string): boolean {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at]!;
    if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '\\') {
      at += 1;
      if (at >= pattern.length) throw new BadPattern();
      source += literal(pattern[at]!);
    } else if (char === '[') {
      const end = /^\[\^?(?:(?:[^\]\\-]|\\.)(?:-(?:[^\]\\-]|\\.))?)+\]/su.exec(pattern.slice(at));
      if (!end) throw new BadPattern();
      source += end[0].replace(/^\[\^/, '[^').replace(/(?<!^)\[/g, '\\[');
      at += end[0].length - 1;
    } else source += literal(char);
  }
  return new RegExp(`^${source}$`, 's').test(text);
}

const literal = (char: string) => char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');

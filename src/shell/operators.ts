import { patternSource } from './pattern.ts';

/** `${x#p}`, `${x##p}`, `${x%p}`, `${x%%p}` (POSIX, Shell & Utilities 2.6.2). */
export function removePattern(value: string, pattern: string, op: string): string {
  const longest = op.length === 2;
  if (op.startsWith('#')) {
    const found = new RegExp(`^${patternSource(pattern, { lazy: !longest })}`).exec(value);
    return found ? value.slice(found[0].length) : value;
  }
  // A lazy expression anchored at its end still begins as early as it can: try every start instead.
  const whole = new RegExp(`^${patternSource(pattern)}$`);
  for (let step = 0; step <= value.length; step += 1) {
    const at = longest ? step : value.length - step;
    if (whole.test(value.slice(at))) return value.slice(0, at);
  }
  return value;
}

/** `${x/p/r}`, `//` for all, `/#` and `/%` for the beginning and the end (bash). */
export function replacePattern(value: string, pattern: string, replacement: string, op: string): string {
  if (pattern === '' && op === '/#') return replacement + value;
  if (pattern === '' && op === '/%') return value + replacement;
  if (pattern === '') return value;
  const source = patternSource(pattern);
  const expression =
    op === '/#'
      ? new RegExp(`^${source}`)
      : op === '/%'
        ? new RegExp(`${source}$`)
        : new RegExp(source, op === '//' ? 'g' : '');
  return value.replace(expression, () => replacement);
}

/** `${x:from:count}`. */
export function slice(value: string, from: number, count: number | undefined): string {
  const characters = [...value];
  const start = from < 0 ? Math.max(characters.length + from, 0) : from;
  const end = count === undefined ? characters.length : count < 0 ? characters.length + count : start + count;
  return characters.slice(start, end).join('');
}

/** `${x^}`, `${x^^}`, `${x,}`, `${x,,}`, for characters that match a pattern; `@U`, `@L`, `@Q` as bash has them. */
export function changeCase(value: string, op: string, pattern = ''): string {
  if (op === '@U') return value.toUpperCase();
  if (op === '@L') return value.toLowerCase();
  if (op === '@Q') return `'${value.replaceAll("'", "'\\''")}'`;
  if (!/^[\^,]/.test(op)) return value;
  const wanted = new RegExp(`^${patternSource(pattern === '' ? '?' : pattern)}$`);
  const change = (c: string) => (!wanted.test(c) ? c : op.startsWith('^') ? c.toUpperCase() : c.toLowerCase());
  return op.length === 2 ? value.replace(/[\s\S]/g, change) : value.replace(/^[\s\S]/, change);
}

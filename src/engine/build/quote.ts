/** A string as Go's `%q` prints it. */
export function quoted(text: string): string {
  const named: Record<string, string> = {
    '\x07': '\\a',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
  };
  const body = text.replace(/["\\]|\p{Cc}|\p{Zl}|\p{Zp}/gu, (char) => {
    if (char === '"' || char === '\\') return `\\${char}`;
    const code = char.codePointAt(0)!;
    return (
      named[char] ??
      (code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`)
    );
  });
  return `"${body}"`;
}

/** A list of strings as `%q` prints it: `["sh" "-c"]`. */
export function quotedList(values: readonly string[]): string {
  return `[${values.map(quoted).join(' ')}]`;
}

/** A number as `%q` prints it: the character with that code. */
export function quotedRune(code: number): string {
  const char = String.fromCodePoint(code);
  if (char === "'") return "'\\''";
  return `'${char === '"' ? char : quoted(char).slice(1, -1)}'`;
}

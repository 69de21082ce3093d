const SIMPLE: Readonly<Record<string, string>> = {
  ...{ n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', '\\': '\\' },
};

/** Text with its backslash sequences of C carried out: `\n`, `\t`, `\\`, octal ones. */
export function withoutEscapes(text: string): string {
  return text.replace(/\\(?:([0-7]{1,3})|([\s\S]))/g, (_, octal: string | undefined, char: string) =>
    octal ? String.fromCharCode(Number.parseInt(octal, 8) & 0xff) : (SIMPLE[char] ?? char),
  );
}

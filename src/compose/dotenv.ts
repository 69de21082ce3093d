import { ComposeError } from './error.ts';
import { type Lookup, substitute } from './interpolation.ts';

const SPACE = /[\t\v\f\r \u0085\u00a0]/;

/**
 * Reads variables of a `.env` file and adds them to `into` (compose-go, dotenv/parser.go). Variables in values are looked
 * up with `lookup` first and then in what was read so far. Throws {@link ComposeError}, `line 3: …`.
 */
export function parseDotenv(
  text: string,
  into: Map<string, string>,
  lookup: Lookup,
  warn: (name: string) => void = () => {},
): void {
  let rest = text.replace(/^\uFEFF/, '');
  let line = 1;
  const expand = (value: string) => substitute(value, (name) => lookup(name) ?? into.get(name), warn);
  for (;;) {
    // Blank lines and comments.
    for (;;) {
      const blank = /^\s*/.exec(rest)![0];
      line += blank.split('\n').length - 1;
      rest = rest.slice(blank.length);
      if (!rest.startsWith('#')) break;
      const end = rest.indexOf('\n');
      rest = end < 0 ? '' : rest.slice(end);
    }
    if (rest === '') return;
    rest = rest.replace(/^export\s+/, '');
    const { key, inherited, offset } = keyName(rest, line);
    if (inherited && !key.includes(' ')) line += 1;
    rest = rest.slice(offset);
    while (rest !== '' && SPACE.test(rest[0]!)) rest = rest.slice(1);
    const name = key.trimEnd();
    if (name.includes(' ')) throw new ComposeError(`line ${line}: key cannot contain a space`);
    if (inherited) {
      const value = lookup(name);
      if (value !== undefined) into.set(name, value);
      continue;
    }
    const quote = rest[0];
    if (quote !== '"' && quote !== "'") {
      const end = rest.indexOf('\n');
      const raw = end < 0 ? rest : rest.slice(0, end);
      rest = end < 0 ? '' : rest.slice(end + 1);
      line += 1;
      into.set(name, expand(raw.split(' #')[0]!.trimEnd()));
      continue;
    }
    const quoted = quotedValue(rest, quote);
    if (!quoted) {
      const lines = rest.split('\n');
      throw new ComposeError(`line ${line + lines.length - 1}: unterminated quoted value ${lines[0]}`);
    }
    line += rest.slice(0, quoted.end).split('\n').length - 1;
    into.set(name, quote === '"' ? expand(expandEscapes(quoted.value)) : quoted.value);
    rest = rest.slice(quoted.end);
  }
}

function keyName(text: string, line: number): { key: string; inherited: boolean; offset: number } {
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i]!;
    if (SPACE.test(char)) continue;
    if (char === '=' || char === ':' || char === '\n')
      return { key: text.slice(0, i), inherited: char === '\n', offset: i + 1 };
    if ('_.-[]'.includes(char) || /[\p{L}\p{N}]/u.test(char)) continue;
    throw new ComposeError(
      `line ${line}: unexpected character ${JSON.stringify(char)} in variable name ${JSON.stringify(text.split('\n')[0])}`,
    );
  }
  return { key: '', inherited: false, offset: 0 };
}

function quotedValue(text: string, quote: string): { value: string; end: number } | undefined {
  let value = '';
  let escaped = false;
  for (let i = 1; i < text.length; i += 1) {
    const char = text[i]!;
    if (char === quote && !escaped) return { value, end: i + 1 };
    if (char !== quote && !escaped && char === '\\') {
      escaped = true;
      continue;
    }
    if (escaped && char !== quote) value += '\\';
    escaped = false;
    value += char;
  }
  return undefined;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '"': '"', '\\': '\\', $: '$$' },
};

function expandEscapes(text: string): string {
  return text.replace(/\\(?:([abcfnrtv$"\\])|0(\d{0,3}))/g, (match, letter?: string, octal?: string) => {
    if (letter !== undefined) return ESCAPES[letter] ?? match;
    return octal?.length === 3 ? String.fromCharCode(Number.parseInt(octal, 8)) : match;
  });
}

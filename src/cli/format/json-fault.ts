/** A text that is no JSON: what Go's encoding/json says of it. */
class Fault extends Error {}

const END = 'unexpected end of JSON input';

/** What Go's encoding/json says of the first character at which a text stops being JSON; nothing when it is JSON. */
export function jsonFault(text: string): string | undefined {
  let at = 0;
  const fail = (context: string): never => {
    const char = text[at];
    throw new Fault(char === undefined ? END : `invalid character ${quoted(char)} ${context}`);
  };
  const space = () => {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at += 1;
  };
  const expect = (char: string, context: string) => {
    if (text[at] !== char) fail(context);
    at += 1;
  };
  const string = () => {
    at += 1;
    for (; text[at] !== '"'; at += 1) {
      if ((text[at] ?? ' ') < ' ' || text[at] === undefined) fail('in string literal');
      if (text[at] !== '\\') continue;
      at += 1;
      if (text[at] === 'u')
        for (let digits = 0; digits < 4; digits += 1) {
          at += 1;
          if (!/[0-9a-fA-F]/.test(text[at] ?? '')) fail('in \\u hexadecimal character escape');
        }
      else if (text[at] !== undefined && !/["\\/bfnrt]/.test(text[at]!))
        throw new Fault(`invalid escape sequence \`\\${text[at]}\` in string`);
    }
    at += 1;
  };
  const number = () => {
    if (text[at] === '-') at += 1;
    const digits = (context: string) => {
      if (!/\d/.test(text[at] ?? '')) fail(context);
      while (/\d/.test(text[at] ?? '')) at += 1;
    };
    if (text[at] === '0') at += 1;
    else digits('in numeric literal');
    if (text[at] === '.') {
      at += 1;
      digits('after decimal point in numeric literal');
    }
    if (/[eE]/.test(text[at] ?? '')) {
      at += 1;
      if (/[+-]/.test(text[at] ?? '')) at += 1;
      digits('in exponent of numeric literal');
    }
  };
  const list = (close: string, after: string, item: () => void) => {
    at += 1;
    space();
    if (text[at] === close) {
      at += 1;
      return;
    }
    for (;;) {
      item();
      space();
      if (text[at] === close) break;
      expect(',', after);
      space();
    }
    at += 1;
  };
  const value = () => {
    space();
    const first = text[at] ?? '';
    const word = ['true', 'false', 'null'].find((literal) => literal[0] === first);
    if (first === '{')
      list('}', 'after object key:value pair', () => {
        if (text[at] !== '"') fail('looking for beginning of object key string');
        string();
        space();
        expect(':', 'after object key');
        value();
      });
    else if (first === '[') list(']', 'after array value', value);
    else if (first === '"') string();
    else if (/[-\d]/.test(first)) number();
    else if (word) for (const letter of word) expect(letter, `in literal ${word} (expecting ${quoted(letter)})`);
    else fail('looking for beginning of value');
  };
  try {
    value();
    space();
    if (at < text.length) fail('after top-level value');
    return undefined;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

/** A character in Go's quotes. */
function quoted(char: string): string {
  if (char === "'") return "'\\''";
  if (char === '"') return `'"'`;
  return `'${JSON.stringify(char).slice(1, -1)}'`;
}

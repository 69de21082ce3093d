import { cut } from './key-value.ts';
import { OptionError } from './option-error.ts';

/**
 * The lines of a file for `--env-file` or `--label-file`: `NAME=VALUE`, or a `NAME` alone, whose value `lookup` gives (left
 * out when there is none; without `lookup` it stays a name). Bytes in, texts out (docker/cli, pkg/kvfile). Throws
 * {@link OptionError}.
 */
export function parseKeyValueFile(
  path: string,
  bytes: string,
  lookup?: (name: string) => string | undefined,
): string[] {
  const refused = (why: string) => new OptionError(`invalid env file (${path}): ${why}`);
  const values: string[] = [];
  const lines = bytes.replace(/^\xef\xbb\xbf/, '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const [index, raw] of lines.entries()) {
    const line = text(raw.replace(/\r$/, ''));
    if (line === undefined)
      throw refused(
        `invalid utf8 bytes at line ${index + 1}: [${Array.from(raw, (char) => char.charCodeAt(0)).join(' ')}]`,
      );
    const content = line.trimStart();
    if (content === '' || content.startsWith('#')) continue;
    const [name, value] = cut(content);
    if (name === '') throw refused(`no variable name on line '${content}'`);
    if (/\s/.test(name)) throw refused(`variable '${name}' contains whitespaces`);
    const given = value ?? lookup?.(name);
    if (given !== undefined) values.push(`${name}=${given}`);
    else if (!lookup) values.push(name);
  }
  return values;
}

function text(bytes: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

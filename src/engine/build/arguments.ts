import { DockerfileError } from './dockerfile-error.ts';

export interface Arguments {
  readonly args: readonly string[];
  readonly json: boolean;
}

const BLANKS = /[\t\v\f\r ]+/;

/** Splits an instruction into its name, its flags and the rest. */
export function splitCommand(line: string): { instruction: string; flags: readonly string[]; rest: string } {
  const [, instruction = '', rest] = /^(\S*)(?:[\t\v\f\r ]+(.*))?$/su.exec(line.trim()) ?? [];
  if (rest === undefined) return { instruction, flags: [], rest: '' };
  const { flags, rest: args } = leadingFlags(rest);
  return { instruction, flags, rest: args.trim() };
}

/** The words at the beginning that begin with `--`; `--` alone ends them. Quotes go, escapes too. */
function leadingFlags(line: string): { flags: string[]; rest: string } {
  const flags: string[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && /\s/.test(line[at]!)) at += 1;
    if (!line.startsWith('--', at)) return { flags, rest: line.slice(at) };
    let word = '';
    let quote = '';
    let quoted = false;
    for (; at < line.length; at += 1) {
      let char = line[at]!;
      if (quote === '' && /\s/.test(char)) break;
      if (quote === '' && (char === '"' || char === "'")) {
        quote = char;
        quoted = true;
        continue;
      }
      if (char === quote) {
        quote = '';
        continue;
      }
      if (char === '\\') {
        if (at + 1 === line.length) continue;
        at += 1;
        char = line[at]!;
      }
      word += char;
    }
    if (word === '--') return { flags, rest: line.slice(at) };
    if (word !== '' || quoted) flags.push(word);
    if (at >= line.length) return { flags, rest: '' };
  }
}

/** The arguments of an instruction, by the grammar that it has. Throws {@link DockerfileError}. */
export function argumentsOf(instruction: string, rest: string, escapeToken: string): Arguments {
  switch (instruction.toUpperCase()) {
    case 'ADD':
    case 'COPY':
    case 'VOLUME':
      return jsonArray(rest) ?? list(blankSeparated(rest));
    case 'CMD':
    case 'ENTRYPOINT':
    case 'RUN':
    case 'SHELL':
      return maybeJson(rest);
    case 'ARG':
      return list(quotedWords(rest, escapeToken));
    case 'ENV':
    case 'LABEL':
      return list(keyValues(rest, instruction.toUpperCase(), escapeToken));
    case 'EXPOSE':
    case 'FROM':
      return list(blankSeparated(rest));
    case 'HEALTHCHECK':
      return healthcheck(rest);
    case 'MAINTAINER':
    case 'STOPSIGNAL':
    case 'USER':
    case 'WORKDIR':
      return list(rest === '' ? [] : [rest]);
    default:
      return list([]);
  }
}

const list = (args: readonly string[]): Arguments => ({ args, json: false });

function blankSeparated(rest: string): string[] {
  return rest === '' ? [] : rest.split(new RegExp(BLANKS, 'g'));
}

/** The strings of a JSON array; nothing when it is none. Throws when it holds other things than strings. */
export function jsonArray(text: string): Arguments | undefined {
  if (!text.trimStart().startsWith('[')) return undefined;
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(values)) return undefined;
  if (!values.every((value) => typeof value === 'string'))
    throw new DockerfileError('when using JSON array syntax, arrays must be comprised of strings only');
  return { args: values, json: true };
}

function maybeJson(rest: string): Arguments {
  if (rest === '') return list([]);
  return jsonArray(rest) ?? list([rest]);
}

/** `HEALTHCHECK CMD …`: a type, then what RUN takes. */
function healthcheck(rest: string): Arguments {
  const [, type = '', command = ''] = /^(\S*)\s*(.*)$/s.exec(rest) ?? [];
  if (type === '') return list([]);
  const { args, json } = maybeJson(command);
  return { args: [type, ...args], json };
}

/** Words separated by blanks that are neither quoted nor escaped; quotes and escapes stay. */
function quotedWords(rest: string, escapeToken: string): string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  let open = false;
  const chars = Array.from(rest);
  for (let at = 0; at < chars.length; at += 1) {
    let char = chars[at]!;
    if (quote === '' && /\s/u.test(char)) {
      if (open || word !== '') words.push(word);
      word = '';
      open = false;
      continue;
    }
    if (quote === '' && (char === "'" || char === '"')) {
      quote = char;
      open = true;
    } else if (char === quote) quote = '';
    else if (char === escapeToken && quote !== "'") {
      // An escape at the very end is dropped.
      if (at + 1 === chars.length) break;
      word += char;
      at += 1;
      char = chars[at]!;
    }
    word += char;
  }
  if (open || word !== '') words.push(word);
  return words;
}

/** `key value`, or `key=value …`: triples of key, value and separator. */
function keyValues(rest: string, instruction: string, escapeToken: string): string[] {
  const words = quotedWords(rest, escapeToken);
  if (words.length === 0) return [];
  if (!words[0]!.includes('=')) {
    const [, key = '', value] = /^([^\t\v\f\r ]*)[\t\v\f\r ]+(.*)$/s.exec(rest) ?? [];
    if (value === undefined) throw new DockerfileError(`${instruction} must have two arguments`);
    return [key, value, ''];
  }
  return words.flatMap((word) => {
    const equals = word.indexOf('=');
    if (equals < 0)
      throw new DockerfileError(
        `Syntax error - can't find = in ${JSON.stringify(word)}. Must be of the form: name=value`,
      );
    return [word.slice(0, equals), word.slice(equals + 1), '='];
  });
}

import type { ReaderLimit } from '../engine/process/process.ts';
import type { Command, Word } from './ast.ts';

const text = (word: Word) => word.map((part) => (part.t === 'text' ? part.s : '')).join('');

/**
 * How much of its input a command will read, as far as its words tell: what never ends, ends then. Nothing for a command
 * that reads everything.
 */
export function appetite(command: Command): ReaderLimit | undefined {
  if (command.k !== 'simple') return undefined;
  if (command.words.some((word) => word.some((part) => part.t !== 'text'))) return undefined;
  const [name, ...rest] = command.words.map(text);
  switch (name) {
    case 'head':
      return head(rest);
    case 'sed':
      return sed(rest);
    case 'grep':
    case 'egrep':
    case 'fgrep':
      return grep(rest);
    case 'read':
      return { lines: 1 };
    case 'true':
    case 'false':
    case ':':
      return { bytes: 0 };
    default:
      return undefined;
  }
}

function head(words: readonly string[]): ReaderLimit | undefined {
  const joined = words.join(' ');
  const bytes = /^(?:-c ?|--bytes[= ])(\d+)$/.exec(joined)?.[1];
  if (bytes) return { bytes: Number(bytes) };
  const lines = /^(?:-n ?|-|--lines[= ])(\d+)$/.exec(joined)?.[1];
  return joined === '' ? { lines: 10 } : lines ? { lines: Number(lines) } : undefined;
}

/** `sed 3q`, `sed -n '2p;3q'`, `sed -n '2{p;q}'`. */
function sed(words: readonly string[]): ReaderLimit | undefined {
  const line = /^(?:-n )?(?:.*;)?(\d+)(?:q|\{p;q;?\})$/.exec(words.join(' '))?.[1];
  return line ? { lines: Number(line) } : undefined;
}

/** `grep -q word`, `grep -m 2 word`: up to the matching line. */
function grep(words: readonly string[]): ReaderLimit | undefined {
  let count: number | undefined;
  let flags = '';
  const patterns: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    const option = /^-([a-zA-Z]*?)(m(\d*)|e)?$/.exec(word);
    if (!option) {
      patterns.push(word);
      continue;
    }
    const [, letters = '', last, number] = option;
    if (/[vL]/.test(letters)) return undefined;
    if (letters.includes('q')) count = 1;
    if (letters.includes('i')) flags = 'i';
    if (last?.startsWith('m')) count = Number(number === '' ? words[++at] : number);
    else if (last === 'e') patterns.push(words[++at] ?? '');
  }
  const [pattern] = patterns;
  if (count === undefined || pattern === undefined || patterns.length > 1) return undefined;
  try {
    new RegExp(pattern);
    return { matches: { pattern, flags, count } };
  } catch {
    return undefined;
  }
}

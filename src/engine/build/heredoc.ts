import { processWords } from './shell-words.ts';

/** A document inside a Dockerfile: `<<EOF` and the lines up to `EOF`. */
export interface Heredoc {
  readonly name: string;
  /** Variables in it are replaced: its name was not quoted. */
  readonly expand: boolean;
  /** Tabs at the beginning of its lines are dropped: `<<-EOF`. */
  readonly chomp: boolean;
  readonly content: string;
}

const HEREDOC = /^(\d*)<<(-?)([^<]*)$/;

/** The document that a word announces, without its content. */
export function parseHeredoc(word: string): Heredoc | undefined {
  const match = HEREDOC.exec(word);
  const [, , dash = '', rest = ''] = match ?? [];
  if (rest === '') return undefined;
  const plain = processWords(rest, undefined, { skipUnset: true }).words;
  if (plain.length !== 1) return undefined;
  const raw = processWords(rest, undefined, { skipUnset: true, rawQuotes: true }).words;
  const quotes = (text = '') => text.replace(/[^'"]/g, '').length;
  return { name: plain[0]!, expand: quotes(plain[0]) === quotes(raw[0]), chomp: dash === '-', content: '' };
}

/** The documents that an instruction announces. */
export function heredocsOf(line: string): Heredoc[] {
  let words: readonly string[] = [];
  try {
    words = processWords(line, undefined, { rawQuotes: true, rawEscapes: true, skipUnset: true }).words;
  } catch {
    // A shell command may hold what is no word to us.
    return [];
  }
  return words.map((word) => parseHeredoc(word)).filter((heredoc) => heredoc !== undefined);
}

/** The content without the tabs that `<<-` drops. */
export function chompHeredoc(content: string): string {
  return content.replace(/^\t+/gm, '');
}

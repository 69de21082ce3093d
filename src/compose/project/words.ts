import { ComposeError } from '../error.ts';

/**
 * The words of a command as a shell would split it, without expanding anything; an operator ends it (mattn/go-shellwords).
 * Throws {@link ComposeError} when a quote or a substitution is not closed.
 */
export function shellWords(line: string): string[] {
  const invalid = new ComposeError('invalid command line string');
  const words: string[] = [];
  let word = '';
  let quote: '' | '"' | "'" | '`' | ')' = '';
  let escaped = false;
  let started = false;
  const take = (char: string) => {
    word += char;
    started = true;
  };
  for (const char of line) {
    if (escaped) {
      take(char === 't' ? '\t' : char === 'n' ? '\n' : char);
      escaped = false;
    } else if (char === '\\') {
      if (quote === "'") word += char;
      else escaped = true;
    } else if (/\s/.test(char)) {
      if (quote !== '') word += char;
      else if (started) {
        words.push(word);
        word = '';
        started = false;
      }
    } else if ((char === '"' && (quote === '' || quote === '"')) || (char === "'" && (quote === '' || quote === "'"))) {
      if (quote !== '') started = true;
      quote = quote === '' ? char : '';
    } else if (char === '`' && (quote === '' || quote === '`')) {
      quote = quote === '' ? char : '';
      take(char);
    } else if (char === ')' && (quote === '' || quote === ')')) {
      quote = quote === '' ? char : '';
      take(char);
    } else if (char === '(' && (quote === '' || quote === ')')) {
      if (quote !== '' || !word.endsWith('$')) throw invalid;
      quote = ')';
      word += char;
    } else if (quote === '' && ';&|<>'.includes(char)) {
      if (char === '>' && /^\d/.test(word)) started = false;
      break;
    } else take(char);
  }
  if (started) words.push(word);
  if (escaped || quote !== '') throw invalid;
  return words;
}

import { processWords } from '../../src/engine/build/shell-words.ts';
import { attempt, vectors } from './vectors.ts';

vectors<{ env: string[]; in: string; out: string[] | null }>(
  'shell-words',
  ({ env, in: text }) => {
    const variables = new Map(
      env.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
    );
    const answer = attempt(() => processWords(text, variables).words);
    return Array.isArray(answer) ? answer : null;
  },
  ({ out }) => out,
);

import { expect, it } from 'vitest';
import { headings } from '../../src/markdown/headings.ts';

it('finds headings outside of fences, as a reader sees their words', () => {
  const text = '## `-v` and *--mount*\n\n```sh\n# not a heading\n```\n### A [link](/en/x/) ##\n#none';
  expect(headings(text)).toEqual([
    { depth: 2, text: '-v and --mount', line: 1 },
    { depth: 3, text: 'A link', line: 6 },
  ]);
});

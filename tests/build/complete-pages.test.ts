import { expect, it } from 'vitest';
import { pageProblems } from '../../src/build/complete-pages.ts';

const section = { folder: 'a', label: { de: 'A', en: 'A' }, intro: { de: 'a', en: 'a' }, pages: ['one'] };
const complete = ['de/index.mdx', 'en/index.mdx', 'de/a/one.mdx', 'en/a/one.mdx'];

it('finds nothing wrong with a complete set', () => {
  expect(pageProblems(complete, [section])).toEqual([]);
});

it('names a missing translation by its file', () => {
  expect(pageProblems(complete.slice(0, 3), [section])).toEqual([
    'content/docs/en/a/one.mdx: missing. Every page exists in all languages.',
  ]);
});

it('names a page that only the navigation knows, in every language', () => {
  const problems = pageProblems(complete, [{ ...section, pages: ['one', 'two'] }]);
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    'content/docs/de/a/two.mdx',
    'content/docs/en/a/two.mdx',
  ]);
});

it('names a page that the navigation does not know', () => {
  expect(pageProblems([...complete, 'de/a/two.mdx', 'en/a/two.mdx'], [section])).toEqual([
    'content/docs/de/a/two.mdx: no chapter lists this page. Add it to src/navigation.ts.',
  ]);
});

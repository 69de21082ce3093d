import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type Example, pageParts } from '../../src/markdown/examples.ts';
import { fences } from '../../src/markdown/fences.ts';
import exceptions from './page-exceptions.json' with { type: 'json' };
import { comparePage, pageSlugs } from './pages.ts';

const slugs = pageSlugs();
const source = (language: string, slug: string) => readFileSync(`content/docs/${language}/${slug}.mdx`, 'utf8');
const examples = (slug: string) => pageParts(source('en', slug)).filter((part): part is Example => 'fence' in part);
const exceptionsOf = (slug: string) => exceptions.filter(({ page }) => page === slug);

/** What of a page runs, without where it stands. */
function running(language: string, slug: string) {
  return pageParts(source(language, slug)).map((part) =>
    'file' in part ? part : { steps: part.steps, unordered: part.unordered },
  );
}

async function surprises(language: string, slug: string) {
  const { differences } = await comparePage(language, slug);
  const known = exceptionsOf(slug).map(({ command }) => command);
  return {
    unknown: differences.filter(({ command }) => !known.includes(command)),
    settled: known.filter((command) => !differences.some((difference) => difference.command === command)),
  };
}

it.each(slugs.filter((slug) => examples(slug).length > 0))(
  '%s: the model answers what is printed, but for known exceptions',
  async (slug) => {
    const { unknown, settled } = await surprises('en', slug);
    expect(unknown).toEqual([]);
    expect(settled, 'exceptions that are none any more').toEqual([]);
  },
);

it.each(slugs)('%s: so it does in German', async (slug) => {
  // Where both languages have the same in them, to the letter, once is enough.
  if (JSON.stringify(running('de', slug)) === JSON.stringify(running('en', slug))) return;
  expect((await surprises('de', slug)).unknown).toEqual([]);
});

it('every exception is of a page that there is, and says why', () => {
  expect(exceptions.filter(({ page, reason }) => !slugs.includes(page) || reason === '')).toEqual([]);
});

it('at least 95 % of the console examples run and agree', () => {
  const all = slugs.flatMap((slug) => fences(source('en', slug)).filter(({ lang }) => lang === 'console'));
  const agreeing = slugs.flatMap((slug) => {
    const known = exceptionsOf(slug).map(({ command }) => command);
    return examples(slug).filter(({ steps }) => steps.every(({ command }) => !known.includes(command)));
  });
  expect(agreeing.length / all.length).toBeGreaterThanOrEqual(0.95);
});

import { describe, expect, it } from 'vitest';
import { pageProblems } from '../../src/build/complete-pages.ts';
import { type Fence, fences, metaValue } from '../../src/markdown/fences.ts';
import { headings } from '../../src/markdown/headings.ts';
import { sections } from '../../src/navigation.ts';
import { pages } from './pages.ts';

const german = pages('de');
const english = pages('en');

/** Code as both languages must have it: comments are translated, so they do not count. */
function comparable({ lang, meta, code }: Fence) {
  const withoutReason = meta.replace(/norun="[^"]*"/, 'norun');
  if (lang === 'mermaid') return { lang, shape: diagramShape(code) };
  const lines = code.split('\n').map((line) => line.replace(/(^|\s)(?:#|\/\/)(?: .*)?$/, '$1#').trimEnd());
  return { lang, meta: withoutReason, lines: lang === 'text' ? lines.length : lines };
}

/** Lines of running text that are long enough to hold a sentence: what two languages cannot have in common. */
function prose(text: string): string[] {
  const code = fences(text);
  const lines = text.split('\n');
  return lines.filter(
    (line, i) =>
      line.length > 60 && !/^(?:\||import )/.test(line) && !code.some((f) => i + 1 >= f.line && i + 1 <= f.endLine),
  );
}

/** A diagram without its words: how many arrows, boxes and groups it has. */
function diagramShape(code: string) {
  const count = (pattern: RegExp) => code.match(pattern)?.length ?? 0;
  return {
    type: code.trim().split(/\s/)[0],
    lines: code.trim().split('\n').length,
    arrows: count(/[-=.~]+(?:>>?|x|\))|<-/g),
    groups: count(/^\s*(?:subgraph|state|loop|alt|opt|par)\b/gm),
  };
}

it('pages exist in both languages, and all of them are in the navigation', () => {
  const files = [...german, ...english].map(({ file }) => file.slice('content/docs/'.length));
  expect(pageProblems(files, sections)).toEqual([]);
});

describe.each(german.map((page) => [page.slug, page] as const))('%s', (slug, de) => {
  const en = english.find((page) => page.slug === slug);

  it('has the same structure of headings', () => {
    expect(headings(de.text).map(({ depth }) => depth)).toEqual(headings(en?.text ?? '').map(({ depth }) => depth));
  });

  it('has the same code and commands', () => {
    expect(fences(de.text).map(comparable)).toEqual(fences(en?.text ?? '').map(comparable));
  });

  it('is a translation, not a copy', () => {
    expect(prose(de.text).filter((paragraph) => prose(en?.text ?? '').includes(paragraph))).toEqual([]);
  });

  it('names every column of its tables', () => {
    for (const text of [de.text, en?.text ?? '']) {
      const lines = text.split('\n');
      const heads = lines.filter((_, i) => /^\|(?: *:?-+:? *\|)+$/.test(lines[i + 1] ?? ''));
      expect(heads.filter((head) => /\|\s*\|/.test(head))).toEqual([]);
    }
  });

  it('says why an example does not run', () => {
    for (const { meta } of [...fences(de.text), ...fences(en?.text ?? '')]) {
      expect(metaValue(meta, 'norun')).not.toBe('');
    }
  });
});

it('at least 95 % of the console examples run', () => {
  const console = english.flatMap(({ text }) => fences(text)).filter(({ lang }) => lang === 'console');
  const run = console.filter(({ meta }) => metaValue(meta, 'norun') === undefined);
  expect(run.length / console.length).toBeGreaterThanOrEqual(0.95);
});

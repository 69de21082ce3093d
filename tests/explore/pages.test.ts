import { describe, expect, it } from 'vitest';
import { exploreHtml } from '../../src/explore/html.ts';
import { readFence } from '../../src/explore/input.ts';
import { explorables } from '../../src/explore/registry.ts';
import { fences } from '../../src/markdown/fences.ts';
import { pages } from '../content/pages.ts';
import { play } from './play.ts';

const placed = pages('de').flatMap(({ slug, text }) =>
  fences(text)
    .filter(({ lang }) => lang === 'explore')
    .map(({ code }) => ({ slug, code })),
);

it('every explorable has its place on a page', () => {
  const names = new Set(placed.map(({ code }) => readFence(code).name));
  expect(Object.keys(explorables).filter((name) => !names.has(name))).toEqual([]);
});

describe.each(placed)('the explorable on $slug', ({ code }) => {
  it('begins with commands that succeed', async () => {
    const { state } = await play(code);
    expect(state().log.length).toBeGreaterThan(0);
    const { name } = readFence(code);
    // What a container may not do is what this one is about.
    const acts = state().log.filter(({ purpose }) => purpose === 'act' && name !== 'capabilities');
    expect(acts.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  });

  it('begins the same every time, in words of the language', async () => {
    const german = await exploreHtml(code, 'de');
    expect(await exploreHtml(code, 'de')).toBe(german);
    const english = await exploreHtml(code, 'en');
    expect(english).not.toBe(german);
    for (const html of [german, english]) expect(html).not.toMatch(/undefined|NaN|\[object| style=| on\w+=/);
  });

  it('goes back to its beginning', async () => {
    const explored = await play(code);
    const start = explored.state();
    await explored.move('reset');
    expect(explored.state()).toEqual(start);
  });
});

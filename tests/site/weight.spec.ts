import { expect, test } from '@playwright/test';
import { builtPages } from './dist.ts';
import { weigh } from './weight.ts';

const LIMIT = 70_000;
const SCRIPT_LIMIT = 20_000;

test('no page weighs more than 70 KB, of which at most 20 KB script', () => {
  const weights = builtPages().map((path) => ({ path, ...weigh(path) }));
  const heavy = weights.filter(({ total, script }) => total > LIMIT || script > SCRIPT_LIMIT);
  expect(heavy).toEqual([]);
  const heaviest = weights.toSorted((a, b) => b.total - a.total)[0]!;
  console.log(`heaviest page: ${JSON.stringify(heaviest)}`);
});

test('a browser loads what was weighed, and nothing else', async ({ page }) => {
  const loaded: string[] = [];
  page.on('response', (response) => loaded.push(new URL(response.url()).pathname));
  await page.goto('/de/volumes/types/', { waitUntil: 'networkidle' });
  // Search, diagrams' dialog and the like must not have come by themselves: Pagefind would be seen here.
  expect(loaded.filter((path) => path.includes('pagefind') || path.includes('dialog'))).toEqual([]);
  // Headless Chromium asks for no icons, so they are weighed but not seen.
  const icons = 2;
  expect(Math.abs(new Set(loaded).size - (weigh('/de/volumes/types/').requests - icons))).toBeLessThanOrEqual(1);
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compareTranscript, exceptions, transcripts } from './compare.ts';

/** Share of the oracle's transcripts that has to agree. */
const SHARE = 0.97;
/** Longest that all scenarios of a kind may take, in milliseconds. */
const LIMIT = 180_000;

const folder = (name: string) => transcripts().filter((file) => file.includes(`/${name}/`));

it('the model answers as the oracle did, and every disagreement has a reason', { timeout: LIMIT }, async () => {
  const known = exceptions().map(({ scenario, command }) => `${scenario} ${command}`);
  const different: string[] = [];
  let total = 0;
  for (const file of folder('transcripts')) {
    const { scenario, total: here, differences } = await compareTranscript(file);
    total += here;
    different.push(...differences.map(({ index }) => `${scenario} ${index}`));
  }
  expect(different.toSorted()).toEqual(known.toSorted());
  expect((total - different.length) / total).toBeGreaterThanOrEqual(SHARE);
});

it('no scenario of our own agrees less with real engines than it did', { timeout: LIMIT }, async () => {
  const known = JSON.parse(readFileSync('tests/oracle/known-differences.json', 'utf8')) as Record<string, number[]>;
  const worse: Record<string, readonly string[]> = {};
  for (const file of folder('recorded')) {
    const { scenario, differences } = await compareTranscript(file);
    const fresh = differences.filter(({ index }) => !known[scenario]?.includes(index));
    if (fresh.length > 0) worse[scenario] = fresh.map(({ index, want }) => `${index}: ${want.command}`);
  }
  expect(worse).toEqual({});
});

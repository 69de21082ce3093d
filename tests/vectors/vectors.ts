import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Where the cases of the real implementations' own test suites lie; they are no part of the project. */
const FOLDER = process.env['STAPELLAUF_VECTORS'] ?? new URL('../../../shared/vectors', import.meta.url).pathname;

/**
 * Runs all cases of a vector file: `answer` gives what our code makes of a case (a promise is waited for), `expected` what the real one does.
 * Where the folder is missing, one skipped test says so.
 */
export function vectors<Case>(file: string, answer: (one: Case) => unknown, expected: (one: Case) => unknown): void {
  const path = `${FOLDER}/${file}.json`;
  describe(file, () => {
    if (!existsSync(path)) {
      it.skip(`needs ${path}`, () => {});
      return;
    }
    const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { cases: Case[] };
    it.each(cases.map((one) => [JSON.stringify(one).slice(0, 90), one] as const))('%s', async (_title, one) => {
      expect(await answer(one)).toEqual(expected(one));
    });
  });
}

/** What a function gives, or `{ error }` with the message that it throws. */
export function attempt(compute: () => unknown): unknown {
  try {
    return compute();
  } catch (error) {
    return { error: (error as Error).message };
  }
}

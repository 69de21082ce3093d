import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/** What the engine may use from outside: nothing that knows a page, a clock or a machine. */
const LIBRARIES = ['@noble/hashes/'];
const IMPORT = /(?:from|import)\s*\(?\s*'([^']+)'/g;

const files = globSync('src/engine/**/*.ts');

it('the engine imports nothing of ours, and no machine', () => {
  const strangers = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(IMPORT)]
      .map(([, target = '']) => target)
      .filter((target) =>
        target.startsWith('.')
          ? !join(dirname(file), target).startsWith('src/engine/')
          : !LIBRARIES.some((library) => target.startsWith(library)),
      )
      .map((target) => `${file} imports ${target}`),
  );
  expect(files.length).toBeGreaterThan(0);
  expect(strangers).toEqual([]);
});

it('the engine knows neither the time of day nor chance', () => {
  const forbidden = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\./;
  expect(files.filter((file) => forbidden.test(readFileSync(file, 'utf8')))).toEqual([]);
});

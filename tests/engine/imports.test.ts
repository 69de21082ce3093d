import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/** What each part of the house may use, besides itself: the way down only (DESIGN, "The house"). */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  engine: [],
  shell: ['engine'],
  programs: ['engine', 'shell'],
  images: ['engine', 'programs'],
  compose: ['engine'],
  cli: ['engine', 'compose'],
  api: ['engine', 'programs', 'cli'],
  session: ['engine', 'shell', 'programs', 'images', 'compose', 'cli', 'api'],
};
/** Packages that a part may use: nothing that knows a page, a clock or a machine. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  engine: ['@noble/hashes/'],
  programs: ['@noble/hashes/', 'fflate'],
  compose: ['@noble/hashes/', 'yaml'],
  cli: ['@noble/hashes/'],
};
const IMPORT = /^(?:import|export|\})[^'\n]*\bfrom '([^']+)';?$|^import '([^']+)';?$|\bimport\('([^']+)'\)/gm;

const filesOf = (part: string) => globSync(`src/${part}/**/*.ts`);

it.each(Object.keys(MAY_USE))('%s imports only what lies below it', (part) => {
  const folders = [part, ...MAY_USE[part]!].map((name) => `src/${name}/`);
  // A prompt in a terminal is of this machine.
  const files = filesOf(part).filter((file) => file !== 'src/session/sim.ts');
  const strangers = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(IMPORT)]
      .map(([, from, plain, dynamic]) => from ?? plain ?? dynamic ?? '')
      .filter((target) =>
        target.startsWith('.')
          ? !folders.some((folder) => join(dirname(file), target).startsWith(folder))
          : !(LIBRARIES[part] ?? []).some((library) => target.startsWith(library)),
      )
      .map((target) => `${file} imports ${target}`),
  );
  expect(files.length).toBeGreaterThan(0);
  expect(strangers).toEqual([]);
});

it.each(Object.keys(MAY_USE))('%s knows neither the time of day nor chance', (part) => {
  const forbidden = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\./;
  // What stands between quotes is no call, but the source of a program that is modelled.
  const code = (file: string) => readFileSync(file, 'utf8').replace(/'[^'\n]*'/g, "''");
  expect(filesOf(part).filter((file) => forbidden.test(code(file)))).toEqual([]);
});

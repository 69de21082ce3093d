import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Answer, type Flavour, shell } from './world.ts';

type Row = Answer & { readonly script: string };

/** What real shells answered to cases.txt; record.mjs asks them again. */
const recorded = (flavour: Flavour) =>
  JSON.parse(readFileSync(`tests/shell/fixtures/${flavour}.json`, 'utf8')) as Row[];

describe.each<Flavour>(['bash', 'dash', 'ash'])('%s answers as the real one', (flavour) => {
  it.each(recorded(flavour))('$script', async ({ script, stdout, stderr, status }) => {
    expect(await shell(flavour, script)).toEqual({ stdout, stderr, status });
  });
});

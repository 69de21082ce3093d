import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answer } from './world.ts';

interface Row {
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** BusyBox prints its help after wrong usage; of that, the synopsis is compared. */
const withoutHelp = (text: string) =>
  text.replace(/(BusyBox v[^\n]*\n\nUsage: [^\n]*\n(?:or: [^\n]*\n)*)[\s\S]*/, '$1');

describe.each(['busybox', 'gnu'] as const)('%s', (flavour) => {
  const rows = JSON.parse(readFileSync(new URL(`fixtures/${flavour}.json`, import.meta.url), 'utf8')) as Row[];
  it.each(rows.map((row) => [row.line, row] as const))('%s', async (line, expected) => {
    const got = await answer(flavour, line);
    expect({ ...got, stderr: withoutHelp(got.stderr) }).toEqual({
      ...{ stdout: expected.stdout, stderr: withoutHelp(expected.stderr), status: expected.status },
    });
  });
});

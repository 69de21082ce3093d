import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textTools } from '../../../src/programs/text/index.ts';
import type { Flavour } from '../../../src/programs/tool.ts';
import { runTool } from './harness.ts';

/** Words that come near what tools understand: options, programs, files. */
const WORD = fc.oneof(
  fc.constantFrom('-n', '-c', '-e', '-f', '-', '--', '-z', '--help', '-1', '+2', '0', 'a.txt', 'sub', 'nix', 'empty'),
  fc.constantFrom(
    's/a/b/',
    '$!N;P;D',
    ':a;s/x/y/;ta',
    '{print $1}',
    'BEGIN{while(i<9)i++}',
    '.[]|.a?',
    'a*',
    '[',
    '\\(a\\)*b',
    '(a*)*b',
  ),
  fc.string({ maxLength: 6 }),
);

it('no arguments make a tool throw or hang', async () => {
  const property = fc.asyncProperty(
    fc.constantFrom(...Object.keys(textTools)),
    fc.constantFrom<Flavour>('gnu', 'busybox'),
    fc.array(WORD, { maxLength: 4 }),
    fc.string({ maxLength: 30 }),
    async (name, flavour, args, stdin) => {
      const { status } = await runTool(flavour, [name, ...args], stdin);
      // -1: still waiting, as `tail -f` and `yes` do.
      if (!['tail', 'yes'].includes(name)) expect(status).toBeGreaterThanOrEqual(0);
    },
  );
  await fc.assert(property, { numRuns: 400 });
}, 60_000);

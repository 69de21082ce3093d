import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Action } from '../../src/live/lab.ts';
import { decodeSession, encodeSession, readSaved, type SavedSession } from '../../src/live/share.ts';

const key = fc.oneof(
  fc.record({ at: fc.nat(1000), text: fc.string() }),
  fc.record({ at: fc.nat(1000), interrupt: fc.constant(true as const) }),
);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant('run' as const), line: fc.string(), waited: fc.nat(10_000), keys: fc.array(key) }),
  fc.record({ do: fc.constant('write' as const), path: fc.string(), text: fc.string(), part: fc.nat(9) }),
  fc.record({ do: fc.constant('remove' as const), path: fc.string() }),
);

test('a session comes out of a link as it went in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 20 }), async (actions) => {
      const session: SavedSession = { version: 1, page: 'volumes/types', actions };
      const link = await encodeSession(session);
      expect(link).toMatch(/^[\w-]+$/);
      expect(await decodeSession(link)).toEqual(session);
    }),
    { numRuns: 50 },
  );
});

test('any text is a session or none, and never an error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      expect(await decodeSession(text)).toBeUndefined();
    }),
  );
});

test.each([
  ['nothing', undefined],
  ['another version', { version: 2, page: '', actions: [] }],
  ['a page that is an address', { version: 1, page: 'https://evil.example/', actions: [] }],
  ['an action of unknown kind', { version: 1, page: '', actions: [{ do: 'eval', line: 'x' }] }],
  ['a line that is no text', { version: 1, page: '', actions: [{ do: 'run', line: 5 }] }],
  ['a time that is none', { version: 1, page: '', actions: [{ do: 'run', line: 'x', waited: Number.NaN }] }],
  ['a key that is none', { version: 1, page: '', actions: [{ do: 'run', line: 'x', keys: [{ at: 1 }] }] }],
  ['too many actions', { version: 1, page: '', actions: Array.from({ length: 5000 }, () => ({ do: 'reset' })) }],
])('does not read %s', (_name, value) => {
  expect(readSaved(value)).toBeUndefined();
});

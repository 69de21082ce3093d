import { expect, it } from 'vitest';
import { Table } from '../../src/engine/table.ts';

it('a fork and its original do not see each other’s changes', () => {
  const table = new Table([['a', { n: 1 }]]);
  const fork = table.fork();
  table.update('a', { n: 2 });
  fork.set('b', { n: 3 });
  expect([...table.entries()]).toEqual([['a', { n: 2 }]]);
  expect([...fork.entries()]).toEqual([
    ['a', { n: 1 }],
    ['b', { n: 3 }],
  ]);
  const second = fork.fork();
  expect(fork.delete('a')).toBe(true);
  expect(second.has('a')).toBe(true);
});

it('keeps the order of keys, and refuses to update what is not there', () => {
  const table = new Table<{ n: number }>();
  for (const key of ['z', 'a', 'm']) table.set(key, { n: 0 });
  table.update('z', { n: 1 });
  expect([...table.keys()]).toEqual(['z', 'a', 'm']);
  expect(table.delete('nix')).toBe(false);
  expect(() => table.update('nix', { n: 1 })).toThrow('no record nix');
});

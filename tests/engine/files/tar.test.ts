import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digest } from '../../../src/engine/digest.ts';
import { changesetEntries, readChangeset } from '../../../src/engine/files/changeset-tar.ts';
import { apply, changes } from '../../../src/engine/files/layer.ts';
import { type Directory, directory, regularFile, symbolicLink } from '../../../src/engine/files/node.ts';
import { readTar, treeEntries, unpack, writeTar } from '../../../src/engine/files/tar.ts';
import { replace } from '../../../src/engine/files/tree.ts';

const name = fc.stringMatching(/^[a-z]{1,3}$/);
const time = fc.integer({ min: 0, max: 2_000_000 }).map((seconds) => seconds * 1000);
const node = fc.oneof(
  fc
    .record({ data: fc.string({ unit: 'binary-ascii' }), mtime: time, mode: fc.constantFrom(0o644, 0o4755) })
    .map(({ data, ...rest }) => regularFile(data, rest)),
  fc
    .string({ minLength: 1, maxLength: 200, unit: fc.constantFrom('a', '/', '.') })
    .map((target) => symbolicLink(target)),
  fc.constant(regularFile('', { size: 5_000_000, program: 'gnu' })),
);
const tree = fc
  .array(fc.tuple(fc.array(name, { minLength: 1, maxLength: 3 }), node), { maxLength: 8 })
  .map((files) => files.reduce<Directory>((at, [path, file]) => replace(at, path, file, 0), directory()));

it('an archive gives back what was put into it', () => {
  fc.assert(
    fc.property(tree, (files) => {
      expect(unpack(readTar(writeTar(treeEntries(files)))).entries).toEqual(files.entries);
    }),
  );
});

it('a layer leads to the same tree after it has been an archive', () => {
  fc.assert(
    fc.property(tree, tree, (below, above) => {
      const layer = readChangeset(readTar(writeTar(changesetEntries(changes(below, above)))));
      expect(apply(below, layer).entries).toEqual(above.entries);
    }),
  );
});

it('keeps paths that fit no ustar header', () => {
  const path = `${'long/'.repeat(60)}file`;
  expect(readTar(writeTar([{ path, node: regularFile('x') }]))[0]?.path).toBe(path);
});

it('an empty archive has the digest that every registry knows', () => {
  expect(digest(writeTar([]))).toBe('sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef');
});

it('refuses what is no archive', () => {
  expect(() => readTar('quatsch\n')).toThrow('unexpected EOF');
  expect(() => readTar('x'.repeat(1024))).toThrow('archive/tar: invalid tar header');
});

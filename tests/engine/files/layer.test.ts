import fc from 'fast-check';
import { expect, it } from 'vitest';
import { apply, changes, layerSize, pathChanges } from '../../../src/engine/files/layer.ts';
import { type Directory, directory, regularFile } from '../../../src/engine/files/node.ts';
import { replace, treeSize, walk } from '../../../src/engine/files/tree.ts';

const put = (tree: Directory, path: string, text: string, now = 1) =>
  replace(tree, path.split('/'), regularFile(text, { mtime: now }), now);

const base = put(put(put(directory(), 'etc/passwd', 'root'), 'etc/group', 'root'), 'tmp/alt', 'x');

it('a container’s changes are listed as docker diff lists them', () => {
  let tree = put(base, 'etc/passwd', 'root\napp', 2);
  tree = put(tree, 'tmp/datei', 'neu', 2);
  tree = replace(tree, ['tmp', 'alt'], undefined, 3);
  const layer = changes(base, tree);
  expect(pathChanges(base, layer).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'C /etc',
    'C /etc/passwd',
    'C /tmp',
    'D /tmp/alt',
    'A /tmp/datei',
  ]);
  expect(layerSize(layer)).toBe('root\napp'.length + 'neu'.length);
});

it('what was not touched costs nothing', () => {
  expect(changes(base, base).size).toBe(0);
  expect(changes(base, { ...base }).size).toBe(0);
  const layer = changes(base, put(base, 'opt/x', 'y'));
  expect([...layer.keys()]).toEqual(['opt']);
});

it('a file that becomes a folder hides what was below', () => {
  const file = put(base, 'x', 'datei');
  const folder = put(replace(file, ['x'], undefined, 2), 'x/innen', 'y', 2);
  expect(changes(file, folder).get('x')).toMatchObject({ kind: 'folder', opaque: true });
  expect([...walk(apply(file, changes(file, folder)))].map(([path]) => path)).toContain('/x/innen');
});

const name = fc.constantFrom('a', 'b', 'c');
const step = fc.record({
  path: fc.array(name, { minLength: 1, maxLength: 3 }),
  text: fc.option(fc.string({ maxLength: 4 }), { nil: undefined }),
});

it('any changes, applied to where they came from, lead to where they led', () => {
  const perform = (start: Directory, steps: { path: string[]; text: string | undefined }[], now: number) =>
    steps.reduce(
      (tree, { path, text }, i) =>
        replace(tree, path, text === undefined ? undefined : regularFile(text, { mtime: now + i }), now + i),
      start,
    );
  fc.assert(
    fc.property(fc.array(step), fc.array(step), (before, after) => {
      const from = perform(directory(), before, 1);
      const to = perform(from, after, 100);
      const result = apply(from, changes(from, to));
      expect([...walk(result)]).toEqual([...walk(to)]);
      expect(treeSize(result)).toBe(treeSize(to));
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directory, regularFile } from '../../../src/engine/files/node.ts';
import { exportTree, importImage, loadImages, saveImages } from '../../../src/engine/images/archive.ts';
import { applyChanges } from '../../../src/engine/images/changes.ts';
import { findImage } from '../../../src/engine/images/find.ts';
import { imageHistory, listImages, pruneImages, removeImage } from '../../../src/engine/images/manage.ts';
import { addImage, imageTree } from '../../../src/engine/images/store.ts';
import { container, image, message, workbench } from '../workbench.ts';

describe('finding', () => {
  it('takes names, ids and prefixes of ids that are unique', () => {
    const engine = workbench();
    const { id } = image(engine, ['a'], 'alpine:3.22');
    for (const ref of [
      'alpine:3.22',
      'docker.io/library/alpine:3.22',
      id,
      id.slice(7),
      id.slice(7, 11),
      id.slice(0, 12),
    ])
      expect(findImage(engine, ref).id).toBe(id);
    expect(message(() => findImage(engine, 'alpine'))).toBe('No such image: alpine:latest');
    expect(message(() => findImage(engine, 'Alpine'))).toMatch(/must be lowercase$/);
  });

  it('finds an image by a prefix exactly when no other id begins so', () => {
    const engine = workbench();
    const ids = Array.from({ length: 40 }, (_, index) => image(engine, [`layer${index}`]).id);
    fc.assert(
      fc.property(fc.constantFrom(...ids), fc.integer({ min: 1, max: 8 }), (id, length) => {
        const prefix = id.slice(7, 7 + length);
        const same = ids.filter((other) => other.startsWith(`sha256:${prefix}`));
        const found = message(() => findImage(engine, prefix));
        expect(found).toBe(same.length === 1 ? '' : `No such image: ${prefix}:latest`);
      }),
    );
  });
});

describe('removing', () => {
  it('untags first, and deletes with the last tag, layers from the top', () => {
    const engine = workbench();
    const base = image(engine, ['a'], 'base');
    const { id, layers } = image(engine, ['a', 'b', 'c'], 'app:1', 'app:2');
    expect(removeImage(engine, 'app:1')).toEqual([{ untagged: 'app:1' }]);
    const deleted = [id, layers[2], layers[1]].map((one) => ({ deleted: one }));
    expect(removeImage(engine, 'app:2')).toEqual([{ untagged: 'app:2' }, ...deleted]);
    expect([...engine.state.layers.keys()]).toEqual([...base.layers]);
  });

  it('refuses while containers use an image', () => {
    const engine = workbench();
    const { id } = image(engine, ['a'], 'app:1');
    const { id: user, state } = container(engine, 'user', { image: id });
    const [short, shortUser] = [id.slice(7, 19), user.slice(0, 12)];
    expect(message(() => removeImage(engine, 'app:1'))).toBe(
      `conflict: unable to remove repository reference "app:1" (must force) - container ${shortUser} is using its referenced image ${short}`,
    );
    expect(message(() => removeImage(engine, id))).toBe(
      `conflict: unable to delete ${short} (must be forced) - image is being used by stopped container ${shortUser}`,
    );
    engine.updateContainer(user, { state: { ...state, status: 'running' } });
    expect(message(() => removeImage(engine, id, { force: true }))).toBe(
      `conflict: unable to delete ${short} (cannot be forced) - image is being used by running container ${shortUser}`,
    );
    expect(removeImage(engine, 'app:1', { force: true })).toEqual([{ untagged: 'app:1' }]);
    expect(listImages(engine)[0]?.tags).toEqual([]);
  });

  it('refuses by id when there are several tags, and for the parent of a commit', () => {
    const engine = workbench();
    const { id, layers } = image(engine, ['a'], 'app:1', 'app:2');
    expect(message(() => removeImage(engine, id))).toMatch(
      /\(must be forced\) - image is referenced in multiple repositories$/,
    );
    addImage(engine, { config: {}, history: [], layers, parent: id });
    expect(message(() => removeImage(engine, id, { force: true }))).toMatch(
      /\(cannot be forced\) - image has dependent child images$/,
    );
  });

  it('keeps a layer as long as an image or a container stands on it, and no longer', () => {
    const chain = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(chain, { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(4)),
        fc.nat(4),
        (chains, order, used) => {
          const engine = workbench();
          const images = chains.map((layers, index) => image(engine, layers, `image${index}`));
          const held = images[used % images.length]!;
          container(engine, 'user', { image: held.id });
          for (const index of order) {
            const target = images[index % images.length]!;
            if (engine.state.images.has(target.id)) removeImage(engine, target.id, { force: true });
          }
          const needed = new Set([...engine.state.images.values(), held].flatMap(({ layers }) => layers));
          expect(new Set(engine.state.layers.keys())).toEqual(needed);
        },
      ),
    );
  });
});

it('prunes dangling images, and with dangling=false all that nobody uses', () => {
  const engine = workbench();
  const old = image(engine, ['a'], 'app');
  image(engine, ['b'], 'app');
  image(engine, ['c'], 'held');
  container(engine, 'user', { image: findImage(engine, 'held').id });
  expect(pruneImages(engine).deleted[0]).toEqual({ deleted: old.id });
  const { deleted, reclaimed } = pruneImages(engine, { dangling: ['false'] });
  expect(deleted[0]).toEqual({ untagged: 'app:latest' });
  expect(reclaimed).toBe(1);
  expect(listImages(engine).map(({ tags }) => tags)).toEqual([['held:latest']]);
});

it('lists by patterns as users write them', () => {
  const engine = workbench();
  image(engine, ['a'], 'alpine:3.22', 'alpine', 'mein/alpine:v1', 'reg.io:5000/team/x/alpine:v2');
  const tags = (reference: string) =>
    listImages(engine, { filters: { reference: [reference] } }).flatMap((one) => one.tags);
  expect(tags('alp*')).toEqual(['alpine:3.22', 'alpine:latest']);
  expect(tags('*:latest')).toEqual(['alpine:latest']);
  expect(tags('*/alpine')).toEqual(['mein/alpine:v1']);
  expect(tags('*/*/*/*')).toEqual(['reg.io:5000/team/x/alpine:v2']);
  expect(message(() => tags('['))).toBe('syntax error in pattern');
});

it('brings images back from an archive with their ids, tags and files', () => {
  const engine = workbench();
  const { id } = image(engine, ['a', 'ü'], 'app:1', 'app:2');
  const files = imageTree(engine, findImage(engine, id));
  const archive = saveImages(engine, ['app']);
  removeImage(engine, id, { force: true });
  expect(loadImages(engine, archive)).toEqual(['Loaded image: app:1', 'Loaded image: app:2']);
  expect(imageTree(engine, findImage(engine, id)).entries).toEqual(files.entries);
  expect(saveImages(engine, ['app'])).toBe(archive);
});

it('imports a tree as one layer, with changes to the configuration', () => {
  const engine = workbench();
  const archive = exportTree(directory({}, new Map([['x', regularFile('1\n')]])));
  const id = importImage(engine, archive, {
    reference: 'flat:1',
    config: applyChanges({}, ['CMD ["ls"]', 'EXPOSE 80']),
  });
  expect(findImage(engine, 'flat:1')).toMatchObject({ id, config: { Cmd: ['ls'], ExposedPorts: { '80/tcp': {} } } });
  expect(imageHistory(engine, id)).toMatchObject([{ id, size: 2, comment: 'Imported from -' }]);
  expect(message(() => applyChanges({}, ['RUN ls']))).toBe('RUN is not a valid change command');
});

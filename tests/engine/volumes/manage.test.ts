import fc from 'fast-check';
import { expect, it } from 'vitest';
import { regularFile } from '../../../src/engine/files/node.ts';
import { replace } from '../../../src/engine/files/tree.ts';
import {
  createVolume,
  listVolumes,
  pruneVolumes,
  removeVolume,
  volumeSize,
} from '../../../src/engine/volumes/manage.ts';
import { container, message, workbench } from '../workbench.ts';

const mount = (Name: string) => ({
  ...{ Type: 'volume' as const, Name, Source: '', Destination: '/d', Mode: 'z', RW: true, Propagation: '' },
});

it('checks names, drivers and options', () => {
  const engine = workbench();
  const create = (name: string, options = {}, driver = '') =>
    message(() => createVolume(engine, { name, options, driver }));
  expect(create('a')).toMatch(/^create a: volume name is too short/);
  expect(create('a/b')).toMatch(/^create a\/b: "a\/b" includes invalid characters for a local volume name/);
  expect(create('nn', {}, 'nix')).toBe('create nn: error looking up volume plugin nix: plugin "nix" not found');
  expect(create('nn', { quatsch: '1' })).toBe('create nn: invalid option: "quatsch"');
  expect(create('nn', { o: 'bind' })).toBe('create nn: missing required option: "device"');
  expect(create('nn', { device: '/x' })).toBe('create nn: missing required option: "type"');
});

it('a volume that a container has cannot go, whatever is tried', () => {
  const step = fc.tuple(fc.constantFrom('rm', 'rm -f', 'prune', 'prune all'), fc.nat(3));
  fc.assert(
    fc.property(fc.array(step), fc.subarray([0, 1, 2, 3]), (steps, used) => {
      const engine = workbench();
      const names = ['', 'named', '', 'other'].map((name) => createVolume(engine, { name }).name);
      const ids = used.map((index) => container(engine, `c${index}`, { mounts: [mount(names[index]!)] }).id);
      for (const [action, index] of steps)
        if (action.startsWith('rm')) message(() => removeVolume(engine, names[index]!, action === 'rm -f'));
        else pruneVolumes(engine, action === 'prune' ? {} : { all: ['1'] });
      for (const index of used) expect(engine.state.volumes.has(names[index]!)).toBe(true);
      for (const [at, index] of used.entries())
        expect(message(() => removeVolume(engine, names[index]!, true))).toBe(
          `remove ${names[index]}: volume is in use - [${ids[at]}]`,
        );
    }),
  );
});

it('prunes anonymous volumes, and named ones only with all', () => {
  const engine = workbench();
  createVolume(engine, { name: 'named' });
  const { name } = createVolume(engine, { name: '' });
  engine.state.trees.set(
    `volume:${name}`,
    replace(engine.state.trees.get(`volume:${name}`)!, ['x'], regularFile('12345'), 0),
  );
  expect(volumeSize(engine, name)).toBe(5);
  expect(pruneVolumes(engine)).toEqual({ deleted: [name], reclaimed: 5 });
  expect(pruneVolumes(engine, { all: ['true'] })).toEqual({ deleted: ['named'], reclaimed: 0 });
});

it('lists by name, use and label', () => {
  const engine = workbench();
  for (const name of ['v10', 'v2', 'web'])
    createVolume(engine, { name, labels: name === 'web' ? { art: 'test' } : {} });
  container(engine, 'c1', { mounts: [mount('v2')] });
  const names = (filters: Record<string, string[]>) => listVolumes(engine, filters).map(({ name }) => name);
  expect(names({})).toEqual(['v2', 'v10', 'web']);
  expect(names({ dangling: ['true'] })).toEqual(['v10', 'web']);
  expect(names({ label: ['art=test'] })).toEqual(['web']);
  expect(names({ name: ['^v'] })).toEqual(['v2', 'v10']);
  expect(message(() => names({ quatsch: ['1'] }))).toBe("invalid filter 'quatsch'");
  expect(message(() => names({ dangling: ['xx'] }))).toBe("invalid filter 'dangling=[xx]'");
});

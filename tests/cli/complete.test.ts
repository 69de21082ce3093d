import { expect, it } from 'vitest';
import { complete } from '../../src/cli/complete.ts';
import { addDefaultNetworks } from '../../src/engine/networks/manage.ts';
import { createVolume } from '../../src/engine/volumes/manage.ts';
import { ClientHost } from './host.ts';

it('offers commands, flags and names of what there is', () => {
  const { engine } = new ClientHost((made) => {
    addDefaultNetworks(made);
    createVolume(made, { name: 'data' });
  });
  expect(complete('docker vol', engine)).toEqual(['volume']);
  expect(complete('docker volume ', engine)).toContain('prune');
  expect(complete('docker volume rm d', engine)).toEqual(['data']);
  expect(complete('docker volume rm data ', engine)).toEqual([]);
  expect(complete('docker volume ls --f', engine)).toEqual(['--filter', '--format']);
  expect(complete('docker run --network h', engine)).toEqual(['host']);
  expect(complete('docker network inspect no', engine)).toEqual(['none']);
});

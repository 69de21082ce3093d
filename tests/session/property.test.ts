import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSession, type Session } from '../../src/session/session.ts';

const name = fc.constantFrom('a1', 'b2', 'c3');
const image = fc.constantFrom('alpine:3.22', 'nginx:1.29', 'mine:1');
const words = (...parts: (string | fc.Arbitrary<string>)[]) =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((all) => all.join(' '));

/** Commands that make, use and remove the same few things, so that they get in each other's way. */
const command = fc.oneof(
  words('docker run -d --name', name, image, 'sleep 300'),
  words(
    'docker run -d --network',
    fc.constantFrom('net1', 'net2', 'none'),
    '--name',
    name,
    '-v vol1:/data alpine:3.22 sleep 9',
  ),
  words('docker create -p 8080:80 --name', name, image),
  words(
    'docker',
    fc.constantFrom('start', 'stop -t 0', 'kill', 'pause', 'unpause', 'restart -t 0', 'rm', 'rm -f', 'rm -fv'),
    name,
  ),
  words('docker network', fc.constantFrom('create', 'rm'), fc.constantFrom('net1', 'net2')),
  words('docker network', fc.constantFrom('connect', 'disconnect'), fc.constantFrom('net1', 'net2'), name),
  words('docker volume', fc.constantFrom('create', 'rm', 'rm -f'), fc.constantFrom('vol1', 'vol2')),
  words('docker commit', name, 'mine:1'),
  words('docker', fc.constantFrom('rmi', 'rmi -f', 'tag alpine:3.22'), image),
  words('docker exec', name, "sh -c 'echo hi > /data/f; ls /'"),
  words('docker', fc.constantFrom('container', 'volume', 'network', 'image', 'system'), 'prune -f'),
  words('docker logs', name, '| wc -l'),
);

/** Whatever was done, these hold. */
function checkInvariants({ state }: Session): void {
  const names = [...state.containers.values()].map((container) => container.name);
  expect(new Set(names).size, 'names are unique').toBe(names.length);
  const running = [...state.containers.values()].filter((container) => container.state.pid !== 0);
  const addresses = running.flatMap(({ networks }) =>
    Object.values(networks).flatMap(({ address }) => (address === '' ? [] : [address])),
  );
  expect(new Set(addresses).size, 'addresses are unique').toBe(addresses.length);
  // One that does not run may have lost what it names: that is found out when it starts.
  for (const { networks, mounts, image: id } of running) {
    for (const network of Object.keys(networks))
      expect([...state.networks.values()].map((known) => known.name)).toContain(network);
    for (const mount of mounts) if (mount.Type === 'volume') expect(state.volumes.has(mount.Name ?? '')).toBe(true);
    expect(state.images.has(id), 'an image that a container needs stays').toBe(true);
  }
}

it('any sequence of commands is answered, keeps the invariants, and comes out the same from a snapshot', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 12 }), fc.array(command, { maxLength: 6 }), async (first, then) => {
      const session = createSession();
      for (const line of first) {
        const { stderr } = await session.run(line);
        expect(stderr).not.toContain('internal error');
        checkInvariants(session);
      }
      const snapshot = session.snapshot();
      const answers = async () => {
        const all = [];
        for (const line of then) all.push(await session.run(line));
        return all;
      };
      const once = await answers();
      session.restore(snapshot);
      expect(await answers()).toEqual(once);
    }),
    { numRuns: 60 },
  );
});

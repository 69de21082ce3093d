import { expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { directory, regularFile } from '../../../src/engine/files/node.ts';
import { findImage, referencesOf } from '../../../src/engine/images/find.ts';
import { removeImage } from '../../../src/engine/images/manage.ts';
import { pullImage, pushImage } from '../../../src/engine/images/pull.ts';
import { HOST_ROOT } from '../../../src/engine/process/credentials.ts';
import type { RemoteImage } from '../../../src/engine/registry/registry.ts';
import { container, image, workbench } from '../workbench.ts';

/** Lines of progress as a client without a terminal prints them, and the error that ended it. */
async function lines(
  run: (report: (progress: { id?: string; status: string }) => void) => Promise<void>,
): Promise<string[]> {
  const printed: string[] = [];
  try {
    await run(({ id, status }) => printed.push(id === undefined ? status : `${id}: ${status}`));
  } catch (error) {
    printed.push(`!! ${(error as Error).message}`);
  }
  return printed.map((line) => line.replace(/[0-9a-f]{64}/, 'ID').replace(/^[0-9a-f]{12}:/, 'ID:'));
}

const push = (engine: Engine, ref: string) => lines((report) => pushImage(engine, ref, report));
const pull = (engine: Engine, ref: string) => lines((onProgress) => pullImage(engine, ref, { onProgress }));

/** A registry in a container that publishes port 5000. */
function runRegistry(engine: Engine): void {
  const ports = { '5000/tcp': [{ HostIp: '0.0.0.0', HostPort: '5000' }] };
  const { id } = container(engine, 'registry', { ports });
  engine.state.trees.set(`container:${id}`, directory());
  const process = engine.scheduler.start({
    ...{
      container: id,
      uts: id,
      netns: id,
      pidns: id,
      session: `container ${id}`,
      tty: false,
      cwd: '/',
      argv: ['registry'],
    },
    ...{ executable: '/bin/registry', program: 'registry', environment: {}, credentials: HOST_ROOT },
    mounts: [{ target: '/', tree: `container:${id}`, source: '/', readOnly: false, type: 'overlay' }],
  });
  engine.state.sockets.set('s', { namespace: id, protocol: 'tcp', address: '0.0.0.0', port: 5000, pid: process.pid });
}

it('a registry in a container takes images and hands them out again', async () => {
  const engine = workbench();
  const { id } = image(engine, ['a', 'b'], 'localhost:5000/team/shop:1.4');
  const prepared = ['The push refers to repository [localhost:5000/team/shop]', 'ID: Preparing', 'ID: Preparing'];
  expect(await push(engine, 'localhost:5000/team/shop:1.4')).toEqual([
    prepared[0],
    '!! Get "http://localhost:5000/v2/": dial tcp [::1]:5000: connect: connection refused',
  ]);
  runRegistry(engine);
  const pushed = await push(engine, 'localhost:5000/team/shop:1.4');
  expect(pushed.slice(0, 5)).toEqual([...prepared, 'ID: Pushed', 'ID: Pushed']);
  expect(pushed[5]).toMatch(/^1\.4: digest: sha256:ID size: \d+$/);
  expect((await push(engine, 'localhost:5000/team/shop:1.4')).slice(3, 5)).toEqual(
    Array(2).fill('ID: Layer already exists'),
  );
  expect(referencesOf(engine, id).digests).toHaveLength(1);
  removeImage(engine, id, { force: true });
  const pulled = await pull(engine, 'localhost:5000/team/shop:1.4');
  expect(pulled).toEqual([
    '1.4: Pulling from team/shop',
    ...['ID: Pulling fs layer', 'ID: Pulling fs layer', 'ID: Verifying Checksum', 'ID: Download complete'],
    ...['ID: Verifying Checksum', 'ID: Download complete', 'ID: Pull complete', 'ID: Pull complete'],
    'Digest: sha256:ID',
    'Status: Downloaded newer image for localhost:5000/team/shop:1.4',
  ]);
  expect(findImage(engine, 'localhost:5000/team/shop:1.4').id).toBe(id);
  expect((await pull(engine, 'localhost:5000/team/shop:1.4')).at(-1)).toBe(
    'Status: Image is up to date for localhost:5000/team/shop:1.4',
  );
  expect(await pull(engine, 'localhost:5000/team/shop:9.9')).toEqual([
    '!! manifest for localhost:5000/team/shop:9.9 not found: manifest unknown: manifest unknown',
  ]);
});

it('a catalogue hands out what it has and refuses the rest', async () => {
  const engine = workbench();
  const tree = () => directory({}, new Map([['hello', regularFile('x')]]));
  const hello: RemoteImage = {
    ...{ digest: `sha256:${'1'.repeat(64)}`, config: { Cmd: ['/hello'] }, history: [], created: 1000 },
    layers: [{ digest: `sha256:${'2'.repeat(64)}`, size: 1, tree }],
  };
  engine.registries.set('docker.io', {
    image: ({ path, tag }) => (path !== 'library/hello-world' ? 'denied' : tag === 'latest' ? hello : 'unknown'),
    tags: () => ['latest'],
    hasLayer: () => false,
  });
  expect((await pull(engine, 'hello-world'))[0]).toBe('latest: Pulling from library/hello-world');
  expect(referencesOf(engine, findImage(engine, 'hello-world').id).digests).toEqual([`hello-world@${hello.digest}`]);
  expect(await pull(engine, 'hello-world:9')).toEqual([
    '!! manifest for hello-world:9 not found: manifest unknown: manifest unknown',
  ]);
  expect(await pull(engine, 'nix')).toEqual([
    "!! pull access denied for nix, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
  ]);
  expect(await pull(engine, 'fehlt.invalid/x:1')).toEqual([
    '!! Get "https://fehlt.invalid/v2/": dial tcp: lookup fehlt.invalid on 192.0.2.1:53: no such host',
  ]);
});

it('pushes nothing that is not there', async () => {
  expect(await push(workbench(), 'nowhere:1.0')).toEqual([
    'The push refers to repository [docker.io/library/nowhere]',
    '!! An image does not exist locally with the tag: nowhere',
  ]);
});

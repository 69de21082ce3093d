import { describe, expect, it } from 'vitest';
import type { CapabilitiesState } from '../../src/explore/capabilities/model.ts';
import type { ComposeState } from '../../src/explore/compose/model.ts';
import type { Lifecycle } from '../../src/explore/lifecycle/model.ts';
import type { ReachState } from '../../src/explore/reach/model.ts';
import type { StorageState } from '../../src/explore/storage/model.ts';
import { play, sentence } from './play.ts';

describe('lifecycle', () => {
  const begun = () => play<Lifecycle>('lifecycle\ndocker create --name web nginx:1.29');
  const leads = ({ outcomes }: Lifecycle) =>
    Object.fromEntries(outcomes.map(({ move, to, refused }) => [move, refused ? 'refused' : to]));

  it('knows from each state where each command leads, without going there', async () => {
    const { state, move } = await begun();
    expect(leads(state())).toMatchObject({ start: 'running', pause: 'refused', rm: 'none', create: 'refused' });
    expect(state().status).toBe('created');
    expect(leads(await move('start'))).toMatchObject({
      pause: 'paused',
      stop: 'exited',
      rm: 'refused',
      'rm -f': 'none',
    });
  });

  it('tells a gentle end from a hard one', async () => {
    const { move, play } = await begun();
    await move('start');
    expect(await move('stop')).toMatchObject({ status: 'exited', exitCode: 0 });
    expect(sentence(play.show())).toContain('exit code 0');
    await move('start');
    expect(await move('kill')).toMatchObject({ status: 'exited', exitCode: 137 });
    expect(sentence(play.show())).toContain('137 = 128 + 9');
  });

  it('shows what Docker says to a command that the state does not allow', async () => {
    const { move, play } = await begun();
    const { status, log } = await move('pause');
    expect(status).toBe('created');
    expect(log.at(-2)?.output).toMatch(/^Error response from daemon: .*is not running/);
    expect(sentence(play.show())).toBe('docker pause web is refused: the container stays created.');
    expect(await move('rm')).toMatchObject({ status: 'none' });
  });
});

describe('reach', () => {
  const ways = ({ ways }: ReachState) => ways.map(({ from, to, reached }) => `${from}-${to} ${reached}`);

  it('reaches by name on a shared network only, and changes with membership', async () => {
    const { state, move } = await play<ReachState>(
      'reach\nnetworks: front back\nweb: front\napp: front back\ndb: back',
    );
    expect(ways(state())).toEqual([
      ...['web-app name', 'web-db no', 'app-web name', 'app-db name', 'db-web no', 'db-app name'],
    ]);
    const joined = await move('join back web');
    expect(joined.ways.every(({ reached }) => reached === 'name')).toBe(true);
    expect(joined.log.slice(joined.before)[0]?.command).toBe('docker network connect back web');
    const left = await move('join back db');
    expect(left.ways.find(({ from, to }) => from === 'web' && to === 'db')).toMatchObject({
      reached: 'no',
      why: 'off',
    });
  });

  it('has addresses but no names on the default bridge', async () => {
    const { state } = await play<ReachState>('reach\nnetworks: bridge shop\none: bridge\ntwo: bridge\nweb: shop');
    expect(ways(state())).toEqual([
      ...['one-two address', 'one-web no', 'two-one address', 'two-web no', 'web-one no', 'web-two no'],
    ]);
  });
});

it('storage: what survives stop, start, rm and a new container', async () => {
  const { state, move } = await play<StorageState>('storage\nrun write stop start rm run');
  const table = ({ moments }: StorageState) =>
    moments.map(({ command, lines }) => `${command}: ${Object.values(lines).join(' ')}`);
  expect(table(state())).toEqual([
    ...['run: 0 0 0 0', 'write: 1 1 1 1', 'stop: 1 1 1 none', 'start: 1 1 1 0', 'rm: none 1 1 none', 'run: 0 1 1 0'],
  ]);
  const refused = await move('volume');
  expect(refused.moments.at(-1)?.refused).toBe(true);
  await move('rm');
  expect((await move('volume')).moments.at(-1)?.lines).toEqual({
    layer: 'none',
    volume: 'none',
    bind: 1,
    tmpfs: 'none',
  });
});

describe('capabilities', () => {
  const allowed = ({ results }: CapabilitiesState) => results.filter((act) => act.allowed).map(({ name }) => name);

  it('allows root of a container less than root of the host, and an ordinary user next to nothing', async () => {
    const { state, move } = await play<CapabilitiesState>('capabilities');
    expect(allowed(state())).toEqual(['write', 'chown', 'su', 'ping', 'port', 'chroot', 'mknod']);
    expect(allowed(await move('set', { drop: 'on' }))).toEqual(['write', 'port']);
    expect(allowed(await move('set', { drop: 'on', NET_ADMIN: 'on' }))).toEqual(['write', 'port', 'link']);
    expect(allowed(await move('set', { user: '1000' }))).toEqual(['port']);
    expect(allowed(await move('set', { user: '1000', SYS_TIME: 'on' }))).toEqual(['port']);
    expect((await move('set', { privileged: 'on' })).results.every((act) => act.allowed)).toBe(true);
  });
});

describe('compose-graph', () => {
  const file = `services:
  web:
    image: nginx:1.29
    ports: ["8080:80"]
    depends_on: [db]
  db:
    image: redis:8
    volumes: [data:/data, ./conf:/conf]
volumes:
  data:`;

  it('reads services in the order of their start, with all that they hang on', async () => {
    const { state } = await play<ComposeState>(`compose-graph\n${file}`);
    expect(state().graph.services).toMatchObject([
      { name: 'db', level: 0, volumes: [{ key: 'data', target: '/data' }], mounts: ['./conf → /conf'] },
      { name: 'web', level: 1, ports: ['8080 → 80'], needs: [{ service: 'db', condition: 'service_started' }] },
    ]);
    expect(state().graph.networks.map(({ name }) => name)).toEqual(['lab_default']);
  });

  it('keeps the graph while the file is half written, with Docker’s message', async () => {
    const { move, play: begun } = await play<ComposeState>(`compose-graph\n${file}`);
    const { refused, graph } = await move('edit', { 'compose.yaml': file.replace('ports', 'port') });
    expect(refused?.output).toContain("additional properties 'port' not allowed");
    expect(graph.services).toHaveLength(2);
    expect(sentence(begun.show())).toContain('Docker cannot read the file');
  });

  it('starts what the file says now, and takes it down', async () => {
    const { move } = await play<ComposeState>(`compose-graph\n${file}`);
    const up = await move('up', { 'compose.yaml': file.replace('redis:8', 'alpine:3.22\n    command: "false"') });
    expect(up.running.map(({ service, state, exitCode }) => [service, state, exitCode])).toEqual([
      ['db', 'exited', 1],
      ['web', 'running', 0],
    ]);
    expect((await move('down')).running).toEqual([]);
  });
});

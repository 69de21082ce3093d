import { describe, expect, it } from 'vitest';
import { createSession, type Session, type SessionOptions } from '../../src/session/session.ts';
import { changesBetween } from '../../src/view/diff.ts';
import { subjectOf } from '../../src/view/follow.ts';
import { reachedBy } from '../../src/view/model/networks.ts';
import { viewOf } from '../../src/view/model/view.ts';

async function ran(lines: readonly string[], options: SessionOptions = {}): Promise<Session> {
  const session = createSession(options);
  for (const line of lines) await session.run(line);
  return session;
}

/** What one more command changes, and which subject it is about. */
async function changes(before: readonly string[], line: string, options: SessionOptions = {}) {
  const session = await ran(before, options);
  const old = viewOf(session.snapshot());
  await session.run(line);
  const list = changesBetween(old, viewOf(session.state));
  const told = list.map(({ subject, name, kind, aspects }) =>
    [`${subject} ${name} ${kind}`, ...aspects].join(' ').replace(/[0-9a-f]{12,}/g, 'ID'),
  );
  return { told, subject: subjectOf(list) };
}

describe('containers', () => {
  it('have a state, a layer of their own with what is in it, processes, ports and mounts', async () => {
    const { state } = await ran([
      'docker network create netz',
      'docker run -d --name web -p 8080:80 --network netz -v daten:/data -v /root/lab:/src:ro --restart on-failure:3 nginx:1.29',
      'docker exec web sh -c "echo hallo > /gruß; rm /etc/passwd"',
    ]);
    const [web] = viewOf(state).containers;
    expect(web).toMatchObject({
      ...{ name: 'web', image: 'nginx:1.29', status: 'running', restarts: 0, restartPolicy: 'on-failure:3' },
      ports: [{ inside: '80/tcp', host: 'localhost:8080' }],
      networks: [{ name: 'netz', address: '172.18.0.2' }],
      mounts: [
        { kind: 'volume', source: 'daten', target: '/data', readOnly: false },
        { kind: 'bind', source: '/root/lab', target: '/src', readOnly: true },
      ],
    });
    expect(web!.processes[0]).toMatchObject({ inside: 1, command: expect.stringContaining('nginx: master') });
    expect(web!.writable.changes).toContainEqual({ kind: 'A', path: '/gruß' });
    expect(web!.writable.changes).toContainEqual({ kind: 'D', path: '/etc/passwd' });
    expect(web!.writable.size).toBeGreaterThanOrEqual(6);
  });

  it('offer what their state allows', async () => {
    const session = await ran(['docker run -d --name web nginx:1.29']);
    const lines = () => viewOf(session.state).containers[0]!.actions.map(({ line }) => line);
    expect(lines()).toContain('docker stop web');
    expect(lines()).toContain('docker rm -f web');
    await session.run('docker stop web');
    expect(lines()).toContain('docker start web');
    expect(lines()).toContain('docker rm web');
    expect(lines()).not.toContain('docker stop web');
  });
});

it('every command that is offered is one that the engine takes', async () => {
  const session = await ran(
    [
      ...['docker run -d --name web -p 80 -v daten:/data --tmpfs /tmp nginx:1.29', 'docker create --name idle alpine'],
      ...['docker network create netz', 'docker build -t app .', 'docker build .', 'docker swarm init'],
      'docker service create --name dienst nginx:1.29',
    ],
    { files: { Dockerfile: 'FROM alpine\nRUN echo 1 > /eins\n' } },
  );
  const view = viewOf(session.state);
  const all = [
    ...[view.containers, view.images, view.volumes, view.networks.networks].flat(),
    ...[view.build!, view.cache, ...view.swarm!.services, ...view.swarm!.nodes],
  ].flatMap(({ actions }) => actions);
  // A shell waits for what is typed, and an engine refuses to remove what is in use.
  const tried = all.filter(({ verb, destroys }) => verb !== 'enter' && !destroys);
  const snapshot = session.snapshot();
  for (const { line } of new Map(tried.map((one) => [one.line, one])).values()) {
    session.engine.restore(snapshot);
    const { stderr, exitCode } = await session.run(line);
    expect([line, exitCode === 0 ? '' : stderr]).toEqual([line, '']);
  }
  expect(tried.length).toBeGreaterThan(30);
});

it('images are stacks; a layer in several of them is named so', async () => {
  const { state } = await ran(['docker build -t app .', 'docker build -t app --build-arg X=2 .'], {
    files: { Dockerfile: 'FROM debian:trixie-slim\nARG X=1\nRUN echo $X > /x\n' },
  });
  const { images } = viewOf(state);
  const app = images.find(({ name }) => name === 'app:latest')!;
  const dangling = images.filter(({ tags }) => tags.length === 0);
  expect(app.layers.map(({ createdBy }) => createdBy)).toEqual([expect.any(String), 'RUN echo $X > /x']);
  expect(app.layers[0]!.sharedWith).toContain('nginx:1.29');
  expect(app.layers[1]!.sharedWith).toEqual([]);
  expect(app.shared).toBe(app.layers[0]!.size);
  expect(dangling).toHaveLength(1);
  expect(images.find(({ tags }) => tags.includes('debian:latest'))!.name).toBe('debian:trixie-slim');
});

it('storage says who has it mounted, where, and whether to read only', async () => {
  const { state } = await ran([
    'docker run -d --name eins -v daten:/a -v /leer nginx:1.29',
    'docker run --name zwei -v daten:/b:ro --mount type=tmpfs,target=/fluechtig alpine true',
    'docker run -d --name drei -v /root/lab:/code alpine sleep 60',
  ]);
  expect(
    viewOf(state).volumes.map(({ kind, name, anonymous, uses }) => [
      ...[kind, anonymous ? '…' : name],
      ...uses.map(({ container, up, target, readOnly }) => `${container}:${target}:${readOnly ? 'ro' : 'rw'}:${up}`),
    ]),
  ).toEqual([
    ['volume', 'daten', 'eins:/a:rw:true', 'zwei:/b:ro:false'],
    ['volume', '…', 'eins:/leer:rw:true'],
    ['bind', '/root/lab', 'drei:/code:rw:true'],
    ['tmpfs', '/fluechtig', 'zwei:/fluechtig:rw:false'],
  ]);
});

it('networks say who reaches whom by which name', async () => {
  const { state } = await ran([
    'docker network create vorn',
    'docker network create --internal hinten',
    'docker run -d --name web --network vorn -p 8080:80 nginx:1.29',
    'docker run -d --name app --network vorn --network-alias api alpine sleep 60',
    'docker network connect hinten app',
    'docker run -d --name db --network hinten redis:8',
    'docker run -d --name allein alpine sleep 60',
    'docker run -d --name alt --link allein:einsam alpine sleep 60',
  ]);
  const { networks, hosts } = viewOf(state).networks;
  const told = (from: string) => reachedBy(networks, from).map(({ name, by }) => `${name} as ${by.join(', ')}`);
  expect(told('web')).toEqual(['app as app, api']);
  expect(told('app')).toEqual(['web as web', 'db as db']);
  expect(told('db')).toEqual(['app as app']);
  expect(told('allein')).toEqual(['alt as 172.17.0.3']);
  expect(told('alt')).toEqual(['allein as einsam']);
  const [vorn, hinten] = networks;
  expect(vorn!.members.map(({ names }) => names)).toEqual([['web'], ['app', 'api']]);
  expect(hinten).toMatchObject({ internal: true, named: true });
  expect(networks.find(({ name }) => name === 'bridge')).toMatchObject({ named: false });
  expect(hosts.find(({ name }) => name === 'web')!.ports).toEqual([{ inside: '80/tcp', host: 'localhost:8080' }]);
});

describe('the last build', () => {
  const files = {
    Dockerfile: [
      ...['FROM alpine AS bau', 'RUN echo werkzeug > /w', 'COPY src /src', 'RUN cat /src/a > /fertig'],
      ...['FROM alpine AS nie', 'RUN false', 'FROM alpine', 'COPY --from=bau /fertig /'],
    ].join('\n'),
    'src/a': '1',
    'src/b': '1',
  };
  const build = async (...lines: string[]) => viewOf((await ran(['docker build .', ...lines], { files })).state).build!;
  const broken = (view: Awaited<ReturnType<typeof build>>) =>
    view.stages.flatMap(({ steps }) =>
      steps.flatMap(({ text, because, changed }) =>
        because && because !== 'above' ? [[text, because, ...changed]] : [],
      ),
    );

  it('is a graph of stages', async () => {
    const { stages, error } = await build();
    expect(error).toBe('');
    expect(stages.map(({ name, needed, depth, target, sources }) => [name, needed, depth, target, sources])).toEqual([
      ['bau', true, 0, false, []],
      ['nie', false, 0, false, []],
      ['stage-2', true, 1, true, [0]],
    ]);
  });

  it('came from the cache where nothing changed', async () => {
    expect(await build('docker build .')).toMatchObject({ steps: 4, cached: 4 });
  });

  it.each([
    ['echo 2 > src/b; docker build .', ['COPY src /src', 'files', 'src/b']],
    ['sed -i s/werkzeug/zeug/ Dockerfile; docker build .', ['RUN echo zeug > /w', 'instruction']],
    ['docker build --no-cache .', ['RUN echo werkzeug > /w', 'no-cache']],
    ['docker builder prune -af; docker build .', ['RUN echo werkzeug > /w', 'pruned']],
    [
      'sed -i "s/^FROM alpine AS bau/FROM debian AS bau/" Dockerfile; docker build .',
      ['RUN echo werkzeug > /w', 'base'],
    ],
    ['sed -i "2i ENV A=1" Dockerfile; docker build .', ['RUN echo werkzeug > /w', 'settings']],
  ])('says what broke the cache: %s', async (line, expected) => {
    expect(broken(await build(line))[0]).toEqual(expected);
  });

  it('says what broke it', async () => {
    const view = await build('docker build --target nie .');
    expect(view.error).toContain('exit code: 1');
    expect(view.stages[1]).toMatchObject({ outcome: 'failed', steps: [{}, { text: 'RUN false', outcome: 'failed' }] });
  });

  it('has no stages when the Dockerfile cannot be read', async () => {
    expect(await build('echo FORM > Dockerfile; docker build .')).toMatchObject({ stages: [], image: '' });
  });
});

it('a swarm has services with their tasks', async () => {
  const { state } = await ran([
    'docker swarm init',
    'docker service create -d --name dienst --replicas 2 -p 9090:80 nginx:1.29',
    'sleep 5',
  ]);
  expect(viewOf(state).swarm).toMatchObject({
    nodes: [{ role: 'manager', availability: 'active' }],
    services: [{ name: 'dienst', running: 2, wanted: 2, tasks: [{ status: 'running' }, { status: 'running' }] }],
  });
  expect(viewOf((await ran([])).state).swarm).toBeUndefined();
});

describe('what a command changes', () => {
  const up = ['docker network create netz', 'docker run -d --name web -v daten:/data nginx:1.29'];
  it.each([
    [
      'docker stop web',
      'containers',
      ['containers web changed status processes networks', 'networks bridge changed members'],
    ],
    ['docker exec web sh -c "echo x > /data/x"', 'volumes', ['volumes daten changed size']],
    ['docker volume create leer', 'volumes', ['volumes leer new']],
    ['docker network rm netz', 'networks', ['networks netz gone']],
    [
      'docker network connect netz web',
      'networks',
      ['containers web changed networks', 'networks netz changed members'],
    ],
    ['docker tag nginx:1.29 meins', 'images', ['images nginx:1.29 changed tags']],
    ['docker rename web netz-web', 'containers', ['containers netz-web changed name']],
    ['docker ps', undefined, []],
  ])('%s', async (line, subject, told) => {
    const found = await changes(up, line);
    expect(found.subject).toBe(subject);
    for (const one of told) expect(found.told.some((entry) => entry.startsWith(one))).toBe(true);
    if (told.length === 0) expect(found.told).toEqual([]);
  });
});

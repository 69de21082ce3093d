import { describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { directory, regularFile } from '../../../src/engine/files/node.ts';
import { HOST_ROOT } from '../../../src/engine/process/credentials.ts';
import { type Outcome, type Program, toolProgram } from '../../../src/engine/process/program.ts';
import { deserializeState, serializeState } from '../../../src/engine/state.ts';

/** Counts aloud, a number a second; ends with the status that its argument says. */
const count: Program = {
  run(kernel): Outcome {
    const n = (kernel.memory as number | undefined) ?? 0;
    if (n > 0) kernel.output(`${n}\n`);
    if (n === Number(kernel.argv[1])) return { exit: n };
    kernel.memory = n + 1;
    return { wait: { until: kernel.now + 1000 } };
  },
};

/** Ends itself gracefully on TERM; waits for that for ever. */
const server: Program = {
  run: () => ({ wait: {} }),
  signal(kernel, signal) {
    if (signal !== 15) return undefined;
    kernel.output('bye\n');
    return { exit: 0 };
  },
};

/** Starts a counter, kills it when told to, and reports how it ended. */
const parent: Program = {
  run(kernel): Outcome {
    if (kernel.memory === undefined) {
      const found = kernel.find('count');
      if ('status' in found) return { exit: found.status };
      const pid = kernel.spawn(found, { argv: ['count', '3'], stdout: { to: 'collect' }, stderr: { to: 'collect' } });
      kernel.memory = pid;
      if (kernel.argv[1]) kernel.kill(pid, Number(kernel.argv[1]));
      return { wait: { child: true } };
    }
    for (const { status, collected } of kernel.reap())
      kernel.output(`${status} ${collected.map(({ bytes }) => bytes.trim()).join(',')}\n`);
    return { exit: 0 };
  },
};

const programs: Record<string, Program> = {
  ...{ count, server, parent, client: server },
  env: toolProgram((kernel) => {
    kernel.output(`${kernel.argv.join(' ')} in ${kernel.cwd} on ${kernel.hostname}\n`);
    return 0;
  }),
};

function host() {
  const engine = new Engine({ programs: (name) => programs[name] });
  const bin = new Map(Object.keys(programs).map((n) => [n, regularFile('', { mode: 0o755, size: 1, program: n })]));
  engine.state.trees.set('host', directory({}, new Map([['bin', directory({}, bin)]])));
  engine.hostFiles().write('/script', '#!/bin/env -x\n', { mode: 0o755 });
  engine.hostFiles().write('/text', 'nothing to run', { mode: 0o755 });
  let printed = '';
  const run = (path: string, ...args: string[]) =>
    engine.runOnHost(path, args, (_stream, bytes) => {
      printed += bytes;
    });
  return { engine, run, printed: () => printed };
}

it('virtual time passes while a process waits', async () => {
  const { engine, run, printed } = host();
  const begin = engine.state.now;
  expect(await run('/bin/count', '3')).toBe(3);
  expect(printed()).toBe('1\n2\n3\n');
  expect(engine.state.now - begin).toBe(3000);
  expect(engine.state.processes.size).toBe(0);
});

describe('executing', () => {
  it.each([
    ['/bin/nix', 127],
    ['/bin', 126],
    ['/text', 126],
  ])('%s gives %i', async (path, status) => expect(await host().run(path)).toBe(status));

  it('a script runs its interpreter', async () => {
    const { run, printed } = host();
    expect(await run('/script', 'a')).toBe(0);
    expect(printed()).toBe('/bin/env -x /script /script a in / on docker\n');
  });
});

describe('a parent', () => {
  const withPath = async (...args: string[]) => {
    const world = host();
    programs['parent'] = {
      run: (kernel) => {
        kernel.environment['PATH'] = '/nirgends:/bin';
        return parent.run(kernel);
      },
    };
    await world.run('/bin/parent', ...args);
    return world;
  };

  it('collects its child’s output and status', async () => {
    expect((await withPath()).printed()).toBe('3 1,2,3\n');
  });

  it('sees a signal as 128 and its number', async () => {
    expect((await withPath('9')).printed()).toBe('137 \n');
    expect((await withPath('15')).printed()).toBe('143 \n');
  });
});

it('a wait that nothing can end is an interruption', async () => {
  const { run, engine } = host();
  expect(await run('/bin/server')).toBe(130);
  expect(engine.state.processes.size).toBe(0);
});

it('a program handles its signals', async () => {
  const { run, engine, printed } = host();
  const running = run('/bin/server');
  for (const { pid } of engine.state.processes.values()) engine.scheduler.signal(pid, 15);
  expect(await running).toBe(0);
  expect(printed()).toBe('bye\n');
});

it('a process in the middle of its work goes on from a snapshot, also through JSON, with the same bytes', async () => {
  const { engine } = host();
  engine.scheduler.start({
    ...{ container: '', session: 'host 1000', pidns: 'host', uts: 'host', netns: 'host', tty: false, cwd: '/' },
    stdout: { to: 'collect' },
    ...{ argv: ['count', '3'], executable: '/bin/count', program: 'count', environment: {} },
    ...{ credentials: HOST_ROOT, mounts: engine.hostFiles().mounts },
  });
  await engine.scheduler.advance(1500);
  const [process] = engine.state.processes.values();
  expect(process).toMatchObject({ state: 'waiting', collected: [{ bytes: '1\n' }] });

  const snapshot = engine.snapshot();
  await engine.scheduler.advance(5000);
  const end = serializeState(engine.state);
  expect(engine.state.processes.get(String(process!.pid))).toMatchObject({
    status: 3,
    collected: ['1\n', '2\n', '3\n'].map((bytes) => ({ bytes })),
  });

  engine.restore(snapshot);
  await engine.scheduler.advance(5000);
  expect(serializeState(engine.state)).toBe(end);
  engine.restore(deserializeState(serializeState(snapshot)));
  await engine.scheduler.advance(5000);
  expect(serializeState(engine.state)).toBe(end);
});

describe('a client that waits for something while it runs', () => {
  /** Waits inside a single run until the clock stands at its argument, as the docker client waits for a container. */
  const client = (engine: () => Engine): Program => ({
    run: async (kernel): Promise<Outcome> => {
      const end = kernel.now + Number(kernel.argv[1]);
      const wakes = kernel.find('/bin/count');
      if (!('status' in wakes)) kernel.spawn(wakes, { argv: ['count', '5'], stdout: { to: 'nowhere' } });
      await engine().scheduler.until(() => engine().state.now >= end);
      kernel.output(`${kernel.argv[1]}\n`);
      return { exit: 0 };
    },
  });

  it('leaves others to go on, also those that end earlier', async () => {
    const world = host();
    programs['client'] = client(() => world.engine);
    const late = world.engine.startOnHost('/bin/client', ['3000']);
    expect(await world.run('/bin/client', '1000')).toBe(0);
    expect(world.printed()).toBe('1000\n');
    await world.engine.scheduler.until(() => world.engine.state.processes.get(String(late))?.state === 'zombie');
  });

  it('is ended by a signal, and by a state that takes its place', async () => {
    const world = host();
    programs['client'] = client(() => world.engine);
    const begin = world.engine.snapshot();
    const pid = world.engine.startOnHost('/bin/client', ['3000']);
    await world.engine.scheduler.advance(1000);
    world.engine.scheduler.signal(pid, 15);
    await world.engine.scheduler.settle();
    expect(world.engine.state.processes.get(String(pid))).toMatchObject({ state: 'zombie', status: 143 });
    world.engine.startOnHost('/bin/client', ['3000']);
    await world.engine.scheduler.advance(1000);
    world.engine.restore(begin);
    await world.engine.scheduler.advance(5000);
    expect(world.engine.state.processes.size).toBe(0);
  });
});

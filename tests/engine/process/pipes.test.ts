import { expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { directory, regularFile } from '../../../src/engine/files/node.ts';
import { type Kernel, type Outcome, OutOfMemory, type Program } from '../../../src/engine/process/program.ts';

function start(kernel: Kernel, name: string, collects: boolean): Outcome {
  const found = kernel.find(name);
  if ('status' in found) return { exit: found.status };
  kernel.memory = kernel.spawn(found, { argv: [name], ...(collects ? { stdout: { to: 'collect' } } : {}) });
  return { wait: { child: true } };
}

const programs: Record<string, Program> = {
  talker: {
    run(kernel) {
      if (kernel.memory === undefined) {
        kernel.output('one ');
        kernel.memory = 1;
        return { wait: { until: kernel.now + 1000 } };
      }
      kernel.output('two');
      return { exit: 0 };
    },
  },
  // As timeout does: it starts a command and takes notice of its end only.
  relay: { run: (kernel) => (kernel.memory === undefined ? start(kernel, '/bin/talker', false) : reaped(kernel)) },
  reader: {
    run(kernel) {
      if (kernel.memory === undefined) return start(kernel, '/bin/relay', true);
      for (const { collected } of kernel.reap()) kernel.output(`[${collected.map(({ bytes }) => bytes).join('')}]`);
      return { exit: 0 };
    },
  },
  glutton: {
    run() {
      throw new OutOfMemory();
    },
  },
};

function reaped(kernel: Kernel): Outcome {
  kernel.reap();
  return { exit: 0 };
}

function host() {
  const engine = new Engine({ programs: (name) => programs[name] });
  const bin = new Map(Object.keys(programs).map((n) => [n, regularFile('', { mode: 0o755, size: 1, program: n })]));
  engine.state.trees.set('host', directory({}, new Map([['bin', directory({}, bin)]])));
  let printed = '';
  const run = (path: string) =>
    engine.runOnHost(path, [], (_, bytes) => {
      printed += bytes;
    });
  return { engine, run, printed: () => printed };
}

it('what a grandchild writes to an inherited pipe reaches who made the pipe', async () => {
  const { run, printed } = host();
  expect(await run('/bin/reader')).toBe(0);
  expect(printed()).toBe('[one two]');
});

it('a process that wants more memory than there is is killed', async () => {
  expect(await host().run('/bin/glutton')).toBe(137);
});

import { expect, test } from 'vitest';
import { type Lab, openLab } from '../../src/live/lab.ts';
import { livePage } from '../../src/live/page.ts';
import { restoreLab, type Stage, Workshop } from '../../src/live/workshop.ts';

const TEXT = `
\`\`\`dockerfile title="Dockerfile"
FROM alpine:3.22
CMD ["echo", "hi"]
\`\`\`

\`\`\`console
$ docker volume create data
data
\`\`\`

\`\`\`console norun="needs a GPU"
$ docker run --gpus all alpine
\`\`\`

\`\`\`console
$ docker volume ls -q
data
$ cat Dockerfile | wc -l
3
\`\`\`
`;

/** A stage that runs what it is asked to and remembers what that was. */
function stage(lab: Lab, heard: string[] = []): Stage {
  return {
    stopped: () => false,
    preparing: (command) => void heard.push(`before: ${command}`),
    execute: async (command, waited) => {
      heard.push(command);
      const { stdout, stderr } = await lab.run(command, undefined, waited);
      return stdout + stderr;
    },
  };
}

async function workshop(): Promise<Workshop> {
  return new Workshop('a/b', livePage(TEXT), await openLab({ interactive: true }));
}

test('numbers examples as the page shows them, those that do not run among them', () => {
  expect(livePage(TEXT).map((part) => ('file' in part ? part.file : part.example))).toEqual(['Dockerfile', 0, 2]);
});

test('runs what an example needs before it, and tells what differs', async () => {
  const work = await workshop();
  const heard: string[] = [];
  expect(await work.play(2, stage(work.lab, heard))).toEqual([1]);
  expect(heard).toEqual(['before: docker volume create data', 'docker volume ls -q', 'cat Dockerfile | wc -l']);
});

test('an earlier example finds the engine as the page left it, and what was there comes back by undoing', async () => {
  const work = await workshop();
  await work.play(2, stage(work.lab));
  await work.lab.run('docker volume create mine');
  expect(await work.play(0, stage(work.lab))).toEqual([]);
  expect(work.lab.state.volumes.has('mine')).toBe(false);
  while (!work.lab.state.volumes.has('mine')) expect(work.lab.undo()).toBe(true);
});

test('an example that was stopped begins anew', async () => {
  const work = await workshop();
  await work.play(0, stage(work.lab));
  let commands = 0;
  await work.play(2, { ...stage(work.lab), stopped: () => commands++ > 0 });
  const heard: string[] = [];
  await work.play(2, stage(work.lab, heard));
  expect(heard[0]).toBe('before: docker volume create data');
});

/** Runs a command line and presses something once it has printed a text. */
async function typing(lab: Lab, line: string, text: string, press: () => void): Promise<void> {
  let printed = '';
  let pressed = false;
  await lab.run(line, (_stream, part) => {
    printed += part;
    if (pressed || !printed.includes(text)) return;
    pressed = true;
    setTimeout(press);
  });
  expect(pressed).toBe(true);
}

test('a session that is done again gives the same state, keys that were pressed among it', async () => {
  const work = await workshop();
  const { lab } = work;
  await work.play(0, stage(lab));
  await typing(lab, 'docker run -it --name box alpine:3.22 sh', '/ # ', () =>
    lab.type('echo inside > /file; exit 3\n'),
  );
  await typing(lab, 'docker run -it --name waiting alpine:3.22 sh -c "echo ready; cat"', 'ready', () => lab.endInput());
  await typing(lab, 'docker run -it --name stopped alpine:3.22 sh', '/ # ', () => {
    lab.type('cat\n');
    setTimeout(() => lab.interrupt(), 20);
    setTimeout(() => lab.type('exit\n'), 40);
  });
  const saved = JSON.parse(JSON.stringify(work.saved)) as typeof work.saved;
  const again = await restoreLab(saved);
  const names = (state: typeof lab.state) =>
    [...state.containers.values()].map(({ name, state: { status, exitCode } }) => [name, status, exitCode]);
  expect(names(again.state)).toEqual(names(lab.state));
  const file = 'docker cp box:/file - | tar -xO';
  expect((await again.run(file)).stdout).toBe((await lab.run(file)).stdout);
  expect((await again.run(file)).stdout).toBe('inside\n');
});

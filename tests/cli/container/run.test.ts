import { expect, it } from 'vitest';
import { createSession, type Session } from '../../../src/session/session.ts';

async function answers(session: Session, ...lines: readonly string[]): Promise<string[]> {
  const given: string[] = [];
  for (const line of lines) {
    const { stdout, stderr, exitCode } = await session.run(line);
    given.push(`${stdout}${stderr === '' ? '' : `!${stderr}`}${exitCode === 0 ? '' : `=>${exitCode}`}`);
  }
  return given;
}

it('run attaches to outputs and input and ends as the container does', async () => {
  const session = createSession();
  expect(
    await answers(
      session,
      `docker run --rm alpine:3.22 sh -c 'echo out; echo err >&2; exit 3'`,
      `echo hello | docker run --rm -i alpine:3.22 sh -c 'read x; echo got $x'`,
      `echo hello | docker run --rm alpine:3.22 sh -c 'read x; echo got $x'`,
      `docker run --rm -t alpine:3.22 sh -c 'echo hi >&2'`,
      'docker run --rm -a stderr alpine:3.22 echo hi',
      'docker run --rm -it alpine:3.22 sh',
      'docker ps -aq',
    ),
  ).toEqual(['out\n!err\n=>3', 'got hello\n', 'got\n', 'hi\r\n', '', '!the input device is not a TTY\n=>1', '']);
});

it('errors say who found them and set the exit status', async () => {
  const session = createSession();
  const [missing, denied, image, flag] = await answers(
    session,
    'docker run --rm alpine:3.22 nope',
    'docker run --rm alpine:3.22 /etc',
    'docker run --rm --pull never nope:1',
    'docker run --rm --mount type=volume alpine:3.22',
  );
  expect(missing).toMatch(
    /^!docker: Error response from daemon: failed to create task .* executable file not found in \$PATH\n\nRun 'docker run --help' for more information\n=>127$/s,
  );
  expect(denied).toMatch(/is a directory: permission denied.*=>126$/s);
  expect(image).toBe(
    "!docker: Error response from daemon: No such image: nope:1\n\nRun 'docker run --help' for more information\n=>125",
  );
  expect(flag).toMatch(
    /^!invalid argument "type=volume" for "--mount" flag: target is required\n\nUsage: {2}docker run .*=>125$/s,
  );
});

it('what a container writes is in its log, and an attached client sees the rest', async () => {
  const session = createSession();
  const [, logged, attached, again] = await answers(
    session,
    `docker run -di --name loop alpine:3.22 sh -c 'echo ready; while read x; do echo "<$x>"; done; exit 2'`,
    'docker logs loop',
    'printf "a\\nb\\n" | docker attach loop',
    'docker logs --tail 1 loop',
  );
  expect([logged, attached, again]).toEqual(['ready\n', '<a>\n<b>\n=>2', '<b>\n']);
});

it('exec runs beside, and what runc refuses is output', async () => {
  const session = createSession();
  await session.run(`docker run -di --name box -e A=1 alpine:3.22 sh -c 'read x'`);
  expect(
    await answers(
      session,
      `docker exec -e B=2 -w /tmp box sh -c 'echo $A $B $PWD; exit 5'`,
      'docker exec box nope',
      'docker exec nope ls',
      'docker pause box',
      'docker exec box ls',
    ),
  ).toEqual([
    '1 2 /tmp\n=>5',
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "nope": executable file not found in $PATH\r\n=>127',
    '!Error response from daemon: No such container: nope\n=>1',
    'box\n',
    '!Error response from daemon: Container box is paused, unpause the container before exec\n=>1',
  ]);
});

it('files go in and out of containers', async () => {
  const session = createSession({ files: { 'a/b': 'inside\n', c: 'file\n' } });
  await session.run('docker create --name box alpine:3.22');
  expect(
    await answers(
      session,
      'docker cp a box:/srv && docker cp c box:/srv/d && docker cp box:/srv/a/. out && read x <out/b && echo $x',
      'docker diff box',
      'docker cp box:/nope .',
      'docker cp box:/srv/d none/x',
      'docker cp c c',
    ),
  ).toEqual([
    'inside\n',
    'C /srv\nA /srv/a\nA /srv/a/b\nA /srv/d\n',
    '!Error response from daemon: Could not find the file /nope in container box\n=>1',
    '!invalid output path: directory "/root/lab/none" does not exist\n=>1',
    '!must specify at least one container source\n=>1',
  ]);
});

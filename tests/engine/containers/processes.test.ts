import { expect, it } from 'vitest';
import { createSession } from '../../../src/session/session.ts';

async function answers(...lines: string[]): Promise<string[]> {
  const session = createSession();
  const found: string[] = [];
  for (const line of lines) {
    const { stdout, stderr } = await session.run(line);
    found.push(`${stdout}${stderr}`.trimEnd());
  }
  return found;
}

it('a container whose process wants more than its memory is killed, and says so', async () => {
  const [, state, event] = await answers(
    'docker run --name box --memory 32m alpine:3.22 tail /dev/zero',
    "docker inspect -f '{{.State.OOMKilled}} {{.State.ExitCode}}' box",
    "sleep 1; docker events --since 1m --until 0s --filter event=oom --format '{{.Actor.Attributes.name}}'",
  );
  expect(state).toBe('true 137');
  expect(event).toBe('box');
});

it('a mounted file keeps its content when another takes its name', async () => {
  const [, , before, after] = await answers(
    'echo old > f; docker run -d --name box -v ./f:/f alpine:3.22 sleep 300',
    'sed -i s/old/new/ f',
    'docker exec box cat /f',
    'docker restart -t 0 box > /dev/null; docker exec box cat /f',
  );
  expect(before).toBe('old');
  expect(after).toBe('new');
});

it('nothing can be mounted where no folder can be made', async () => {
  const [refused] = await answers('mkdir d; docker run --rm -v ./d:/d:ro --tmpfs /d/t alpine:3.22 true');
  expect(refused).toContain('make mountpoint "/d/t": mkdirat');
});

it('a stopped process goes on when it is told to', async () => {
  const [, stopped, going] = await answers(
    'docker run -d --name box alpine:3.22 sleep 300; docker kill -s STOP box',
    'docker exec box cat /proc/1/status | grep State',
    'docker kill -s CONT box; docker exec box grep State /proc/1/status',
  );
  expect(stopped).toContain('T (stopped)');
  expect(going).toContain('S (sleeping)');
});

it('kernel parameters belong to the container that set them', async () => {
  const [own, other] = await answers(
    'docker run --rm --sysctl net.core.somaxconn=77 alpine:3.22 cat /proc/sys/net/core/somaxconn',
    'docker run --rm alpine:3.22 cat /proc/sys/net/core/somaxconn',
  );
  expect([own, other]).toEqual(['77', '4096']);
});

it('a set-user-id program runs as its owner, unless privileges may not be gained', async () => {
  const build =
    'printf \'FROM debian:trixie-slim\\nRUN cp /usr/bin/id /usr/bin/who && chmod u+s /usr/bin/who\\nUSER 7\\nCMD ["who","-u"]\\n\' | docker build -q -t who -';
  const [, gained, kept] = await answers(
    build,
    'docker run --rm who',
    'docker run --rm --security-opt no-new-privileges who',
  );
  expect([gained, kept]).toEqual(['0', '7']);
});

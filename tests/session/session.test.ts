import { describe, expect, it } from 'vitest';
import { deserializeState, serializeState } from '../../src/engine/state.ts';
import { toolNames } from '../../src/programs/index.ts';
import { dockerWords } from '../../src/session/direct.ts';
import { HOST_TOOLS } from '../../src/session/host-tools.ts';
import { answered, parseScenario } from '../../src/session/record.ts';
import { createSession } from '../../src/session/session.ts';
import { TextStream } from '../../src/session/text-stream.ts';

it('has a host with every tool that is modelled, but those that shells run themselves or only Alpine has', () => {
  const others = ['sh', 'ash', 'bash', 'dash', 'docker', 'busybox', '[[', 'vi', 'httpd'];
  expect([...HOST_TOOLS].sort()).toEqual(toolNames().filter((name) => !others.includes(name)));
});

describe('at a terminal', () => {
  it('takes what is typed into the program in the foreground', async () => {
    const session = createSession({ interactive: true });
    let shown = '';
    const running = session.run('docker run --rm -it alpine:3.22 sh', (_stream, text) => {
      shown += text;
      if (shown.endsWith('# ') && !shown.includes('hallo')) session.type('echo hal""lo\n');
      else if (shown.endsWith('# ')) session.type('exit 3\n');
    });
    expect((await running).exitCode).toBe(3);
    expect(shown).toContain('hallo\r\n');
    expect((await session.run('echo $?')).stdout).toBe('3\n');
  });

  it('ends input by Ctrl-D, and what runs by Ctrl-C', async () => {
    const session = createSession({ interactive: true });
    const reading = session.run('cat; echo ended');
    await new Promise((resolve) => setTimeout(resolve, 20));
    session.type('a\n');
    session.endInput();
    expect((await reading).stdout).toBe('a\nended\n');
    const waiting = session.run('cat');
    await new Promise((resolve) => setTimeout(resolve, 20));
    session.interrupt();
    expect((await waiting).exitCode).toBe(130);
  });
});

describe('a session', () => {
  it('keeps folder, variables and functions from line to line, and the status of the last', async () => {
    const session = createSession();
    await session.run('mkdir neu; cd neu; x=1; f() { echo "f $x"; }');
    expect(await session.run('f; pwd; false')).toEqual({ stdout: 'f 1\n/root/lab/neu\n', stderr: '', exitCode: 1 });
    expect((await session.run('echo $?')).stdout).toBe('1\n');
    expect((await session.run('foo')).stderr).toBe('bash: line 5: foo: command not found\n');
  });

  it('goes back to a snapshot, also through JSON, with its shell', async () => {
    const session = createSession();
    await session.run('x=alt; echo a > datei');
    const snapshot = deserializeState(serializeState(session.snapshot()));
    await session.run('x=neu; rm datei; cd /; sleep 100 &');
    session.restore(snapshot);
    expect((await session.run('echo $x; cat datei; pwd; jobs')).stdout).toBe('alt\na\n/root/lab\n');
  });

  it('has the files it was given, and passes on text as it comes', async () => {
    const session = createSession({ files: { 'app/gruß.txt': 'Grüße\n' } });
    const seen: string[] = [];
    const answer = await session.run('cat app/gruß.txt; echo fehler >&2', (stream, text) =>
      seen.push(`${stream} ${text}`),
    );
    expect(answer).toEqual({ stdout: 'Grüße\n', stderr: 'fehler\n', exitCode: 0 });
    expect(seen).toEqual(['stdout Grüße\n', 'stderr fehler\n']);
  });

  it('lets time pass for what runs in the background', async () => {
    const session = createSession();
    await session.run('(sleep 5; echo fertig > spaet) &');
    expect((await session.run('ls spaet')).exitCode).toBe(2);
    expect((await session.run('sleep 6; cat spaet')).stdout).toBe('fertig\n');
  });

  it('has an end for what never ends, and a new shell after exit', async () => {
    const session = createSession();
    session.engine.scheduler.patience = 10_000;
    expect((await session.run('while true; do sleep 1; done')).exitCode).toBe(130);
    expect((await session.run('while :; do :; done')).exitCode).toBe(130);
    expect((await session.run('cd /; exit 3')).exitCode).toBe(3);
    expect((await session.run('pwd')).stdout).toBe('/root/lab\n');
  });

  it('is interrupted by Ctrl-C', async () => {
    const session = createSession();
    session.engine.scheduler.pace = async () => {
      session.interrupt();
      return undefined;
    };
    expect((await session.run('sleep 100; echo nie')).exitCode).toBe(130);
    session.engine.scheduler.pace = undefined;
    expect((await session.run('echo da')).stdout).toBe('da\n');
  });
});

it.each([
  ['docker run -d --name "mein web" nginx:1.29', ['docker', 'run', '-d', '--name', 'mein web', 'nginx:1.29']],
  ["docker ps --format '{{.Names}}\t$x'", ['docker', 'ps', '--format', '{{.Names}}\t$x']],
  ['docker ps | wc -l', undefined],
  ['docker rm $x', undefined],
  ['docker run -v "$PWD":/x a', undefined],
  ['docker cp *.txt a:/', undefined],
  ['dockerd', undefined],
])('%s needs a shell or not', (line, words) => expect(dockerWords(line)).toEqual(words));

it('a plain call of docker is answered as one that goes through the shell', async () => {
  const direct = createSession();
  const shell = createSession();
  for (const line of ['docker volume create daten', 'docker quatsch', "docker volume ls --format '{{.Name}}'"])
    expect(await direct.run(line)).toEqual(await shell.run(`${line};`));
});

it('a scenario is read as the recorder reads it', () => {
  expect(parseScenario('# notiz\n$ cat <<E\n> a\n>\n> E\n\n$ ls\n')).toEqual(['cat <<E\na\n\nE', 'ls']);
});

it('a failure of the model is an answer', async () => {
  const session = createSession();
  session.run = () => Promise.reject(new Error('kaputt'));
  expect(await answered(session, 'ls')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('kaputt') });
});

it('text that arrives in pieces keeps its characters whole', () => {
  const seen: string[] = [];
  const stream = new TextStream('stdout', (_, text) => seen.push(text));
  for (const byte of 'a\xc3\xa4\xe2\x82\xacb') stream.write(byte);
  expect(stream.end()).toBe('aä€b');
  expect(seen).toEqual(['a', 'ä', '€', 'b']);
});

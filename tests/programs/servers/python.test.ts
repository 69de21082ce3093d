import { describe, expect, it } from 'vitest';
import { deserializeState, serializeState } from '../../../src/engine/state.ts';
import { freeze, thaw } from '../../../src/programs/servers/python/heap.ts';
import { createSession } from '../../../src/session/session.ts';

const python = (code: string, options = '') => {
  const session = createSession({ files: { 'a.py': code } });
  return session.run(`docker run --rm -i ${options} -v ./a.py:/a.py python:3.13-slim python /a.py`);
};

describe('the heap', () => {
  it('keeps who is who, and numbers of every kind', () => {
    const shared = [1n, 2.5, Number.POSITIVE_INFINITY, -0];
    const root = { map: new Map<string, unknown>([['a', shared]]), again: shared, self: null as unknown };
    root.self = root;
    const copy = thaw(freeze(root)) as typeof root;
    expect(copy.self).toBe(copy);
    expect(copy.map.get('a')).toBe(copy.again);
    expect(copy.again).toEqual(shared);
  });
});

describe('programs', () => {
  it('handle exceptions from the inside out', async () => {
    const code = `
def f(n):
    for i in range(3):
        try:
            if i == n:
                return i
            continue
        finally:
            print("f", i)
    return None
print(f(1))
try:
    try:
        {}["x"]
    except KeyError as e:
        raise ValueError(str(e)) from e
except ValueError as e:
    print(repr(e), repr(e.__cause__))
`;
    expect((await python(code)).stdout).toBe("f 0\nf 1\n1\nValueError(\"'x'\") KeyError('x')\n");
  });

  it('yield in the middle of loops and hand on what others yield', async () => {
    const code = `
def inner():
    got = yield 1
    print("got", got)
    return "end"
def outer():
    result = yield from inner()
    yield result
g = outer()
print(next(g), g.send("hi"), next(g, "over"))
print(sum(x * y for x in range(3) for y in range(3) if x != y))
`;
    expect((await python(code)).stdout).toBe('got hi\n1 end over\n4\n');
  });

  it('mark the place of an error as Python 3.13 does', async () => {
    const { stderr, exitCode } = await python('def f(x):\n    return 1 + x["a"]\n\nf({})\n');
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      `Traceback (most recent call last):\n  File "/a.py", line 4, in <module>\n    f({})\n    ~^^^^\n  File "/a.py", line 2, in f\n    return 1 + x["a"]\n               ~^^^^^\nKeyError: 'a'\n`,
    );
  });

  it('say plainly what is not modelled', async () => {
    const { stderr, exitCode } = await python('import asyncio\n');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('not modelled in Stapellauf');
  });
});

describe('a program that waits', () => {
  const LOOP = `
import time, signal, sys
log = []
def stop(number, frame):
    print("stopped after", len(log), flush=True)
    sys.exit(5)
signal.signal(signal.SIGTERM, stop)
while True:
    log.append(len(log))
    time.sleep(10)
`;

  it('goes on from a saved session, and ends by its own handler', async () => {
    const files = { 'a.py': LOOP };
    const first = createSession({ files });
    await first.run('docker run -d --name loop -v ./a.py:/a.py python:3.13-slim python /a.py; sleep 25');
    const saved = serializeState(first.snapshot());
    await first.run('sleep 60');
    const second = createSession({ files });
    second.restore(deserializeState(saved));
    await second.run('docker stop loop');
    expect((await second.run('docker logs loop')).stdout).toBe('stopped after 3\n');
    expect((await second.run("docker inspect -f '{{.State.ExitCode}}' loop")).stdout).toBe('5\n');
    await first.run('docker stop loop');
    expect((await first.run('docker logs loop')).stdout).toBe('stopped after 9\n');
  });

  it('keeps its output back while nobody flushes it', async () => {
    const session = createSession();
    const start = "python:3.13-slim python -c 'import time; print(1); time.sleep(99)'";
    await session.run(
      `docker run -d --name held ${start}; docker run -d --name at-once -e PYTHONUNBUFFERED=1 ${start}; sleep 1`,
    );
    expect((await session.run('docker logs held')).stdout).toBe('');
    expect((await session.run('docker logs at-once')).stdout).toBe('1\n');
  });

  it('that only computes does not hold up the world', async () => {
    const session = createSession();
    await session.run("docker run -d --name busy python:3.13-slim python -c 'while True: pass'");
    expect((await session.run('docker stop -t 1 busy')).stdout).toBe('busy\n');
    expect((await session.run("docker inspect -f '{{.State.ExitCode}}' busy")).stdout).toBe('137\n');
  });
});

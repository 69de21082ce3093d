import { describe, expect, it } from 'vitest';
import type { CacheState } from '../../src/explore/cache/model.ts';
import type { EntrypointState } from '../../src/explore/entrypoint/model.ts';
import type { StagesState } from '../../src/explore/stages/model.ts';
import { play, sentence } from './play.ts';

const DOCKERFILE = 'FROM alpine:3.22\nRUN echo tools > /tools\nCOPY app.sh /\nRUN sh /app.sh > /built\nCMD ["true"]';

describe('build-cache', () => {
  const hows = ({ lines }: CacheState) => lines.map(({ how }) => how);
  const begun = () => play<CacheState>(`build-cache\n${DOCKERFILE}\n--- app.sh\necho 1\n--- app.sh\necho 2`);

  it('breaks at the COPY whose file has changed', async () => {
    const { state } = await begun();
    expect(hows(state())).toEqual(['base', 'cached', 'run', 'run', 'config']);
    expect(state().lines[2]?.cause).toEqual({ why: 'files', paths: ['app.sh'] });
    expect(state().lines.filter(({ cause }) => cause)).toHaveLength(1);
  });

  it('takes everything from the cache when nothing has changed, nothing when told so', async () => {
    const { move, play } = await begun();
    expect(hows(await move('build'))).toEqual(['base', 'cached', 'cached', 'cached', 'config']);
    expect(sentence(play.show())).toBe('All 3 steps come from the cache: everything has been built before.');
    const anew = await move('no-cache');
    expect(anew.lines[1]?.cause).toEqual({ why: 'forbidden' });
    expect(hows(anew)).toEqual(['base', 'run', 'run', 'run', 'config']);
  });

  it('says which instruction is new, and that a setting above it counts', async () => {
    const { move } = await begun();
    const changed = await move('build', { Dockerfile: DOCKERFILE.replace('echo tools', 'echo more') });
    expect(changed.lines[1]?.cause).toEqual({ why: 'instruction' });
    const set = await move('build', { Dockerfile: DOCKERFILE.replace('RUN echo tools', 'ENV A=b\nRUN echo more') });
    expect(set.lines[2]?.cause).toEqual({ why: 'settings' });
  });

  it('adds the sizes of the layers up to that of the image', async () => {
    const { state } = await begun();
    const { lines, total } = state();
    expect(lines.reduce((sum, { bytes = 0 }) => sum + bytes, 0)).toBe(total);
    expect(lines[4]?.bytes).toBe(0);
  });

  it('shows Docker’s message and what was reached when the build fails', async () => {
    const { move, play } = await begun();
    const failed = await move('build', { Dockerfile: DOCKERFILE.replace('sh /app.sh > /built', 'exit 3') });
    expect(failed.error).toContain('process "/bin/sh -c exit 3" did not complete successfully: exit code: 3');
    expect(hows(failed)).toEqual(['base', 'cached', 'cached', 'failed', 'config']);
    expect(sentence(play.show())).toContain('The build failed.');
    const unread = await move('build', { Dockerfile: 'FRM alpine' });
    expect(unread.error).toContain('unknown instruction: FRM');
  });
});

describe('multi-stage', () => {
  const file = `FROM debian:trixie-slim AS build
RUN head -c 5000000 /dev/zero > /compiler && echo app > /app
FROM build AS test
RUN test -s /app
FROM alpine:3.22 AS release
COPY --from=build /app /app`;

  it('takes along what COPY --from names, and leaves the rest', async () => {
    const { state, play: begun } = await play<StagesState>(`multi-stage\n${file}`);
    const { stages, total } = state();
    expect(stages.map(({ name, needed }) => [name, needed])).toEqual([
      ['build', true],
      ['test', false],
      ['release', true],
    ]);
    expect(stages[2]?.taken).toEqual([{ from: 'build', what: '/app', bytes: 4 }]);
    expect(stages[0]?.size?.own).toBe(5_000_004);
    expect(total).toBe(stages[2]!.size!.below + 4);
    expect(sentence(begun.show())).toContain('What stays behind: the stage build (125MB).');
  });

  it('builds another stage when told so, and what it stands on', async () => {
    const { move } = await play<StagesState>(`multi-stage\n${file}`);
    const { stages, log } = await move('build', { target: 'test' });
    expect(stages.filter(({ needed }) => needed).map(({ name }) => name)).toEqual(['build', 'test']);
    expect(log.some(({ command }) => command.includes('--target test -t app .'))).toBe(true);
  });
});

describe('entrypoint-cmd', () => {
  const argvs = ({ outcomes }: EntrypointState) => outcomes.map(({ argv }) => argv?.join(' ') ?? 'error');

  it('starts what the table on its page says', async () => {
    const { state } = await play<EntrypointState>('entrypoint-cmd\nexec exec');
    expect(argvs(state())).toEqual([
      ...['error', 'cmd', '/bin/sh -c cmd'],
      ...['entry', 'entry cmd', 'entry /bin/sh -c cmd'],
      ...['/bin/sh -c entry', '/bin/sh -c entry cmd', '/bin/sh -c entry /bin/sh -c cmd'],
    ]);
    expect(state().outcomes[0]?.error).toBe('docker: Error response from daemon: no command specified');
  });

  it('lets arguments replace CMD, and --entrypoint both', async () => {
    const { move } = await play<EntrypointState>('entrypoint-cmd\nexec exec');
    expect(argvs(await move('set', { args: 'ls /' })).slice(0, 4)).toEqual(['ls /', 'ls /', 'ls /', 'entry ls /']);
    expect(new Set(argvs(await move('set', { override: 'ls', args: '-d /etc' })))).toEqual(new Set(['ls -d /etc']));
    // What stands there is never a second command.
    const nosuch = await move('set', { args: 'mine; echo', override: '' });
    expect(nosuch.outcomes[1]?.error).toContain('exec: "mine;": executable file not found in $PATH');
  });

  it('shows a shell that stays process 1 and swallows SIGTERM', async () => {
    const { move, play: begun } = await play<EntrypointState>('entrypoint-cmd\nexec exec');
    const { outcomes } = await move('pick none shell', { more: 'on' });
    const { process, others, stop, seconds } = outcomes[2]!;
    expect({ process, child: others[0], stop, seconds }).toEqual({
      ...{ process: '/bin/sh -c cmd; echo over', child: '/bin/sh /bin/cmd', stop: 'killed', seconds: 10 },
    });
    expect(outcomes[1]?.stop).toBe('arrived');
    expect(sentence(begun.show())).toContain('The shell stays process 1');
  });
});

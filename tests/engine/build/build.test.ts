import { describe, expect, it } from 'vitest';
import { BuildError, type BuildRequest, buildImage } from '../../../src/engine/build/build.ts';
import { cacheUsage, pruneCache } from '../../../src/engine/build/cache.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { type Directory, directory, type FileNode, regularFile } from '../../../src/engine/files/node.ts';
import { lookup } from '../../../src/engine/files/tree.ts';
import { imageTree } from '../../../src/engine/images/store.ts';

const folder = (entries: Record<string, FileNode>): Directory => directory({}, new Map(Object.entries(entries)));

function request(dockerfile: string, context: Directory, more: Partial<BuildRequest> = {}): BuildRequest {
  return {
    ...{ context, dockerfile, dockerfileName: 'Dockerfile', tags: [], buildArgs: {}, labels: {}, noCache: false },
    ...{ noCacheFilter: [], pull: false, network: 'default', platforms: [], secrets: new Map(), addHosts: [] },
    ...{ namedContexts: new Map(), ...more },
  };
}

/** Builds and returns the steps of the stages with what became of them. */
async function steps(engine: Engine, dockerfile: string, context: Directory, more: Partial<BuildRequest> = {}) {
  let text = '';
  const { imageId } = await buildImage(engine, request(dockerfile, context, more), (part) => {
    text += part;
  });
  const found = [...text.matchAll(/#(\d+) (\[.*\d\] .*)\n(?:#\1 .*\n)*?#\1 (CACHED|DONE)/g)];
  return { imageId, steps: found.map(([, , name, end]) => `${name} ${end}`) };
}

const engine = () => new Engine({ programs: () => undefined });

describe('a build', () => {
  const dockerfile = 'FROM scratch\nCOPY a /\nWORKDIR /w\nCOPY b .\n';

  it('takes from the cache what comes before the first change, by content and not by time', async () => {
    const one = engine();
    const b = regularFile('b');
    await steps(one, dockerfile, folder({ a: regularFile('a', { mtime: 1 }), b }));
    const touched = await steps(one, dockerfile, folder({ a: regularFile('a', { mtime: 2 }), b }));
    expect(touched.steps.every((step) => step.endsWith('CACHED'))).toBe(true);
    const changed = await steps(one, dockerfile, folder({ a: regularFile('a'), b: regularFile('c') }));
    expect(changed.steps).toEqual(['[1/3] COPY a / CACHED', '[2/3] WORKDIR /w CACHED', '[3/3] COPY b . DONE']);
  });

  it('gives the same image when nothing changed', async () => {
    const one = engine();
    const context = folder({ a: regularFile('a'), b: regularFile('b') });
    const first = await steps(one, dockerfile, context);
    expect((await steps(one, dockerfile, context)).imageId).toBe(first.imageId);
  });

  it('leaves out stages that nobody needs and names those it builds', async () => {
    const text =
      'FROM scratch AS x\nCOPY a /x\nFROM scratch AS unused\nCOPY nope /\nFROM scratch\nCOPY --from=x /x /y\n';
    const one = engine();
    const { imageId, steps: done } = await steps(one, text, folder({ a: regularFile('a') }));
    expect(done).toEqual(['[x 1/1] COPY a /x DONE', '[stage-2 1/1] COPY --from=x /x /y DONE']);
    expect(lookup(imageTree(one, one.state.images.get(imageId)!), ['y'])).toMatchObject({ data: 'a' });
  });

  it('says what is missing, at its place, and keeps no image', async () => {
    const one = engine();
    const failure = await buildImage(one, request('FROM scratch\nCOPY nope /\n', folder({})), () => {}).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(BuildError);
    expect((failure as BuildError).message).toMatch(/^failed to compute cache key: .*: "\/nope": not found$/);
    expect((failure as BuildError).excerpts).toContain('2 | >>> COPY nope /');
    expect(one.state.images.size).toBe(0);
  });

  it('keeps results that no image has, until they are pruned', async () => {
    const one = engine();
    const text = 'FROM scratch AS x\nCOPY a /x\nFROM scratch\nCOPY --from=x /x /y\n';
    await steps(one, text, folder({ a: regularFile('12345') }));
    const regular = cacheUsage(one).filter(({ type }) => type === 'regular');
    expect(regular.map(({ shared, mutable }) => [shared, mutable])).toEqual(
      expect.arrayContaining([
        [true, false],
        [false, true],
      ]),
    );
    expect(pruneCache(one).removed.every(({ shared }) => !shared)).toBe(true);
    expect(cacheUsage(one)).toHaveLength(1);
    pruneCache(one, { all: true });
    expect(cacheUsage(one)).toHaveLength(0);
    expect(one.state.images.size).toBe(1);
  });

  it('copies as BuildKit does: contents of folders, owners and modes, into what is there', async () => {
    const one = engine();
    const text = [
      'FROM scratch',
      'COPY etc /etc',
      'COPY --chown=app:7 --chmod=u+x src /s/',
      'COPY a s* /d/',
      'COPY --exclude=in src /e',
      'ADD a /f',
    ].join('\n');
    const context = folder({
      etc: folder({ passwd: regularFile('app:x:5:6::/:/bin/sh\n') }),
      src: folder({ in: regularFile('1'), out: regularFile('2', { mode: 0o600 }) }),
      a: regularFile('a'),
    });
    const { imageId } = await steps(one, text, context);
    const tree = imageTree(one, one.state.images.get(imageId)!);
    expect(lookup(tree, ['s', 'out'])).toMatchObject({ uid: 5, gid: 7, mode: 0o700 });
    expect([...(lookup(tree, ['d']) as Directory).entries.keys()].sort()).toEqual(['a', 'in', 'out']);
    expect([...(lookup(tree, ['e']) as Directory).entries.keys()]).toEqual(['out']);
    expect(lookup(tree, ['f'])).toMatchObject({ data: 'a' });
  });
});

import { describe, expect, it } from 'vitest';
import { CATALOGUE, dockerHub } from '../../src/images/official/docker-hub.ts';
import { createSession } from '../../src/session/session.ts';

describe('base images', () => {
  it('are shared by sessions that begin at the same time, without one seeing the other', async () => {
    const [first, second] = [createSession(), createSession()];
    const key = [...first.state.trees.keys()].find((name) => name.startsWith('layer:'))!;
    expect(second.state.trees.get(key)).toBe(first.state.trees.get(key));
    await first.run('docker rmi redis:8 redis:latest');
    expect((await second.run('docker images -q redis')).stdout).not.toBe('');
  });
});

describe('Docker Hub', () => {
  const online = () => createSession({ registries: { 'docker.io': dockerHub() }, images: () => {} });

  it('hands out what the catalogue has, and refuses the rest as the real one does', async () => {
    const session = online();
    expect((await session.run('docker pull -q alpine:3.22')).stdout).toBe('docker.io/library/alpine:3.22\n');
    expect((await session.run('docker run --rm alpine:3.22 cat /etc/alpine-release')).stdout).toBe('3.22.2\n');
    expect((await session.run('docker pull alpine:1')).stderr).toContain('manifest for alpine:1 not found');
    expect((await session.run('docker pull nobody/nothing')).stderr).toContain('pull access denied');
  });

  it('shares the layers of a base', async () => {
    const session = online();
    await session.run('docker pull -q python:3.13-slim');
    expect((await session.run('docker pull nginx:1.29')).stdout).toContain('Already exists');
  });

  it('is not there unless a session has it', async () => {
    expect((await createSession().run('docker pull mariadb')).stderr).toContain('no such host');
  });

  it('starts the official nginx by its entrypoint', async () => {
    const session = online();
    await session.run('docker run -d -q --name web nginx:1.29-alpine; sleep 1');
    const { stdout, stderr } = await session.run('docker logs web');
    expect(stdout).toContain('/docker-entrypoint.sh: Configuration complete; ready for start up\n');
    expect(stderr).toContain('[notice] 1#1: start worker processes');
  });

  it('gives every tag to one image only', () => {
    for (const { path, images } of CATALOGUE.values()) {
      const tags = images.flatMap((image) => image.tags);
      expect(new Set(tags).size, path).toBe(tags.length);
    }
  });
});

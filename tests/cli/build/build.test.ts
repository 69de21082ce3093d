import { describe, expect, it } from 'vitest';
import { parseCall } from '../../../src/cli/build/call.ts';
import { keyValues, readOutputs } from '../../../src/cli/build/values.ts';
import { createSession } from '../../../src/session/session.ts';

describe('values of docker build', () => {
  it('takes a build argument without a value from the environment, or leaves it out', () => {
    expect(keyValues(['A=1=2', 'B', 'C'], { B: 'x' })).toEqual({ A: '1=2', B: 'x' });
    expect(() => keyValues(['=x'])).toThrow('ERROR: invalid key-value pair "=x": empty key');
  });

  it.each([
    ['out', { type: 'local', destination: 'out', push: false }],
    ['-', { type: 'tar', destination: '-', push: false }],
    ['type=tar,dest=x.tar', { type: 'tar', destination: 'x.tar', push: false }],
    ['type=registry', { type: 'image', destination: '', push: true }],
  ])('--output %s', (text, output) => {
    expect(readOutputs([text], false, false)).toEqual([output]);
  });

  it('reads --call and --check', () => {
    expect(parseCall('build', true).method).toBe('check');
    expect(parseCall('outline,format=json', false)).toEqual({ method: 'outline', format: 'json' });
  });
});

describe('docker build', () => {
  it('builds from a folder, from a Dockerfile and from an archive on standard input', async () => {
    const session = createSession({ files: { Dockerfile: 'FROM alpine:3.22\nCOPY a /\n', a: 'x\n' } });
    for (const command of [
      'docker build -q .',
      'docker build -q - <<< "FROM alpine:3.22"',
      'tar c . | docker build -q -',
    ])
      expect(await session.run(command)).toMatchObject({ stdout: expect.stringMatching(/^sha256:/), exitCode: 0 });
  });

  it('writes files to the host instead of making an image', async () => {
    const session = createSession({ files: { Dockerfile: 'FROM scratch\nCOPY a /b\n', a: 'x\n' } });
    await session.run('docker build -o out . && docker build -o - . > out.tar');
    expect((await session.run('cat out/b; tar tf out.tar')).stdout).toBe('x\nb\n');
    expect((await session.run('docker images -qa --filter dangling=true')).stdout).toBe('');
  });
});

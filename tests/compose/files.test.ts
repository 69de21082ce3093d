import { describe, expect, it } from 'vitest';
import { load } from './host.ts';

const A = 'services:\n  a:\n    image: alpine\n    environment: {ONE: "1"}\n    ports: ["80:80"]\n';

describe('the files of a project', () => {
  it('are one and its override, found in the folder or above it', () => {
    const files = {
      '/root/lab/compose.yaml': A,
      '/root/lab/compose.override.yaml': 'services:\n  a:\n    environment: [TWO=2]\n    ports: ["81:80"]\n',
      '/root/lab/deep/er/note': '',
    };
    const { project } = load(files, { cwd: '/root/lab/deep/er' });
    expect(project.files).toEqual(['/root/lab/compose.yaml', '/root/lab/compose.override.yaml']);
    expect(project.name).toBe('lab');
    expect(project.services['a']?.environment).toEqual({ ONE: '1', TWO: '2' });
    expect(project.services['a']?.ports?.map(({ published }) => published)).toEqual(['80', '81']);
  });

  it('may be named by -f or by COMPOSE_FILE', () => {
    const files = { '/root/lab/x.yaml': A, '/root/lab/y.yaml': 'services:\n  b:\n    image: busybox\n' };
    expect(Object.keys(load(files, { configPaths: ['x.yaml', 'y.yaml'] }).project.services)).toEqual(['a', 'b']);
    expect(Object.keys(load(files, { variables: { COMPOSE_FILE: 'y.yaml' } }).project.services)).toEqual(['b']);
    expect(() => load(files)).toThrow('no configuration file provided: not found');
  });

  it('fill in variables of .env, those of the client coming first', () => {
    const files = {
      '/root/lab/compose.yaml': 'services:\n  a:\n    image: "x:$TAG-$OTHER-$NONE"\n',
      '/root/lab/.env': 'TAG=1\nOTHER="two $TAG" # no\n',
    };
    const { project, warnings } = load(files, { variables: { TAG: '9' } });
    expect(project.services['a']?.image).toBe('x:9-two 9-');
    expect(warnings).toEqual(['The "NONE" variable is not set. Defaulting to a blank string.']);
  });

  it('may take away and replace what files before them say', () => {
    const files = {
      '/root/lab/compose.yaml': A,
      '/root/lab/b.yaml': 'services:\n  a:\n    environment: !reset null\n    ports: !override ["90:80"]\n',
    };
    const { project } = load(files, { configPaths: ['compose.yaml', 'b.yaml'] });
    expect(project.services['a']?.environment).toBeUndefined();
    expect(project.services['a']?.ports?.map(({ published }) => published)).toEqual(['90']);
  });

  it('may include other files and extend services of them, paths seen from there', () => {
    const files = {
      '/root/lab/compose.yaml':
        'include: [db/compose.yaml]\nservices:\n  a:\n    extends: {file: base/b.yaml, service: base}\n    command: run\n',
      '/root/lab/db/compose.yaml': 'services:\n  db:\n    image: redis\n    volumes: ["./data:/data"]\n',
      '/root/lab/base/b.yaml': 'services:\n  base:\n    image: alpine\n    env_file: v.env\n    command: other\n',
      '/root/lab/base/v.env': 'V=1\n',
    };
    const { services } = load(files).project;
    expect(services['db']?.volumes?.[0]?.source).toBe('/root/lab/db/data');
    expect(services['a']).toMatchObject({ image: 'alpine', command: ['run'], environment: { V: '1' } });
  });

  it('leave out services whose profiles are not active', () => {
    const files = { '/root/lab/compose.yaml': `${A}  b:\n    image: x\n    profiles: [debug]\n` };
    expect(Object.keys(load(files).project.services)).toEqual(['a']);
    expect(Object.keys(load(files, { profiles: ['debug'] }).project.services)).toEqual(['a', 'b']);
    expect(Object.keys(load(files, { profiles: ['*'] }).project.services)).toEqual(['a', 'b']);
  });
});

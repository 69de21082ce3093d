import { describe, expect, it } from 'vitest';
import { FileError } from '../../../src/engine/files/errors.ts';
import { FileSystem, type Mount } from '../../../src/engine/files/filesystem.ts';
import { type Directory, directory, regularFile } from '../../../src/engine/files/node.ts';
import { type Credentials, DEFAULT_CAPABILITIES, HOST_ROOT } from '../../../src/engine/process/credentials.ts';
import { Table } from '../../../src/engine/table.ts';

const root: Mount = { target: '/', tree: 'root', source: '/', readOnly: false, type: 'overlay' };
const data: Mount = { target: '/data', tree: 'volume:daten', source: '/', readOnly: false, type: 'ext4' };
const user: Credentials = { ...HOST_ROOT, uid: 1000, gid: 1000, groups: [1000], capabilities: [] };

function world(mounts: Mount[] = [root]) {
  const trees = new Table<Directory>([
    ['root', directory()],
    ['volume:daten', directory()],
  ]);
  const as = (who: Credentials) => new FileSystem({ trees, now: 5 }, mounts, who);
  return { trees, as, files: as(HOST_ROOT) };
}

/** The kernel's name for why an operation is refused. */
function refusal(act: () => void): string {
  try {
    act();
  } catch (error) {
    if (error instanceof FileError) return error.code;
    throw error;
  }
  return 'allowed';
}

it('writes, reads, lists, renames and removes', () => {
  const { files } = world();
  files.mkdirs('/srv/www');
  files.write('/srv/www/b', 'eins\n');
  files.write('/srv/www/b', 'zwei\n', { append: true });
  files.write('/srv/www/a', '');
  expect(files.list('/srv/www')).toEqual(['a', 'b']);
  files.rename('/srv/www/b', '/srv/c');
  expect(files.read('/srv/c')).toBe('eins\nzwei\n');
  files.remove('/srv/www');
  expect(files.list('/srv')).toEqual(['c']);
});

describe('refuses', () => {
  const { files } = world();
  files.mkdir('/ordner');
  files.write('/datei', 'x');
  it.each([
    ['ENOENT', () => files.read('/fehlt')],
    ['ENOENT', () => files.write('/fehlt/x', '')],
    ['EISDIR', () => files.read('/ordner')],
    ['EISDIR', () => files.write('/ordner', '')],
    ['ENOTDIR', () => files.list('/datei')],
    ['ENOTDIR', () => files.read('/datei/x')],
    ['EEXIST', () => files.mkdir('/ordner')],
  ])('%s', (code, act) => expect(refusal(act)).toBe(code));
});

it('follows symbolic links, out of folders and in circles', () => {
  const { files } = world();
  files.mkdirs('/a/b');
  files.write('/a/ziel', 'da');
  files.symlink('../ziel', '/a/b/relativ');
  files.symlink('/a/b', '/kurz');
  expect(files.read('/kurz/relativ')).toBe('da');
  expect(files.realpath('/kurz/..')).toBe('/a');
  files.write('/kurz/relativ', 'neu');
  expect(files.read('/a/ziel')).toBe('neu');
  files.symlink('/kreis2', '/kreis1');
  files.symlink('/kreis1', '/kreis2');
  expect(refusal(() => files.read('/kreis1'))).toBe('ELOOP');
  files.symlink('/a/noch-nicht', '/hin');
  files.write('/hin', 'entstanden');
  expect(files.read('/a/noch-nicht')).toBe('entstanden');
});

describe('mounts', () => {
  it('show another tree, and a folder to stand on', () => {
    const { files, trees } = world([root, data]);
    files.write('/data/x', '1');
    expect(files.list('/')).toEqual(['data']);
    expect([...trees.get('volume:daten')!.entries.keys()]).toEqual(['x']);
    expect([...trees.get('root')!.entries.keys()]).toEqual([]);
    expect(refusal(() => files.remove('/data'))).toBe('EBUSY');
  });

  it('can be read-only, hide one another, and show a part or a single file', () => {
    const { files, trees } = world([
      root,
      { ...data, readOnly: true },
      { ...data, target: '/teil', source: '/unten' },
      { ...data, target: '/etc/eine', source: '/unten/datei' },
    ]);
    trees.set(
      'volume:daten',
      directory({}, new Map([['unten', directory({}, new Map([['datei', regularFile('hier')]]))]])),
    );
    expect(refusal(() => files.write('/data/neu', ''))).toBe('EROFS');
    expect(files.read('/teil/datei')).toBe('hier');
    files.write('/etc/eine', 'anders');
    expect(files.read('/data/unten/datei')).toBe('anders');
  });
});

describe('access', () => {
  it('is decided by owner, group and others', () => {
    const { files, as } = world();
    files.mkdir('/tmp', 0o1777);
    files.mkdir('/root', 0o700);
    expect(refusal(() => as(user).write('/x', ''))).toBe('EACCES');
    expect(refusal(() => as(user).write('/root/x', ''))).toBe('EACCES');
    as(user).write('/tmp/meine', 'u');
    expect(as(user).stat('/tmp/meine')).toMatchObject({ uid: 1000, gid: 1000, mode: 0o644 });
    expect(refusal(() => as({ ...user, uid: 1001 }).remove('/tmp/meine'))).toBe('EPERM');
    expect(refusal(() => as(user).chown('/tmp/meine', 0, undefined))).toBe('EPERM');
    files.chmod('/tmp/meine', 0o600);
    expect(refusal(() => as({ ...user, uid: 1001, gid: 1001, groups: [] }).read('/tmp/meine'))).toBe('EACCES');
  });

  it('of root rests on capabilities', () => {
    const { files, as } = world();
    files.mkdir('/fremd', 0o700);
    files.chown('/fremd', 1000, 1000);
    const container = { ...HOST_ROOT, capabilities: DEFAULT_CAPABILITIES };
    as(container).write('/fremd/x', '');
    const powerless = as({ ...HOST_ROOT, capabilities: [] });
    expect(refusal(() => powerless.write('/fremd/y', ''))).toBe('EACCES');
    expect(refusal(() => powerless.chown('/fremd', 0, 0))).toBe('EPERM');
    expect(refusal(() => powerless.chmod('/fremd', 0o777))).toBe('EPERM');
  });
});

describe('a file system in memory', () => {
  const memory: Mount = { ...data, type: 'tmpfs', limit: 8192 };

  it('takes what fits, in whole pages, and says that it is full', () => {
    const { files } = world([root, memory]);
    files.write('/data/a', 'x'.repeat(100));
    expect(files.room('/data/b')).toBe(4096);
    expect(refusal(() => files.write('/data/b', 'y'.repeat(5000)))).toBe('ENOSPC');
    expect(files.read('/data/b')).toHaveLength(4096);
    files.remove('/data/a');
    expect(refusal(() => files.write('/data/b', 'y'.repeat(5000)))).toBe('allowed');
  });
});

it('nothing can be written to a device that is full', () => {
  const { files } = world();
  files.place('/full', { type: 'character', device: 'full', mode: 0o666, uid: 0, gid: 0, mtime: 0 });
  expect(refusal(() => files.write('/full', 'x'))).toBe('ENOSPC');
});

it('of a large file of zeros only the size is kept, but it is read whole', () => {
  const { files } = world();
  files.write('/zeros', '\0'.repeat(3_000_000));
  expect(files.stat('/zeros')).toMatchObject({ size: 3_000_000, data: '' });
  expect(files.read('/zeros')).toHaveLength(3_000_000);
  files.write('/zeros', 'end', { append: true });
  expect(files.read('/zeros').slice(-4)).toBe('\0end');
});

it('a program of several in one file keeps what it is under another name', () => {
  const { files } = world();
  files.write('/id', '', { program: 'gnu' });
  files.rename('/id', '/who');
  expect(files.stat('/who')).toMatchObject({ program: 'gnu:id' });
});

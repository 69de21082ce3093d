import { FileError } from '../files/errors.ts';
import type { FileSystem } from '../files/filesystem.ts';

function table(files: FileSystem, path: string): string[][] {
  try {
    return files
      .read(path)
      .split('\n')
      .map((line) => line.split(':'));
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

/**
 * Who `--chown=user:group` means by a tree's own /etc/passwd and /etc/group (BuildKit, solver/llbsolver/file). A number
 * alone is both user and group; a name that is not known counts as root.
 */
export function fileOwner(files: FileSystem, text: string): { uid: number; gid: number } {
  const [user = '', group = ''] = text.split(':');
  let uid = 0;
  let gid = 0;
  if (/^\d+$/.test(user)) {
    uid = Number(user);
    gid = uid;
  } else if (user !== '') {
    const entry = table(files, '/etc/passwd').find(([name]) => name === user);
    uid = Number(entry?.[2] ?? 0);
    gid = Number(entry?.[3] ?? 0);
  }
  if (/^\d+$/.test(group)) gid = Number(group);
  else if (group !== '') gid = Number(table(files, '/etc/group').find(([name]) => name === group)?.[2] ?? gid);
  return { uid, gid };
}

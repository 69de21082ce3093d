import { FileError } from '../../engine/files/errors.ts';
import type { FileSystem } from '../../engine/files/filesystem.ts';

/** A line of /etc/passwd (passwd(5)). */
export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly gecos: string;
  readonly home: string;
  readonly shell: string;
}

/** A line of /etc/group (group(5)). */
export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** Lines of a file split at colons; none when it can't be read. */
export function records(files: FileSystem, path: string): string[][] {
  try {
    return files
      .read(path)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(':'));
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

export function users(files: FileSystem): User[] {
  return records(files, '/etc/passwd').map(([name = '', , uid = '', gid = '', gecos = '', home = '', shell = '']) => ({
    ...{ name, uid: Number(uid), gid: Number(gid), gecos, home, shell },
  }));
}

export function groups(files: FileSystem): Group[] {
  return records(files, '/etc/group').map(([name = '', , gid = '', members = '']) => ({
    ...{ name, gid: Number(gid), members: members.split(',').filter((member) => member !== '') },
  }));
}

export const userNamed = (files: FileSystem, name: string) => users(files).find((user) => user.name === name);
export const userOf = (files: FileSystem, uid: number) => users(files).find((user) => user.uid === uid);
export const groupNamed = (files: FileSystem, name: string) => groups(files).find((group) => group.name === name);
export const groupOf = (files: FileSystem, gid: number) => groups(files).find((group) => group.gid === gid);

/** Group ids of a user as initgroups(3) finds them: the primary one first. */
export function groupIds(files: FileSystem, user: User): number[] {
  const others = groups(files)
    .filter(({ gid, members }) => gid !== user.gid && members.includes(user.name))
    .map(({ gid }) => gid);
  return [user.gid, ...others];
}

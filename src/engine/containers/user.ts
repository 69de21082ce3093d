import { EngineError } from '../errors.ts';
import type { FileSystem } from '../files/filesystem.ts';
import type { Credentials } from '../process/credentials.ts';

/** Who `USER`, `-u name:group` means by the image's /etc/passwd and /etc/group. Throws 400 `unable to find user X: no matching entries in passwd file`. */
export function resolveUser(
  _files: FileSystem,
  _user: string,
  _groupAdd: readonly string[] = [],
): Pick<Credentials, 'uid' | 'gid' | 'groups'> {
  throw new EngineError(501, 'not modelled yet');
}

import type { FileSystem } from '../../engine/files/filesystem.ts';
import { records } from './accounts.ts';

/** The account files, changed line by line (passwd(5), group(5), shadow(5)). */
export type AccountFile = '/etc/passwd' | '/etc/group' | '/etc/shadow' | '/etc/gshadow';

export function addLine(files: FileSystem, path: AccountFile, fields: readonly (string | number)[]): undefined {
  if (!files.exists(path)) return;
  const text = files.read(path);
  files.write(path, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${fields.join(':')}\n`);
}

/** Replaces the fields of the entry with a name; `undefined` removes it. */
export function changeLine(
  files: FileSystem,
  path: AccountFile,
  name: string,
  change: (fields: readonly string[]) => readonly string[] | undefined,
): undefined {
  if (!files.exists(path)) return;
  const lines = files.read(path).split('\n');
  const changed = lines.flatMap((line) => {
    const fields = line.split(':');
    if (fields[0] !== name) return [line];
    const result = change(fields);
    return result ? [result.join(':')] : [];
  });
  files.write(path, changed.join('\n'));
}

/** The next free number: from `first` up to `last`, or downwards when `last` is the smaller. */
export function freeNumber(files: FileSystem, paths: readonly AccountFile[], first: number, last: number): number {
  const taken = new Set(paths.flatMap((path) => records(files, path).map((fields) => Number(fields[2]))));
  if (last < first) {
    for (let number = first; number >= last; number -= 1) if (!taken.has(number)) return number;
    return first;
  }
  // shadow goes on after the highest number in use.
  const highest = Math.max(first - 1, ...[...taken].filter((number) => number >= first && number <= last));
  return highest + 1;
}

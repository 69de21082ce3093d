/** The names of an absolute path, with `.` and `..` resolved by their text alone. */
export function segments(path: string): string[] {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names;
}

/** `path`, seen from the folder `from`, as an absolute path without `.` and `..`. */
export function resolve(from: string, path: string): string {
  return `/${segments(path.startsWith('/') ? path : `${from}/${path}`).join('/')}`;
}

export function dirname(path: string): string {
  return resolve('/', `${path}/..`);
}

export function basename(path: string): string {
  return segments(path).at(-1) ?? '/';
}

/** Whether `path` is `folder` or lies under it. Both absolute and without `.` and `..`. */
export function within(folder: string, path: string): boolean {
  if (path === folder) return true;
  return folder === '/' ? path.startsWith('/') : path[folder.length] === '/' && path.startsWith(folder);
}

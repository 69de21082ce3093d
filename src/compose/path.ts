/** A path in a model, `services.web.ports`; dots inside a name are written as another character. */
export function next(path: string, part: string): string {
  return path === '' ? part : `${path}.${part.replaceAll('.', '\u{1F47B}')}`;
}

/** Whether a path is one that a pattern means; `*` stands for any part. */
export function matches(path: string, pattern: string): boolean {
  const parts = path.split('.');
  const wanted = pattern.split('.');
  return parts.length === wanted.length && wanted.every((part, index) => part === '*' || part === parts[index]);
}

/** A path as messages show it. */
export function show(path: string): string {
  return path.replaceAll('\u{1F47B}', '.');
}

/** The entry of a table of patterns that fits a path. */
export function lookup<T>(table: Readonly<Record<string, T>>, path: string): T | undefined {
  for (const [pattern, entry] of Object.entries(table)) if (matches(path, pattern)) return entry;
  return undefined;
}

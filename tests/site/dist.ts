import { globSync } from 'node:fs';

/** Addresses of all built pages, without the two that have no shell around them. */
export function builtPages(): string[] {
  return globSync('dist/**/index.html')
    .map((file) => `/${file.slice('dist/'.length, -'index.html'.length)}`)
    .filter((path) => path !== '/')
    .sort();
}

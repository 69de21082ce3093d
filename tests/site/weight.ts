import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** Bytes of a built page as a browser loads it, compressed with Brotli, before a search or an example is opened. */
export interface Weight {
  html: number;
  script: number;
  style: number;
  font: number;
  image: number;
  total: number;
  requests: number;
}

const sizes = new Map<string, number>();

export function compressed(file: string): number {
  const known = sizes.get(file);
  if (known !== undefined) return known;
  const bytes = readFileSync(file);
  const size = /\.(?:woff2|png)$/.test(file) ? bytes.length : brotliCompressSync(bytes).length;
  sizes.set(file, size);
  return size;
}

/** Files that a script imports at once, however deep. Imports made later (`import(…)`) are not among them. */
function imports(file: string, seen: Set<string>): void {
  if (seen.has(file)) return;
  seen.add(file);
  const code = readFileSync(file, 'utf8');
  for (const match of code.matchAll(
    /(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}\s,$]+?from\s*)?["'](\.[^"']+|\/[^"']+)["']/g,
  )) {
    imports(match[1]!.startsWith('/') ? join('dist', match[1]!) : join(dirname(file), match[1]!), seen);
  }
}

/** Weighs `dist/<path>index.html` with everything that it loads. */
export function weigh(path: string): Weight {
  const file = join('dist', path, 'index.html');
  const html = readFileSync(file, 'utf8');
  const all = (pattern: RegExp) =>
    [...html.matchAll(pattern)].map((match) => join('dist', match[1]!)).filter((f) => existsSync(f));
  const styles = new Set(
    all(/<link\b[^>]*rel="stylesheet"[^>]*href="(\/[^"]+)"/g).concat(
      all(/<link\b[^>]*href="(\/[^"]+)"[^>]*rel="stylesheet"/g),
    ),
  );
  const scripts = new Set<string>();
  for (const script of all(/<script\b[^>]*\ssrc="(\/[^"]+)"/g)) imports(script, scripts);
  const inline = [...html.matchAll(/<script\b(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)]
    .map((match) => match[1]!)
    .join('');
  const fonts = new Set(
    [...styles].flatMap((style) =>
      [...readFileSync(style, 'utf8').matchAll(/url\(["']?(\/[^"')]+\.woff2)/g)].map((match) =>
        join('dist', match[1]!),
      ),
    ),
  );
  const images = new Set(
    all(/<img\b[^>]*\ssrc="(\/[^"]+)"/g).concat(all(/<link\b[^>]*rel="(?:shortcut )?icon"[^>]*href="(\/[^"]+)"/g)),
  );
  const sum = (files: Set<string>) => [...files].reduce((total, f) => total + compressed(f), 0);
  const inlineScript = inline === '' ? 0 : brotliCompressSync(inline).length;
  const parts = {
    html: compressed(file) - inlineScript,
    script: sum(scripts) + inlineScript,
    style: sum(styles),
    font: sum(fonts),
    image: sum(images),
  };
  return {
    ...parts,
    total: Object.values(parts).reduce((a, b) => a + b, 0),
    requests: 1 + scripts.size + styles.size + fonts.size + images.size,
  };
}

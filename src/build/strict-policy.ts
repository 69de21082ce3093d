import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/**
 * Makes the built pages fit a Content-Security-Policy without `unsafe-inline` and writes that policy into each page, so
 * that it holds on any static host:
 *
 * - `style` attributes become classes of one style sheet,
 * - inline scripts are named in the policy by their hash.
 *
 * Source: Content Security Policy Level 3, sections 6.1 (fetch directives) and 8.3 (hashes).
 */
export function strictPolicy(): AstroIntegration {
  return {
    name: 'strict-policy',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const pages = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.html'));
        const sheet = new StyleSheet();
        const texts = await Promise.all(pages.map((page) => readFile(join(root, page), 'utf8')));
        const moved = texts.map((html) => moveStyles(html, sheet));
        await rewriteTokenSelectors(join(root, '_astro'));
        const css = sheet.text();
        const name = `_astro/inline.${digest('sha256', css, 'hex').slice(0, 8)}.css`;
        await writeFile(join(root, name), css);
        const base = process.env['BASE_PATH']?.replace(/\/$/, '') ?? '';
        const link = `<link rel="stylesheet" href="${base}/${name}">`;
        await Promise.all(
          moved.map((html, i) => {
            const withSheet = html.includes('class="') ? html.replace('</head>', `${link}</head>`) : html;
            return writeFile(join(root, pages[i]!), withPolicy(withSheet));
          }),
        );
        logger.info(`${pages.length} pages, ${sheet.size} styles in ${css.length} bytes`);
      },
    },
  };
}

/** Expressive Code finds its tokens by their `style` attribute; now they are found by the class that took its place. */
async function rewriteTokenSelectors(folder: string): Promise<void> {
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.css'))) {
    const css = await readFile(join(folder, file), 'utf8');
    const changed = css.replace(/\[style\^=(?:"--"|'--'|--)\]:not\(\[class\]\)/g, "[class^='i']");
    if (changed !== css) await writeFile(join(folder, file), changed);
  }
}

/** Declarations that stood in `style` attributes, each under a class. */
class StyleSheet {
  readonly #classes = new Map<string, string>();

  get size(): number {
    return this.#classes.size;
  }

  /** The class for a `style` attribute's value. */
  classFor(declarations: string): string {
    const known = this.#classes.get(declarations);
    if (known) return known;
    const name = `i${this.#classes.size.toString(36)}`;
    this.#classes.set(declarations, name);
    return name;
  }

  /** Doubled class selectors, so that the declarations go on winning over the site's own rules as attributes do. */
  text(): string {
    return [...this.#classes].map(([declarations, name]) => `.${name}.${name}{${declarations}}`).join('');
  }
}

/** A start tag with its attributes; comments and scripts are skipped by the alternatives before it. */
const TAG =
  /<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1>|<[a-zA-Z][^\s/>]*(?:\s+[^\s"'>/=]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*\s*\/?>/g;

export function moveStyles(html: string, sheet: { classFor(declarations: string): string }): string {
  return html.replace(TAG, (tag, raw: string | undefined) => {
    if (raw || tag.startsWith('<!--')) return tag;
    const style = / style=(?:"([^"]*)"|'([^']*)')/.exec(tag);
    if (!style) return tag;
    const name = sheet.classFor(
      (style[1] ?? style[2] ?? '')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&')
        .replace(/;\s*$/, ''),
    );
    const bare = tag.replace(style[0], '');
    if (/ class="/.test(bare)) return bare.replace(/ class="/, ` class="${name} `);
    return bare.replace(/^<[^\s/>]+/, (start) => `${start} class="${name}"`);
  });
}

/** The page with a policy that names its inline scripts. */
export function withPolicy(html: string): string {
  const scripts = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)]
    .filter(
      ([, attributes = '', text = '']) =>
        !/\ssrc=/.test(attributes) && text.trim() !== '' && !/type="application\/(?:ld\+)?json"/.test(attributes),
    )
    .map(([, , text = '']) => `'sha256-${digest('sha256', text, 'base64')}'`);
  const policy = [
    "default-src 'none'",
    // Pagefind's index is read by WebAssembly.
    ["script-src 'self' 'wasm-unsafe-eval'", ...new Set(scripts)].join(' '),
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ');
  return html.replace(
    /<meta charset="utf-8"\s*\/?>/i,
    (charset) => `${charset}<meta http-equiv="content-security-policy" content="${policy}">`,
  );
}

function digest(algorithm: string, text: string, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(text).digest(encoding);
}

import { globSync, readFileSync } from 'node:fs';
import { type Language, languages } from '../../src/languages.ts';

/** A page's source as the tests look at it. */
export interface PageSource {
  slug: string;
  file: string;
  text: string;
  frontmatter: Record<string, string>;
}

/** All pages of a language, in the order of their slugs. */
export function pages(lang: Language): PageSource[] {
  const root = `content/docs/${lang}/`;
  return globSync(`${root}**/*.mdx`)
    .sort()
    .map((file) => {
      const text = readFileSync(file, 'utf8');
      const head = /^---\n([\s\S]*?)\n---\n/.exec(text)?.[1] ?? '';
      const entries = head.split('\n').flatMap((line) => {
        const match = /^(\w+): *(.*)$/.exec(line);
        return match ? [[match[1]!, match[2]!.replace(/^(["'])(.*)\1$/, '$2')]] : [];
      });
      return { slug: file.slice(root.length, -'.mdx'.length), file, text, frontmatter: Object.fromEntries(entries) };
    });
}

export const allPages = (): PageSource[] => (Object.keys(languages) as Language[]).flatMap(pages);

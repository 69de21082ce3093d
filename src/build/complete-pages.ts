import { globSync } from 'node:fs';
import type { AstroIntegration } from 'astro';
import { languages } from '../languages.ts';
import type { Section } from '../navigation.ts';

/**
 * What is wrong with the set of pages: one that is missing in a language, one that no navigation leads to. Starlight
 * would show the other language's text in the one case and nothing in the other.
 */
export function pageProblems(files: readonly string[], sections: readonly Section[]): string[] {
  const known = new Set(files);
  const slugs = new Set(files.map((file) => file.replace(/^\w+\//, '')));
  const listed = new Set(sections.flatMap(({ folder, pages }) => pages.map((page) => `${folder}/${page}.mdx`)));
  const missing = [...new Set([...slugs, ...listed])].flatMap((slug) =>
    Object.keys(languages)
      .filter((lang) => !known.has(`${lang}/${slug}`))
      .map((lang) => `content/docs/${lang}/${slug}: missing. Every page exists in all languages.`),
  );
  const unlisted = [...slugs]
    .filter((slug) => slug !== 'index.mdx' && !listed.has(slug))
    .map((slug) => `content/docs/de/${slug}: no chapter lists this page. Add it to src/navigation.ts.`);
  return [...missing, ...unlisted].sort();
}

/** Stops the build when a page is missing in a language or in the navigation. */
export function completePages(sections: readonly Section[]): AstroIntegration {
  return {
    name: 'complete-pages',
    hooks: {
      'astro:config:setup': ({ command }) => {
        const files = globSync('**/*.mdx', { cwd: 'content/docs' });
        const problems = pageProblems(files, sections);
        if (command === 'build' && problems.length > 0) throw new Error(problems.join('\n'));
      },
    },
  };
}

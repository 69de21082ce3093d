import type { AstroIntegration } from 'astro';

/** Routes that nobody writes by hand. They stand in `src/pages`, while Astro's own root for pages is the project. */
export function routes(): AstroIntegration {
  return {
    name: 'routes',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        const add = (pattern: string, file: string) =>
          injectRoute({ pattern, entrypoint: `./src/pages/${file}`, prerender: true });
        add('/', 'index.astro');
        add('/404', '404.astro');
        add('/[lang]/[section]', 'section.astro');
        add('/[...page].md', 'raw-page.ts');
        add('/examples/[...page].json', 'examples.ts');
        add('/llms.txt', 'llms.txt.ts');
        add('/robots.txt', 'robots.txt.ts');
      },
    },
  };
}

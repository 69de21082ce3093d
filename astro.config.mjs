import { readFileSync } from 'node:fs';
import { satteri } from '@astrojs/markdown-satteri';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import starlightLinksValidator from 'starlight-links-validator';
import { completePages } from './src/build/complete-pages.ts';
import { routes } from './src/build/routes.ts';
import { strictPolicy } from './src/build/strict-policy.ts';
import { languages } from './src/languages.ts';
import { consoleFrame, namedBlocks } from './src/markdown/console-frame.ts';
import { exploreFences } from './src/markdown/explore-fences.ts';
import { hiddenFences } from './src/markdown/hidden-fences.ts';
import { mermaidFences } from './src/markdown/mermaid-fences.ts';
import { sharedHeadingIds } from './src/markdown/shared-heading-ids.ts';
import { sections } from './src/navigation.ts';
import { site } from './src/site.ts';

/** Words of diagrams' buttons, from the same files as the rest of the interface. */
function diagramLabels(lang) {
  const words = JSON.parse(readFileSync(`content/i18n/${lang}.json`, 'utf8'));
  return { enlarge: words['diagram.enlarge'], close: words['diagram.close'] };
}

export default defineConfig({
  site: site.url,
  base: site.base,
  srcDir: '.',
  trailingSlash: 'always',
  build: { inlineStylesheets: 'never' },
  prefetch: false,
  markdown: {
    processor: satteri({
      mdastPlugins: [sharedHeadingIds(), hiddenFences(), exploreFences(), mermaidFences(diagramLabels)],
      features: { smartPunctuation: false },
    }),
  },
  integrations: [
    completePages(sections),
    routes(),
    starlight({
      title: site.name,
      description: languages.de.tagline,
      logo: { src: './src/styles/mark.svg', alt: '' },
      favicon: '/favicon.svg',
      defaultLocale: 'de',
      locales: { de: { label: languages.de.label, lang: 'de' }, en: { label: languages.en.label, lang: 'en' } },
      sidebar: sections.map(({ folder, label, pages }) => ({
        label: label.de,
        translations: { en: label.en },
        collapsed: true,
        items: pages.map((page) => `${folder}/${page}`),
      })),
      lastUpdated: true,
      editLink: { baseUrl: site.editBase },
      credits: false,
      disable404Route: true,
      customCss: ['./src/styles/theme.css', './src/styles/diagram-colours.css', './src/styles/diagrams.css'],
      components: {
        Footer: './src/components/Footer.astro',
        Head: './src/components/Head.astro',
        LanguageSelect: './src/components/LanguageSelect.astro',
        PageTitle: './src/components/PageTitle.astro',
        Search: './src/components/Search.astro',
      },
      expressiveCode: {
        themes: ['github-dark-default', 'github-light-default'],
        useStarlightUiThemeColors: true,
        plugins: [consoleFrame(), namedBlocks()],
        styleOverrides: { borderRadius: '0.5rem', codeFontSize: '0.875rem', frames: { shadowColor: 'transparent' } },
      },
      plugins: process.env.DRAFT
        ? []
        : [starlightLinksValidator({ errorOnInconsistentLocale: true, exclude: ['/de/', '/en/', '/{de,en}/*/'] })],
    }),
    strictPolicy(),
  ],
});

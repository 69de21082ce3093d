import { docsLoader, i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';
import { z } from 'astro/zod';

/** Words of the handbook's own interface, beside those that Starlight brings. */
const words = [
  ...['diagram.enlarge', 'diagram.close', 'breadcrumbs.label', 'breadcrumbs.home', 'page.markdown', 'section.pages'],
  ...['find.placeholder', 'find.hint', 'find.loading', 'find.none', 'find.one', 'find.many', 'find.more', 'find.failed', 'find.close'],
] as const;

export const collections = {
  docs: defineCollection({
    loader: docsLoader(),
    schema: docsSchema({ extend: z.object({ description: z.string().max(160) }) }),
  }),
  i18n: defineCollection({
    loader: i18nLoader(),
    schema: i18nSchema({ extend: z.object(Object.fromEntries(words.map((word) => [word, z.string()]))) }),
  }),
};

import { defineCollection } from 'astro:content';
import { docsLoader, i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { z } from 'astro/zod';

const word = z.string();

/** Words of the handbook's own interface, beside those that Starlight brings. */
const words = z.object({
  'diagram.enlarge': word,
  'diagram.close': word,
  'breadcrumbs.label': word,
  'breadcrumbs.home': word,
  'page.markdown': word,
  'section.pages': word,
  'find.placeholder': word,
  'find.hint': word,
  'find.loading': word,
  'find.none': word,
  'find.one': word,
  'find.many': word,
  'find.more': word,
  'find.failed': word,
  'find.close': word,
  'live.open': word,
  'live.openTitle': word,
  'live.run': word,
  'live.runLabel': word,
  'live.stop': word,
  'live.same': word,
  'live.differs': word,
  'live.failed': word,
});

export const collections = {
  docs: defineCollection({
    loader: docsLoader(),
    schema: docsSchema({ extend: z.object({ description: z.string().max(160) }) }),
  }),
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema({ extend: words }) }),
};

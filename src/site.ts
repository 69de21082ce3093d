/** What the handbook is called and where it lives. The address can be set from outside, for a fork or a mirror. */
export const site = {
  name: 'Stapellauf',
  /** Where the built site is served: canonical links, sitemap and social images need it. */
  url: process.env.SITE_URL ?? 'https://stapellauf.example',
  /** The path it is served under, `/` when it has a host of its own. */
  base: process.env.BASE_PATH ?? '/',
  /** Where a reader can propose a change to a page's source. */
  editBase: process.env.EDIT_BASE ?? 'https://github.com/stapellauf/stapellauf/edit/main/',
} as const;

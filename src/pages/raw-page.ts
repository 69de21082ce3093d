import { type CollectionEntry, getCollection } from 'astro:content';
import type { APIRoute, GetStaticPaths } from 'astro';
import type { Language } from '../languages.ts';
import { rawPage } from '../markdown/raw-page.ts';

/** Every page as Markdown beside its HTML: `/de/volumes/types.md`. */
export const getStaticPaths: GetStaticPaths = async () =>
  (await getCollection('docs')).map((entry) => ({ params: { page: entry.id }, props: { entry } }));

export const GET: APIRoute<{ entry: CollectionEntry<'docs'> }> = ({ props: { entry } }) =>
  new Response(rawPage(entry.data.title, entry.data.description, entry.body ?? '', entry.id.slice(0, 2) as Language), {
    headers: { 'Content-Type': 'text/markdown; charset=utf-8' },
  });

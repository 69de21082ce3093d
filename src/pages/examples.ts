import { type CollectionEntry, getCollection } from 'astro:content';
import type { APIRoute, GetStaticPaths } from 'astro';
import { livePage } from '../live/page.ts';
import { pageParts } from '../markdown/examples.ts';

/** What of a page runs, for those who press Run: `/examples/de/volumes/types.json`. */
export const getStaticPaths: GetStaticPaths = async () =>
  (await getCollection('docs'))
    .filter((entry) => pageParts(entry.body ?? '').length > 0)
    .map((entry) => ({ params: { page: entry.id }, props: { entry } }));

export const GET: APIRoute<{ entry: CollectionEntry<'docs'> }> = ({ props: { entry } }) =>
  new Response(JSON.stringify(livePage(entry.body ?? '')), { headers: { 'Content-Type': 'application/json' } });

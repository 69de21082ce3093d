import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';
import { type Language, languages } from '../languages.ts';
import { sections } from '../navigation.ts';
import { site } from '../site.ts';

/** The handbook for language models: what there is, with addresses of the Markdown. Format: https://llmstxt.org */
export const GET: APIRoute = async () => {
  const base = import.meta.env.BASE_URL.replace(/\/$/, '');
  const entries = new Map((await getCollection('docs')).map((entry) => [entry.id, entry.data]));
  const line = (id: string) => {
    const data = entries.get(id);
    return data ? [`- [${data.title}](${new URL(`${base}/${id}.md`, site.url).href}): ${data.description}`] : [];
  };
  const parts = (Object.keys(languages) as Language[]).flatMap((lang) =>
    sections.map(({ folder, label, pages }) =>
      [
        `## ${languages[lang].label}: ${label[lang]}`,
        '',
        ...pages.flatMap((page) => line(`${lang}/${folder}/${page}`)),
      ].join('\n'),
    ),
  );
  const intro = [
    `# ${site.name}`,
    '',
    '> A handbook about Docker in German and English: images, containers, volumes, networks, Compose, orchestration and security. Every example’s output was recorded on a real Docker Engine.',
    '',
    'Pages exist in both languages under the same path: replace `/en/` by `/de/`.',
  ].join('\n');
  return new Response(`${[intro, ...parts].join('\n\n')}\n`, {
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
};

import { fileURLToPath } from 'node:url';
import type { MdastPluginEntry } from 'satteri';
import { readFence } from '../explore/input.ts';
import { begin } from '../explore/play.ts';
import { explorables } from '../explore/registry.ts';
import { h, toHtml } from '../explore/tree.ts';
import type { Language } from '../languages.ts';
import { openLab } from '../live/lab.ts';
import { fences } from './fences.ts';

/**
 * Places an explorable where an `explore` fence stands: the name in its first line, what it begins with below. What a reader
 * sees before anything is loaded, and without a script at all, comes from the same engine and the same view as afterwards.
 * @throws when there is no explorable of that name, or it cannot begin with this.
 */
export function exploreFences(): MdastPluginEntry {
  return ({ fileURL }) => ({
    name: 'explore-fences',
    options: { position: true },
    async code(node) {
      if (node.lang !== 'explore') return undefined;
      const language = (/\/docs\/(\w+)\//.exec(fileURL?.pathname ?? '')?.[1] ?? 'en') as Language;
      const place = `${fileURL ? fileURLToPath(fileURL) : 'page'}:${node.position?.start.line ?? '?'}`;
      const value = await exploreHtml(node.value, language).catch((error: unknown) => {
        throw new Error(`${place}: ${error instanceof Error ? error.message : error}`, { cause: error });
      });
      return {
        type: 'mdxJsxFlowElement',
        name: 'Fragment',
        attributes: [{ type: 'mdxJsxAttribute', name: 'set:html', value }],
        children: [],
      };
    },
  });
}

/** An explorable as it begins, as HTML. */
export async function exploreHtml(fence: string, language: Language): Promise<string> {
  const { name, input } = readFence(fence);
  const play = await begin(await openLab(), name, input, language);
  const box = h(
    'explore-box',
    {
      class: 'explore not-content',
      role: 'group',
      'aria-label': explorables[name]!.title[language],
      'data-name': name,
      'data-input': input,
      'data-language': language,
      'data-pagefind-ignore': true,
    },
    play.show(),
  );
  return toHtml(box);
}

const KICKER: Readonly<Record<Language, string>> = { de: 'Auf der Seite zum Ausprobieren', en: 'To try on the page' };

/** A page's Markdown with a note in place of each explorable, for readers of the text alone. */
export function withoutExplorables(text: string, language: Language): string {
  const lines = text.split('\n');
  for (const fence of fences(text)
    .filter(({ lang }) => lang === 'explore')
    .reverse()) {
    const title = explorables[readFence(fence.code).name]?.title[language];
    lines.splice(fence.line - 1, fence.endLine - fence.line + 1, `> ${KICKER[language]}: ${title ?? ''}`);
  }
  return lines.join('\n');
}

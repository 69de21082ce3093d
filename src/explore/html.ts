import type { Language } from '../languages.ts';
import { openLab } from '../live/lab.ts';
import { readFence } from './input.ts';
import { begin } from './play.ts';
import { explorables } from './registry.ts';
import { h, toHtml } from './tree.ts';

/**
 * An explorable as it begins, as HTML: what a reader sees before anything is loaded, and without a script at all. Engine,
 * model and view are those that run in the browser afterwards.
 */
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

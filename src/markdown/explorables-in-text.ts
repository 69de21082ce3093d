import { readFence } from '../explore/input.ts';
import { explorables } from '../explore/registry.ts';
import type { Language } from '../languages.ts';
import { fences } from './fences.ts';

/** Whether a page's source places an explorable. */
export function hasExplorables(body: string | undefined): boolean {
  return /^ *`{3,}explore\s*$/m.test(body ?? '');
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

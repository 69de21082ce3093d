import type { Language } from '../languages.ts';
import { withoutExplorables } from './explorables-in-text.ts';

/** A page as plain Markdown: its title and description above its text, without what only the site needs. */
export function rawPage(title: string, description: string, body: string, language: Language): string {
  const text = withoutExplorables(body, language)
    .replace(/^import .*$\n?/gm, '')
    .replace(/^<[A-Z]\w*[^>]*\/>\s*$\n?/gm, '')
    .replace(/^(`{3,})\w* setup\b[\s\S]*?^\1$\n?/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return `# ${title}\n\n> ${description}\n\n${text}\n`;
}

import { languages } from '../languages.ts';
import { search } from '../search/pagefind.ts';
import { preferredLanguage } from './language.ts';

/** How many pages a wrong address is answered with. */
const SUGGESTIONS = 5;

/** Words of an address that a search can use: without language, endings and separators. */
export function wordsOf(pathname: string): string {
  const parts = decoded(pathname)
    .split('/')
    .filter((part) => part !== '' && !(part in languages));
  return parts
    .map((part) => part.replace(/\.(?:html?|mdx?|php)$/, '').replace(/[-_+.]+/g, ' '))
    .join(' ')
    .trim();
}

/** The address as text; as it stands where it is no valid encoding. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

/** Leaves one language on the page, the address's or the reader's, and lists pages that fit the address's words. */
export async function suggest(): Promise<void> {
  const offered = Object.keys(languages);
  const base = import.meta.env.BASE_URL.replace(/\/$/, '');
  const path = location.pathname.slice(base.length);
  const first = path.split('/')[1] ?? '';
  const lang = offered.includes(first) ? first : preferredLanguage(offered, navigator.languages);
  document.documentElement.lang = lang;
  for (const section of document.querySelectorAll<HTMLElement>('[data-not-found]')) {
    section.hidden = section.dataset['notFound'] !== lang;
  }
  const section = document.querySelector(`[data-not-found="${lang}"]`)!;
  const pages = await findPages(wordsOf(path));
  if (pages.length === 0) return;
  section.querySelector<HTMLElement>('.found')!.hidden = false;
  section.querySelector('.results')!.append(
    ...pages.map(({ url, meta }) => {
      const item = document.createElement('li');
      const link = item.appendChild(document.createElement('a'));
      link.href = url;
      link.textContent = meta.title ?? url;
      return item;
    }),
  );
}

/** Pages that hold all words, else pages for the last word that has any. */
async function findPages(words: string) {
  const attempts = [words, ...words.split(' ').reverse()].filter((query) => query.length > 1);
  for (const query of attempts) {
    const matches = await search(query).catch(() => null);
    if (matches && matches.count > 0) return matches.fetch(0, SUGGESTIONS);
  }
  return [];
}

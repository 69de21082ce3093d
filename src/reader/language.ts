const STORED = 'stapellauf-language';

/** The `#…` of the section that the reader has on the screen, `''` at a page's beginning. */
export function currentSection(): string {
  const headings = [...document.querySelectorAll<HTMLElement>('main :is(h2, h3)[id]')];
  const top = document.querySelector('header')?.getBoundingClientRect().height ?? 0;
  const reached = headings.filter((heading) => heading.getBoundingClientRect().top < top + 120);
  const last = reached.at(-1);
  return last ? `#${last.id}` : '';
}

/** Keeps the reader's choice for the next visit to `/`. Fails silently where storage is not allowed. */
export function rememberLanguage(language: string): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // A private window may refuse; the link still leads to the other language.
  }
}

/** The language to lead a reader to: the one chosen before, else the first of the browser's that exists, else the default. */
export function preferredLanguage(offered: readonly string[], browser: readonly string[]): string {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(STORED);
  } catch {
    // As above.
  }
  if (stored && offered.includes(stored)) return stored;
  const wanted = browser.map((tag) => tag.toLowerCase().split('-')[0]!);
  return wanted.find((tag) => offered.includes(tag)) ?? offered[0]!;
}

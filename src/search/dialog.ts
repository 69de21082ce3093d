import { type Matches, search } from './pagefind.ts';
import { resultItem } from './results.ts';

/** How many pages are shown at a time. */
const STEP = 6;

/** Words of the dialog, in the page's language. */
export type FindTexts = Record<'hint' | 'loading' | 'none' | 'one' | 'many' | 'more' | 'failed', string>;

/** Brings a search dialog to life: typing searches, arrow keys walk through the results, Escape closes. */
export function connect(dialog: HTMLDialogElement, texts: FindTexts): void {
  const input = dialog.querySelector('input')!;
  const status = dialog.querySelector<HTMLElement>('[role="status"]')!;
  const list = dialog.querySelector<HTMLOListElement>('ol')!;
  const more = dialog.querySelector<HTMLButtonElement>('.find-more')!;
  let matches: Matches | undefined;
  let shown = 0;

  const say = (text: string) => {
    status.textContent = text;
  };
  const showMore = async () => {
    if (!matches) return;
    const asked = matches;
    const pages = await asked.fetch(shown, shown + STEP);
    if (asked !== matches) return;
    const first = list.children.length;
    list.append(...pages.map(resultItem));
    shown += pages.length;
    more.hidden = shown >= asked.count;
    if (first > 0) list.children[first]?.querySelector('a')?.focus();
  };
  const find = async () => {
    const query = input.value.trim();
    if (query === '') {
      matches = undefined;
      list.replaceChildren();
      more.hidden = true;
      say(texts.hint);
      return;
    }
    if (list.children.length === 0) say(texts.loading);
    try {
      const answer = await search(query, { debounce: 120 });
      if (!answer || query !== input.value.trim()) return;
      matches = answer;
      shown = 0;
      list.replaceChildren();
      const words = answer.count === 0 ? texts.none : answer.count === 1 ? texts.one : texts.many;
      say(words.replace('{{count}}', String(answer.count)).replace('{{query}}', query));
      more.hidden = true;
      await showMore();
    } catch {
      say(texts.failed);
    }
  };

  input.addEventListener('input', find);
  more.addEventListener('click', showMore);
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const stops = [input, ...list.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement as HTMLInputElement);
    const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  });
  dialog.querySelector('form')!.addEventListener('submit', (event) => {
    event.preventDefault();
    list.querySelector('a')?.click();
  });
  dialog.addEventListener('click', (event) => {
    const target = event.target as Element;
    if (target === dialog || target.closest('a')) dialog.close();
  });
  say(texts.hint);
  if (input.value) void find();
}

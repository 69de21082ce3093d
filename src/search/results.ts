import type { Found } from './pagefind.ts';

/** How many sections of a page are shown below it. */
const SECTIONS = 3;

/** A found page and its best sections as a list entry. Texts are set as text; only Pagefind's own `<mark>` is kept as markup. */
export function resultItem(found: Found): HTMLLIElement {
  const item = document.createElement('li');
  item.append(link(found.url, found.meta.title ?? found.url, 'find-page'));
  const isSection = (url: string) => url.includes('#') && !url.endsWith('#_top');
  const sections = found.sub_results.filter(({ url }) => isSection(url)).slice(0, SECTIONS);
  const whole = found.sub_results.some(({ url }) => !isSection(url)) || sections.length === 0;
  if (whole) item.append(excerpt(found.excerpt));
  if (sections.length > 0) {
    const list = document.createElement('ul');
    for (const section of sections) {
      const entry = document.createElement('li');
      entry.append(link(section.url, section.title, 'find-section'), excerpt(section.excerpt));
      list.append(entry);
    }
    item.append(list);
  }
  return item;
}

function link(url: string, title: string, className: string): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.textContent = title;
  anchor.className = className;
  return anchor;
}

function excerpt(marked: string): HTMLParagraphElement {
  const paragraph = document.createElement('p');
  for (const part of marked.split(/(<mark>.*?<\/mark>)/s)) {
    const inside = /^<mark>(.*)<\/mark>$/s.exec(part);
    const target = inside ? paragraph.appendChild(document.createElement('mark')) : paragraph;
    target.append(decode(inside?.[1] ?? part));
  }
  return paragraph;
}

/** Entities back to characters, by the browser's own parser and without making elements. */
function decode(text: string): string {
  const area = document.createElement('textarea');
  area.innerHTML = text;
  return area.value;
}

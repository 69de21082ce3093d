import css from '../styles/view.css?inline';

const dressed = new WeakMap<Document, CSSStyleSheet>();

/**
 * Gives a document the view's style sheet, once. It comes with the script: a sheet that a page's scripts import is linked
 * from the page itself by Astro, and would weigh on those who only read. Sheets made so are no inline styles to a
 * Content-Security-Policy.
 */
export function dress(document: Document): void {
  if (dressed.has(document)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
  dressed.set(document, sheet);
}

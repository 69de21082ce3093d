const dressed = new WeakMap<Document, Set<string>>();

/**
 * Gives a document a style sheet, once. For sheets that come with a script (`import css from './x.css?inline'`): one that a
 * page's scripts import otherwise is linked from each page by Astro, and would weigh on those who only read. Sheets made so
 * are no inline styles to a Content-Security-Policy.
 */
export function dress(document: Document, css: string): void {
  const sheets = dressed.get(document) ?? new Set();
  if (sheets.has(css)) return;
  dressed.set(document, sheets.add(css));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}

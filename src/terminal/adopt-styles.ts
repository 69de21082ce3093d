/**
 * Runs something that makes `<style>` elements, which a strict Content-Security-Policy does not apply: what is written into
 * them goes into constructed style sheets (CSSOM, adoptedStyleSheets), which the policy leaves alone. xterm has an option for
 * another document, and uses the page's own for some of its elements all the same.
 */
export function adoptingStyles(run: () => void): void {
  const create = document.createElement;
  document.createElement = ((name: string, options?: ElementCreationOptions) =>
    name === 'style' ? adopted() : create.call(document, name, options)) as typeof document.createElement;
  try {
    run();
  } finally {
    document.createElement = create;
  }
}

/** Stands where a `<style>` would stand, and holds a style sheet without being one. */
function adopted(): HTMLElement {
  const element = document.createElement('template');
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  let text = '';
  const property = {
    get: () => text,
    set: (css: string) => {
      text = css;
      sheet.replaceSync(css);
    },
  };
  Object.defineProperties(element, { textContent: property, innerHTML: property });
  const remove = element.remove.bind(element);
  element.remove = () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    remove();
  };
  return element;
}

/**
 * The page's document for a library that writes style sheets into `<style>` elements, which a strict Content-Security-Policy
 * would not apply: what it writes there goes into constructed style sheets instead (CSSOM, adoptedStyleSheets), which the policy
 * leaves alone.
 */
export function styleSafeDocument(): Document {
  return new Proxy(document, {
    get(target, key) {
      if (key === 'createElement')
        return (name: string, options?: ElementCreationOptions) => {
          const element = target.createElement(name, options);
          return name === 'style' ? adopted(element as HTMLStyleElement) : element;
        };
      const value = Reflect.get(target, key) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function adopted(element: HTMLStyleElement): HTMLStyleElement {
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

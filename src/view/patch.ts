import type { Attributes, Node as Child, Element as Description } from './node.ts';

const SVG = 'http://www.w3.org/2000/svg';

interface Kept {
  readonly key: string;
  readonly attributes: Attributes;
}

/** What was described of the elements on the page. */
const kept = new WeakMap<Node, Kept>();
/** Elements that are on their way out and no longer described. */
const leaving = new WeakSet<Node>();

/**
 * Makes the content of an element what is described. Elements whose keys are the same stay, and with them focus, scroll
 * positions and what is opened. `leave` may keep an element that is no longer described for a while: it returns true
 * and removes the element itself.
 */
export function patch(parent: Element, children: readonly Child[], leave: (element: Element) => boolean): void {
  const old = new Map<string, ChildNode>();
  for (const node of parent.childNodes) if (!leaving.has(node)) old.set(kept.get(node)?.key ?? '', node);
  const seen = new Map<string, number>();
  const next = children.map((child) => {
    const base = typeof child === 'string' ? '#text' : `${child.tag} ${child.key ?? ''}`;
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    const key = `${base} ${count}`;
    const node = old.get(key);
    old.delete(key);
    return { child, key, node };
  });
  for (const node of old.values()) {
    if (node instanceof Element && leave(node)) leaving.add(node);
    else node.remove();
  }
  let cursor = skip(parent.firstChild);
  for (const { child, key, node } of next) {
    const current = node ?? create(parent, child, key);
    if (current === cursor) cursor = skip(current.nextSibling);
    else parent.insertBefore(current, cursor);
    update(current, child, key, leave);
  }
}

function skip(node: ChildNode | null): ChildNode | null {
  let at = node;
  while (at && leaving.has(at)) at = at.nextSibling;
  return at;
}

function create(parent: Element, child: Child, key: string): ChildNode {
  const made =
    typeof child === 'string'
      ? document.createTextNode(child)
      : child.tag === 'svg' || (parent.namespaceURI === SVG && parent.localName !== 'foreignObject')
        ? document.createElementNS(SVG, child.tag)
        : document.createElement(child.tag);
  kept.set(made, { key, attributes: {} });
  return made;
}

function update(node: ChildNode, child: Child, key: string, leave: (element: Element) => boolean): void {
  if (typeof child === 'string') {
    if (node.nodeValue !== child) node.nodeValue = child;
    return;
  }
  const element = node as Element;
  updateAttributes(element, child, kept.get(element)?.attributes ?? {});
  kept.set(element, { key, attributes: child.attributes });
  patch(element, child.children, leave);
}

/** Only what is described is touched: whether a `details` is open is the reader's. */
function updateAttributes(element: Element, { attributes }: Description, before: Attributes): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(attributes)])) {
    const value = attributes[name];
    if (value === before[name]) continue;
    if (value === undefined || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

import type { Tree, Element as TreeElement } from './tree.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Attributes that belong to the reader, not to the view. */
const KEPT = new Set(['open', 'aria-busy']);

/**
 * Brings the children of a node to what a tree says and leaves alone what is so already: focus, selection, scroll position
 * and what was typed stay. Data gets into the page as text and attribute values only, never as markup.
 */
export function patch(parent: Node, children: readonly Tree[]): void {
  for (const [i, child] of children.entries()) {
    const present = parent.childNodes[i];
    if (present && fits(present, child)) update(present, child);
    else {
      const made = make(child, parent);
      if (present) parent.replaceChild(made, present);
      else parent.appendChild(made);
    }
  }
  while (parent.childNodes.length > children.length) parent.lastChild!.remove();
}

function fits(node: Node, tree: Tree): boolean {
  if (typeof tree === 'string') return node.nodeType === Node.TEXT_NODE;
  if (!(node instanceof Element) || node.localName.toLowerCase() !== tree.tag.toLowerCase()) return false;
  return node.getAttribute('data-key') === (tree.attributes['data-key'] ?? null);
}

function make(tree: Tree, parent: Node): Node {
  if (typeof tree === 'string') return document.createTextNode(tree);
  const inSvg = tree.tag === 'svg' || (parent instanceof SVGElement && parent.localName !== 'foreignObject');
  const node = inSvg ? document.createElementNS(SVG, tree.tag) : document.createElement(tree.tag);
  update(node, tree);
  return node;
}

function update(node: Node, tree: Tree): void {
  if (typeof tree === 'string') {
    if (node.nodeValue !== tree) node.nodeValue = tree;
    return;
  }
  const element = node as Element;
  for (const { name } of [...element.attributes])
    if (!(name in tree.attributes) && !KEPT.has(name)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(tree.attributes)) {
    const text = value === true ? '' : value;
    if (element.getAttribute(name) !== text && !KEPT.has(name)) element.setAttribute(name, text);
  }
  if (element instanceof HTMLTextAreaElement) fill(element, tree);
  else patch(element, tree.children);
  if (element instanceof HTMLInputElement) {
    if (element.type === 'checkbox' || element.type === 'radio') element.checked = 'checked' in tree.attributes;
    else if (element.value !== element.defaultValue) element.value = element.defaultValue;
  }
  if (element instanceof HTMLOptionElement) element.selected = 'selected' in tree.attributes;
}

/** A text area keeps what is being typed, unless the view has another text for it than before. */
function fill(area: HTMLTextAreaElement, tree: TreeElement): void {
  const text = tree.children.join('');
  if (area.defaultValue === text) return;
  area.defaultValue = text;
  if (area.value !== text) area.value = text;
}

/** A piece of a page as plain data: text, or an element. Shown by a browser and written as HTML from the same value. */
export type Tree = string | Element;

export interface Element {
  readonly tag: string;
  /** Values by name; `true` for an attribute without a value. */
  readonly attributes: Readonly<Record<string, string | true>>;
  readonly children: readonly Tree[];
}

type Value = string | number | boolean | undefined;

/** An element. Attributes that are `undefined` or `false` are left out; adjacent texts become one, empty ones none. */
export function h(
  tag: string,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: (Tree | Tree[])[]
): Element {
  const kept: Record<string, string | true> = {};
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) kept[name] = value === true ? true : String(value);
  return { tag, attributes: kept, children: joined(children.flat()) };
}

/** Text nodes as a browser has them after reading HTML: none empty, no two beside each other. */
export function joined(children: readonly Tree[]): Tree[] {
  const result: Tree[] = [];
  for (const child of children) {
    const last = result.at(-1);
    if (child === '') continue;
    if (typeof child === 'string' && typeof last === 'string') result[result.length - 1] = last + child;
    else result.push(child);
  }
  return result;
}

const VOID = new Set(['input', 'br', 'hr', 'img']);
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}

/** HTML that a browser reads back as this very tree. */
export function toHtml(tree: Tree): string {
  if (typeof tree === 'string') return escapeHtml(tree);
  const attributes = Object.entries(tree.attributes)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`))
    .join('');
  if (VOID.has(tree.tag)) return `<${tree.tag}${attributes}>`;
  // A line break right after the start tag of these is dropped by the parser.
  const first = /^(?:textarea|pre)$/.test(tree.tag) ? '\n' : '';
  return `<${tree.tag}${attributes}>${first}${tree.children.map(toHtml).join('')}</${tree.tag}>`;
}

/** What a reader hears or copies of it: the text alone. */
export function toText(tree: Tree | readonly Tree[]): string {
  if (typeof tree === 'string') return tree;
  if ('tag' in tree) return tree.children.map(toText).join('');
  return tree.map(toText).join('');
}

/** A sentence in which `code` between backquotes is set as code. */
export function prose(text: string): Tree[] {
  return joined(text.split('`').map((part, i) => (i % 2 === 1 ? h('code', {}, part) : part)));
}

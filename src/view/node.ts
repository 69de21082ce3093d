/** Attributes of an element; what is undefined or false is not set, true is set without a value. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A description of an element: plain data, made anew for every state and compared with the page by {@link patch}. */
export interface Element {
  readonly tag: string;
  /** What tells it from its siblings, so that it stays the same element when others come and go. */
  readonly key: string | undefined;
  readonly attributes: Attributes;
  readonly children: readonly Node[];
}

/** Text is always text: names come from anyone. */
export type Node = Element | string;

export type Children = readonly (Node | false | undefined | Children)[];

/**
 * Describes an element. Classes follow the tag: `li.card`. The attribute `key` is its key, see {@link Element}.
 */
export function h(tag: string, attributes: Attributes = {}, ...children: Children): Element {
  const [name = tag, ...classes] = tag.split('.');
  const { key, ...own } = attributes;
  return {
    tag: name,
    key: key === undefined ? undefined : String(key),
    attributes: classes.length > 0 ? { class: classes.join(' '), ...own } : own,
    children: flat(children),
  };
}

function flat(children: Children): Node[] {
  return children.flatMap((child): Node[] => {
    if (child === false || child === undefined) return [];
    return Array.isArray(child) ? flat(child as Children) : [child as Node];
  });
}

const BLOCKS = /^(?:section|div|ul|ol|li|dl|dd|dt|p|h\d|table|tr|details|summary|header|pre)$/;

/** What a description reads as: one line for each block. Hidden parts are left out. */
export function textOf(node: Node): string {
  return lines(node)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\s]*/g, '\n')
    .trim();
}

function lines(node: Node): string {
  if (typeof node === 'string') return node;
  const { tag, attributes, children } = node;
  if (attributes['aria-hidden'] === 'true') return '';
  if (tag === 'svg') return `\n${attributes['aria-label'] ?? ''}\n`;
  const inside = children.map(lines).join(' ');
  return BLOCKS.test(tag) ? `\n${inside}\n` : inside;
}

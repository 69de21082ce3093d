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

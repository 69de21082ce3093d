import type { Node } from '../../src/view/node.ts';

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

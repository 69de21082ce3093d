import { fences } from './fences.ts';

export interface Heading {
  depth: number;
  /** The heading's words without Markdown's signs. */
  text: string;
  /** Counted from 1. */
  line: number;
}

/** ATX headings of a Markdown text, outside of fences. Source: CommonMark 0.31, section 4.2. */
export function headings(text: string): Heading[] {
  const hidden = new Set<number>();
  for (const { line, endLine } of fences(text)) for (let l = line; l <= endLine; l += 1) hidden.add(l);
  return text.split('\n').flatMap((content, i) => {
    const match = hidden.has(i + 1) ? null : /^(#{1,6}) +(.+?)(?: +#+)? *$/.exec(content);
    return match ? [{ depth: match[1]!.length, text: plainText(match[2]!), line: i + 1 }] : [];
  });
}

/** Inline Markdown as the words a reader sees. */
function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/`([^`]*)`/g, '$1')
    .replace(/(\*\*|__)(.+?)\1/g, '$2')
    .replace(/(^|\W)[*_](\S.*?)[*_](?=\W|$)/g, '$1$2')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

import { pageParts } from '../markdown/examples.ts';
import { fences, metaFlag } from '../markdown/fences.ts';

/** A part of a page as a browser gets it. */
export type LivePart =
  | { readonly file: string; readonly content: string }
  | {
      /** Which of the console examples that the page shows, from 0; -1 for one that only prepares. */
      readonly example: number;
      readonly unordered: boolean;
      readonly steps: readonly { readonly command: string; readonly output: string }[];
    };

/** What of a page runs, in order. */
export type LivePage = readonly LivePart[];

/** The parts of a page's text that run, numbered as the page shows them. */
export function livePage(text: string): LivePage {
  const shown = fences(text)
    .map((fence, index) => ({ fence, index }))
    .filter(({ fence }) => fence.lang === 'console' && !metaFlag(fence.meta, 'setup'))
    .map(({ index }) => index);
  return pageParts(text).map((part) =>
    'file' in part ? part : { example: shown.indexOf(part.index), unordered: part.unordered, steps: part.steps },
  );
}

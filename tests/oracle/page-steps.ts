import { readFileSync } from 'node:fs';
import { type ConsoleStep, parseConsole } from '../../src/markdown/console.ts';
import { type Fence, fences, metaFlag, metaValue } from '../../src/markdown/fences.ts';

/** What a reader of a page does, from top to bottom: puts a file into the folder, or types the commands of an example. */
export type PagePart =
  | { readonly file: string; readonly content: string }
  | { readonly fence: Fence; readonly index: number; readonly steps: ConsoleStep[] };

/** Commands after which a reader waits a moment longer than a test does: what has been started gets time to listen. */
export const STARTS_SOMETHING =
  /\bdocker (?:container )?(?:run -d|start|restart|compose up|service create|stack deploy)/;

/** The file of the lab folder that a fence stands for, if it does. */
function labFile(fence: Fence): string | undefined {
  const title = metaValue(fence.meta, 'title');
  return title && fence.lang !== 'console' && !title.startsWith('/') && !metaFlag(fence.meta, 'sketch')
    ? title
    : undefined;
}

/** A file's content as an example's reader has it: without the lines a diff removes. */
function fileContent(fence: Fence): string {
  if (fence.lang !== 'diff') return fence.code;
  return fence.code
    .split('\n')
    .filter((line) => !line.startsWith('-'))
    .map((line) => line.slice(1))
    .join('\n');
}

/** The parts of a page that run, in order. */
export function pageParts(path: string): PagePart[] {
  return fences(readFileSync(path, 'utf8')).flatMap((fence, index): PagePart[] => {
    const file = labFile(fence);
    if (file) return [{ file, content: fileContent(fence) }];
    if (fence.lang !== 'console' || metaValue(fence.meta, 'norun') !== undefined) return [];
    return [{ fence, index, steps: parseConsole(fence.code) }];
  });
}

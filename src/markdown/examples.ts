import { type ConsoleStep, parseConsole } from './console.ts';
import { type Fence, fences, metaFlag, metaValue } from './fences.ts';

/** A file that a reader of a page has in the folder: a fence with a title. */
export interface ExampleFile {
  readonly file: string;
  readonly content: string;
}

/** The commands of a console fence with what they print. */
export interface Example {
  readonly fence: Fence;
  /** Which of the page's fences it is, all languages counted, from 0. */
  readonly index: number;
  readonly steps: ConsoleStep[];
  /** Lines of output may come in any order. */
  readonly unordered: boolean;
  /** Prepares what follows, and is not shown. */
  readonly hidden: boolean;
}

/** What a reader of a page does, from top to bottom. */
export type PagePart = ExampleFile | Example;

/** Commands after which a reader waits a moment longer than a program does: what has been started gets time to listen. */
export const STARTS_SOMETHING =
  /\bdocker (?:container )?(?:run -d|start|restart|compose up|service create|stack deploy)/;

/** The file of the lab folder that a fence stands for, if it does. */
function labFile({ lang, meta }: Fence): string | undefined {
  const title = metaValue(meta, 'title');
  return title && lang !== 'console' && !title.startsWith('/') && !metaFlag(meta, 'sketch') ? title : undefined;
}

/** A file's content as an example's reader has it: without the lines a diff removes. */
function fileContent({ lang, code }: Fence): string {
  if (lang !== 'diff') return code;
  return code
    .split('\n')
    .filter((line) => !line.startsWith('-'))
    .map((line) => line.slice(1))
    .join('\n');
}

/** The parts of a page that run, in order. */
export function pageParts(text: string): PagePart[] {
  return fences(text).flatMap((fence, index): PagePart[] => {
    const file = labFile(fence);
    if (file) return [{ file, content: fileContent(fence) }];
    if (fence.lang !== 'console' || metaValue(fence.meta, 'norun') !== undefined) return [];
    const flags = { unordered: metaFlag(fence.meta, 'unordered'), hidden: metaFlag(fence.meta, 'setup') };
    return [{ fence, index, steps: parseConsole(fence.code), ...flags }];
  });
}

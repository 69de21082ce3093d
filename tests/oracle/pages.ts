import { globSync, readFileSync } from 'node:fs';
import { encode } from '../../src/engine/bytes.ts';
import { dirname, resolve } from '../../src/engine/files/path.ts';
import { addHandbookImages } from '../../src/images/handbook.ts';
import { agrees } from '../../src/markdown/agreement.ts';
import { pageParts, STARTS_SOMETHING } from '../../src/markdown/examples.ts';
import { createSession, type Session } from '../../src/session/session.ts';

const LAB = '/root/lab';
const MOMENT = 1000;

export interface PageDifference {
  readonly line: number;
  readonly command: string;
  readonly printed: string;
  readonly answered: string;
}

export interface PageComparison {
  readonly total: number;
  readonly differences: readonly PageDifference[];
}

/** The pages of the handbook, by their path below the language's folder. */
export function pageSlugs(): string[] {
  return globSync('content/docs/en/**/*.mdx')
    .map((file) => file.slice('content/docs/en/'.length, -'.mdx'.length))
    .sort();
}

/** Runs the examples of a page on the model and holds its answers against what is printed. */
export async function comparePage(language: string, slug: string): Promise<PageComparison> {
  const session = createSession({ hostname: 'vm', images: addHandbookImages });
  const differences: PageDifference[] = [];
  let total = 0;
  for (const part of pageParts(readFileSync(`content/docs/${language}/${slug}.mdx`, 'utf8'))) {
    if ('file' in part) {
      writeFile(session, part.file, part.content);
      continue;
    }
    for (const { command, output } of part.steps) {
      total += 1;
      const answered = await answer(session, command);
      if (!agrees(output, answered, part.unordered))
        differences.push({ line: part.fence.line, command, printed: output, answered });
    }
  }
  return { total, differences };
}

function writeFile(session: Session, path: string, content: string): void {
  const files = session.engine.hostFiles();
  const target = resolve(LAB, encode(path));
  files.mkdirs(dirname(target));
  files.write(target, encode(`${content}\n`));
}

/** Both outputs in the order in which they came, as a terminal shows them. */
async function answer(session: Session, command: string): Promise<string> {
  let text = '';
  try {
    await session.run(command, (_stream, part) => {
      text += part;
    });
    if (STARTS_SOMETHING.test(command)) await session.engine.scheduler.advance(MOMENT);
  } catch (error) {
    text += `internal error: ${error instanceof Error ? error.stack : error}`;
  }
  return text.trimEnd();
}

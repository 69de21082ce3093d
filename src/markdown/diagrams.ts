import { createHash } from 'node:crypto';

/** Where rendered diagrams are kept, relative to the project. */
export const DIAGRAM_FOLDER = 'content/diagrams';

/** Raised when the way diagrams are drawn changes, so that all are rendered anew. */
const DRAWING_VERSION = 1;

/** The name under which a diagram's SVG is kept: it changes with the source, so a stale picture cannot be placed. */
export function diagramKey(source: string): string {
  return createHash('sha256').update(`${DRAWING_VERSION}\n${source.trim()}`).digest('hex').slice(0, 12);
}

/** Title and description that a diagram's source carries for those who do not see it. */
export function diagramTexts(source: string): { title?: string | undefined; description?: string | undefined } {
  const read = (word: string) => new RegExp(`^\\s*${word}\\s*:\\s*(.+)$`, 'm').exec(source)?.[1]?.trim();
  return { title: read('accTitle'), description: read('accDescr') };
}

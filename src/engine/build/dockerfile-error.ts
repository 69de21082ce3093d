/** Lines of a Dockerfile, both ends included; the first line is 1. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * A Dockerfile that can't be built. `locations` are the places that BuildKit shows under the message, the outermost first;
 * each is printed as an excerpt of its own.
 */
export class DockerfileError extends Error {
  readonly locations: readonly (readonly Range[])[];
  /** What is repeated of the vertex that failed, when one had begun. */
  readonly block: string = '';

  constructor(message: string, ...locations: readonly (readonly Range[])[]) {
    super(message);
    this.locations = locations;
  }
}

/** The error with a location, unless it has one already or is none of the Dockerfile. */
export function located(error: unknown, location: readonly Range[]): unknown {
  if (!(error instanceof DockerfileError)) return error;
  if (error.locations.length > 0) return error;
  return Object.assign(new DockerfileError(error.message, location), { block: error.block });
}

/** Runs something whose errors belong to a place of the Dockerfile. */
export function at<T>(location: readonly Range[], run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw located(error, location);
  }
}

/**
 * The lines of a source around a location, those of the location marked, as BuildKit prints them (solver/errdefs,
 * Source.Print). Empty when the location lies outside.
 */
export function excerpt(source: string, filename: string, location: readonly Range[]): string {
  const lines = source.split('\n');
  if (location.length === 0) return '';
  const first = Math.min(...location.map(({ start }) => start));
  let end = Math.min(Math.max(...location.map(({ end: last }) => last)), lines.length);
  let start = first;
  if (start > lines.length || start < 1) return '';
  const padding = end === start ? 4 : 2;
  for (let added = 0; added < padding; added += 1) {
    if (start > 1) {
      start -= 1;
      added += 1;
    }
    if (end !== lines.length) {
      end += 1;
      added += 1;
    }
  }
  let text = `${filename}:${first}\n--------------------\n`;
  for (let line = start; line <= end; line += 1) {
    const marked = location.some((range) => line >= range.start && line <= range.end);
    text += ` ${String(line).padStart(3)} | ${marked ? '>>>' : '   '} ${lines[line - 1]}\n`;
  }
  return `${text}--------------------\n`;
}

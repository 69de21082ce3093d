import { argumentsOf, splitCommand } from './arguments.ts';
import { DockerfileError, type Range } from './dockerfile-error.ts';
import { chompHeredoc, type Heredoc, heredocsOf } from './heredoc.ts';

/**
 * One instruction of a Dockerfile as BuildKit's parser sees it (frontend/dockerfile/parser). We don't use the package
 * dockerfile-ast: its tree serves editors, knows no here-documents of COPY, and neither its line ranges nor its messages
 * are BuildKit's, which are what the engine prints.
 */
export interface Node {
  /** The instruction as it was written: `FROM`, `from`. */
  readonly instruction: string;
  /** The whole line, continuation lines joined. */
  readonly original: string;
  readonly flags: readonly string[];
  readonly args: readonly string[];
  /** The arguments were a JSON array. */
  readonly json: boolean;
  /** The instruction that an ONBUILD holds. */
  readonly trigger?: Node;
  readonly location: readonly Range[];
  /** Comments right above. */
  readonly comments: readonly string[];
  readonly heredocs: readonly Heredoc[];
}

export interface Dockerfile {
  readonly nodes: readonly Node[];
  readonly escapeToken: string;
  /** Lines after empty continuation lines, which will become errors. */
  readonly emptyContinuations: readonly number[];
}

const DIRECTIVE = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/;
const DIRECTIVES = new Set(['escape', 'syntax', 'check']);
const HEREDOC_INSTRUCTIONS = new Set(['ADD', 'COPY', 'RUN']);

/** Lines with their ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The parser directives at the beginning (`# syntax=…`): names in lower case, values. */
export function directives(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of linesOf(text.replace(/^\uFEFF/, ''))) {
    const match = DIRECTIVE.exec(line.trim());
    const name = match?.[1]?.toLowerCase();
    if (!match || !name || !DIRECTIVES.has(name)) break;
    found.set(name, match[2]!);
  }
  return found;
}

const isComment = (line: string) => /^\s*#/.test(line);

/** Reads a Dockerfile. Throws {@link DockerfileError}. */
export function parseDockerfile(text: string): Dockerfile {
  const lines = linesOf(text.replace(/^\uFEFF/, ''));
  const nodes: Node[] = [];
  const emptyContinuations: number[] = [];
  const seen = new Set<string>();
  let escapeToken = '\\';
  let directivesOver = false;
  let comments: string[] = [];
  let at = 0;

  /** Whether the line is a parser directive; takes its effect. */
  const directive = (line: string): boolean => {
    if (directivesOver) return false;
    const [, name = '', value = ''] = DIRECTIVE.exec(line) ?? [];
    const key = name.toLowerCase();
    if (!DIRECTIVES.has(key)) {
      directivesOver = true;
      return false;
    }
    if (seen.has(key))
      throw new DockerfileError(`only one ${key} parser directive can be used`, [{ start: at - 1, end: at - 1 }]);
    seen.add(key);
    if (key !== 'escape') return true;
    if (value !== '`' && value !== '\\')
      throw new DockerfileError(`invalid escape token '${value}' does not match \` or \\`, [
        { start: at - 1, end: at - 1 },
      ]);
    escapeToken = value;
    return true;
  };
  const continued = (line: string): string | undefined => {
    const pattern = escapeToken === '\\' ? /([^\\])\\[ \t]*$|^\\[ \t]*$/ : /([^`])`[ \t]*$|^`[ \t]*$/;
    return pattern.test(line) ? line.replace(pattern, '$1') : undefined;
  };

  while (at < lines.length) {
    const raw = lines[at]!;
    if (isComment(raw)) {
      const comment = raw.trim().slice(1).trim();
      if (comment === '') comments = [];
      else comments.push(comment);
    }
    let line = raw.replace(/[\r\n]+$/, '').trimStart();
    at += 1;
    if (directive(line)) comments.pop();
    const start = at;
    if (isComment(line)) line = '';
    let more = continued(line);
    if (more === undefined && line === '') continue;
    let text = more ?? line;
    let empty = false;
    while (more !== undefined && at < lines.length) {
      const next = lines[at]!.replace(/[\r\n]+$/, '');
      at += 1;
      if (isComment(next)) continue;
      if (next.trim() === '') {
        empty = true;
        continue;
      }
      more = continued(next);
      text += more ?? next;
    }
    if (empty) emptyContinuations.push(at);
    const location = () => [{ start, end: at }];
    const node = parseLine(text, escapeToken, location(), comments);
    const heredocs: Heredoc[] = [];
    const holder = node.trigger ?? node;
    if (HEREDOC_INSTRUCTIONS.has(holder.instruction.toUpperCase()) && !holder.json && text.includes('<<')) {
      for (const heredoc of heredocsOf(text)) {
        let content = '';
        let ended = false;
        while (!ended && at < lines.length) {
          const next = lines[at]!;
          at += 1;
          const bare = next.replace(/[\r\n]+$/, '');
          ended = (heredoc.chomp ? bare.replace(/^\t+/, '') : bare) === heredoc.name;
          if (!ended) content += next;
        }
        if (!ended) throw new DockerfileError('unterminated heredoc', location());
        heredocs.push({ ...heredoc, content });
      }
    }
    nodes.push({ ...node, location: location(), heredocs });
    comments = [];
  }
  if (nodes.length === 0) throw new DockerfileError('file with no instructions', [{ start: at, end: at }]);
  return { nodes, escapeToken, emptyContinuations };
}

function parseLine(line: string, escapeToken: string, location: readonly Range[], comments: readonly string[]): Node {
  const { instruction, flags, rest } = splitCommand(line);
  const base = { instruction, original: line, flags, location, comments, heredocs: [] };
  if (instruction.toUpperCase() === 'ONBUILD' && rest !== '')
    return { ...base, args: [], json: false, trigger: parseLine(rest, escapeToken, location, []) };
  try {
    return { ...base, ...argumentsOf(instruction, rest, escapeToken) };
  } catch (error) {
    throw error instanceof DockerfileError ? new DockerfileError(error.message, location) : error;
  }
}

/** The text of a document as an instruction uses it. */
export function heredocText({ content, chomp }: Heredoc): string {
  return chomp ? chompHeredoc(content) : content;
}

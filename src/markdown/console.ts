/**
 * The notation of `console` fences: a line that begins with `$ ` starts a command, lines that begin
 * with `> ` right after it continue it, everything else is output of the command before.
 */
export interface ConsoleStep {
  /** The command, its lines joined by newlines, without prompts. */
  command: string;
  /** What is printed after it, without a newline at the end; `''` when nothing is. */
  output: string;
}

export type ConsoleLine = 'command' | 'continuation' | 'output';

/** What each line of a console fence is, in order. */
export function classifyLines(lines: string[]): ConsoleLine[] {
  let open = false;
  return lines.map((line) => {
    if (line.startsWith('$ ')) {
      open = true;
      return 'command';
    }
    if (open && (line.startsWith('> ') || line === '>')) return 'continuation';
    open = false;
    return 'output';
  });
}

/** Commands of a console fence with their printed output. Output before the first command is an error of the author. */
export function parseConsole(code: string): ConsoleStep[] {
  const lines = code.split('\n');
  const kinds = classifyLines(lines);
  const steps: { command: string[]; output: string[] }[] = [];
  lines.forEach((line, i) => {
    const kind = kinds[i];
    const last = steps.at(-1);
    if (kind === 'command') steps.push({ command: [line.slice(2)], output: [] });
    else if (!last) {
      if (line !== '') throw new Error(`a console fence must begin with "$ ", found "${line}"`);
    } else if (kind === 'continuation') last.command.push(line.slice(2));
    else last.output.push(line);
  });
  return steps.map(({ command, output }) => ({ command: command.join('\n'), output: output.join('\n').trimEnd() }));
}

/** Back to the text of a fence: the inverse of `parseConsole`. */
export function formatConsole(steps: ConsoleStep[]): string {
  return steps
    .map(({ command, output }) => `$ ${command.replaceAll('\n', '\n> ')}${output === '' ? '' : `\n${output}`}`)
    .join('\n');
}

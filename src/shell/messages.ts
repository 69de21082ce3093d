import type { SyntaxProblem } from './lexer.ts';
import type { Flavour, ShellMemory } from './state.ts';

/** What every message of a shell begins with. */
export function prefix(memory: ShellMemory, line = memory.line, command = memory.command): string {
  const { flavour, mode } = memory;
  const name = memory.source && flavour === 'bash' ? memory.source : memory.name;
  const within = command === '' || command === name ? '' : `${command}: `;
  if (flavour === 'dash') return `${name}: ${line}: ${within}`;
  if (flavour === 'bash') return mode === 'prompt' ? `${name}: ` : `${name}: line ${line}: `;
  return mode === 'prompt' ? `${name}: ${within}` : `${name}: ${within}line ${ashLine(memory, line)}: `;
}

/** BusyBox counts the lines of `-c` from 0. */
export function ashLine({ mode }: ShellMemory, line: number): number {
  return mode === 'command' ? line - 1 : line;
}

/** Why a command can't be run, without the shell's name. */
export function notFound({ flavour }: ShellMemory, command: string, reason: string): string {
  if (reason === 'EACCES') return `${command}: Permission denied`;
  if (reason === 'EISDIR') return flavour === 'bash' ? `${command}: Is a directory` : `${command}: Permission denied`;
  if (reason === 'ENOTDIR' && flavour === 'bash') return `${command}: Not a directory`;
  if (reason === 'ENOEXEC')
    return flavour === 'bash'
      ? `${command}: cannot execute binary file: Exec format error`
      : `${command}: Exec format error`;
  if (command.includes('/') && flavour === 'bash') return `${command}: No such file or directory`;
  return flavour === 'bash' ? `${command}: command not found` : `${command}: not found`;
}

/** A word as `set -x` shows it. */
export function traceWord(word: string, flavour: Flavour): string {
  if (flavour === 'dash') return word;
  if (word === '') return flavour === 'bash' ? "''" : '';
  const plain = flavour === 'bash' ? /^[\w@%+=:,./^{}#~-]+$/ : /^[\w@%+=:,./^{}\]~-]+$/;
  return plain.test(word) ? word : `'${word.replaceAll("'", flavour === 'bash' ? "'\\''" : `'"'"'`)}'`;
}

/** A syntax error as the shell reports it, whole lines. */
export function syntaxMessage(
  memory: ShellMemory,
  problem: SyntaxProblem,
  script: { readonly text: string; readonly at: number; readonly line: number; readonly kind: string },
): string {
  const { flavour } = memory;
  if (flavour === 'bash') {
    const first = script.line - script.text.slice(0, script.at).split('\n').length + 1;
    return bashSyntaxMessage(memory, problem, { ...script, line: first });
  }
  const token = problem.token === '\n' ? 'newline' : problem.token;
  const expecting = problem.expecting && problem.token !== 'quote' ? ` (expecting "${problem.expecting}")` : '';
  const where = prefix(memory, problem.line);
  if (flavour === 'dash') {
    if (problem.token === 'quote') return `${where}Syntax error: ${unterminated(problem.expecting)}\n`;
    return `${where}Syntax error: ${named(token)} unexpected${expecting}\n`;
  }
  if (problem.token === 'quote' && problem.expecting === ')')
    return `${where}syntax error: unexpected end of file (expecting ")")\n`;
  if (problem.token === 'quote') {
    const what = unterminated(problem.expecting);
    return `${where}syntax error: ${what.startsWith('EOF') ? what : what.toLowerCase()}\n`;
  }
  return `${where}syntax error: unexpected ${named(token)}${expecting}\n`;
}

/** A token as the small shells name it. */
function named(token: string): string {
  if (token === 'end') return 'end of file';
  return token === 'newline' || token === 'word' ? token : `"${token}"`;
}

function unterminated(closer: string): string {
  if (closer === '`') return 'EOF in backquote substitution';
  if (closer === ')') return 'end of file unexpected (expecting ")")';
  if (closer === '}') return "Missing '}'";
  return 'Unterminated quoted string';
}

function bashSyntaxMessage(
  memory: ShellMemory,
  problem: SyntaxProblem,
  { text, line: first, kind }: { readonly text: string; readonly line: number; readonly kind: string },
): string {
  const name = memory.source || memory.name;
  const through = kind === '-c' || kind === 'eval' ? `${kind}: ` : '';
  const where = (line: number) => `${name}: ${through}line ${line}: `;
  if (problem.token === 'quote')
    return `${where(problem.line)}unexpected EOF while looking for matching \`${problem.expecting}'\n`;
  if (problem.token === 'end') {
    const { within } = problem;
    const from = within ? ` from \`${within.word}' command on line ${within.line}` : '';
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    return `${where(first + lines)}syntax error: unexpected end of file${from}\n`;
  }
  const token = problem.token === '\n' ? 'newline' : problem.token;
  const source = text.split('\n')[problem.line - first] ?? '';
  return `${where(problem.line)}syntax error near unexpected token \`${token}'\n${where(problem.line)}\`${source}'\n`;
}

import type { SyntaxProblem } from './lexer.ts';
import type { ShellMemory } from './state.ts';

/** What every message of a shell begins with. */
export function prefix({ flavour, name, interactive }: ShellMemory, line: number): string {
  if (interactive) return flavour === 'dash' ? `${name}: ${line}: ` : `${name}: `;
  if (flavour === 'ash') return `${name}: line ${line}: `;
  return flavour === 'dash' ? `${name}: ${line}: ` : `${name}: line ${line}: `;
}

export function notFound({ flavour }: ShellMemory, command: string, reason: string): string {
  if (reason === 'EACCES') return `${command}: Permission denied`;
  if (reason === 'EISDIR') return flavour === 'bash' ? `${command}: Is a directory` : `${command}: Permission denied`;
  if (reason === 'ENOEXEC')
    return flavour === 'bash'
      ? `${command}: cannot execute binary file: Exec format error`
      : `${command}: Exec format error`;
  if (command.includes('/') && flavour === 'bash') return `${command}: No such file or directory`;
  return flavour === 'bash' ? `${command}: command not found` : `${command}: not found`;
}

/** A syntax error as the shell reports it, whole lines. */
export function syntaxMessage(
  memory: ShellMemory,
  problem: SyntaxProblem,
  text: string,
  inArgument: boolean,
  line: number,
): string {
  const { flavour, name } = memory;
  const token = problem.token === '\n' ? 'newline' : problem.token;
  if (flavour === 'bash') {
    const where = inArgument ? `${name}: -c: line ${problem.line}: ` : prefix(memory, problem.line);
    if (problem.token === 'end')
      return `${where.replace(/line \d+/, `line ${problem.line + 1}`)}syntax error: unexpected end of file\n`;
    if (problem.token === 'quote') return `${where}unexpected EOF while looking for matching \`"'\n`;
    const source = text.split('\n')[problem.line - 1] ?? '';
    return `${where}syntax error near unexpected token \`${token}'\n${where}\`${source}'\n`;
  }
  if (flavour === 'dash') {
    const what =
      problem.token === 'quote'
        ? 'Unterminated quoted string'
        : `${problem.token === 'end' ? 'end of file' : problem.token === '\n' ? 'newline' : `"${token}"`} unexpected`;
    const expecting = problem.expecting ? ` (expecting "${problem.expecting}")` : '';
    return `${prefix(memory, line)}Syntax error: ${what}${expecting}\n`;
  }
  if (problem.token === 'quote') return `${prefix(memory, line)}syntax error: unterminated quoted string\n`;
  const what =
    problem.token === 'end'
      ? 'unexpected end of file'
      : problem.token === '\n'
        ? 'unexpected newline'
        : `unexpected "${token}"`;
  return `${prefix(memory, line)}syntax error: ${what}${problem.expecting ? ` (expecting "${problem.expecting}")` : ''}\n`;
}

import type { Kernel, Outcome } from '../engine/process/program.ts';
import type { Frame } from './frames.ts';
import { STREAMS } from './io.ts';
import { SyntaxProblem } from './lexer.ts';
import type { Machine } from './machine.ts';
import { prefix, syntaxMessage } from './messages.ts';
import { type ParsedLine, parseLine } from './parser.ts';
import { END_OF_COMMAND, forgiving, type ShellMemory } from './state.ts';

/** Command lines that a shell remembers. */
const HISTORY = 500;

/** Parses the next command line of a script and puts it on the stack; takes the script off when there is none. */
export function nextScriptLine(machine: Machine, frame: Frame & { f: 'script' }): void {
  const { memory } = machine;
  let parsed: ParsedLine | undefined;
  try {
    parsed = parseLine(frame.text, frame.at, frame.line, memory.flavour);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    machine.write(2, syntaxMessage(memory, error, frame));
    memory.status = 2;
    if (machine.bash && (frame.kind === 'eval' || frame.kind === 'trap' || forgiving(memory))) machine.pop();
    else if (forgiving(memory)) machine.discard(2);
    else machine.unwind({ to: 'exit', status: 2 });
    return;
  }
  if (!parsed) {
    machine.pop();
    return;
  }
  warn(machine, parsed);
  machine.swap({ ...frame, at: parsed.at, line: parsed.line });
  if (memory.env.options.includes('n') && !forgiving(memory)) return;
  const last = frame.text.slice(parsed.at).trim() === '';
  machine.body(parsed.list, frame.tested, frame.tail && last);
}

function warn(machine: Machine, { unended, line }: ParsedLine): void {
  if (!machine.bash) return;
  for (const { line: begin, delimiter } of unended)
    machine.write(
      2,
      `${prefix(machine.memory, line)}warning: here-document at line ${begin} delimited by end-of-file (wanted \`${delimiter}')\n`,
    );
}

/** Takes the next command line from input. */
export function nextCommandLine(machine: Machine): Outcome | undefined {
  const { memory, kernel } = machine;
  if (memory.mode === 'session') return nextOfSession(machine);
  ask(machine);
  const { data, end } = kernel.input();
  const text = memory.typed + data;
  memory.typed = '';
  if (text === '' && end) {
    machine.pop();
    return undefined;
  }
  for (let cut = text.indexOf('\n') + 1; cut > 0 || end; cut = text.indexOf('\n', cut) + 1) {
    const whole = cut === 0 ? text : text.slice(0, cut);
    try {
      const parsed = parseLine(whole, 0, memory.nextLine, memory.flavour);
      if (!parsed && cut === 0) {
        machine.pop();
        return undefined;
      }
      if (!parsed) continue;
      if (parsed.unended.length > 0 && cut !== 0) continue;
      warn(machine, parsed);
      memory.nextLine = parsed.line;
      const rest = whole.slice(parsed.at) + (cut === 0 ? '' : text.slice(cut));
      // bash reads no further than the line; the small shells take what there is, and leave nothing for `read`.
      if (machine.bash || memory.mode === 'prompt') kernel.putBack(rest);
      else memory.typed = rest;
      memory.history = [...memory.history, whole.slice(0, parsed.at).trimEnd()];
      memory.prompted = false;
      machine.body(parsed.list, false);
      return undefined;
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      if (error.incomplete && cut !== 0) continue;
      machine.write(2, syntaxMessage(memory, error, { text: whole, at: 0, line: memory.nextLine, kind: 'file' }));
      memory.status = 2;
      memory.prompted = false;
      memory.nextLine += whole.split('\n').length - 1;
      if (cut === 0 || !forgiving(memory)) machine.unwind({ to: 'exit', status: 2 });
      else memory.typed = text.slice(cut);
      return undefined;
    }
  }
  memory.typed = text;
  if (data !== '' && memory.mode === 'prompt' && kernel.terminal.stdin) machine.write(2, '> ');
  return { wait: { input: true } };
}

/** Asks for a command, once for each, where there is somebody who types. */
function ask(machine: Machine): void {
  const { memory, kernel } = machine;
  if (memory.mode !== 'prompt' || memory.prompted || !kernel.terminal.stdin) return;
  const user = userName(kernel);
  machine.write(2, prompt(memory, user, kernel.hostname));
  memory.prompted = true;
}

function userName(kernel: Kernel): string {
  const { uid } = kernel.credentials;
  if (!kernel.files.exists('/etc/passwd')) return 'I have no name!';
  const lines = kernel.files.read('/etc/passwd').split('\n');
  return lines.map((line) => line.split(':')).find(([, , id]) => id === String(uid))?.[0] ?? 'I have no name!';
}

function nextOfSession(machine: Machine): Outcome | undefined {
  const { memory, kernel } = machine;
  memory.answered = memory.asked;
  // Commands that nobody types have nothing to read.
  const input = kernel.terminal.stdin ? STREAMS[0]! : { to: 'nowhere' as const };
  machine.change({ fds: { ...memory.env.fds, ...STREAMS, 0: input } });
  const { data, end } = kernel.input();
  const text = memory.typed + data;
  const cut = text.indexOf(END_OF_COMMAND);
  memory.typed = cut < 0 ? text : '';
  if (cut < 0) {
    if (end && kernel.terminal.stdin) kernel.reopenInput();
    else if (end) {
      machine.pop();
      return undefined;
    }
    return { wait: { input: true } };
  }
  kernel.putBack(text.slice(cut + 1));
  memory.asked += 1;
  const command = text.slice(0, cut);
  memory.history = [...memory.history.slice(-HISTORY), command];
  memory.line = memory.nextLine;
  memory.nextLine += 1;
  machine.script(command, 'eval');
  return undefined;
}

/** What an interactive shell asks with. */
function prompt(memory: ShellMemory, user: string, hostname: string): string {
  const { cwd, vars } = memory.env;
  const home = vars['HOME']?.value;
  const folder =
    home && home !== '/' && (cwd === home || cwd.startsWith(`${home}/`)) ? `~${cwd.slice(home.length)}` : cwd;
  const sign = user === 'root' ? '#' : '$';
  if (memory.flavour === 'bash') return `${user}@${hostname}:${folder}${sign} `;
  return memory.flavour === 'dash' ? `${sign} ` : `${folder} ${sign} `;
}

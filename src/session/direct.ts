import { encode } from '../engine/bytes.ts';
import type { Engine } from '../engine/engine.ts';
import { findCommand } from '../engine/process/exec.ts';
import { commandEnvironment } from '../shell/environment.ts';
import type { ShellMemory } from '../shell/state.ts';

/** Command lines that the shell remembers. */
const HISTORY = 500;

/** A word without anything that a shell would act on, or in quotes that hold nothing such. */
const WORD = /^(?:[\w.:/@%+=,-]+|'[^'\n]*'|"[^"$`\\!\n]*")+/;
const PIECE = /[\w.:/@%+=,-]+|'([^']*)'|"([^"]*)"/g;

/**
 * The words of a line that is nothing but a call of docker, so that no shell is needed to understand it; nothing for
 * any other line.
 */
export function dockerWords(line: string): string[] | undefined {
  let rest = line.trim();
  if (!rest.startsWith('docker') || rest.includes('\n')) return undefined;
  const words: string[] = [];
  while (rest !== '') {
    const source = WORD.exec(rest)?.[0];
    if (source === undefined) return undefined;
    words.push(source.replace(PIECE, (piece, single?: string, double?: string) => single ?? double ?? piece));
    rest = rest.slice(source.length);
    if (rest !== '' && !/^[ \t]/.test(rest)) return undefined;
    rest = rest.trimStart();
  }
  return words[0] === 'docker' ? words : undefined;
}

/** Starts the client as a child of the host's shell, as that would do itself; nothing when the shell has other ideas of `docker`. */
export function startDocker(engine: Engine, shell: number, line: string, words: readonly string[]): number | undefined {
  const parent = engine.state.processes.get(String(shell));
  const memory = parent?.memory as ShellMemory | undefined;
  if (!parent || (memory && memory.stack.length !== 1)) return undefined;
  const env = memory?.env;
  if (env?.functions['docker'] || env?.options.includes('x')) return undefined;
  // A shell that has not begun yet has what it was started with.
  const environment = env ? commandEnvironment(env, 'bash') : { ...parent.environment };
  const cwd = env?.cwd ?? parent.cwd;
  const found = findCommand(engine.hostFiles(), 'docker', environment['PATH'], engine.programs, cwd);
  if ('status' in found || found.programName !== 'docker') return undefined;
  if (memory) {
    const history = [...memory.history.slice(-HISTORY), encode(line)];
    engine.state.processes.update(String(shell), { memory: { ...memory, history } });
  }
  const { container, credentials, mounts, tty, session, pidns, uts, netns } = parent;
  return engine.scheduler.start({
    ...{ container, credentials, mounts, tty, session, pidns, uts, netns, parent: shell, environment, cwd },
    ...{ argv: words.map(encode), executable: found.path, program: found.programName },
    // At a terminal it may be typed into.
    ...{ inheritsInput: tty, inputEnded: !tty },
  }).pid;
}

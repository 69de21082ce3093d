import type { StreamTarget } from '../engine/process/process.ts';
import { BrokenPipe, type Executable, type NotFound, type Outcome, OutOfMemory } from '../engine/process/program.ts';
import { noMoreProcesses, retryLater } from './background.ts';
import { commandEnvironment } from './environment.ts';
import { quietly } from './io.ts';
import type { Machine } from './machine.ts';
import { notFound, prefix } from './messages.ts';
import { type Descriptor, type Descriptors, forgiving, type Job } from './state.ts';
import { commandText } from './text.ts';

/** Runs a program: in the shell's own process when it never waits, as a child, or in the shell's place. */
export async function runExternal(
  machine: Machine,
  argv: readonly string[],
  assigned: ReadonlyMap<string, string>,
  fds: Descriptors,
  tail: boolean,
  exec = false,
): Promise<Outcome | undefined> {
  const { memory, kernel } = machine;
  const name = argv[0]!;
  const environment = commandEnvironment(memory.env, memory.flavour, assigned);
  const inner = kernel.within({ environment, cwd: memory.env.cwd });
  const found = inner.find(name);
  if ('status' in found) {
    if (found.reason === 'ENOEXEC' && runScript(machine, argv, found.file!, fds)) return undefined;
    refuse(machine, name, found, fds, exec);
    memory.status = machine.bash && found.file !== undefined ? 126 : found.status;
    memory.stack.pop();
    if (exec && !forgiving(memory)) machine.unwind({ to: 'exit', status: found.status });
    return undefined;
  }
  const inherits = fds[0]?.to === 'stdin' && fds[1]?.to === 'stdout' && fds[2]?.to === 'stderr';
  const inline = found.program.inline && !found.elevation;
  const replaces = !machine.inSubshell() && (exec || (tail && mayReplace(machine, fds)));
  if (machine.bash) {
    // It is a level less again where a command takes the place of bash.
    if (replaces) environment['SHLVL'] = String(Math.max(Number(environment['SHLVL'] ?? 1) - 1, 0));
    environment['_'] = name.includes('/') ? name : found.path;
  }
  if (!inline && replaces) {
    const { stdout, stderr } = streams(fds);
    const { cwd } = memory.env;
    const title = begunInside(machine, found) ? { keepsTitle: true } : {};
    return { replace: found, argv, environment, cwd, ...title, ...(inherits ? {} : { streams: { stdout, stderr } }) };
  }
  // It runs in the shell's own process here, but would be one of its own.
  if (inline && !kernel.mayFork && !(tail && mayReplace(machine, fds))) {
    const later = retryLater(machine);
    if (later) return later;
    memory.stack.pop();
    noMoreProcesses(machine);
    return undefined;
  }
  if (inline) {
    memory.status = await runInline(machine, found, argv, environment, fds, tail);
    memory.stack.pop();
  } else {
    const later = spawnChild(machine, found, argv, environment, fds);
    if (later) return later;
  }
  if (exec) {
    // In a subshell, and for what runs inside the shell: the end of the program is the end of the shell.
    const child = memory.stack.at(-1)?.f === 'child' ? memory.stack.splice(-2) : [];
    if (child.length === 0) machine.unwind({ to: 'exit', status: memory.status });
    else memory.stack.push({ f: 'list', list: EXIT, at: 0, tested: true, tail: false }, ...child);
  }
  return undefined;
}

/** Applets that BusyBox's shell runs in a process that it has forked already, without executing anything. */
const NOEXEC = new Set(['ps']);

function begunInside({ memory }: Machine, { programName, name }: Executable): boolean {
  return memory.flavour === 'ash' && programName === 'busybox' && NOEXEC.has(name);
}

/**
 * Whether the last command takes the shell's place: always in a process of its own in the background; dash keeps itself
 * otherwise, and nobody goes while there are traps.
 */
function mayReplace({ memory, kernel }: Machine, fds: Descriptors): boolean {
  if (Object.keys(memory.env.traps).length > 0) return false;
  if (fds[1]?.to !== 'stdout' || fds[2]?.to !== 'stderr') return false;
  const { inputEnded, input } = kernel.process;
  if (fds[0]?.to === 'nowhere') return inputEnded && input === '' && memory.forked === true;
  return fds[0]?.to === 'stdin' && (memory.flavour !== 'dash' || memory.forked === true);
}

/** `exit`, with the status of the command before. */
const EXIT = {
  k: 'list',
  items: [
    {
      command: {
        k: 'andor',
        first: {
          k: 'pipeline',
          commands: [
            {
              k: 'simple',
              assignments: [],
              words: [[{ t: 'text', s: 'exit', q: false }]],
              redirections: [],
              line: 1,
            },
          ],
          negated: false,
        },
        rest: [],
      },
      background: false,
    },
  ],
} as const;

/** A file without `#!` that may be executed is a script of this shell; false when it is not text. */
function runScript(machine: Machine, argv: readonly string[], file: string, fds: Descriptors): boolean {
  const { memory, kernel } = machine;
  const self = kernel.process.executable;
  const found = kernel
    .within({ cwd: memory.env.cwd, environment: commandEnvironment(memory.env, memory.flavour) })
    .find(self);
  if ('status' in found) return false;
  try {
    const text = kernel.files.read(file);
    const binary = /\0/.test(text.slice(0, 200)) || (memory.flavour !== 'ash' && text.startsWith('\x7fELF'));
    if (binary || text === '') return false;
  } catch {
    return false;
  }
  const script = argv[0]!.includes('/') ? argv[0]! : file;
  spawnChild(
    machine,
    found,
    [memory.name, script, ...argv.slice(1)],
    commandEnvironment(memory.env, memory.flavour),
    fds,
  );
  return true;
}

function refuse(machine: Machine, name: string, { reason, file }: NotFound, fds: Descriptors, exec: boolean): void {
  const { memory } = machine;
  const text = notFound(memory, name, reason);
  if (machine.bash && file !== undefined && reason !== 'ENOEXEC') {
    const [, interpreter = ''] = /^#![ \t]*([^ \t\n]+)/.exec(machine.kernel.files.read(file)) ?? [];
    const why = reason === 'ENOENT' ? 'No such file or directory' : 'Permission denied';
    machine.write(2, `${memory.name}: ${name}: ${interpreter.replace(/\r$/, '^M')}: bad interpreter: ${why}\n`, fds);
  } else if (!exec) machine.complain(text, fds);
  else if (machine.bash) machine.complain(`exec: ${reason === 'ENOENT' ? `${name}: not found` : text}`, fds);
  else quietly(() => machine.write(2, `${prefix(memory, memory.line, 'exec')}${text}\n`, fds));
}

async function runInline(
  machine: Machine,
  found: Executable,
  argv: readonly string[],
  environment: Record<string, string>,
  fds: Descriptors,
  tail: boolean,
): Promise<number> {
  const { memory, kernel } = machine;
  const inner = kernel.within({
    ...{ argv: [...found.prefix, ...argv.slice(found.prefix.length > 0 ? 1 : 0)], environment, cwd: memory.env.cwd },
    input: () => machine.readAll(fds),
    output: (bytes) => machine.write(1, bytes, fds),
    error: (bytes) => machine.write(2, bytes, fds),
    terminal: { stdin: fds[0]?.to === 'stdin' && kernel.tty, stdout: fds[1]?.to === 'stdout' && kernel.tty },
  });
  try {
    const outcome = await found.program.run(inner);
    return 'exit' in outcome ? outcome.exit & 0xff : 0;
  } catch (error) {
    if (error instanceof BrokenPipe) return 128 + 13;
    if (!(error instanceof OutOfMemory)) throw error;
    kernel.outOfMemory();
    if (!tail) machine.died(kernel.pid + 1, 9, argv.join(' '));
    return 128 + 9;
  }
}

function spawnChild(
  machine: Machine,
  found: Executable,
  argv: readonly string[],
  environment: Record<string, string>,
  fds: Descriptors,
): Outcome | undefined {
  const { memory, kernel } = machine;
  const source = fds[0];
  const { stdout, stderr, outputs } = streams(fds);
  const later = kernel.mayFork ? undefined : retryLater(machine);
  if (later) return later;
  memory.forkTries = 0;
  const pid = kernel.spawn(found, {
    ...{ argv, environment, cwd: memory.env.cwd, stdout, stderr },
    ...(machine.inSubshell() && begunInside(machine, found)
      ? { title: kernel.process.title ?? kernel.process.argv }
      : {}),
    ...(source?.to === 'stdin' ? { inheritsInput: true } : { input: machine.readAll(fds) }),
  });
  const frame = memory.stack.pop();
  if (pid < 0) {
    noMoreProcesses(machine);
    return undefined;
  }
  const job: Job = {
    text: frame?.f === 'simple' ? commandText(frame.node) : argv.join(' '),
    ...(outputs ? { outputs } : {}),
    ...(source?.to === 'text' ? { input: source.id } : {}),
    ...(source?.to === 'socket' ? { input: source.received } : {}),
  };
  memory.jobs = { ...memory.jobs, [pid]: job };
  memory.stack.push({ f: 'redirect', fds: memory.env.fds }, { f: 'child', pid });
  return undefined;
}

/** Where a child's outputs go; `outputs` when the shell has to pass on what it collects. */
export function streams(fds: Descriptors): {
  stdout: StreamTarget;
  stderr: StreamTarget;
  outputs?: { stdout: Descriptor; stderr: Descriptor };
} {
  const stdout: Descriptor = fds[1] ?? { to: 'nowhere' };
  const stderr: Descriptor = fds[2] ?? { to: 'nowhere' };
  const collects = [stdout, stderr].some(({ to }) => to === 'buffer' || to === 'socket');
  return { stdout: target(stdout), stderr: target(stderr), ...(collects ? { outputs: { stdout, stderr } } : {}) };
}

function target(descriptor: Descriptor): StreamTarget {
  switch (descriptor.to) {
    case 'stdout':
    case 'stderr':
      return { to: descriptor.to };
    case 'file':
      return descriptor;
    case 'socket':
      return { to: 'collect' };
    case 'buffer':
      return { to: 'collect', ...(descriptor.limit ? { limit: descriptor.limit } : {}) };
    default:
      return { to: 'nowhere' };
  }
}

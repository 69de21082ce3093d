import { FileError } from '../engine/files/errors.ts';
import type { StreamTarget } from '../engine/process/process.ts';
import type { Executable, Outcome } from '../engine/process/program.ts';
import { BrokenPipe, NeedInput } from './io.ts';
import type { Machine } from './machine.ts';
import { notFound } from './messages.ts';
import { type Descriptor, exported } from './state.ts';

/** Runs a program: in the shell's own process when it never waits, as a child, or in the shell's place. */
export async function runExternal(
  machine: Machine,
  argv: readonly string[],
  assigned: ReadonlyMap<string, string>,
  fds: Readonly<Record<number, Descriptor>>,
  tail: boolean,
  exec = false,
): Promise<Outcome | undefined> {
  const { memory, kernel } = machine;
  const name = argv[0]!;
  const environment = { ...exported(memory.env), ...Object.fromEntries(assigned) };
  const inner = kernel.within({ environment, cwd: memory.env.cwd });
  const found = inner.find(name);
  if ('status' in found) {
    // A file without `#!` that may be executed is a script of this shell.
    machine.complain(`${exec ? 'exec: ' : ''}${notFound(memory, name, found.reason)}`, fds);
    memory.status = found.status;
    memory.stack.pop();
    if (exec && !memory.interactive) machine.unwind({ to: 'exit', status: found.status });
    return undefined;
  }
  const inSubshell = memory.stack.some(({ f }) => f === 'subshell' || f === 'capture');
  const plainStreams = fds[0]?.to === 'stdin' && fds[1]?.to === 'stdout' && fds[2]?.to === 'stderr';
  const mayReplace =
    (exec || (tail && memory.mayReplace)) &&
    !inSubshell &&
    (exec || !('EXIT' in memory.env.traps || Object.keys(memory.env.traps).length > 0));
  if (mayReplace && (plainStreams || exec) && !found.program.inline) {
    memory.stack.pop();
    return { replace: found, argv: argv.map(String), environment, cwd: memory.env.cwd, streams: streams(fds) };
  }
  if (found.program.inline) {
    memory.status = await runInline(machine, found, argv, environment, fds);
    memory.stack.pop();
    if (exec) machine.unwind({ to: 'exit', status: memory.status });
    return undefined;
  }
  return spawnChild(machine, found, argv, environment, fds);
}

async function runInline(
  machine: Machine,
  found: Executable,
  argv: readonly string[],
  environment: Record<string, string>,
  fds: Readonly<Record<number, Descriptor>>,
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
    if (error instanceof NeedInput) throw error;
    if (error instanceof BrokenPipe) return 141;
    if (!(error instanceof FileError)) throw error;
    machine.complain(`${argv[0]}: write error: ${error.message}`, fds);
    return 1;
  }
}

function spawnChild(
  machine: Machine,
  found: Executable,
  argv: readonly string[],
  environment: Record<string, string>,
  fds: Readonly<Record<number, Descriptor>>,
): undefined {
  const { memory, kernel } = machine;
  const fromStdin = fds[0]?.to === 'stdin';
  const pid = kernel.spawn(found, {
    argv,
    environment,
    cwd: memory.env.cwd,
    ...(fromStdin ? { inheritsInput: true } : { input: machine.readAll(fds) }),
    ...streams(fds),
  });
  memory.stack.pop();
  if (pid < 0) {
    machine.complain(
      memory.flavour === 'bash'
        ? 'fork: retry: Resource temporarily unavailable'
        : "can't fork: Resource temporarily unavailable",
      fds,
    );
    machine.unwind({ to: 'exit', status: memory.flavour === 'bash' ? 254 : 2 });
    return undefined;
  }
  memory.jobs = { ...memory.jobs, [pid]: undefined };
  memory.stack.push({ f: 'redirect', fds: memory.env.fds });
  memory.env.fds = fds;
  memory.stack.push({ f: 'child', pid });
  return undefined;
}

function streams(fds: Readonly<Record<number, Descriptor>>): { stdout: StreamTarget; stderr: StreamTarget } {
  return { stdout: target(fds[1]), stderr: target(fds[2]) };
}

function target(descriptor: Descriptor | undefined): StreamTarget {
  switch (descriptor?.to) {
    case 'stdout':
    case 'stderr':
      return { to: descriptor.to };
    case 'file':
      return descriptor;
    case 'buffer':
      return { to: 'collect' };
    default:
      return { to: 'nowhere' };
  }
}

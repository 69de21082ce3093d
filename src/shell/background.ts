import type { List } from './ast.ts';
import { streams } from './external.ts';
import type { Machine } from './machine.ts';
import type { ShellMemory } from './state.ts';
import { listText } from './text.ts';

/** Starts a list as a process of its own beside the shell: `… &`. */
export function startBackground(machine: Machine, list: List): void {
  const { memory, kernel } = machine;
  const { stdout, stderr, outputs } = streams(memory.env.fds);
  const child: ShellMemory = {
    ...memory,
    env: {
      ...memory.env,
      traps: {},
      fds: {
        ...memory.env.fds,
        ...{ 0: memory.env.fds[0]?.to === 'text' ? memory.env.fds[0] : { to: 'nowhere' } },
        ...(outputs ? { 1: { to: 'stdout' }, 2: { to: 'stderr' } } : {}),
      },
    },
    ...{
      forked: true,
      jobs: {},
      pendingTraps: [],
      buffers: {},
      mode: forkMode(memory.mode),
      texts: { ...memory.texts },
    },
    stack: [{ f: 'list', list, at: 0, tested: false, tail: true }],
  };
  const pid = kernel.fork(child, { stdout, stderr });
  if (pid < 0) {
    noMoreProcesses(machine);
    return;
  }
  memory.jobs = { ...memory.jobs, [pid]: { text: listText(list), ...(outputs ? { outputs } : {}) } };
  memory.lastBackground = pid;
  memory.status = 0;
}

/** A background process of an interactive shell is not interactive. */
function forkMode(mode: ShellMemory['mode']): ShellMemory['mode'] {
  return mode === 'command' || mode === 'file' ? mode : 'stdin';
}

/** What a shell does when fork(2) is refused. */
export function noMoreProcesses(machine: Machine): void {
  machine.complain(
    machine.bash ? 'fork: retry: Resource temporarily unavailable' : "can't fork: Resource temporarily unavailable",
  );
  machine.unwind({ to: 'exit', status: machine.bash ? 254 : 2 });
}

import type { Outcome } from '../engine/process/program.ts';
import type { List } from './ast.ts';
import { streams } from './external.ts';
import { quietly } from './io.ts';
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

const REFUSED = 'Resource temporarily unavailable';

/** What a shell does when fork(2) is refused for good: bash has tried again by then, and was disturbed. */
export function noMoreProcesses(machine: Machine): void {
  const { flavour, name } = machine.memory;
  const say = (text: string) => quietly(() => machine.write(2, `${name}: ${text}\n`));
  if (flavour === 'bash') {
    say(`fork: retry: ${REFUSED}`);
    say(`fork: retry: ${REFUSED}`);
    say('fork: Interrupted system call');
  } else if (flavour === 'dash') say('0: Cannot fork');
  else machine.complain(`can't fork: ${REFUSED}`);
  machine.unwind({ to: 'exit', status: flavour === 'bash' ? 254 : 2 });
}

/** Virtual milliseconds after which bash tries again, the first time and the second. */
const PATIENCE = [1000, 2000];

/** bash waits a little for others to end; nothing when it has waited enough, and for the other shells. */
export function retryLater(machine: Machine): Outcome | undefined {
  const { memory, kernel } = machine;
  const tries = memory.forkTries ?? 0;
  const wait = machine.bash ? PATIENCE[tries] : undefined;
  memory.forkTries = wait === undefined ? 0 : tries + 1;
  if (wait === undefined) return undefined;
  quietly(() => machine.write(2, `${memory.name}: fork: retry: ${REFUSED}\n`));
  return { wait: { until: kernel.now + wait } };
}

import { decode } from '../engine/bytes.ts';
import type { Kernel, Outcome, Program } from '../engine/process/program.ts';
import { SIGNALS, signalName } from '../engine/process/signals.ts';
import { quietly, STREAMS, writeTo } from './io.ts';
import { Machine } from './machine.ts';
import { openingStack } from './start.ts';
import { type Flavour, forgiving, type Job, own, type ShellMemory, type Variable } from './state.ts';

/** A shell: bash, Debian's dash or BusyBox's ash. */
export function shellProgram(flavour: Flavour): Program {
  return {
    async run(kernel) {
      const memory = remembered(kernel) ?? begin(kernel, flavour);
      if ('exit' in memory) return memory;
      collect(kernel, memory);
      return await advance(kernel, memory);
    },
    async signal(kernel, signal) {
      const memory = remembered(kernel);
      if (!memory) return undefined;
      collect(kernel, memory);
      const name = signalName(signal);
      if (Object.hasOwn(memory.env.traps, name)) {
        if (own(memory.env.traps, name) === '') return await advance(kernel, memory);
        // A signal that comes again before it was heeded is the same.
        if (!memory.pendingTraps.includes(name)) memory.pendingTraps = [...memory.pendingTraps, name];
        return await advance(kernel, memory);
      }
      if (!forgiving(memory) || signal === SIGNALS['HUP']) return undefined;
      if (signal === SIGNALS['INT']) interrupt(kernel, memory);
      return await advance(kernel, memory);
    },
  };
}

/** A copy of what the shell knows, which may be changed: what the engine keeps stays as it is. */
function remembered(kernel: Kernel): ShellMemory | undefined {
  const memory = kernel.memory as ShellMemory | undefined;
  return memory && { ...memory, stack: [...memory.stack], texts: { ...memory.texts }, buffers: { ...memory.buffers } };
}

async function advance(kernel: Kernel, memory: ShellMemory): Promise<Outcome> {
  kernel.memory = memory;
  const outcome = await new Machine(kernel, memory).run();
  if (alive(kernel)) kernel.memory = memory;
  return outcome;
}

/** Whether the process is still there: it may have killed itself. */
function alive(kernel: Kernel): boolean {
  try {
    return kernel.process.state !== 'zombie';
  } catch {
    return false;
  }
}

/** Notes which children have ended, and passes on what they wrote. */
function collect(kernel: Kernel, memory: ShellMemory): void {
  for (const { pid, status, collected, input, signal } of kernel.reap()) {
    const job: Job = memory.jobs[pid] ?? { text: '' };
    for (const { stream, bytes } of collected) {
      const target = job.outputs?.[stream];
      if (target) quietly(() => writeTo(memory, kernel, target, bytes));
    }
    if (job.input !== undefined) memory.texts[job.input] = input;
    memory.jobs = { ...memory.jobs, [pid]: { ...job, status, ...(signal > 0 ? { signal } : {}) } };
  }
}

/** Ctrl-C at a shell: what runs is ended, the shell asks for the next command. */
function interrupt(kernel: Kernel, memory: ShellMemory): void {
  memory.typed = '';
  if (memory.mode === 'prompt') {
    memory.prompted = false;
    new Machine(kernel, memory).write(2, '\n');
  }
  const children = memory.stack.flatMap((frame) => (frame.f === 'child' ? [frame.pid] : []));
  for (const pid of children) kernel.kill(pid, SIGNALS['INT']!);
  // A child may take its time over it; the shell goes on when it has ended.
  if (children.length > 0) memory.interrupted = true;
  else new Machine(kernel, memory).discard(130);
}

function begin(kernel: Kernel, flavour: Flavour): ShellMemory | { exit: number } {
  const opening = openingStack(kernel, flavour);
  if ('exit' in opening) {
    kernel.error(opening.message);
    return { exit: opening.exit };
  }
  const { stack, mode, name, positional, options } = opening;
  const text = Object.entries(kernel.environment).map(([key, value]): [string, Variable] => [
    key,
    { value, exported: true },
  ]);
  return {
    ...{ flavour, name, mode, stack, pid: kernel.pid },
    env: {
      vars: {
        ...Object.fromEntries(text),
        PWD: { value: kernel.cwd, exported: true },
        OPTIND: { value: '1' },
        IFS: { value: ' \t\n' },
        ...(kernel.environment['PATH'] ? {} : { PATH: { value: DEFAULT_PATH } }),
        ...(flavour === 'bash' ? ofBash(kernel) : flavour === 'ash' ? ofAsh(kernel) : {}),
      },
      ...{
        functions: {},
        aliases: {},
        positional,
        options,
        cwd: kernel.cwd,
        umask: kernel.credentials.umask ?? 0o022,
        traps: {},
        fds: STREAMS,
      },
    },
    ...{ status: 0, substituted: 0, lastBackground: 0, jobs: {}, texts: {}, buffers: {}, nextId: 1, pendingTraps: [] },
    ...{
      line: 1,
      nextLine: mode === 'session' ? 2 : 1,
      source: '',
      command: '',
      typed: '',
      history: [],
      answered: 0,
      asked: 0,
    },
    ...{ busy: 0, interrupted: false, prompted: false },
  };
}

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** How many shells deep this one is. */
const level = ({ environment }: Kernel): Variable => ({
  value: String((Number(environment['SHLVL'] ?? 0) || 0) + 1),
  exported: true,
});

/** Variables that BusyBox's ash sets itself. */
function ofAsh(kernel: Kernel): Record<string, Variable> {
  const inherited = kernel.environment['HOSTNAME'] !== undefined;
  return { SHLVL: level(kernel), ...(inherited ? {} : { HOSTNAME: { value: decode(kernel.hostname) } }) };
}

/** Variables that bash sets itself. */
function ofBash(kernel: Kernel): Record<string, Variable> {
  const { environment } = kernel;
  return {
    BASH: { value: '/usr/bin/bash' },
    BASH_VERSION: { value: '5.2.37(1)-release' },
    HOSTTYPE: { value: 'x86_64' },
    MACHTYPE: { value: 'x86_64-pc-linux-gnu' },
    OSTYPE: { value: 'linux-gnu' },
    HOSTNAME: { value: decode(kernel.hostname), ...(environment['HOSTNAME'] === undefined ? {} : { exported: true }) },
    SHLVL: level(kernel),
    OLDPWD: { ...(environment['OLDPWD'] === undefined ? {} : { value: environment['OLDPWD'] }), exported: true },
    _: { value: kernel.process.executable },
    SECONDS_SINCE: { value: String(kernel.now) },
  };
}

import type { Engine } from '../engine.ts';
import { Interrupted } from '../errors.ts';
import { OutputError } from '../files/errors.ts';
import { elevated } from './credentials.ts';
import { ProcessKernel } from './kernel.ts';
import { descriptors } from './proc-process.ts';
import { FIRST_CHILD, inherited, type Process, scriptName } from './process.ts';
import { BrokenPipe, type Outcome, OutOfMemory, type Program } from './program.ts';
import { isDeadly, isStopping } from './signals.ts';

/** What a new process needs; the rest is counted or empty. */
export type ProcessSpec = Pick<
  Process,
  | 'container'
  | 'argv'
  | 'executable'
  | 'program'
  | 'environment'
  | 'cwd'
  | 'credentials'
  | 'mounts'
  | 'tty'
  | 'session'
  | 'pidns'
  | 'uts'
  | 'netns'
> &
  Partial<
    Pick<
      Process,
      | 'parent'
      | 'input'
      | 'inputEnded'
      | 'inheritsInput'
      | 'stdout'
      | 'stderr'
      | 'memory'
      | 'comm'
      | 'limits'
      | 'title'
      | 'wait'
    >
  >;

/** Receives what a process of a container, or of an exec, writes while somebody is attached. */
export type Listener = (stream: 'stdout' | 'stderr', bytes: string) => void;

/** One call of a program's `run`, which may take long: a client that waits for its container. */
interface Run {
  readonly pid: number;
  /** How often it waits at this moment; more than once when it does several things at a time. */
  waits: number;
  /** What it failed with, if it did. */
  failure?: unknown;
  done: Promise<void>;
  /** Tells whoever drives that the run waits. */
  pause: () => void;
}

interface Sleeper {
  readonly run: Run;
  condition(): boolean;
  resolve(): void;
  reject(error: Error): void;
}

const STOP = 19;
const CONT = 18;

/**
 * Runs processes in virtual time: those that are ready one after another, and when none is, the clock moves to the
 * next alarm.
 */
export class Scheduler {
  readonly #engine: Engine;
  /** Processes that have something to do now; empty between two commands. */
  #ready: string[] = [];
  /** Runs that have called {@link until} and are not to go on yet. */
  readonly #sleepers = new Set<Sleeper>();
  /** Processes that were given input since they were last run. */
  readonly #fed = new Set<string>();
  /** The run whose code is being executed. */
  #running: Run | undefined;
  #settling = false;
  #interrupted = false;
  /** Longest virtual time that a single wait may take, in milliseconds. */
  patience = 3_600_000;
  /**
   * Lets real time pass while virtual time does; not set, virtual time costs nothing. Returns how many of the milliseconds
   * have passed when something came up before their end, as a key that was pressed.
   */
  pace: ((milliseconds: number) => Promise<number | undefined>) | undefined;
  /** Waits for what a user types, when nothing else can happen. Not set: there is nobody who types. */
  moreInput: (() => Promise<void>) | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Creates a process, ready to run, or waiting for what `wait` says before it runs at all. */
  start(spec: ProcessSpec): Process {
    const { state } = this.#engine;
    const pid = state.nextPid;
    state.nextPid += 1;
    const process: Process = {
      ...{ input: '', inputEnded: true, inheritsInput: false, memory: undefined, parent: 0 },
      ...{ stdout: { to: 'stdout' }, stderr: { to: 'stderr' } },
      ...spec,
      pid,
      nsPid: this.#nextOf(spec.pidns, pid),
      startedAt: state.now,
      state: spec.wait ? 'waiting' : 'ready',
      wait: spec.wait ?? {},
      pending: [],
      collected: [],
      status: 0,
    };
    state.processes.set(String(pid), process);
    if (!spec.wait) this.#ready.push(String(pid));
    return process;
  }

  /** The next process id of a PID namespace; the host counts them all. */
  #nextOf(pidns: string, pid: number): number {
    if (pidns === 'host') return pid;
    const { pids } = this.#engine.state;
    // runc's own threads take the numbers after the first process's.
    const last = pids.get(pidns) ?? 0;
    const next = last === 1 ? FIRST_CHILD : last + 1;
    pids.set(pidns, next);
    return next;
  }

  /** Notes that a process was given input, which it may not have seen when it asks for more. */
  fed(pid: number): void {
    this.#fed.add(String(pid));
    if (this.#engine.state.processes.get(String(pid))?.wait.input) this.wake(pid);
  }

  /** Lets a process go on that was ready while its container was paused. */
  resume(pid: number): void {
    this.#ready.push(String(pid));
  }

  /** Marks a waiting process as ready. */
  wake(pid: number): void {
    const process = this.#engine.state.processes.get(String(pid));
    if (process?.state !== 'waiting') return;
    this.#engine.state.processes.update(String(pid), { state: 'ready', wait: {} });
    this.#engine.state.alarms.delete(`process ${pid}`);
    this.#ready.push(String(pid));
  }

  /**
   * Sends a signal as kill(2) does, permissions already checked. From its own PID namespace (`from`), nothing kills the
   * first process (pid_namespaces(7)).
   */
  signal(pid: number, signal: number, from = 'host'): void {
    const { state } = this.#engine;
    const process = state.processes.get(String(pid));
    if (!process || process.state === 'zombie') return;
    if (signal === 9) {
      if (protectedFrom(process, from)) return;
      this.end(pid, 128 + 9, 9);
      return;
    }
    if (signal === STOP) {
      if (!protectedFrom(process, from)) state.processes.update(String(pid), { stopped: true });
      return;
    }
    const continued = signal === CONT && process.stopped;
    state.processes.update(String(pid), {
      pending: [...process.pending, signal],
      ...(continued ? { stopped: false } : {}),
    });
    if (continued) this.#ready.push(String(pid));
    const asleep = [...this.#sleepers].some(({ run }) => run.pid === pid);
    if (process.state === 'waiting' || asleep) this.#ready.push(String(pid));
  }

  /** Ends a process. It stays as a zombie until its parent, or who started it, has taken its status; its children lose their parent. */
  end(pid: number, status: number, signal?: number): void {
    const { state } = this.#engine;
    const process = state.processes.get(String(pid));
    if (!process || process.state === 'zombie') return;
    state.alarms.delete(`process ${pid}`);
    state.alarms.delete(`advance ${pid}`);
    state.trees.delete(descriptors(pid));
    for (const [key, socket] of [...state.sockets.entries()]) if (socket.pid === pid) state.sockets.delete(key);
    const cause = signal === undefined ? {} : { signal };
    state.processes.update(String(pid), { state: 'zombie', status, ...cause, wait: {}, pending: [] });
    const parent = state.processes.get(String(process.parent));
    if (process.nsPid === 1 && process.pidns !== 'host') {
      // Without its first process a PID namespace is gone, and all that lived in it.
      for (const other of [...state.processes.values()])
        if (other.pidns === process.pidns && other.pid !== pid) this.end(other.pid, 128 + 9);
    }
    const init = [...state.processes.values()].find(
      ({ nsPid, pidns }) => nsPid === 1 && pidns === process.pidns && pidns !== 'host',
    );
    for (const child of [...state.processes.values()]) {
      if (child.parent !== pid) continue;
      if (child.state === 'zombie') state.processes.delete(String(child.pid));
      else state.processes.update(String(child.pid), { parent: init && init.pid !== pid ? init.pid : 0 });
    }
    if (parent && parent.state !== 'zombie') {
      if (parent.wait.child) this.wake(parent.pid);
    } else if (process.session !== `host ${pid}` && !this.#engine.processEnded(process, status))
      state.processes.delete(String(pid));
  }

  /** Runs until no process is ready. */
  async settle(): Promise<void> {
    if (this.#running) return this.#sleep(() => true);
    if (this.#settling) return;
    this.#settling = true;
    try {
      await this.#drain();
    } finally {
      this.#settling = false;
    }
  }

  /** Moves the clock forward by so many milliseconds, and lets happen what is due meanwhile. */
  async advance(milliseconds: number): Promise<void> {
    const { state } = this.#engine;
    const target = state.now + milliseconds;
    if (this.#running) {
      state.alarms.set(`advance ${this.#running.pid}`, target);
      return this.#sleep(() => this.#engine.state.now >= target);
    }
    await this.settle();
    for (let at = this.#nextAlarm(); at !== undefined && at <= target; at = this.#nextAlarm()) {
      await this.#ring(at);
      if (!this.#interrupted) continue;
      this.#interrupted = false;
      throw new Interrupted();
    }
    state.now = target;
  }

  /**
   * Lets time pass until a condition holds. A program that calls this while it runs is set aside meanwhile: other
   * processes go on, and so may whoever started it. Otherwise throws {@link Interrupted} when the user interrupts, when
   * nothing can happen any more, or when patience ends.
   */
  async until(condition: () => boolean): Promise<void> {
    if (this.#running) return this.#sleep(condition);
    const end = this.#engine.state.now + this.patience;
    for (;;) {
      await this.#drain();
      if (condition()) return;
      const at = this.#nextAlarm();
      if (this.#interrupted || ((at === undefined || at > end) && !this.moreInput)) {
        this.#interrupted = false;
        throw new Interrupted();
      }
      if (at === undefined) await this.moreInput!();
      else await this.#ring(at);
    }
  }

  /** Ends the current wait with {@link Interrupted}. */
  interrupt(): void {
    this.#interrupted = true;
  }

  /** Ends what a process waits for inside {@link until} with {@link Interrupted}; false when it does not wait so. */
  interruptRun(pid: number): boolean {
    let found = false;
    for (const sleeper of [...this.#sleepers]) {
      if (sleeper.run.pid !== pid) continue;
      found = true;
      sleeper.condition = () => {
        throw new Interrupted();
      };
    }
    return found;
  }

  /** Forgets what is going on, because the state has been replaced. Runs that were set aside never go on. */
  reset(): void {
    this.#ready = [];
    this.#sleepers.clear();
    this.#fed.clear();
    for (const { pid, state } of [...this.#engine.state.processes.values()]) if (state === 'ready') this.end(pid, 130);
  }

  #sleep(condition: () => boolean): Promise<void> {
    const run = this.#running!;
    return new Promise((resolve, reject) => {
      run.waits += 1;
      this.#sleepers.add({ run, condition, resolve, reject });
      run.pause();
    });
  }

  async #drain(): Promise<void> {
    for (;;) {
      const key = this.#ready.shift();
      if (key !== undefined) await this.#run(key);
      else if (!(await this.#wakeSleeper())) return;
    }
  }

  /** Lets one run go on whose condition holds; false when there is none. */
  async #wakeSleeper(): Promise<boolean> {
    for (const sleeper of this.#sleepers) {
      let failure: Error | undefined;
      try {
        if (!sleeper.condition()) continue;
      } catch (error) {
        failure = error as Error;
      }
      this.#sleepers.delete(sleeper);
      sleeper.run.waits -= 1;
      await this.#proceed(sleeper.run, () => (failure ? sleeper.reject(failure) : sleeper.resolve()));
      return true;
    }
    return false;
  }

  /** Lets a run's code be executed until it ends or waits. */
  async #proceed(run: Run, go: () => void): Promise<void> {
    const outer = this.#running;
    this.#running = run;
    try {
      await new Promise<void>((resolve) => {
        // Whatever else the run does at the same time gets as far as its own wait before another goes on.
        run.pause = () => setTimeout(resolve);
        go();
        void run.done.then(resolve);
        // One of several waits has ended: what follows it may itself wait for the others.
        if (run.waits > 0) setTimeout(resolve);
      });
    } finally {
      this.#running = outer;
    }
    const { failure } = run;
    if (failure === undefined) return;
    run.failure = undefined;
    throw failure;
  }

  #nextAlarm(): number | undefined {
    let next: number | undefined;
    for (const at of this.#engine.state.alarms.values()) if (next === undefined || at < next) next = at;
    return next;
  }

  async #ring(at: number): Promise<void> {
    const { state } = this.#engine;
    if (at > state.now) {
      const passed = await this.pace?.(at - state.now);
      // Interrupted on the way there: what would have happened then has not.
      if (this.#interrupted) return;
      if (passed !== undefined && state.now + passed < at) {
        state.now += passed;
        return;
      }
      state.now = at;
    }
    for (const [key, due] of [...state.alarms.entries()]) {
      if (due > at || !state.alarms.delete(key)) continue;
      if (key.startsWith('process ')) this.wake(Number(key.slice('process '.length)));
      else if (!key.startsWith('advance ')) await this.#engine.ring(key);
    }
    await this.#drain();
  }

  async #run(key: string): Promise<void> {
    const { state } = this.#engine;
    const process = state.processes.get(key);
    if (!process || process.state === 'zombie') return;
    if (process.stopped) return;
    if (process.container !== '' && state.containers.get(process.container)?.state.status === 'paused') return;
    const program = this.#engine.programs(process.program, baseName(process.executable));
    if (!program) throw new Error(`no program ${process.program}`);
    const kernel = new ProcessKernel(this.#engine, process.pid);
    if (process.pending.length > 0) {
      await this.#deliver(process, program, kernel);
      return;
    }
    // Woken for a signal that another wake-up has delivered already.
    if (process.state !== 'ready') return;
    this.#fed.delete(key);
    await this.#execute(process.pid, program, kernel);
  }

  async #execute(pid: number, program: Program, kernel: ProcessKernel): Promise<void> {
    const run: Run = { pid, waits: 0, done: Promise.resolve(), pause: () => {} };
    const whole = async () => {
      try {
        await this.#take(pid, await program.run(kernel));
      } catch (error) {
        if (error instanceof Interrupted) this.end(pid, 130);
        else if (error instanceof BrokenPipe) this.end(pid, 128 + 13, 13);
        else if (error instanceof OutputError) this.end(pid, 1);
        else if (error instanceof OutOfMemory || (error instanceof RangeError && error.message.includes('length'))) {
          // The longest string that JavaScript can hold is more than any process here may have.
          kernel.outOfMemory();
          this.end(pid, 128 + 9, 9);
        } else {
          this.end(pid, 1);
          run.failure = error;
        }
      }
    };
    await this.#proceed(run, () => {
      run.done = whole();
    });
  }

  async #deliver(process: Process, program: Program, kernel: ProcessKernel): Promise<void> {
    const { state } = this.#engine;
    const [signal = 0, ...rest] = process.pending;
    state.processes.update(String(process.pid), { pending: rest });
    const running = [...this.#sleepers].some(({ run }) => run.pid === process.pid);
    if (rest.length > 0 || (process.state === 'ready' && !running)) this.#ready.push(String(process.pid));
    const outcome = await program.signal?.(kernel, signal);
    if (outcome) await this.#take(process.pid, outcome);
    else if (isStopping(signal)) {
      if (!protectedFrom(process, process.pidns)) state.processes.update(String(process.pid), { stopped: true });
    } else if (signal === 2 && this.interruptRun(process.pid)) return;
    else if (isDeadly(signal) && !(process.nsPid === 1 && process.pidns !== 'host')) {
      this.interruptRun(process.pid);
      this.end(process.pid, 128 + signal, signal);
    }
  }

  async #take(pid: number, outcome: Outcome): Promise<void> {
    const { state } = this.#engine;
    const process = state.processes.get(String(pid));
    if (!process || process.state === 'zombie') return;
    if ('exit' in outcome) {
      this.end(pid, outcome.exit & 0xff);
    } else if ('replace' in outcome) {
      const { replace, argv, environment, cwd, streams, keepsTitle } = outcome;
      const words = replace.prefix.length > 0 ? [...replace.prefix, ...argv.slice(1)] : argv;
      state.processes.update(String(pid), {
        ...{ program: replace.programName, executable: replace.path, argv: words, environment },
        ...{ memory: undefined, state: 'ready' },
        ...scriptName(replace.prefix),
        ...(keepsTitle ? { title: process.title ?? process.argv } : {}),
        credentials: elevated(process.credentials, replace.elevation),
        ...(cwd === undefined ? {} : { cwd }),
        ...(streams ? { stdout: inherited(process, streams.stdout), stderr: inherited(process, streams.stderr) } : {}),
      });
      this.#ready.push(String(pid));
    } else {
      const { wait } = outcome;
      const endedChild =
        wait.child && [...state.processes.values()].some((p) => p.parent === pid && p.state === 'zombie');
      // What it put back it has seen: only more than that, or the end, is something new.
      const inputThere = wait.input && (process.inputEnded || this.#fed.has(String(pid)));
      const due =
        endedChild || inputThere || (wait.until !== undefined && wait.until <= state.now) || process.pending.length > 0;
      state.processes.update(String(pid), { state: due ? 'ready' : 'waiting', wait: due ? {} : wait });
      if (due) this.#ready.push(String(pid));
      else if (wait.until !== undefined) state.alarms.set(`process ${pid}`, wait.until);
    }
  }
}

/** The first process of a PID namespace is safe from signals out of that namespace that it does not handle. */
function protectedFrom({ nsPid, pidns }: Process, from: string): boolean {
  return nsPid === 1 && pidns === from && from !== 'host';
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

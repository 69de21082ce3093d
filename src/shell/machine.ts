import { FileError } from '../engine/files/errors.ts';
import { BrokenPipe, type Kernel, NeedInput, type Outcome } from '../engine/process/program.ts';
import type { Command, List } from './ast.ts';
import type { Control } from './builtins/index.ts';
import { nextCommandLine, nextScriptLine } from './commands.ts';
import { compound, stepCompound } from './compound.ts';
import { askNetwork, NeedNetwork } from './connection.ts';
import { Expander, ExpansionProblem, Need } from './expand.ts';
import type { Frame, Saved } from './frames.ts';
import { newBuffer, quietly, readAll, readLine, writeTo } from './io.ts';
import { ashLine, prefix } from './messages.ts';
import { simple } from './simple.ts';
import { type Descriptors, type Environment, forgiving, own, type ShellMemory, type Variable } from './state.ts';

/** Steps in one go before a loop that does nothing lets time pass. */
const BUDGET = 4000;
/** Virtual milliseconds that so many steps take; a shell that stays busy is hurried along. */
const BUDGET_TIME = 20;
const HURRY = 100;
/** Bytes of a variable that the kernel is asked for. */
export const LARGE = 1 << 20;
/** What strsignal(3) says about signals that end a process, without INT and PIPE. */
const SIGNAL_TEXTS: Readonly<Record<number, string>> = {
  ...{ 1: 'Hangup', 3: 'Quit', 4: 'Illegal instruction', 6: 'Aborted', 7: 'Bus error', 8: 'Floating point exception' },
  ...{ 9: 'Killed', 10: 'User defined signal 1', 11: 'Segmentation fault', 12: 'User defined signal 2' },
  ...{ 14: 'Alarm clock', 15: 'Terminated' },
};

/** Runs what lies on a shell's stack, one step after another; all that it knows is in its memory. */
export class Machine {
  readonly #kernel: Kernel;
  /** The umask that the process began with; asked for once, as a shell may have killed itself by the time it is needed. */
  readonly #given: number;
  #masked: { readonly umask: number; readonly kernel: Kernel } | undefined;
  readonly memory: ShellMemory;
  /** Set by what makes the shell wait for a moment. */
  yields = false;

  constructor(kernel: Kernel, memory: ShellMemory) {
    this.#kernel = kernel;
    this.#given = kernel.credentials.umask ?? 0o022;
    this.memory = memory;
  }

  /** What the shell asks the kernel by; with the umask of the present environment, which subshells change for themselves. */
  get kernel(): Kernel {
    const { umask } = this.memory.env;
    if (umask === this.#given) return this.#kernel;
    if (this.#masked?.umask !== umask) this.#masked = { umask, kernel: this.#kernel.within({ umask }) };
    return this.#masked.kernel;
  }

  get bash(): boolean {
    return this.memory.flavour === 'bash';
  }

  /** Runs until the shell ends or something must be waited for. */
  async run(): Promise<Outcome> {
    const { memory } = this;
    for (let steps = 0; ; steps += 1) {
      if (steps > BUDGET) {
        memory.busy += 1;
        const time = BUDGET_TIME * 2 ** Math.max(0, Math.min(memory.busy - HURRY, 12));
        return { wait: { until: this.kernel.now + time } };
      }
      this.#trapped();
      const frame = memory.stack.at(-1);
      if (!frame) {
        if (!this.#exitTrap()) return { exit: memory.status };
        continue;
      }
      const outcome = (await this.#safely(frame)) ?? this.#yielded();
      if (!outcome) continue;
      if (!('wait' in outcome) || outcome.wait.until === undefined) memory.busy = 0;
      return outcome;
    }
  }

  async #safely(frame: Frame): Promise<Outcome | undefined> {
    try {
      return await this.#step(frame);
    } catch (error) {
      if (error instanceof NeedNetwork) {
        await askNetwork(this.memory, this.kernel, error.what);
        return undefined;
      }
      if (error instanceof NeedInput) return { wait: { input: true } };
      if (error instanceof Need) this.#capture(error.list);
      else if (error instanceof ExpansionProblem) this.#failed(error);
      else if (error instanceof BrokenPipe && this.inSubshell()) this.unwind({ to: 'exit', status: 128 + 13 });
      else if (error instanceof FileError) {
        this.#refused(frame, error);
        this.memory.status = 1;
        this.pop();
      } else throw error;
      return undefined;
    }
  }

  /** Lets a signal arrive that the shell has sent itself. */
  #yielded(): Outcome | undefined {
    if (!this.yields) return undefined;
    this.yields = false;
    return { wait: { until: this.kernel.now } };
  }

  /** What a builtin wrote could not be written: each shell has its own words for it. */
  #refused(frame: Frame, { reason, code }: FileError): void {
    const [word] = frame.f === 'simple' ? frame.node.words : [];
    const [piece] = word ?? [];
    const name = piece?.t === 'text' ? piece.s : '';
    const { flavour } = this.memory;
    if (flavour === 'bash') this.complain(`${name === '' ? '' : `${name}: `}write error: ${reason}`);
    else if (flavour === 'dash') this.complain(`${name}: ${name}: I/O error`);
    // BusyBox's printf says nothing.
    else if (code === 'EBADF') this.complain(`write error: ${reason}`);
    else if (name !== 'printf') quietly(() => this.write(2, `${this.memory.name}: write error: ${reason}\n`));
  }

  change(change: Partial<Environment>): void {
    this.memory.env = { ...this.memory.env, ...change };
  }

  write(fd: number, bytes: string, fds = this.memory.env.fds): void {
    writeTo(this.memory, this.kernel, fds[fd], bytes);
  }

  complain(message: string, fds = this.memory.env.fds): void {
    try {
      this.write(2, `${prefix(this.memory)}${message}\n`, fds);
    } catch (error) {
      if (!(error instanceof BrokenPipe || error instanceof FileError)) throw error;
    }
  }

  readAll(fds = this.memory.env.fds): string {
    return readAll(this.memory, this.kernel, fds[0]);
  }

  readLine(fds: Descriptors, fd = 0, delimiter?: string): string | undefined {
    return readLine(this.memory, this.kernel, fds[fd], delimiter);
  }

  expander(subs: readonly string[] = []): Expander {
    const { memory, kernel } = this;
    const { env, flavour, name, pid, status, lastBackground } = memory;
    const line = flavour === 'ash' ? ashLine(memory, memory.line) : memory.line;
    return new Expander({
      ...{ env, flavour, name, pid, status, lastBackground, line },
      ...{ files: kernel.files, hostname: kernel.hostname, uid: kernel.credentials.uid, parent: this.#parent() },
      ...{ substituted: subs, now: kernel.now, depth: this.functionNames() },
      random: () => kernel.random(),
    });
  }

  /** Process id of the parent as this namespace counts; 0 when it lies outside. */
  #parent(): number {
    const { parent } = this.kernel.process;
    return this.kernel.processes().find(({ pid }) => pid === parent)?.nsPid ?? 0;
  }

  /** How deep in command substitutions. */
  get depth(): number {
    return this.memory.stack.filter(({ f }) => f === 'capture').length;
  }

  /** Functions that are being run, the innermost first. */
  functionNames(): string[] {
    return this.memory.stack.flatMap((frame) => (frame.f === 'function' ? [frame.name] : [])).reverse();
  }

  setVariable(name: string, change: Partial<Variable>): void {
    const { env, flavour } = this.memory;
    const old = own(env.vars, name);
    if (old?.readOnly && (change.value !== undefined || change.values !== undefined))
      throw new ExpansionProblem(
        flavour === 'bash' ? `${name}: readonly variable` : `${name}: is read only`,
        'discard',
      );
    if (change.value !== undefined && change.value.length > LARGE) this.kernel.allocate(change.value.length);
    const auto = env.options.includes('a') ? { exported: true } : {};
    this.change({ vars: { ...env.vars, [name]: { ...old, ...auto, ...change } } });
  }

  /** Puts variables back as they were. */
  restore(saved: Saved): void {
    const vars = { ...this.memory.env.vars };
    for (const [name, old] of Object.entries(saved)) {
      if (old) vars[name] = old;
      else delete vars[name];
    }
    this.change({ vars });
  }

  inSubshell(): boolean {
    return this.memory.stack.some(({ f }) => f === 'subshell' || f === 'capture');
  }

  /** Ends what runs: the current function, loop, subshell, or the shell. */
  unwind(control: Control & { to: 'break' | 'continue' | 'return' | 'exit' }): void {
    const { stack } = this.memory;
    let count = 'count' in control ? control.count : 1;
    if ('status' in control) this.memory.status = control.status;
    while (stack.length > 0) {
      const frame = stack.at(-1)!;
      // Control does not leave a subshell: it ends there.
      if (frame.f === 'subshell' || frame.f === 'capture') return;
      const loop = frame.f === 'while' || frame.f === 'for' || frame.f === 'forarithmetic';
      if (loop && (control.to === 'break' || control.to === 'continue')) {
        count -= 1;
        this.memory.status = 0;
        if (count === 0 && control.to === 'continue') {
          if (frame.f === 'while') this.swap({ ...frame, phase: 'start', last: 0 });
          return;
        }
        this.pop();
        if (count === 0) return;
        continue;
      }
      this.pop();
      if (control.to === 'return' && (frame.f === 'function' || frame.f === 'source' || frame.f === 'trap')) return;
    }
  }

  /** Ends the command line that runs, but not the shell that reads it. */
  discard(status: number): void {
    const { stack } = this.memory;
    this.memory.status = status;
    for (let top = stack.at(-1); top && top.f !== 'commands'; top = stack.at(-1)) {
      if (top.f === 'script' && !forgiving(this.memory)) return;
      if (top.f === 'subshell' || top.f === 'capture') return;
      this.pop();
    }
  }

  #failed({ message, kind }: ExpansionProblem): void {
    const { memory } = this;
    this.complain(message);
    if (memory.flavour !== 'bash') {
      if (forgiving(memory)) this.discard(2);
      else this.unwind({ to: 'exit', status: 2 });
    } else if (kind === 'discard' || (forgiving(memory) && !this.inSubshell())) this.discard(1);
    // Only what -c holds ends with 127.
    else this.unwind({ to: 'exit', status: memory.mode === 'command' && !this.inSubshell() ? 127 : 1 });
  }

  #trapped(): void {
    const { memory } = this;
    const [name, ...rest] = memory.pendingTraps;
    const top = memory.stack.at(-1);
    if (name === undefined || top?.f === 'child') return;
    memory.pendingTraps = rest;
    const text = own(memory.env.traps, name);
    if (!text) return;
    if (top?.f === 'wait') {
      memory.stack.pop();
      memory.status = 128 + Number(/\d+$/.exec(name)?.[0] ?? 15);
    }
    this.#runTrap(text);
  }

  #runTrap(text: string): void {
    const { memory } = this;
    memory.stack.push({ f: 'trap', status: memory.status });
    this.script(text, 'trap');
  }

  /** Runs what was asked for at the end; false when there is nothing. */
  #exitTrap(): boolean {
    const { EXIT, ...traps } = this.memory.env.traps;
    if (!EXIT) return false;
    this.change({ traps });
    this.#runTrap(EXIT);
    return true;
  }

  /** `trap … ERR`, after a command that failed. */
  errorTrap(): void {
    const text = this.memory.env.traps['ERR'];
    if (text && !this.memory.stack.some(({ f }) => f === 'trap' || f === 'function')) this.#runTrap(text);
  }

  /** Puts a text on the stack whose command lines are then run. */
  script(
    text: string,
    kind: '-c' | 'eval' | 'file' | 'trap',
    options: { line?: number; tail?: boolean; tested?: boolean } = {},
  ): void {
    const { line = kind === 'eval' || kind === 'trap' ? this.memory.line : 1, tail = false, tested = false } = options;
    this.memory.stack.push({ f: 'script', text, at: 0, line, kind, tail, tested });
  }

  #capture(list: List): void {
    const { memory } = this;
    const buffer = newBuffer(memory);
    memory.stack.push({ f: 'capture', env: memory.env, buffer });
    const { EXIT: _exit, ...traps } = memory.env.traps;
    this.change({ traps, fds: { ...memory.env.fds, 1: { to: 'buffer', id: buffer } } });
    this.body(list, false);
  }

  pop(): void {
    const { memory } = this;
    const frame = memory.stack.pop()!;
    switch (frame.f) {
      case 'redirect':
        this.change({ fds: frame.fds });
        break;
      case 'function':
        this.restore({ ...frame.assigned, ...frame.locals });
        this.change({ positional: frame.positional, fds: frame.fds });
        memory.line = frame.line;
        break;
      case 'source':
        if (frame.positional) this.change({ positional: frame.positional });
        memory.source = frame.source;
        memory.command = frame.command;
        break;
      case 'subshell':
        memory.env = frame.env;
        this.#abandon(frame.jobs);
        break;
      case 'capture': {
        memory.env = frame.env;
        memory.substituted = memory.status;
        const output = memory.buffers[frame.buffer] ?? '';
        delete memory.buffers[frame.buffer];
        const below = memory.stack.at(-1);
        if (below && 'subs' in below) this.swap({ ...below, subs: [...below.subs, output] });
        break;
      }
      case 'pipeline':
        delete memory.buffers[frame.buffer];
    }
  }

  /** What a subshell leaves running in the background has no parent any more when it ends. */
  #abandon(before: readonly string[]): void {
    const { jobs } = this.memory;
    const left = Object.entries(jobs).filter(
      ([pid, { status, outputs }]) => status === undefined && !outputs && !before.includes(pid),
    );
    if (left.length === 0) return;
    for (const [pid] of left) this.kernel.disown(Number(pid));
    const gone = new Set(left.map(([pid]) => pid));
    this.memory.jobs = Object.fromEntries(Object.entries(jobs).filter(([pid]) => !gone.has(pid)));
  }

  push(command: Command, tested: boolean, tail: boolean): void {
    this.memory.stack.push(
      command.k === 'simple'
        ? { f: 'simple', node: command, subs: [], tested, tail }
        : { f: 'command', node: command, subs: [], tested, tail },
    );
  }

  swap(frame: Frame): void {
    this.memory.stack[this.memory.stack.length - 1] = frame;
  }

  body(list: List, tested: boolean, tail = false): void {
    this.memory.stack.push({ f: 'list', list, at: 0, tested, tail });
  }

  /** A child in the foreground has died of a signal: shells say so, but for those that a user or a pipe causes. */
  died(pid: number, signal: number, command: string, fds = this.memory.env.fds): void {
    const text = SIGNAL_TEXTS[signal];
    if (!text || this.memory.interrupted) return;
    quietly(() =>
      this.write(
        2,
        this.bash ? `${prefix(this.memory)}${String(pid).padStart(5)} ${text.padEnd(23)} ${command}\n` : `${text}\n`,
        fds,
      ),
    );
  }

  /** Whether a child still runs that writes to a buffer of this shell. */
  feeds(buffer: number): boolean {
    return Object.values(this.memory.jobs).some(
      ({ status, outputs }) =>
        status === undefined &&
        outputs !== undefined &&
        [outputs.stdout, outputs.stderr].some((output) => output.to === 'buffer' && output.id === buffer),
    );
  }

  async #step(frame: Frame): Promise<Outcome | undefined> {
    const { memory } = this;
    switch (frame.f) {
      case 'commands':
        return nextCommandLine(this);
      case 'script':
        nextScriptLine(this, frame);
        return undefined;
      case 'simple':
        return await simple(this, frame);
      case 'command':
        compound(this, frame);
        return undefined;
      case 'trap':
        memory.status = frame.status;
        this.pop();
        return undefined;
      case 'exit':
        this.unwind({ to: 'exit', status: frame.status });
        return undefined;
      case 'time': {
        const seconds = (this.kernel.now - frame.since) / 1000;
        const text = `${Math.floor(seconds / 60)}m${(seconds % 60).toFixed(3)}s`;
        if (frame.posix) this.write(2, `real ${seconds.toFixed(2)}\nuser 0.00\nsys 0.00\n`);
        else this.write(2, `\nreal\t${text}\nuser\t0m0.000s\nsys\t0m0.000s\n`);
        this.pop();
        return undefined;
      }
      case 'child': {
        const { [frame.pid]: job, ...jobs } = memory.jobs;
        if (job && job.status === undefined) return { wait: { child: true } };
        memory.status = job?.status ?? 127;
        memory.jobs = jobs;
        this.pop();
        if (job?.signal) this.died(frame.pid, job.signal, job.text);
        if (memory.interrupted) this.discard(130);
        memory.interrupted = false;
        return undefined;
      }
      case 'wait': {
        const running = frame.pids.filter((pid) => memory.jobs[pid] && memory.jobs[pid].status === undefined);
        if (frame.any ? running.length === frame.pids.length && running.length > 0 : running.length > 0)
          return { wait: { child: true } };
        const last = frame.any ? frame.pids.find((pid) => !running.includes(pid)) : frame.pids.at(-1);
        memory.status = last === undefined || last === 0 ? 0 : (memory.jobs[last]?.status ?? 127);
        const signal = last === undefined ? undefined : memory.jobs[last]?.signal;
        if (signal && memory.flavour === 'ash') this.died(last!, signal, '', frame.fds);
        memory.jobs = Object.fromEntries(Object.entries(memory.jobs).filter(([, job]) => job.status === undefined));
        this.pop();
        return undefined;
      }
      case 'subshell':
      case 'capture':
        if (frame.f === 'capture' && this.feeds(frame.buffer)) return { wait: { child: true } };
        if (!this.#exitTrap()) this.pop();
        return undefined;
      case 'redirect':
      case 'function':
      case 'source':
        this.pop();
        return undefined;
      default:
        return stepCompound(this, frame);
    }
  }
}

import { encode } from '../bytes.ts';
import type { Engine } from '../engine.ts';
import { FileSystem } from '../files/filesystem.ts';
import { random } from '../random.ts';
import { type Credentials, hasCapability } from './credentials.ts';
import { findCommand } from './exec.ts';
import type { Process } from './process.ts';
import type { Executable, Found, Kernel, KernelChanges } from './program.ts';

/** The kernel for one process of the modelled engine, or for a command that runs inside it. */
export class ProcessKernel implements Kernel {
  readonly #engine: Engine;
  readonly #pid: number;
  readonly #changes: KernelChanges;
  readonly environment: Record<string, string>;
  readonly cwd: string;
  #files: FileSystem | undefined;
  #inputTaken = false;

  constructor(engine: Engine, pid: number, changes: KernelChanges = {}) {
    this.#engine = engine;
    this.#pid = pid;
    this.#changes = changes;
    this.environment = changes.environment ?? { ...this.process.environment };
    this.cwd = changes.cwd ?? this.process.cwd;
  }

  get process(): Process {
    const process = this.#engine.state.processes.get(String(this.#pid));
    if (!process) throw new Error(`process ${this.#pid} has ended`);
    return process;
  }

  get pid(): number {
    return this.process.nsPid;
  }

  get argv(): readonly string[] {
    return this.#changes.argv ?? this.process.argv;
  }

  get credentials(): Credentials {
    return this.process.credentials;
  }

  get files(): FileSystem {
    const { mounts, credentials } = this.process;
    this.#files ??= new FileSystem(this.#engine.treeStore(), mounts, credentials);
    return this.#files;
  }

  get tty(): boolean {
    return this.process.tty;
  }

  get hostname(): string {
    return encode(this.#engine.state.hostnames.get(this.process.uts) ?? '');
  }

  get now(): number {
    return this.#engine.state.now;
  }

  get memory(): unknown {
    return this.process.memory;
  }

  set memory(memory: unknown) {
    this.#engine.state.processes.update(String(this.#pid), { memory });
  }

  output(bytes: string): void {
    if (bytes === '') return;
    if (this.#changes.output) this.#changes.output(bytes);
    else this.#engine.write(this.process, 'stdout', bytes);
  }

  error(bytes: string): void {
    if (bytes === '') return;
    if (this.#changes.error) this.#changes.error(bytes);
    else this.#engine.write(this.process, 'stderr', bytes);
  }

  input(): { data: string; end: boolean } {
    if (this.#changes.input !== undefined) {
      const data = this.#inputTaken ? '' : this.#changes.input;
      this.#inputTaken = true;
      return { data, end: true };
    }
    const { input, inputEnded } = this.process;
    if (input !== '') this.#engine.state.processes.update(String(this.#pid), { input: '' });
    return { data: input, end: inputEnded };
  }

  within(changes: KernelChanges): Kernel {
    return new ProcessKernel(this.#engine, this.#pid, {
      ...this.#changes,
      environment: this.environment,
      cwd: this.cwd,
      ...changes,
    });
  }

  find(name: string): Found {
    return findCommand(this.files, name, this.environment['PATH'], this.#engine.programs, this.cwd);
  }

  spawn(found: Executable, options: Parameters<Kernel['spawn']>[1]): number {
    const own = this.process;
    const argv = found.prefix.length > 0 ? [...found.prefix, ...options.argv.slice(1)] : options.argv;
    const child = this.#engine.scheduler.start({
      ...{ container: own.container, mounts: own.mounts, tty: own.tty, exec: own.exec, uts: own.uts, netns: own.netns },
      ...{ argv, executable: found.path, program: found.programName, parent: own.pid },
      environment: options.environment ?? { ...this.environment },
      cwd: options.cwd ?? this.cwd,
      credentials: options.credentials ?? own.credentials,
      sink: options.collect ? 'collect' : own.sink,
      ...(options.input === undefined ? {} : { input: options.input }),
    });
    return child.nsPid;
  }

  reap(): { pid: number; status: number; collected: string }[] {
    const { processes } = this.#engine.state;
    const ended = [...processes.values()].filter(({ parent, state }) => parent === this.#pid && state === 'zombie');
    for (const { pid } of ended) processes.delete(String(pid));
    return ended.map(({ nsPid, status, collected }) => ({ pid: nsPid, status, collected }));
  }

  kill(pid: number, signal: number): boolean {
    const target = this.processes().find(({ nsPid }) => nsPid === pid);
    if (!target) return false;
    const { uid } = this.credentials;
    if (uid !== target.credentials.uid && !hasCapability(this.credentials, 'KILL')) return false;
    if (signal !== 0) this.#engine.scheduler.signal(target.pid, signal);
    return true;
  }

  processes(): readonly Process[] {
    const { container } = this.process;
    return [...this.#engine.state.processes.values()].filter((p) => container === '' || p.container === container);
  }

  random(): number {
    return random(this.#engine.state);
  }

  become(credentials: Credentials): void {
    this.#engine.state.processes.update(String(this.#pid), { credentials });
    this.#files = undefined;
  }

  setHostname(name: string): boolean {
    if (!hasCapability(this.credentials, 'SYS_ADMIN')) return false;
    this.#engine.state.hostnames.set(this.process.uts, name);
    return true;
  }
}

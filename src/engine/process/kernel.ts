import { encode } from '../bytes.ts';
import type { Engine } from '../engine.ts';
import { FileError, OutputError } from '../files/errors.ts';
import { FileSystem } from '../files/filesystem.ts';
import { type NetworkView, networkView } from '../networks/view.ts';
import { random } from '../random.ts';
import { type Credentials, elevated, hasCapability } from './credentials.ts';
import { findCommand } from './exec.ts';
import { exceeds, type Limit, type Limits } from './limits.ts';
import { HOST_MEMORY } from './proc.ts';
import { type Collected, inherited, limitsOf, type Process, type StreamTarget, scriptName } from './process.ts';
import {
  type Executable,
  type Found,
  type Kernel,
  type KernelChanges,
  NeedInput,
  OutOfMemory,
  type SpawnOptions,
} from './program.ts';

const OWN_OUTPUTS = { stdout: { to: 'stdout' }, stderr: { to: 'stderr' } } as const;

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
    const { umask } = this.#changes;
    return umask === undefined ? this.process.credentials : { ...this.process.credentials, umask };
  }

  get files(): FileSystem {
    const { mounts, container } = this.process;
    // The host's mounts change with its volumes.
    const atHome = container === '' && mounts[0]?.tree === 'host' && mounts[0].source === '/';
    const own = mounts.filter(({ tree }) => tree !== 'host' && tree !== 'proc:host');
    const seen = atHome ? [...this.#engine.hostMounts(), ...own] : mounts;
    this.#files ??= new FileSystem(this.#engine.treeStore(this.#pid, this.argv), seen, this.credentials);
    return this.#files;
  }

  get tty(): boolean {
    return this.process.tty;
  }

  get terminal(): { readonly stdin: boolean; readonly stdout: boolean } {
    const { tty, stdout, container } = this.process;
    // At the host's own terminal programs print as into a pipe: what a reader sees is what the handbook prints.
    return this.#changes.terminal ?? { stdin: tty, stdout: tty && container !== '' && stdout.to === 'stdout' };
  }

  get network(): NetworkView {
    const view = networkView(
      this.#engine,
      this.process.netns,
      () => this.files,
      this.#pid,
      () => hasCapability(this.credentials, 'NET_BIND_SERVICE'),
    );
    const { client } = this.#changes;
    return client === undefined ? view : Object.assign(view, { client });
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
    outgoing(() =>
      this.#changes.output ? this.#changes.output(bytes) : this.#engine.write(this.process, 'stdout', bytes),
    );
  }

  error(bytes: string): void {
    if (bytes === '') return;
    outgoing(() =>
      this.#changes.error ? this.#changes.error(bytes) : this.#engine.write(this.process, 'stderr', bytes),
    );
  }

  input(): { data: string; end: boolean } {
    const { input: given } = this.#changes;
    if (given !== undefined) {
      const data = this.#inputTaken ? '' : typeof given === 'string' ? given : given();
      this.#inputTaken = true;
      return { data, end: true };
    }
    const { input, inputEnded } = this.process;
    if (input !== '') this.#engine.state.processes.update(String(this.#pid), { input: '' });
    return { data: input, end: inputEnded };
  }

  reopenInput(): void {
    if (this.process.tty) this.#engine.state.processes.update(String(this.#pid), { inputEnded: false });
  }

  putBack(data: string): void {
    if (data === '') return;
    const { input } = this.process;
    this.#engine.state.processes.update(String(this.#pid), { input: data + input });
  }

  wholeInput(): string {
    const { data, end } = this.input();
    if (end) return data;
    this.putBack(data);
    throw new NeedInput();
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

  spawn(found: Executable, options: SpawnOptions): number {
    const own = this.process;
    const argv = found.prefix.length > 0 ? [...found.prefix, ...options.argv.slice(1)] : options.argv;
    return this.#start({
      ...{ argv, executable: found.path, program: found.programName, ...scriptName(found.prefix) },
      ...(options.title ? { title: options.title } : {}),
      environment: options.environment ?? { ...this.environment },
      cwd: options.cwd ?? this.cwd,
      credentials: elevated(options.credentials ?? this.credentials, found.elevation),
      stdout: inherited(own, options.stdout ?? { to: 'stdout' }),
      stderr: inherited(own, options.stderr ?? { to: 'stderr' }),
      inheritsInput: options.inheritsInput ?? false,
      ...(options.inheritsInput
        ? { input: this.#handOver(), inputEnded: own.inputEnded }
        : { input: options.input ?? '', inputEnded: true }),
    });
  }

  fork(
    memory: unknown,
    outputs: { readonly stdout: StreamTarget; readonly stderr: StreamTarget } = OWN_OUTPUTS,
  ): number {
    const { argv, comm, executable, program } = this.process;
    const { credentials } = this;
    const stdout = inherited(this.process, outputs.stdout);
    const stderr = inherited(this.process, outputs.stderr);
    return this.#start({
      ...{
        argv,
        executable,
        program,
        credentials,
        stdout,
        stderr,
        memory,
        input: '',
        inputEnded: true,
        inheritsInput: false,
      },
      ...{ environment: { ...this.environment }, cwd: this.cwd, ...(comm === undefined ? {} : { comm }) },
    });
  }

  #start(
    spec: Pick<
      Process,
      | 'argv'
      | 'executable'
      | 'program'
      | 'environment'
      | 'cwd'
      | 'credentials'
      | 'stdout'
      | 'stderr'
      | 'inheritsInput'
      | 'input'
      | 'inputEnded'
    > & { memory?: unknown; comm?: string; title?: readonly string[] },
  ): number {
    const { container, mounts, tty, session, uts, netns, pidns, pid, limits } = this.process;
    const inheritedLimits = limits ? { limits } : {};
    if (!this.#engine.mayFork(container)) return -1;
    return this.#engine.scheduler.start({
      ...{ ...spec, ...inheritedLimits, container, mounts, tty, session, uts, netns, pidns },
      parent: pid,
    }).nsPid;
  }

  #handOver(): string {
    const { input } = this.process;
    if (input !== '') this.#engine.state.processes.update(String(this.#pid), { input: '' });
    return input;
  }

  reap(): { pid: number; status: number; collected: readonly Collected[]; input: string; signal: number }[] {
    const { processes } = this.#engine.state;
    const ended = [...processes.values()].filter(({ parent, state }) => parent === this.#pid && state === 'zombie');
    for (const { pid, inheritsInput, input } of ended) {
      processes.delete(String(pid));
      if (inheritsInput) this.putBack(input);
    }
    return ended.map(({ nsPid, status, collected, input, signal = 0 }) => ({
      pid: nsPid,
      status,
      collected,
      input,
      signal,
    }));
  }

  kill(pid: number, signal: number): boolean {
    const all = this.processes().filter(({ state }) => state !== 'zombie');
    const targets =
      pid === -1
        ? all.filter((process) => process.pid !== this.#pid && process.nsPid !== 1)
        : all.filter(({ nsPid }) => nsPid === Math.abs(pid));
    if (targets.length === 0) return false;
    const { uid } = this.credentials;
    for (const target of targets) {
      if (uid !== target.credentials.uid && !hasCapability(this.credentials, 'KILL')) return false;
      if (signal !== 0) this.#engine.scheduler.signal(target.pid, signal, this.process.pidns);
    }
    return true;
  }

  get mayFork(): boolean {
    return this.#engine.mayFork(this.process.container);
  }

  disown(pid: number): void {
    const { processes } = this.#engine.state;
    const { pidns } = this.process;
    const inside = [...processes.values()].filter((process) => process.pidns === pidns);
    const child = inside.find(({ nsPid, parent }) => nsPid === pid && parent === this.#pid);
    const init = inside.find(({ nsPid }) => nsPid === 1 && pidns !== 'host');
    if (child) processes.update(String(child.pid), { parent: init?.pid ?? 0 });
  }

  processes(): readonly Process[] {
    const { pidns } = this.process;
    return [...this.#engine.state.processes.values()]
      .filter((process) => pidns === 'host' || process.pidns === pidns)
      .map((process) => (pidns === 'host' ? { ...process, nsPid: process.pid } : process));
  }

  get limits(): Limits {
    return limitsOf(this.process);
  }

  limit(name: string, limit: Limit): boolean {
    const { limits } = this.process;
    const old = this.limits[name];
    if (exceeds(limit.soft, limit.hard)) return false;
    if (old && exceeds(limit.hard, old.hard) && !hasCapability(this.credentials, 'SYS_RESOURCE')) return false;
    this.#engine.state.processes.update(String(this.#pid), { limits: { ...limits, [name]: limit } });
    return true;
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

  mount(type: string, source: string, target: string, options: readonly string[] = []): boolean {
    if (!hasCapability(this.credentials, 'SYS_ADMIN')) return false;
    const { container, mounts } = this.process;
    const size = options.map((option) => /^size=(\d+)([kmg]?)$/i.exec(option)).find((match) => match);
    const unit = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[size?.[2]?.toLowerCase() ?? ''] ?? 1;
    const limit = size ? Math.ceil((Number(size[1]) * unit) / 4096) * 4096 : undefined;
    const flags = ['nosuid', 'nodev', 'noexec'].filter((flag) => options.includes(flag));
    const mount = {
      target,
      tree: `tmpfs:${container || 'host'}:${target}`,
      source: '/',
      readOnly: options.includes('ro'),
      type: type === 'tmpfs' ? ('tmpfs' as const) : ('ext4' as const),
      device: source,
      options: [...flags, 'relatime', ...(limit === undefined ? [] : [`size=${limit / 1024}k`])],
      noExec: flags.includes('noexec'),
      ...(limit === undefined ? {} : { limit }),
    };
    for (const process of this.#engine.state.processes.values())
      if (process.container === container)
        this.#engine.state.processes.update(String(process.pid), { mounts: [...mounts, mount] });
    this.#files = undefined;
    return true;
  }

  chroot(path: string): boolean {
    if (!hasCapability(this.credentials, 'SYS_CHROOT')) return false;
    const root = this.files.realpath(path);
    if (root === '/') return true;
    const base = this.files.mountOf(root);
    const inside = root.slice(base.target === '/' ? 0 : base.target.length);
    const source = `${base.source === '/' ? '' : base.source}${inside}` || '/';
    const below = this.process.mounts
      .filter(({ target }) => target.startsWith(`${root}/`))
      .map((mount) => ({ ...mount, target: mount.target.slice(root.length) }));
    this.#engine.state.processes.update(String(this.#pid), {
      mounts: [{ ...base, source, target: '/' }, ...below],
      cwd: '/',
    });
    this.#files = undefined;
    return true;
  }

  enter(pid: number, namespaces: readonly string[]): boolean {
    if (!hasCapability(this.credentials, 'SYS_ADMIN')) return false;
    const target = this.processes().find(({ nsPid }) => nsPid === pid);
    if (!target) return false;
    const { netns, uts, mounts, pidns } = target;
    this.#engine.state.processes.update(String(this.#pid), {
      ...(namespaces.includes('net') ? { netns } : {}),
      ...(namespaces.includes('uts') ? { uts } : {}),
      ...(namespaces.includes('mnt') ? { mounts } : {}),
      ...(namespaces.includes('pid') ? { pidns } : {}),
    });
    this.#files = undefined;
    return true;
  }

  unmount(target: string): boolean {
    if (!hasCapability(this.credentials, 'SYS_ADMIN') || target === '/') return false;
    const { container, mounts } = this.process;
    const last = mounts.findLastIndex((mount) => mount.target === target);
    if (last < 0) return false;
    const left = mounts.filter((_, index) => index !== last);
    for (const process of this.#engine.state.processes.values())
      if (process.container === container) this.#engine.state.processes.update(String(process.pid), { mounts: left });
    this.#files = undefined;
    return true;
  }

  allocate(bytes: number): void {
    const limit = this.#engine.state.containers.get(this.process.container)?.hostConfig.Memory || HOST_MEMORY;
    if (bytes >= limit) throw new OutOfMemory();
  }

  outOfMemory(): void {
    this.#engine.noteOutOfMemory(this.process);
  }
}

/** Writes, and marks a refusal as one of the output: the program's own files are another matter. */
function outgoing(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof FileError && !(error instanceof OutputError)) throw new OutputError(error);
    throw error;
  }
}

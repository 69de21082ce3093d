import { encode } from './bytes.ts';
import type { Container } from './containers/container.ts';
import { containerEvent } from './containers/event.ts';
import { CONTAINER_ROOT, CONTAINERS, containersTree, insideContainer } from './containers/host-view.ts';
import { Interrupted } from './errors.ts';
import { type EngineEvent, EVENTS_KEPT } from './events.ts';
import type { Mount, TreeStore } from './files/filesystem.ts';
import { FileSystem } from './files/filesystem.ts';
import { directory, type RegularFile } from './files/node.ts';
import { type Credentials, HOST_ROOT } from './process/credentials.ts';
import { executable } from './process/exec.ts';
import { ProcessKernel } from './process/kernel.ts';
import { setParameter } from './process/kernel-parameters.ts';
import { insideProcess, procTree } from './process/proc.ts';
import { openDescriptor } from './process/proc-process.ts';
import { type Collected, type Process, type ReaderLimit, satisfied } from './process/process.ts';
import { BrokenPipe, type ProgramTable } from './process/program.ts';
import { type Listener, Scheduler } from './process/scheduler.ts';
import type { Registry } from './registry/registry.ts';
import { type EngineState, emptyState, forkState } from './state.ts';
import { insideVolume, VOLUMES, volumesTree } from './volumes/host-view.ts';
import { VOLUME_ROOT } from './volumes/volume.ts';

export interface EngineOptions {
  /** Start of the seeded generator: the same seed gives the same ids. */
  readonly seed?: number;
  /** Virtual time at the start, milliseconds since 1970. */
  readonly now?: number;
  /** The programs that files can hold. */
  readonly programs: ProgramTable;
}

/** What parts of the engine do when something happens to a process or an alarm rings. */
export interface EngineHooks {
  /** The main process of a container, or of an exec, has ended. */
  processEnded(engine: Engine, process: Process, status: number): void;
  /** An alarm other than a process's own; the key's first word says whose. */
  ring(engine: Engine, key: string): void | Promise<void>;
}

/** What fits into a pipe that nobody reads, see pipe(7). */
const PIPE_CAPACITY = 65_536;
const START = Date.UTC(2026, 0, 5, 9, 0, 0);
const HOST_MOUNTS: readonly Mount[] = [
  { target: '/', tree: 'host', source: '/', readOnly: false, type: 'ext4' },
  { target: '/proc', tree: 'proc:host', source: '/', readOnly: false, type: 'proc' },
  { target: '/sys', tree: 'sys:host', source: '/', readOnly: false, type: 'sysfs' },
  { target: VOLUME_ROOT, tree: VOLUMES, source: '/', readOnly: false, type: 'ext4', hidden: true },
  { target: CONTAINER_ROOT, tree: CONTAINERS, source: '/', readOnly: false, type: 'ext4', hidden: true },
];

/** A host with its kernel, in virtual time. The state is a value; everything else here can be made anew from it. */
export class Engine {
  state: EngineState;
  readonly programs: ProgramTable;
  readonly scheduler: Scheduler;
  readonly hooks: EngineHooks[] = [];
  /** What answers on sockets of the host's file system, by their `device`: bytes of a request in, those of the answer out. */
  readonly services = new Map<string, (bytes: string) => Promise<string>>();
  /** Registries by host name (`docker.io`), beside those that run in containers. */
  readonly registries = new Map<string, Registry>();
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #observers = new Set<(event: EngineEvent) => void>();

  constructor({ seed = 1, now = START, programs }: EngineOptions) {
    // A file whose name no longer says which program is in it says so itself: `gnu:cat`.
    this.programs = (program, name) => {
      const [kind = '', own = name] = program.split(':');
      return programs(kind, own);
    };
    this.state = emptyState({ now, random: seed });
    this.state.trees.set('host', directory({ mtime: now }));
    this.state.hostnames.set('host', 'docker');
    this.scheduler = new Scheduler(this);
  }

  /** The state as it is now; later commands do not change it. Constant time. */
  snapshot(): EngineState {
    return forkState(this.state);
  }

  /** Goes back (or forth) to a state. Nobody is attached any more to what runs in it. */
  restore(snapshot: EngineState): void {
    this.state = forkState(snapshot);
    this.#listeners.clear();
    this.scheduler.reset();
  }

  /** The host's files as a user sees them, root unless told otherwise. */
  hostFiles(who: Credentials = HOST_ROOT): FileSystem {
    return new FileSystem(this.treeStore(), this.hostMounts(), who);
  }

  /** What is mounted on the host: its own disk, and the folder where the engine keeps volumes. */
  hostMounts(): readonly Mount[] {
    return HOST_MOUNTS;
  }

  /** Trees as a process sees them: `/proc` is made up for it. */
  treeStore(pid = 0, argv?: readonly string[]): TreeStore {
    const engine = this;
    return {
      get trees() {
        return engine.state.trees;
      },
      get now() {
        return engine.state.now;
      },
      virtual: (key) => {
        if (key === VOLUMES) return volumesTree(engine.state);
        return containersTree(engine.state, key) ?? procTree(engine.state, key, pid, argv);
      },
      inside: (key, names) =>
        key === VOLUMES
          ? insideVolume(engine.state, names)
          : (insideContainer(engine.state, key, names) ?? insideProcess(engine.state, key, names, pid)),
      detached: (key, names, node) => keepMounted(engine.state, key, names, node),
      written: (key, names, data) => {
        const [folder, ...path] = names;
        const viewer = engine.state.processes.get(String(pid));
        if (!key.startsWith('proc:') || !viewer) return;
        if (folder === 'sys') setParameter(engine.state, viewer, path, data);
        else if (path[0] === 'fd') openDescriptor(engine.state, pid, path[1] ?? '', data);
      },
    };
  }

  /** Starts a program of the host that is to stay: its own shell. Its streams are the session `host PID`. */
  startOnHost(
    path: string,
    args: readonly string[],
    cwd = '/',
    environment: Record<string, string> = {},
    more: Partial<Pick<Process, 'tty' | 'wait' | 'inputEnded'>> = {},
  ): number {
    const found = executable(this.hostFiles(), path, this.programs, cwd);
    if ('status' in found) throw new Error(`${path} can't be executed`);
    const pid = this.state.nextPid;
    this.scheduler.start({
      ...{ container: '', uts: 'host', netns: 'host', pidns: 'host', session: `host ${pid}`, tty: false, cwd },
      ...{ argv: [...found.prefix, path, ...args].map(encode), executable: found.path, program: found.programName },
      ...{ environment, credentials: HOST_ROOT, mounts: HOST_MOUNTS, ...more },
    });
    return pid;
  }

  /**
   * Runs a program of the host to its end and returns its exit status; 126 or 127 when the path can't be executed, 130
   * when it was interrupted.
   */
  async runOnHost(path: string, args: readonly string[], listener: Listener, cwd = '/'): Promise<number> {
    const found = executable(this.hostFiles(), path, this.programs, cwd);
    if ('status' in found) return found.status;
    const pid = this.startOnHost(path, args, cwd);
    const stop = this.listen(`host ${pid}`, listener);
    try {
      await this.scheduler.until(() => this.state.processes.get(String(pid))?.state === 'zombie');
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      this.scheduler.end(pid, 130);
    }
    const status = this.state.processes.get(String(pid))?.status ?? 130;
    this.state.processes.delete(String(pid));
    stop();
    return status;
  }

  /** Receives what a session writes from now on. The function returned ends it. */
  listen(session: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(session) ?? new Set();
    this.#listeners.set(session, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Takes what a process writes to where it goes. */
  write(process: Process, stream: 'stdout' | 'stderr', bytes: string): void {
    const target = process[stream];
    if (target.to === 'nowhere') return;
    if (target.to === 'collect') {
      const into = target.into ?? { pid: process.pid, stream };
      const owner = this.state.processes.get(String(into.pid));
      if (!owner) return;
      const { collected } = owner;
      const { now } = this.state;
      const part: Collected = { stream: into.stream, bytes, at: now };
      const gone = target.limit && readerGone([...collected, part], into.stream, target.limit, now);
      if (gone === 'before') throw new BrokenPipe();
      this.state.processes.update(String(into.pid), { collected: [...collected, part] });
      if (gone) throw new BrokenPipe();
      return;
    }
    if (target.to === 'file') {
      new FileSystem(this.treeStore(process.pid), process.mounts, process.credentials).write(target.path, bytes, {
        append: true,
      });
      return;
    }
    // With a terminal there is one stream only.
    const to = process.tty ? 'stdout' : target.to;
    const [kind, id = ''] = process.session.split(' ');
    // A container's terminal ends lines as terminals do (termios(3), ONLCR).
    const text = process.tty && process.container !== '' ? bytes.replaceAll('\n', '\r\n') : bytes;
    if (kind === 'container') this.#log(id, to, text);
    const exec = kind === 'exec' ? this.state.execs.get(id) : undefined;
    if (exec?.probe !== undefined) this.state.execs.update(id, { output: exec.output + text });
    for (const listener of [...(this.#listeners.get(process.session) ?? [])]) listener(to, text);
  }

  #log(id: string, stream: 'stdout' | 'stderr', text: string): void {
    const container = this.state.containers.get(id);
    if (!container || container.hostConfig.LogConfig.Type === 'none') return;
    const entry = { time: this.state.now, stream, text };
    this.state.containers.update(id, {
      log: { last: entry, before: container.log, length: (container.log?.length ?? 0) + 1 },
    });
  }

  /** Gives input to the process in the foreground of a session's first process. */
  feed(pid: number, bytes: string, end = false): void {
    const { processes } = this.state;
    let target = pid;
    for (;;) {
      const child = [...processes.values()].find(
        ({ parent, inheritsInput, state }) => parent === target && inheritsInput && state !== 'zombie',
      );
      if (!child) break;
      target = child.pid;
    }
    const process = processes.get(String(target));
    if (!process || process.state === 'zombie') return;
    processes.update(String(target), { input: process.input + bytes, inputEnded: process.inputEnded || end });
    for (
      let up = processes.get(String(process.parent));
      end && up && target !== pid;
      up = processes.get(String(up.parent))
    ) {
      processes.update(String(up.pid), { inputEnded: true });
      if (up.pid === pid) break;
    }
    this.scheduler.fed(target);
  }

  /** Ctrl-D: whoever reads in the foreground of a session finds the end of its input, those behind it do not. */
  endInput(pid: number): void {
    const { processes } = this.state;
    const inFront = (from: number): number => {
      const child = [...processes.values()].find(
        ({ parent, inheritsInput, state }) => parent === from && inheritsInput && state !== 'zombie',
      );
      return child ? inFront(child.pid) : from;
    };
    const target = inFront(pid);
    if ((processes.get(String(target))?.state ?? 'zombie') === 'zombie') return;
    processes.update(String(target), { inputEnded: true });
    this.scheduler.fed(target);
  }

  /** Whether a container may have one more process (its pids limit). */
  mayFork(id: string): boolean {
    const limit = this.state.containers.get(id)?.hostConfig.PidsLimit;
    if (!limit || limit < 0) return true;
    let count = 0;
    for (const process of this.state.processes.values())
      if (process.container === id && process.state !== 'zombie') count += 1;
    return count < limit;
  }

  /** Notes that a process was killed because its container has no more memory to give. */
  noteOutOfMemory({ container: id }: Process): void {
    const container = this.state.containers.get(id);
    if (!container) return;
    containerEvent(this, this.updateContainer(id, { state: { ...container.state, oomKilled: true } }), 'oom');
  }

  /** The answer of the process that listens on a port. */
  async answer(pid: number, request: string, port: number, client: string): Promise<string> {
    const process = this.state.processes.get(String(pid));
    const program =
      process && this.programs(process.program, process.executable.slice(process.executable.lastIndexOf('/') + 1));
    return (await program?.answer?.(new ProcessKernel(this, pid, { client }), request, port)) ?? '';
  }

  /** Tells whoever keeps track that a process without a parent has ended; true when somebody did. */
  processEnded(process: Process, status: number): boolean {
    for (const hooks of this.hooks) hooks.processEnded(this, process, status);
    return false;
  }

  async ring(key: string): Promise<void> {
    for (const hooks of this.hooks) await hooks.ring(this, key);
  }

  /** Notes that something happened, and tells those who watch. */
  event(
    type: EngineEvent['type'],
    action: string,
    id: string,
    attributes: Readonly<Record<string, string>>,
    scope: 'local' | 'swarm' = 'local',
  ): void {
    const event: EngineEvent = { time: this.state.now, type, action, id, attributes, scope };
    this.state.events = [...this.state.events.slice(-(EVENTS_KEPT - 1)), event];
    for (const observer of this.#observers) observer(event);
  }

  /** Calls back for every event from now on. The function returned ends it. */
  observe(observer: (event: EngineEvent) => void): () => void {
    this.#observers.add(observer);
    return () => this.#observers.delete(observer);
  }

  /** Replaces fields of a container and returns it as it is then. */
  updateContainer(id: string, change: Partial<Container>): Container {
    return this.state.containers.update(id, change);
  }
}

/**
 * Whether the reader of a pipe has got what it wanted and is gone, before what is written now or through it: it takes a
 * moment to go, while which the pipe still takes what fits.
 */
function readerGone(
  parts: readonly Collected[],
  stream: string,
  limit: ReaderLimit,
  now: number,
): 'before' | 'by now' | undefined {
  const own = parts.filter((part) => part.stream === stream);
  const early = own.filter(({ at }) => at < now);
  if (early.length > 0 && satisfied(early.map(({ bytes }) => bytes).join(''), limit)) return 'before';
  const all = own.map(({ bytes }) => bytes).join('');
  return all.length > PIPE_CAPACITY && satisfied(all.slice(0, PIPE_CAPACITY), limit) ? 'by now' : undefined;
}

/**
 * Gives a file that loses its name to the processes in whose view it is mounted by itself: a mount holds on to the file,
 * not to the name that it had.
 */
function keepMounted(state: EngineState, key: string, names: readonly string[], node: RegularFile): void {
  const source = `/${names.join('/')}`;
  const holds = (mount: Mount) => mount.tree === key && mount.source === source;
  const changed = new Map<readonly Mount[], readonly Mount[]>();
  for (const process of [...state.processes.values()]) {
    const { mounts, container, pid } = process;
    if (container === '' || !mounts.some(holds)) continue;
    const kept =
      changed.get(mounts) ??
      mounts.map((mount) => {
        if (!holds(mount)) return mount;
        const tree = `tmpfs:${container}:${mount.target}`;
        state.trees.set(tree, directory({}, new Map([['file', node]])));
        return { ...mount, tree, source: '/file' };
      });
    changed.set(mounts, kept);
    state.processes.update(String(pid), { mounts: kept });
  }
}

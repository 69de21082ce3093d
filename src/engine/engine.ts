import { encode } from './bytes.ts';
import { Interrupted } from './errors.ts';
import type { Mount, TreeStore } from './files/filesystem.ts';
import { FileSystem } from './files/filesystem.ts';
import { directory } from './files/node.ts';
import { type Credentials, HOST_ROOT } from './process/credentials.ts';
import { executable } from './process/exec.ts';
import type { Process } from './process/process.ts';
import type { ProgramTable } from './process/program.ts';
import { type Listener, Scheduler } from './process/scheduler.ts';
import { type EngineState, emptyState, forkState } from './state.ts';

export interface EngineOptions {
  /** Start of the seeded generator: the same seed gives the same ids. */
  readonly seed?: number;
  /** Virtual time at the start, milliseconds since 1970. */
  readonly now?: number;
  /** The programs that files can hold. */
  readonly programs: ProgramTable;
}

const START = Date.UTC(2026, 0, 5, 9, 0, 0);
const HOST_MOUNTS: readonly Mount[] = [{ target: '/', tree: 'host', source: '/', readOnly: false, type: 'ext4' }];

/** A host with its kernel, in virtual time. The state is a value; everything else here can be made anew from it. */
export class Engine {
  state: EngineState;
  readonly programs: ProgramTable;
  readonly scheduler: Scheduler;
  readonly #listeners = new Map<number, Listener>();

  constructor({ seed = 1, now = START, programs }: EngineOptions) {
    this.programs = programs;
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
  }

  /** The host's files as a user sees them, root unless told otherwise. */
  hostFiles(who: Credentials = HOST_ROOT): FileSystem {
    return new FileSystem(this.treeStore(), HOST_MOUNTS, who);
  }

  treeStore(): TreeStore {
    const { state } = this;
    return {
      get trees() {
        return state.trees;
      },
      get now() {
        return state.now;
      },
    };
  }

  /**
   * Runs a program of the host to its end and returns its exit status; 126 or 127 when the path can't be executed, 130
   * when it was interrupted.
   */
  async runOnHost(path: string, args: readonly string[], listener: Listener, cwd = '/'): Promise<number> {
    const found = executable(this.hostFiles(), path, this.programs, cwd);
    if ('status' in found) return found.status;
    const { pid } = this.scheduler.start({
      ...{ container: '', exec: '', uts: 'host', netns: 'host', sink: 'exec', tty: false, cwd },
      ...{ argv: [...found.prefix, path, ...args].map(encode), executable: found.path, program: found.programName },
      ...{ environment: {}, credentials: HOST_ROOT, mounts: HOST_MOUNTS },
    });
    this.#listeners.set(pid, listener);
    try {
      await this.scheduler.until(() => this.state.processes.get(String(pid))?.state === 'zombie');
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      this.scheduler.end(pid, 130);
    }
    const status = this.state.processes.get(String(pid))?.status ?? 130;
    this.state.processes.delete(String(pid));
    this.#listeners.delete(pid);
    return status;
  }

  /** Takes what a process writes to where it goes. */
  write(process: Process, stream: 'stdout' | 'stderr', bytes: string): void {
    if (process.sink === 'collect' && stream === 'stdout') {
      const { collected } = this.state.processes.get(String(process.pid))!;
      this.state.processes.update(String(process.pid), { collected: collected + bytes });
      return;
    }
    for (let pid = process.pid; pid !== 0; pid = this.state.processes.get(String(pid))?.parent ?? 0) {
      const listener = this.#listeners.get(pid);
      if (listener) {
        listener(stream, bytes);
        return;
      }
    }
  }
}

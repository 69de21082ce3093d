import { encode } from '../engine/bytes.ts';
import { dirname, resolve } from '../engine/files/path.ts';
import type { EngineState } from '../engine/state.ts';
import type { Answer, Session, SessionOptions } from '../session/session.ts';

/** The folder in which a reader works. */
export const LAB = '/root/lab';

/** What a reader has done: typed a command line, or written a file. Plain data; done again in order, it gives the same state. */
export type Action =
  | { readonly do: 'run'; readonly line: string }
  | { readonly do: 'write'; readonly path: string; readonly text: string }
  | { readonly do: 'remove'; readonly path: string };

export interface LabChange {
  readonly state: EngineState;
  /** The state before; the same as `state` only when nothing changed. */
  readonly previous: EngineState;
  readonly cause: 'action' | 'undo' | 'redo' | 'reset';
  /** What was done or undone, when it was one thing. */
  readonly action?: Action;
}

type Listener = (change: LabChange) => void;

/**
 * A modelled host that remembers what was done on it: actions can be undone, done again, kept and passed on. Everything on
 * a page that shows or drives the engine holds one of these.
 */
export class Lab {
  readonly session: Session;
  readonly #start: EngineState;
  #done: { readonly action: Action; readonly before: EngineState }[] = [];
  #undone: { readonly action: Action; readonly after: EngineState }[] = [];
  readonly #listeners = new Set<Listener>();

  constructor(session: Session) {
    this.session = session;
    this.#start = session.snapshot();
  }

  get state(): EngineState {
    return this.session.state;
  }

  /** Everything that has been done and not undone, in order. */
  get actions(): readonly Action[] {
    return this.#done.map(({ action }) => action);
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Runs a command line in the host's shell; output comes as it is written. */
  async run(line: string, onOutput?: (stream: 'stdout' | 'stderr', text: string) => void): Promise<Answer> {
    const before = this.session.snapshot();
    const answer = await this.session.run(line, onOutput);
    this.#note({ do: 'run', line }, before);
    return answer;
  }

  /** Writes a file of the lab folder; folders on the way are made. */
  write(path: string, text: string): void {
    const before = this.session.snapshot();
    const files = this.session.engine.hostFiles();
    const target = resolve(LAB, encode(path));
    files.mkdirs(dirname(target));
    files.write(target, encode(text));
    this.#note({ do: 'write', path, text }, before);
  }

  remove(path: string): void {
    const before = this.session.snapshot();
    this.session.engine.hostFiles().remove(resolve(LAB, encode(path)));
    this.#note({ do: 'remove', path }, before);
  }

  async perform(action: Action): Promise<void> {
    if (action.do === 'run') await this.run(action.line);
    else if (action.do === 'write') this.write(action.path, action.text);
    else this.remove(action.path);
  }

  /** Goes back to before the last action; false when there is none. */
  undo(): boolean {
    const last = this.#done.pop();
    if (!last) return false;
    this.#undone.push({ action: last.action, after: this.session.snapshot() });
    this.#goTo(last.before, 'undo', last.action);
    return true;
  }

  redo(): boolean {
    const next = this.#undone.pop();
    if (!next) return false;
    this.#done.push({ action: next.action, before: this.session.snapshot() });
    this.#goTo(next.after, 'redo', next.action);
    return true;
  }

  /** Back to the beginning. */
  reset(): void {
    this.#done = [];
    this.#undone = [];
    this.#goTo(this.#start, 'reset');
  }

  /** Calls back after every action, undo, redo and reset. The function returned ends it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #note(action: Action, before: EngineState): void {
    this.#done.push({ action, before });
    this.#undone = [];
    this.#tell({ state: this.state, previous: before, cause: 'action', action });
  }

  #goTo(state: EngineState, cause: LabChange['cause'], action?: Action): void {
    const previous = this.session.snapshot();
    this.session.restore(state);
    this.#tell({ state: this.state, previous, cause, ...(action ? { action } : {}) });
  }

  #tell(change: LabChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

/** Loads the modelled engine, on first use, and opens a lab on it. */
export async function openLab(options: SessionOptions = {}): Promise<Lab> {
  const { createSession } = await import('../session/session.ts');
  return new Lab(createSession({ hostname: 'docker', ...options }));
}

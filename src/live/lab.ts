import { encode } from '../engine/bytes.ts';
import { dirname, resolve } from '../engine/files/path.ts';
import type { EngineState } from '../engine/state.ts';
import type { Answer, Session, SessionOptions } from '../session/session.ts';
import { Clock } from './clock.ts';

/** The folder in which a reader works. */
export const LAB = '/root/lab';

/** What was pressed while a command ran, `at` virtual milliseconds after it began: text, Ctrl-D or Ctrl-C. */
export type Key = { readonly at: number } & (
  | { readonly text: string }
  | { readonly end: true }
  | { readonly interrupt: true }
);

/** What a reader has done: typed a command line, or written a file. Plain data; done again in order, it gives the same state. */
export type Action = Deed & {
  /** The part of a page, from 0, that this was done for. */
  readonly part?: number;
  /** Whether it was the last thing of that part. */
  readonly ends?: boolean;
};

type Deed =
  /** `waited`: milliseconds that had passed since the action before. */
  | { readonly do: 'run'; readonly line: string; readonly waited?: number; readonly keys?: readonly Key[] }
  | { readonly do: 'reset' }
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
  readonly clock: Clock;
  readonly #start: EngineState;
  /** What is pressed while a command runs, and when that began. */
  #running: { readonly began: number; readonly keys: Key[] } | undefined;
  #done: { readonly action: Action; readonly before: EngineState }[] = [];
  #undone: { readonly action: Action; readonly after: EngineState }[] = [];
  readonly #listeners = new Set<Listener>();

  constructor(session: Session) {
    this.session = session;
    this.clock = new Clock(session.engine.scheduler);
    this.#start = session.snapshot();
  }

  get state(): EngineState {
    return this.session.state;
  }

  /** Everything that has been done since the beginning, or since it was gone back to, and not undone; in order. */
  get actions(): readonly Action[] {
    const from = this.#done.findLastIndex(({ action }) => action.do === 'reset') + 1;
    return this.#done.slice(from).map(({ action }) => action);
  }

  /** Whether a command is running. */
  get busy(): boolean {
    return this.#running !== undefined;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Runs a command line in the host's shell, `waited` milliseconds after the last; output comes as it is written. */
  async run(line: string, onOutput?: (stream: 'stdout' | 'stderr', text: string) => void, waited = 0): Promise<Answer> {
    const before = this.session.snapshot();
    await this.#pass(waited);
    const keys: Key[] = [];
    this.#running = { began: this.state.now, keys };
    try {
      return await this.session.run(line, onOutput);
    } finally {
      this.#running = undefined;
      this.#note({ do: 'run', line, ...(waited > 0 ? { waited } : {}), ...(keys.length > 0 ? { keys } : {}) }, before);
    }
  }

  /** Types into what runs in the foreground. */
  type(text: string): void {
    this.#press({ at: this.#now(), text });
  }

  /** Ctrl-D. */
  endInput(): void {
    this.#press({ at: this.#now(), end: true });
  }

  /** Ctrl-C. */
  interrupt(): void {
    this.#press({ at: this.#now(), interrupt: true });
  }

  #now(): number {
    return this.state.now + this.clock.passed - (this.#running?.began ?? this.state.now);
  }

  #press(key: Key): void {
    if (!this.#running) return;
    this.#running.keys.push(key);
    if ('text' in key) this.session.type(key.text);
    else if ('end' in key) this.session.endInput();
    else this.session.interrupt();
    this.clock.wake();
  }

  /** Notes that the last action was done for a part of a page. */
  attribute(part: number, ends: boolean): void {
    const last = this.#done.pop();
    if (last) this.#done.push({ ...last, action: { ...last.action, part, ends } });
  }

  /** Lets virtual time pass at once, however fast it is paced otherwise. */
  async #pass(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return;
    const { scheduler } = this.session.engine;
    const { pace } = scheduler;
    scheduler.pace = undefined;
    try {
      await scheduler.advance(milliseconds);
    } finally {
      scheduler.pace = pace;
    }
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

  /** Does again what was done before. */
  async perform(action: Action): Promise<void> {
    if (action.do === 'run') await this.#runAgain(action.line, action.waited ?? 0, action.keys ?? []);
    else if (action.do === 'write') this.write(action.path, action.text);
    else if (action.do === 'remove') this.remove(action.path);
    else this.reset();
    if (action.part !== undefined) this.attribute(action.part, action.ends === true);
  }

  /** Runs a command line with what was pressed then, each key at its time; who waits for more is interrupted. */
  async #runAgain(line: string, waited: number, keys: readonly Key[]): Promise<void> {
    const { scheduler } = this.session.engine;
    const { pace, moreInput } = scheduler;
    const left = [...keys];
    const press = () => {
      const key = left.shift() ?? { at: this.#now(), interrupt: true };
      this.#press(key);
    };
    scheduler.pace = async (milliseconds) => {
      const now = this.#now();
      if (left.length === 0 || left[0]!.at > now + milliseconds) return undefined;
      const passed = Math.max(0, left[0]!.at - now);
      press();
      return passed;
    };
    scheduler.moreInput = async () => press();
    try {
      await this.run(line, undefined, waited);
    } finally {
      Object.assign(scheduler, { pace, moreInput });
    }
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

  /** Back to the beginning; that, too, can be undone. */
  reset(): void {
    const before = this.session.snapshot();
    this.#done.push({ action: { do: 'reset' }, before });
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
  const [{ createSession }, { addHandbookImages }] = await Promise.all([
    import('../session/session.ts'),
    import('../images/handbook.ts'),
  ]);
  return new Lab(createSession({ hostname: 'docker', images: addHandbookImages, ...options }));
}

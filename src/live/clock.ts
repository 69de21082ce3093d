/** Longest real wait for one virtual one, in milliseconds: nobody wants to watch `sleep 60`. */
const PATIENCE = 1500;

/** The part of the scheduler that time passes by. */
interface Paced {
  pace: ((milliseconds: number) => Promise<number | undefined>) | undefined;
}

/** Lets real time pass while virtual time does, until something wakes it. */
export class Clock {
  #wake: (() => void) | undefined;
  #waiting: { readonly since: number; readonly real: number; readonly virtual: number } | undefined;
  /** Whether virtual time takes real time. */
  running = false;

  constructor(scheduler: Paced) {
    scheduler.pace = (milliseconds) => this.#pass(milliseconds);
  }

  /** Virtual milliseconds of the current wait that have passed. */
  get passed(): number {
    const { since, real, virtual } = this.#waiting ?? { since: 0, real: 1, virtual: 0 };
    return Math.min(virtual, Math.round((virtual * (performance.now() - since)) / real));
  }

  /** Something came up: the current wait ends now. */
  wake(): void {
    this.#wake?.();
  }

  #pass(virtual: number): Promise<number | undefined> {
    if (!this.running || virtual <= 0) return Promise.resolve(undefined);
    const real = Math.min(virtual, PATIENCE);
    this.#waiting = { since: performance.now(), real, virtual };
    return new Promise((resolve) => {
      const end = (passed: number | undefined) => {
        clearTimeout(timer);
        this.#waiting = undefined;
        this.#wake = undefined;
        resolve(passed);
      };
      const timer = setTimeout(() => end(undefined), real);
      this.#wake = () => end(this.passed);
    });
  }
}

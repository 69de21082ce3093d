/** How progress is shown; without a terminal, `auto` is `plain`. */
export type ProgressMode = 'plain' | 'json' | 'quiet';

/** Lines of progress on the standard error output, ` Container shop-web-1  Started` (docker/compose, pkg/progress). */
export class Progress {
  readonly #mode: ProgressMode;
  readonly #dryRun: boolean;
  readonly #write: (text: string) => void;

  constructor(mode: ProgressMode, dryRun: boolean, write: (text: string) => void) {
    this.#mode = mode;
    this.#dryRun = dryRun;
    this.#write = write;
  }

  /** What happens to a resource, as a state. */
  event(id: string, text: string): void {
    if (this.#mode === 'quiet') return;
    if (this.#mode === 'json') {
      this.#write(`${JSON.stringify({ ...this.#marks(), id, status: text })}\n`);
      return;
    }
    this.#write(`${this.#dryRun ? DRY_RUN : ''} ${id}  ${text}\n`);
  }

  /** What happens to a resource, as a text of its own with a state behind it. */
  detail(id: string, text: string, state = ''): void {
    if (this.#mode === 'plain') this.#write(`${this.#dryRun ? DRY_RUN : ''} ${id} ${text} ${state}\n`);
    else if (this.#mode === 'json')
      this.#write(`${JSON.stringify({ ...this.#marks(), id, text, ...(state === '' ? {} : { status: state }) })}\n`);
  }

  #marks(): object {
    return this.#dryRun ? { dry_run: true } : {};
  }
}

const DRY_RUN = ' DRY-RUN MODE - ';

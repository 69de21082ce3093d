/** How many of the last lines of a failed vertex are repeated. */
const REPEATED = 10;

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)}s`;

/** One vertex as it is being printed. */
export class VertexProgress {
  readonly name: string;
  readonly #number: number;
  readonly #write: (text: string) => void;
  readonly #started: number;
  readonly #now: () => number;
  readonly #lines: string[] = [];
  #partial = '';
  #ended = false;

  constructor(name: string, number: number, now: () => number, write: (text: string) => void) {
    this.name = name;
    this.#number = number;
    this.#now = now;
    this.#started = now();
    this.#write = write;
    write(`#${number} ${name}\n`);
  }

  /** A line about what is going on: `transferring context: 2B done`. */
  status(text: string): void {
    this.#write(`#${this.#number} ${text}\n`);
  }

  /** Output of a process: whole lines are shown with the time since the start. */
  log(text: string): void {
    const lines = (this.#partial + text).split('\n');
    this.#partial = lines.pop()!;
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    const passed = (this.#now() - this.#started) / 1000;
    const shown = `${passed.toFixed(passed < 10 ? 3 : passed < 100 ? 2 : 1)} ${line}`;
    this.#lines.push(shown);
    this.#write(`#${this.#number} ${shown}\n`);
  }

  #end(text: string): void {
    if (this.#partial !== '') this.#line(this.#partial);
    this.#partial = '';
    // A vertex that has ended stays so.
    if (!this.#ended) this.status(text);
    this.#ended = true;
  }

  done(): void {
    this.#end(`DONE ${seconds(this.#now() - this.#started)}`);
  }

  cached(): void {
    this.#end('CACHED');
  }

  /** What had ended is found in the cache when it is needed after all. */
  cachedAfterAll(): void {
    this.#write(`\n#${this.#number} ${this.name}\n#${this.#number} CACHED\n`);
  }

  canceled(): void {
    this.#end('CANCELED');
  }

  /** Ends with an error; what is to be repeated below the whole progress. */
  failed(message: string): string {
    this.#end(`ERROR: ${message}`);
    const lines = this.#lines.slice(-REPEATED).map((line) => `${line}\n`);
    return `------\n > ${this.name}:\n${lines.join('')}------\n`;
  }
}

/** What `--progress=plain` prints while a build runs, and what a standard error that is no terminal gets. */
export class Progress {
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  readonly #prefix: string;
  #count: number;
  #held: string[] | undefined;

  /** `prefix` names the service that is built, as Compose and Bake do; `first` is the number before the first vertex. */
  constructor(write: (text: string) => void, now: () => number, prefix = '', first = 0) {
    this.#write = write;
    this.#now = now;
    this.#prefix = prefix;
    this.#count = first;
  }

  get count(): number {
    return this.#count;
  }

  vertex(name: string): VertexProgress {
    this.#count += 1;
    const held = this.#held;
    const write = held ? (text: string) => void held.push(text) : this.#write;
    write('\n');
    return new VertexProgress(this.#named(name), this.#count, this.#now, write);
  }

  /** Keeps back the vertices that begin from now on, until the function returned is called. */
  hold(): () => void {
    const held: string[] = [];
    this.#held = held;
    return () => {
      if (this.#held !== held) return;
      this.#held = undefined;
      this.#write(held.join(''));
    };
  }

  #named(name: string): string {
    if (this.#prefix === '') return name;
    return name.startsWith('[') ? `[${this.#prefix} ${name.slice(1)}` : `[${this.#prefix}] ${name}`;
  }
}

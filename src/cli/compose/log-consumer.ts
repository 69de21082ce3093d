import type { Compose } from './compose.ts';

/** Name by which watching prints its lines. */
export const WATCH = '#watch';
const WATCH_COLOR = '\x1b[92m';
const NO_COLOR = '\x1b[0m';
const RESET_LINE = '\r\x1b[K';

/** Prints lines of containers, each behind its name (docker/compose, cmd/formatter/logs.go). */
export class LogConsumer {
  readonly #compose: Compose;
  readonly #prefix: boolean;
  readonly #timestamps: boolean;
  readonly #color: boolean;
  readonly #names = new Set<string>();
  #width = 0;
  #closed = false;

  constructor(
    compose: Compose,
    {
      prefix,
      timestamps = false,
      color = true,
    }: { readonly prefix: boolean; readonly timestamps?: boolean; readonly color?: boolean },
  ) {
    this.#compose = compose;
    this.#prefix = prefix;
    this.#timestamps = timestamps;
    this.#color = color;
  }

  /** Makes room for a name: prefixes are as wide as the longest name so far. */
  register(name: string): void {
    this.#names.add(name);
    this.#width = Math.max(this.#width, name.length + 1);
  }

  /** No line is printed any more, because the call has been interrupted. */
  close(): void {
    this.#closed = true;
  }

  log(name: string, line: string): void {
    if (!this.#closed) this.#compose.context.out(this.#line(name, line));
  }

  error(name: string, line: string): void {
    if (!this.#closed) this.#compose.context.err(this.#line(name, line));
  }

  /** What has become of a container. */
  status(name: string, text: string): void {
    this.register(name);
    this.#compose.context.out(`${RESET_LINE}${name} ${text}\n`);
  }

  #line(name: string, line: string): string {
    if (!this.#names.has(name)) this.register(name);
    const prefix = this.#prefix ? this.#prefixOf(name) : '';
    const stamp = this.#timestamps
      ? `${new Date(this.#compose.engine.state.now).toISOString().replace('Z', '000000Z')} `
      : '';
    return `${prefix}${stamp}${line}\n`;
  }

  #prefixOf(name: string): string {
    const [root = name] = name.split(' ');
    if (name !== WATCH) return `${root.padEnd(this.#width)} | `;
    const mark = `${' '.repeat(this.#width)} ⦿ `;
    return this.#color ? `${WATCH_COLOR}${mark}${NO_COLOR}` : mark;
  }
}

/** Cuts a stream of bytes into lines. */
export class LineSplitter {
  #rest = '';
  readonly #line: (line: string) => void;

  constructor(line: (line: string) => void) {
    this.#line = line;
  }

  write(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop()!;
    for (const line of lines) this.#line(line.replace(/\r$/, ''));
  }

  /** What is left without a line's end. */
  close(): void {
    if (this.#rest !== '') this.#line(this.#rest);
    this.#rest = '';
  }
}

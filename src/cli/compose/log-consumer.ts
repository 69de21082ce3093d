import type { Compose } from './compose.ts';

const RESET_LINE = '\r\x1b[K';

/** Prints lines of containers, each behind its name (docker/compose, cmd/formatter/logs.go). */
export class LogConsumer {
  readonly #compose: Compose;
  readonly #prefix: boolean;
  readonly #timestamps: boolean;
  readonly #names = new Set<string>();
  #width = 0;

  constructor(
    compose: Compose,
    { prefix, timestamps = false }: { readonly prefix: boolean; readonly timestamps?: boolean },
  ) {
    this.#compose = compose;
    this.#prefix = prefix;
    this.#timestamps = timestamps;
  }

  /** Makes room for a name: prefixes are as wide as the longest name so far. */
  register(name: string): void {
    this.#names.add(name);
    this.#width = Math.max(this.#width, name.length + 1);
  }

  log(name: string, line: string): void {
    this.#compose.context.out(this.#line(name, line));
  }

  error(name: string, line: string): void {
    this.#compose.context.err(this.#line(name, line));
  }

  /** What has become of a container. */
  status(name: string, text: string): void {
    this.register(name);
    this.#compose.context.out(`${RESET_LINE}${name} ${text}\n`);
  }

  #line(name: string, line: string): string {
    if (!this.#names.has(name)) this.register(name);
    const [root = name] = name.split(' ');
    const prefix = this.#prefix ? `${(root === name ? name : root).padEnd(this.#width)} | ` : '';
    const stamp = this.#timestamps
      ? `${new Date(this.#compose.engine.state.now).toISOString().replace('Z', '000000Z')} `
      : '';
    return `${prefix}${stamp}${line}\n`;
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

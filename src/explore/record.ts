import type { Lab } from '../live/lab.ts';

/** A command that an explorable has run, as plain data. */
export interface Ran {
  readonly command: string;
  /** Both streams in the order in which they came, as a terminal shows them. */
  readonly output: string;
  readonly exitCode: number;
  /** Virtual milliseconds that passed. */
  readonly took: number;
  /** What it was run for: to change something, to look at it, or (a here-document stands for it) to write a file. */
  readonly purpose: 'act' | 'look' | 'file';
}

/** Runs commands on a lab and keeps what they were and said. */
export class Recorder {
  readonly log: Ran[];
  readonly before: number;
  readonly #lab: Lab;

  /** @param log what has been run before on this lab. */
  constructor(lab: Lab, log: readonly Ran[] = []) {
    this.#lab = lab;
    this.log = [...log];
    this.before = log.length;
  }

  /** A command that changes something. */
  act(command: string): Promise<Ran> {
    return this.#run(command, 'act');
  }

  /** A command that only looks. */
  look(command: string): Promise<Ran> {
    return this.#run(command, 'look');
  }

  /** Writes a file of the reader's folder, with a line break at its end. */
  write(path: string, text: string): void {
    const content = text.endsWith('\n') ? text : `${text}\n`;
    this.#lab.write(path, content);
    const command = `cat > ${path} <<'EOF'\n${content}EOF`;
    this.log.push({ command, output: '', exitCode: 0, took: 0, purpose: 'file' });
  }

  async #run(command: string, purpose: Ran['purpose']): Promise<Ran> {
    const start = this.#lab.state.now;
    let output = '';
    const { exitCode } = await this.#lab.run(command, (_stream, text) => {
      output += text;
    });
    const ran: Ran = { command, output, exitCode, took: this.#lab.state.now - start, purpose };
    this.log.push(ran);
    return ran;
  }
}

/**
 * What a command would do: it is run and undone. Nothing of it is kept, neither in the log nor in the lab.
 * @returns what `look` made of the lab afterwards, and how the command ended.
 */
export async function tryOut<T>(
  lab: Lab,
  command: string,
  look: () => T,
): Promise<{ exitCode: number; output: string; seen: T }> {
  const before = lab.session.snapshot();
  try {
    let output = '';
    const { exitCode } = await lab.session.run(command, (_stream, text) => {
      output += text;
    });
    return { exitCode, output, seen: look() };
  } finally {
    lab.session.restore(before);
  }
}

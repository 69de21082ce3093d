import { FileError } from '../../../engine/files/errors.ts';
import { resolve } from '../../../engine/files/path.ts';
import { readFile, writeFile } from '../support/input.ts';
import { Regex } from '../support/regex.ts';
import type { Context } from '../support/tool.ts';

/** What a command that the program ran has written, and how it ended. */
export interface Ran {
  readonly output: string;
  readonly status: number;
}

/**
 * Thrown when the program needs a command's answer: whoever runs the program runs the command and begins anew, with the
 * answer at hand.
 */
export class NeedCommand extends Error {
  readonly command: string;
  readonly input: string;

  constructor(command: string, input: string) {
    super(command);
    this.command = command;
    this.input = input;
  }
}

/** A source of records. */
export interface Source {
  text: string;
  at: number;
}

/** Files and commands that a program reads and writes. */
export class Streams {
  readonly #context: Context;
  readonly #answers: readonly Ran[];
  #asked = 0;
  readonly #sources = new Map<string, Source | undefined>();
  /** What waits to be given to a file or a command. */
  readonly #sinks = new Map<string, { kind: 'file' | 'append' | 'command'; text: string; started: boolean }>();
  readonly #regexes = new Map<string, Regex>();

  constructor(context: Context, answers: readonly Ran[]) {
    this.#context = context;
    this.#answers = answers;
  }

  /** Runs a command, or takes the answer that it gave. Its output goes where the program's own goes. */
  system(command: string): number {
    const { output, status } = this.#answer(command, '');
    this.#context.out(output);
    return status;
  }

  #answer(command: string, input: string): Ran {
    const answer = this.#answers[this.#asked];
    if (!answer) throw new NeedCommand(command, input);
    this.#asked += 1;
    return answer;
  }

  write(op: string, name: string, text: string): void {
    if (op !== '|' && (name === '/dev/stdout' || name === '-')) {
      this.#context.out(text);
      return;
    }
    if (op !== '|' && name === '/dev/stderr') {
      this.#context.kernel.error(text);
      return;
    }
    const kind = op === '|' ? 'command' : op === '>' ? 'file' : 'append';
    let sink = this.#sinks.get(name);
    if (!sink) {
      sink = { kind, text: '', started: false };
      this.#sinks.set(name, sink);
      if (kind !== 'command') this.#checkWritable(name, kind);
    }
    sink.text += text;
  }

  #checkWritable(name: string, kind: 'file' | 'append'): void {
    const { kernel } = this.#context;
    try {
      const path = resolve(kernel.cwd, name);
      const node = kernel.files.stat(path);
      if (node?.type === 'directory') throw new FileError('EISDIR', name);
      if (!node || kind === 'append') kernel.files.write(path, '', { append: true });
      else if (!kernel.files.permits(node, 2)) throw new FileError('EACCES', name);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (this.#context.busybox) throw this.#context.fail(`can't open '${name}': ${error.message}`, 1);
      throw this.#context.fail(`cannot open "${name}" for output (${error.message})`, 2);
    }
  }

  /** Ends a file or command. -1 when there is none of the name. */
  close(name: string): number {
    const sink = this.#sinks.get(name);
    const known = this.#sources.delete(name);
    if (!sink) return known ? 0 : -1;
    this.#sinks.delete(name);
    return this.#finish(name, sink);
  }

  #finish(name: string, { kind, text }: { kind: string; text: string }): number {
    if (kind === 'command') {
      const { output, status } = this.#answer(name, text);
      this.#context.out(output);
      return status;
    }
    writeFile(this.#context.kernel, name, text, kind === 'append');
    return 0;
  }

  closeAll(): void {
    for (const name of [...this.#sinks.keys()]) this.close(name);
  }

  /** The source of a file's records; undefined when it can't be read. */
  file(name: string): Source | undefined {
    if (!this.#sources.has(name)) {
      let source: Source | undefined;
      const sink = this.#sinks.get(name);
      try {
        source = { text: sink && sink.kind !== 'command' ? sink.text : readFile(this.#context.kernel, name), at: 0 };
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
      }
      if (!source) return undefined;
      this.#sources.set(name, source);
    }
    return this.#sources.get(name);
  }

  command(command: string): Source {
    let source = this.#sources.get(command);
    if (!source) {
      source = { text: this.#answer(command, '').output, at: 0 };
      this.#sources.set(command, source);
    }
    return source;
  }

  /** Takes the next record; undefined at the end. */
  record(source: Source, separator: string): string | undefined {
    const { text } = source;
    if (separator === '') {
      while (text[source.at] === '\n') source.at += 1;
    }
    if (source.at >= text.length) return undefined;
    let start: number;
    let end: number;
    if (separator.length === 1 || separator === '\n') {
      start = text.indexOf(separator, source.at);
      end = start + 1;
    } else {
      const match = this.#regex(separator === '' ? '\n\n+' : separator).exec(text, source.at);
      start = match && match.end > match.index ? match.index : -1;
      end = match?.end ?? -1;
    }
    const record = text.slice(source.at, start < 0 ? undefined : start);
    source.at = start < 0 ? text.length : end;
    return separator === '' ? record.replace(/\n$/, '') : record;
  }

  #regex(source: string): Regex {
    let regex = this.#regexes.get(source);
    if (!regex) {
      regex = new Regex(source, { extended: true, escapes: true });
      this.#regexes.set(source, regex);
    }
    return regex;
  }
}

import { complete } from '../cli/complete.ts';
import { wholeSurface } from '../cli/surface/surface.ts';
import { decode, encode } from '../engine/bytes.ts';
import { resolve } from '../engine/files/path.ts';
import { LineEditor } from '../terminal/line-editor.ts';
import { Screen } from '../terminal/screen.ts';
import { LAB, type Lab } from './lab.ts';

/** Milliseconds between two keys of a command that is typed for the reader, and for a whole command at most. */
const KEYSTROKE = 16;
const LONGEST_TYPING = 600;

export interface ConsoleOptions {
  readonly label: string;
  readonly screenReader: boolean;
  onLink(address: string): void;
  /** The reader wants out of the terminal by keyboard. */
  onLeave(): void;
  /** The reader has pressed Ctrl-C. */
  onInterrupt(): void;
}

/** Text without what a terminal would take as an order. */
const printable = (text: string) => text.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ');

/** A terminal with a lab behind it: what is typed runs there, what it prints stands here. */
export class LabConsole {
  readonly screen: Screen;
  readonly #editor = new LineEditor();
  readonly #options: ConsoleOptions;
  readonly #lab: Lab;
  /** An example is being played: what is typed meanwhile is not taken, except for Ctrl-C. */
  locked = false;
  #busy = false;
  #running: Promise<string> | undefined;
  /** Lines pasted while another runs. */
  #queue: string[] = [];
  /** What is being typed into the program in the foreground. */
  #typed = '';
  #idleSince = performance.now();

  constructor(root: HTMLElement, lab: Lab, options: ConsoleOptions) {
    this.screen = new Screen(root, options);
    this.#options = options;
    this.#lab = lab;
    // What the Tab key offers includes what no command has asked for yet.
    void wholeSurface();
    this.screen.terminal.onData((data) => this.#receive(data));
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Prints a word that no program has printed, above the command line. */
  note(text: string): void {
    if (this.#busy) return;
    this.screen.eraseLine();
    this.screen.print(`\x1b[90m${printable(text)}\x1b[0m\r\n`);
    this.prompt();
  }

  prompt(): void {
    if (!this.#busy) this.screen.draw(this.#prompt(), this.#editor.view);
  }

  /** Runs a command as if it had been typed, key by key where `slowly`; returns both outputs as they are shown. */
  async execute(line: string, waited?: number, slowly = false): Promise<string> {
    await this.idle;
    const step = Math.max(1, Math.ceil((line.length * KEYSTROKE) / LONGEST_TYPING));
    for (let typed = step; slowly && typed < line.length; typed += step) {
      this.#editor.set(line.slice(0, typed));
      this.prompt();
      await new Promise((done) => setTimeout(done, KEYSTROKE));
    }
    this.#editor.set(line);
    this.prompt();
    this.#editor.remember(line);
    return this.#run(line, waited);
  }

  /** Ends when no command is running any more. */
  get idle(): Promise<unknown> {
    return this.#running ?? Promise.resolve();
  }

  /** Ctrl-C from elsewhere: a button. */
  interrupt(): void {
    this.#queue = [];
    if (this.#busy) this.#lab.interrupt();
  }

  focus(): void {
    this.screen.focus();
  }

  dispose(): void {
    this.screen.dispose();
  }

  #prompt(): string {
    const cwd = decode(this.#lab.session.cwd);
    const place = cwd === LAB ? '~/lab' : cwd.startsWith('/root') ? `~${cwd.slice('/root'.length)}` : cwd;
    return `${place} $ `;
  }

  #run(line: string, waited = performance.now() - this.#idleSince): Promise<string> {
    const running = this.#perform(line, waited);
    this.#running = running;
    return running;
  }

  async #perform(line: string, waited: number): Promise<string> {
    this.screen.leaveLine(this.#prompt(), this.#editor.view);
    this.#editor.set('');
    this.#busy = true;
    let shown = '';
    let column = 0;
    try {
      await this.#lab.run(
        line,
        (_stream, text) => {
          shown += text;
          column = text.endsWith('\n') ? 0 : 1;
          this.screen.print(text);
        },
        Math.round(waited),
      );
    } catch (error) {
      this.screen.print(`\r\n${error instanceof Error ? error.message : error}\r\n`);
    }
    this.#busy = false;
    this.#idleSince = performance.now();
    if (column > 0) this.screen.print('\r\n');
    const next = this.#queue.shift();
    if (next === undefined) this.prompt();
    else {
      this.#editor.set(next);
      this.prompt();
      void this.#run(next);
    }
    return shown;
  }

  #receive(data: string): void {
    if (this.#busy) {
      this.#typeInto(data);
      return;
    }
    if (this.locked) {
      if (data.includes('\x03')) this.#options.onInterrupt();
      return;
    }
    for (const event of this.#editor.feed(data)) {
      if (event.kind === 'submit') this.#submit(event.line);
      else if (event.kind === 'interrupt') {
        this.screen.print('^C\r\n');
        this.prompt();
      } else if (event.kind === 'complete') this.#complete(event.before);
      else if (event.kind === 'clear') this.screen.clear();
      else if (event.kind === 'end') this.#options.onLeave();
    }
    this.prompt();
  }

  #submit(line: string): void {
    if (this.#busy) {
      this.#queue.push(line);
      return;
    }
    if (line.trim() === '') {
      this.screen.print('\r\n');
      return;
    }
    this.#editor.set(line);
    this.screen.draw(this.#prompt(), this.#editor.view);
    void this.#run(line);
  }

  /** Keys while a program runs: a line at a time, as a terminal hands it on, with what is typed shown. */
  #typeInto(data: string): void {
    for (const key of data) {
      if (key === '\x03') {
        this.screen.print('^C');
        this.#typed = '';
        this.#options.onInterrupt();
        this.interrupt();
      } else if (key === '\x04') {
        if (this.#typed !== '') this.#lab.type(this.#typed);
        this.#typed = '';
        this.#lab.endInput();
      } else if (key === '\r' || key === '\n') {
        this.screen.print('\r\n');
        this.#lab.type(`${this.#typed}\n`);
        this.#typed = '';
      } else if (key === '\x7f') {
        if (this.#typed === '') continue;
        this.#typed = this.#typed.slice(0, -1);
        this.screen.print('\b \b');
      } else if (key >= ' ') {
        this.#typed += key;
        this.screen.print(key);
      }
    }
  }

  #complete(before: string): void {
    const word = /\S*$/.exec(before)![0];
    const words = /(?:^|[|;&(]\s*)docker\b[^|;&]*$/.exec(before)?.[0].replace(/^[|;&(]\s*/, '');
    const fromDocker = words === undefined ? [] : complete(words, this.#lab.session.engine);
    const candidates = fromDocker.length > 0 ? fromDocker : this.#names(word);
    if (candidates.length === 0) {
      if (before === '') this.#options.onLeave();
      return;
    }
    const common = candidates.reduce((prefix, candidate) => {
      let length = 0;
      while (length < prefix.length && prefix[length] === candidate[length]) length += 1;
      return prefix.slice(0, length);
    });
    const [only] = candidates;
    if (candidates.length === 1) this.#editor.replaceBefore(word.length, only!.endsWith('/') ? only! : `${only} `);
    else if (common.length > word.length) this.#editor.replaceBefore(word.length, common);
    else {
      this.screen.leaveLine(this.#prompt(), this.#editor.view);
      this.screen.print(`${candidates.join('  ')}\r\n`);
    }
  }

  /** Files and folders whose path begins with a word. */
  #names(word: string): string[] {
    const folder = word.slice(0, word.lastIndexOf('/') + 1);
    const files = this.#lab.session.engine.hostFiles();
    const place = resolve(this.#lab.session.cwd, encode(folder === '' ? '.' : folder));
    if (files.stat(place)?.type !== 'directory') return [];
    const rest = encode(word.slice(folder.length));
    return files
      .list(place)
      .filter((name) => name.startsWith(rest) && (rest !== '' || !name.startsWith('.')))
      .map((name) => `${folder}${decode(name)}${files.stat(resolve(place, name))?.type === 'directory' ? '/' : ''}`);
  }
}

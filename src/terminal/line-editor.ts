import { isIncomplete } from './incomplete.ts';

/** What a line editor shows: the text, where the cursor stands, and the search that is going on. */
export interface EditorView {
  readonly text: string;
  readonly cursor: number;
  /** What is searched for backwards in the history. */
  readonly search?: string;
}

/** What a key meant besides a change of the text. */
export type EditorEvent =
  | { readonly kind: 'submit'; readonly line: string }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'end' }
  | { readonly kind: 'complete'; readonly before: string }
  | { readonly kind: 'clear' };

/** Keys as a terminal sends them, longest first. */
const KEYS: readonly (readonly [string, string])[] = [
  ...([
    ['\x1b[1;5D', 'word-left'],
    ['\x1b[1;5C', 'word-right'],
    ['\x1b[1;3D', 'word-left'],
    ['\x1b[1;3C', 'word-right'],
  ] as const),
  ...([
    ['\x1b[3~', 'delete'],
    ['\x1b[1~', 'home'],
    ['\x1b[4~', 'finish'],
    ['\x1b[D', 'left'],
    ['\x1b[C', 'right'],
  ] as const),
  ...([
    ['\x1b[A', 'up'],
    ['\x1b[B', 'down'],
    ['\x1b[H', 'home'],
    ['\x1b[F', 'finish'],
    ['\x1bOA', 'up'],
    ['\x1bOB', 'down'],
  ] as const),
  ...([
    ['\x1bOH', 'home'],
    ['\x1bOF', 'finish'],
    ['\x1bb', 'word-left'],
    ['\x1bf', 'word-right'],
    ['\x1b\x7f', 'erase-word'],
  ] as const),
  ...([
    ['\x01', 'home'],
    ['\x05', 'finish'],
    ['\x02', 'left'],
    ['\x06', 'right'],
    ['\x10', 'up'],
    ['\x0e', 'down'],
  ] as const),
  ...([
    ['\x7f', 'backspace'],
    ['\b', 'backspace'],
    ['\x0b', 'kill'],
    ['\x15', 'kill-before'],
    ['\x17', 'erase-word'],
  ] as const),
  ...([
    ['\x19', 'yank'],
    ['\x12', 'search'],
    ['\x03', 'interrupt'],
    ['\x04', 'end'],
    ['\t', 'complete'],
    ['\x0c', 'clear'],
  ] as const),
  ...([
    ['\r', 'submit'],
    ['\n', 'submit'],
    ['\x07', 'abort'],
    ['\x1b', 'abort'],
  ] as const),
];
const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

/**
 * A command line that is being edited, as readline does it: moving, erasing, history, searching backwards. Pure: it is fed what a
 * terminal sends and says what is to be shown and done.
 */
export class LineEditor {
  #text = '';
  #cursor = 0;
  #killed = '';
  #search: string | undefined;
  /** Where in the history the text is from; its length: the line that is new. */
  #at: number;
  #draft = '';
  readonly history: string[];

  constructor(history: readonly string[] = []) {
    this.history = [...history];
    this.#at = this.history.length;
  }

  get view(): EditorView {
    return { text: this.#text, cursor: this.#cursor, ...(this.#search === undefined ? {} : { search: this.#search }) };
  }

  /** Takes what the terminal has sent; several keys may come at once. */
  feed(data: string): EditorEvent[] {
    const events: EditorEvent[] = [];
    let rest = data;
    while (rest !== '') {
      if (rest.startsWith(PASTE_START)) {
        const end = rest.indexOf(PASTE_END);
        const pasted = rest.slice(PASTE_START.length, end < 0 ? undefined : end);
        rest = end < 0 ? '' : rest.slice(end + PASTE_END.length);
        events.push(...this.#paste(pasted));
        continue;
      }
      const key = KEYS.find(([sequence]) => rest.startsWith(sequence));
      if (key) {
        rest = rest.slice(key[0].length);
        const event = this.#press(key[1]);
        if (event) events.push(event);
      } else if (rest.charCodeAt(0) < 0x20) rest = rest.replace(/^\x1b\[[\d;]*[A-Za-z~]|^./s, '');
      else {
        const plain = /^[^\x00-\x1f\x7f]+/.exec(rest)![0];
        this.#insert(plain);
        rest = rest.slice(plain.length);
      }
    }
    return events;
  }

  /** Puts a text in place of the word before the cursor, as completion does. */
  replaceBefore(length: number, text: string): void {
    this.#text = this.#text.slice(0, this.#cursor - length) + text + this.#text.slice(this.#cursor);
    this.#cursor += text.length - length;
  }

  set(text: string): void {
    this.#text = text;
    this.#cursor = text.length;
  }

  /** Remembers a line that was run by other means. */
  remember(line: string): void {
    if (line.trim() !== '' && this.history.at(-1) !== line) this.history.push(line);
    this.#at = this.history.length;
  }

  #paste(text: string): EditorEvent[] {
    const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').split('\n');
    const last = lines.pop() ?? '';
    const events: EditorEvent[] = [];
    for (const line of lines) {
      this.#insert(line);
      const event = this.#submit();
      if (event) events.push(event);
    }
    this.#insert(last);
    return events;
  }

  #insert(text: string): void {
    if (this.#search !== undefined) {
      this.#search += text;
      this.#find(this.history.length - 1);
      return;
    }
    this.#text = this.#text.slice(0, this.#cursor) + text + this.#text.slice(this.#cursor);
    this.#cursor += text.length;
  }

  /** Hands a line over; one that is not complete goes on in the next. */
  #submit(): EditorEvent | undefined {
    const line = this.#text;
    if (isIncomplete(line)) {
      this.#text += '\n';
      this.#cursor = this.#text.length;
      return undefined;
    }
    this.remember(line);
    this.#reset();
    return { kind: 'submit', line };
  }

  #reset(): void {
    this.#text = '';
    this.#cursor = 0;
    this.#search = undefined;
    this.#draft = '';
    this.#at = this.history.length;
  }

  #press(key: string): EditorEvent | undefined {
    if (this.#search !== undefined && !['backspace', 'search'].includes(key)) {
      const given = this.#search;
      this.#search = undefined;
      if (key === 'abort') {
        if (given !== '') this.set(this.#draft);
        return undefined;
      }
    }
    switch (key) {
      case 'submit':
        return this.#submit();
      case 'interrupt':
        this.#reset();
        return { kind: 'interrupt' };
      case 'end':
        if (this.#text === '') return { kind: 'end' };
        this.#erase(this.#cursor, this.#cursor + 1);
        return undefined;
      case 'complete':
        return { kind: 'complete', before: this.#text.slice(0, this.#cursor) };
      case 'clear':
        return { kind: 'clear' };
      default:
        this.#edit(key);
        return undefined;
    }
  }

  #edit(key: string): void {
    const { length } = this.#text;
    if (key === 'left') this.#cursor = Math.max(0, this.#cursor - 1);
    else if (key === 'right') this.#cursor = Math.min(length, this.#cursor + 1);
    else if (key === 'home') this.#cursor = 0;
    else if (key === 'finish') this.#cursor = length;
    else if (key === 'word-left') this.#cursor = this.#wordLeft();
    else if (key === 'word-right') this.#cursor += /^\s*\S*/.exec(this.#text.slice(this.#cursor))![0].length;
    else if (key === 'delete') this.#erase(this.#cursor, this.#cursor + 1);
    else if (key === 'backspace') this.#backspace();
    else if (key === 'kill') this.#kill(this.#cursor, length);
    else if (key === 'kill-before') this.#kill(0, this.#cursor);
    else if (key === 'erase-word') this.#kill(this.#wordLeft(), this.#cursor);
    else if (key === 'yank') this.#insert(this.#killed);
    else if (key === 'up') this.#recall(this.#at - 1);
    else if (key === 'down') this.#recall(this.#at + 1);
    else if (key === 'search') this.#searchBack();
  }

  #wordLeft(): number {
    return this.#cursor - /\S*\s*$/.exec(this.#text.slice(0, this.#cursor))![0].length;
  }

  #erase(from: number, to: number): void {
    this.#text = this.#text.slice(0, from) + this.#text.slice(to);
    this.#cursor = from;
  }

  #kill(from: number, to: number): void {
    this.#killed = this.#text.slice(from, to);
    this.#erase(from, to);
  }

  #backspace(): void {
    if (this.#search !== undefined) {
      this.#search = this.#search.slice(0, -1);
      this.#find(this.history.length - 1);
    } else if (this.#cursor > 0) this.#erase(this.#cursor - 1, this.#cursor);
  }

  #recall(at: number): void {
    if (at < 0 || at > this.history.length || at === this.#at) return;
    if (this.#at === this.history.length) this.#draft = this.#text;
    this.#at = at;
    this.set(at === this.history.length ? this.#draft : this.history[at]!);
  }

  #searchBack(): void {
    if (this.#search === undefined) {
      this.#draft = this.#text;
      this.#search = '';
    } else this.#find(this.#at - 1);
  }

  #find(from: number): void {
    for (let at = from; at >= 0 && this.#search; at -= 1) {
      const found = this.history[at]!.indexOf(this.#search);
      if (found < 0) continue;
      this.#at = at;
      this.#text = this.history[at]!;
      this.#cursor = found;
      return;
    }
  }
}

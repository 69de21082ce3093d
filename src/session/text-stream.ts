import { decode } from '../engine/bytes.ts';

/** The start of a UTF-8 sequence at the end of a byte string whose rest has not arrived. */
const UNFINISHED = /(?:[\xc0-\xff]|[\xe0-\xff][\x80-\xbf]|[\xf0-\xff][\x80-\xbf]{2})$/;

/** Turns what is written piece by piece as bytes into text. */
export class TextStream {
  readonly #name: 'stdout' | 'stderr';
  readonly #onText: ((stream: 'stdout' | 'stderr', text: string) => void) | undefined;
  #text = '';
  #pending = '';

  constructor(name: 'stdout' | 'stderr', onText?: (stream: 'stdout' | 'stderr', text: string) => void) {
    this.#name = name;
    this.#onText = onText;
  }

  write(bytes: string): void {
    const whole = this.#pending + bytes;
    const cut = UNFINISHED.exec(whole)?.index ?? whole.length;
    this.#pending = whole.slice(cut);
    this.#pass(whole.slice(0, cut));
  }

  /** All that was written. */
  end(): string {
    this.#pass(this.#pending);
    this.#pending = '';
    return this.#text;
  }

  #pass(bytes: string): void {
    if (bytes === '') return;
    const text = decode(bytes);
    this.#text += text;
    this.#onText?.(this.#name, text);
  }
}

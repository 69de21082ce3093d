import { FitAddon } from '@xterm/addon-fit';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import type { EditorView } from './line-editor.ts';
import { styleSafeDocument } from './style-safe-document.ts';

export interface ScreenOptions {
  /** Name of the terminal for those who hear the page. */
  readonly label: string;
  readonly screenReader: boolean;
}

/** A terminal on a page: prints, and draws the command line that is being edited. */
export class Screen {
  readonly terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #observer: ResizeObserver;
  /** Rows that the cursor stands below the first row of the edited line. */
  #row = 0;

  constructor(root: HTMLElement, { label, screenReader }: ScreenOptions) {
    this.terminal = new Terminal({
      ...{ cursorBlink: false, convertEol: true, fontSize: 14, lineHeight: 1.25, scrollback: 5000, tabStopWidth: 8 },
      ...{ documentOverride: styleSafeDocument(), screenReaderMode: screenReader, theme: theme(root) },
      fontFamily: getComputedStyle(root).getPropertyValue('--sl-font-system-mono') || 'monospace',
      ...{ minimumContrastRatio: 4.5, macOptionIsMeta: true },
    });
    this.terminal.loadAddon(this.#fit);
    this.terminal.loadAddon(new WebLinksAddon(undefined));
    this.terminal.open(root);
    this.terminal.textarea?.setAttribute('aria-label', label);
    this.#fit.fit();
    this.#observer = new ResizeObserver(() => this.#fit.fit());
    this.#observer.observe(root);
    // Tab and Shift-Tab must lead out of the terminal when there is nothing to complete.
    this.terminal.attachCustomKeyEventHandler(
      (event) => !(event.key === 'Tab' && event.shiftKey) && event.key !== 'F6',
    );
  }

  print(text: string): void {
    this.terminal.write(text);
  }

  /** Draws prompt and line where they were drawn last, the cursor in its place. */
  draw(prompt: string, { text, cursor, search }: EditorView): void {
    const shownPrompt = search === undefined ? prompt : `(reverse-i-search)\`${search}': `;
    const up = this.#row > 0 ? `\x1b[${this.#row}A` : '';
    const shown = text.replaceAll('\n', '\r\n');
    this.terminal.write(`${up}\r\x1b[J${colour(shownPrompt)}${shown}`);
    const width = this.terminal.cols;
    const end = shownPrompt.length + text.length;
    const at = shownPrompt.length + cursor;
    const [endRow, atRow] = [Math.floor(end / width), Math.floor(at / width)];
    // At the last column a terminal waits with the new row until something is printed there.
    if (end % width === 0 && end > 0) this.terminal.write(' \b');
    const back = endRow - atRow;
    this.terminal.write(`${back > 0 ? `\x1b[${back}A` : ''}\r${at % width > 0 ? `\x1b[${at % width}C` : ''}`);
    this.#row = atRow;
  }

  /** Leaves the edited line as it stands and goes below it. */
  leaveLine(prompt: string, { text, cursor }: EditorView): void {
    const width = this.terminal.cols;
    const down = Math.floor((prompt.length + text.length) / width) - Math.floor((prompt.length + cursor) / width);
    this.terminal.write(`${down > 0 ? `\x1b[${down}B` : ''}\r\n`);
    this.#row = 0;
  }

  clear(): void {
    this.terminal.write('\x1b[2J\x1b[3J\x1b[H');
    this.#row = 0;
  }

  focus(): void {
    this.terminal.focus();
  }

  fit(): void {
    this.#fit.fit();
  }

  /** Takes the colours of the page's scheme. */
  refreshColours(root: HTMLElement): void {
    this.terminal.options.theme = theme(root);
  }

  dispose(): void {
    this.#observer.disconnect();
    this.terminal.dispose();
  }
}

const colour = (prompt: string) => `\x1b[1;34m${prompt}\x1b[0m`;

/** Colours of the page as those of a terminal. */
function theme(root: HTMLElement) {
  const style = getComputedStyle(root);
  const value = (name: string) => style.getPropertyValue(name).trim();
  const dark = document.documentElement.dataset['theme'] !== 'light';
  return {
    ...{
      background: value('--terminal-background'),
      foreground: value('--terminal-text'),
      cursor: value('--terminal-text'),
    },
    ...{
      selectionBackground: dark ? '#35506b' : '#b9d4ee',
      blue: dark ? '#79b8ff' : '#0b5cad',
      red: dark ? '#ff8f88' : '#b3261e',
    },
    ...{
      green: dark ? '#7ee2a8' : '#136c3a',
      yellow: dark ? '#f2cc60' : '#7a5200',
      brightBlack: dark ? '#9aa7b4' : '#5a6672',
    },
  };
}

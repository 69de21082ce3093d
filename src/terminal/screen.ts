import { FitAddon } from '@xterm/addon-fit';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import { adoptingStyles } from './adopt-styles.ts';
import type { EditorView } from './line-editor.ts';

export interface ScreenOptions {
  /** Name of the terminal for those who hear the page. */
  readonly label: string;
  readonly screenReader: boolean;
  /** The reader has followed a link. */
  onLink(address: string): void;
}

/** A terminal on a page: prints, and draws the command line that is being edited. */
export class Screen {
  readonly terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #observer: ResizeObserver;
  /** Rows that the cursor stands below the first row of the edited line. */
  #row = 0;

  constructor(root: HTMLElement, { label, screenReader, onLink }: ScreenOptions) {
    this.terminal = new Terminal({
      ...{ cursorBlink: false, convertEol: true, fontSize: 14, lineHeight: 1.25, scrollback: 5000, tabStopWidth: 8 },
      ...{ screenReaderMode: screenReader, theme: theme(root) },
      fontFamily: getComputedStyle(root).getPropertyValue('--sl-font-system-mono') || 'monospace',
      macOptionIsMeta: true,
      linkHandler: { activate: (_event, address) => onLink(address) },
    });
    this.terminal.loadAddon(this.#fit);
    this.terminal.loadAddon(new WebLinksAddon((_event, address) => onLink(address)));
    adoptingStyles(() => this.terminal.open(root));
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
    this.terminal.write(paletteColours(text));
  }

  /** Draws prompt and line where they were drawn last, the cursor in its place. */
  draw(prompt: string, { text, cursor, search }: EditorView): void {
    const shownPrompt = search === undefined ? prompt : `(reverse-i-search)\`${search}': `;
    const up = this.#row > 0 ? `\x1b[${this.#row}A` : '';
    const shown = text.replaceAll('\n', '\r\n');
    this.terminal.write(`${up}\r\x1b[J${colour(shownPrompt)}${shown}`);
    const width = this.terminal.cols;
    const [endRow, endColumn] = place(shownPrompt + text, width);
    const [atRow, column] = place(shownPrompt + text.slice(0, cursor), width);
    // At the last column a terminal waits with the new row until something is printed there.
    if (endColumn === 0 && !text.endsWith('\n')) this.terminal.write(' \b');
    const back = endRow - atRow;
    this.terminal.write(`${back > 0 ? `\x1b[${back}A` : ''}\r${column > 0 ? `\x1b[${column}C` : ''}`);
    this.#row = atRow;
  }

  /** Takes the edited line away; it is to be drawn again. */
  eraseLine(): void {
    this.terminal.write(`${this.#row > 0 ? `\x1b[${this.#row}A` : ''}\r\x1b[J`);
    this.#row = 0;
  }

  /** Leaves the edited line as it stands and goes below it. */
  leaveLine(prompt: string, { text, cursor }: EditorView): void {
    const width = this.terminal.cols;
    const down = place(prompt + text, width)[0] - place(prompt + text.slice(0, cursor), width)[0];
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

/** Row and column, from 0, behind a text that begins at a row's start. */
function place(text: string, width: number): readonly [number, number] {
  const lines = text.split('\n');
  const last = lines.pop()!.length;
  const before = lines.reduce((rows, line) => rows + Math.floor(line.length / width) + 1, 0);
  return [before + Math.floor(last / width), last % width];
}

const colour = (prompt: string) => `\x1b[1;34m${prompt}\x1b[0m`;

/** 24-bit colours become those of the palette: the terminal shows the former by inline styles, which the page's policy forbids. */
function paletteColours(text: string): string {
  return text.replace(
    /(?<=[[;][34]8)([;:])2[;:]+(\d+)[;:](\d+)[;:](\d+)/g,
    (_match, separator: string, ...rgb: string[]) => {
      const [red, green, blue] = rgb.slice(0, 3).map((level) => Math.round((Math.min(255, Number(level)) / 255) * 5));
      return `${separator}5${separator}${16 + 36 * red! + 6 * green! + blue!}`;
    },
  );
}

const DARK = {
  ...{ black: '#5c7186', red: '#ff8f88', green: '#7ee2a8', yellow: '#f2cc60' },
  ...{ blue: '#79b8ff', magenta: '#d9a8ff', cyan: '#6fd6e0', white: '#e4ebf1' },
  ...{ brightBlack: '#9aa7b4', brightRed: '#ffb1ab', brightGreen: '#a4f0c3', brightYellow: '#ffe08a' },
  ...{ brightBlue: '#a8d1ff', brightMagenta: '#e6c7ff', brightCyan: '#9be7ee', brightWhite: '#ffffff' },
  selectionBackground: '#35506b',
};
const LIGHT = {
  ...{ black: '#1d2b38', red: '#b3261e', green: '#136c3a', yellow: '#7a5200' },
  ...{ blue: '#0b5cad', magenta: '#7b2fa8', cyan: '#0a6670', white: '#4f6172' },
  ...{ brightBlack: '#5a6672', brightRed: '#a01c15', brightGreen: '#0f5a30', brightYellow: '#664400' },
  ...{ brightBlue: '#094b8e', brightMagenta: '#66248d', brightCyan: '#07545c', brightWhite: '#0f1b26' },
  selectionBackground: '#b9d4ee',
};

/** Colours of the page as those of a terminal; each can be read on its background (WCAG 2.2, 1.4.3). */
function theme(root: HTMLElement) {
  const style = getComputedStyle(root);
  const value = (name: string) => style.getPropertyValue(name).trim();
  const dark = document.documentElement.dataset['theme'] !== 'light';
  const text = value('--terminal-text');
  return { background: value('--terminal-background'), foreground: text, cursor: text, ...(dark ? DARK : LIGHT) };
}

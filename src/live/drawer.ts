import terminalStyles from '@xterm/xterm/css/xterm.css?inline';
import { dress } from '../styles/dress.ts';
import styles from '../styles/live.css?inline';
import { LabConsole } from './console.ts';
import { element, iconButton, relabel } from './elements.ts';
import { loadPreferences, type Preferences, savePreferences } from './preferences.ts';
import { encodeSession } from './share.ts';
import { type Panel, SidePanels } from './side-panels.ts';
import { saveSession } from './store.ts';
import { type Language, type Word, wordsIn } from './words.ts';
import type { Workshop } from './workshop.ts';

export interface DrawerOptions {
  readonly language: Language;
  /** Page without its language. */
  readonly page: string;
  readonly onOpen: (open: boolean) => void;
}

/** What can be done about a session. */
type Work = 'undo' | 'redo' | 'reset' | 'share';

/** Milliseconds between two commands of an example at reading speed. */
const PAUSE = 500;

/** The terminal at the window's edge, with what can be done about its session and what is seen of its engine. */
export class Drawer {
  readonly #options: DrawerOptions;
  readonly #workshop: Workshop;
  readonly #console: LabConsole;
  readonly #side: SidePanels;
  readonly #root: HTMLElement;
  readonly #buttons: Readonly<Record<Work | 'dock' | 'close', HTMLButtonElement>>;
  readonly #toggles: readonly (readonly [Panel, HTMLButtonElement])[];
  readonly #status = element('p', { class: 'live-status', role: 'status' });
  readonly #say: ReturnType<typeof wordsIn>;
  #preferences: Preferences = loadPreferences();
  #opener: HTMLElement | undefined;
  #stopped = true;

  constructor(options: DrawerOptions, workshop: Workshop, greeting: Word, steps: number) {
    dress(document, terminalStyles);
    dress(document, styles);
    this.#options = options;
    this.#workshop = workshop;
    this.#say = wordsIn(options.language);
    const say = this.#say;
    this.#buttons = {
      undo: iconButton('undo', say('undo'), () => this.#undo()),
      redo: iconButton('redo', say('redo'), () => this.#redo()),
      reset: iconButton('reset', say('reset'), () => this.#reset()),
      share: iconButton('share', say('share'), () => void this.#share()),
      dock: iconButton('dock', say('dockRight'), () =>
        this.#prefer({ dock: this.#preferences.dock === 'right' ? 'bottom' : 'right' }),
      ),
      close: iconButton('close', say('close'), () => this.close()),
    };
    const terminal = element('div', { class: 'live-terminal' });
    const side = element('div', { class: 'live-side', hidden: true });
    this.#side = new SidePanels(side, workshop.lab, options.language, (line) => void this.#command(line));
    this.#toggles = (['engine', 'files'] as const).map((panel) => [panel, this.#toggle(panel)]);
    const { undo, redo, reset, share, dock, close } = this.#buttons;
    const bar = element(
      'div',
      { class: 'live-bar' },
      element('h2', {}, say('terminal')),
      ...this.#toggles.map(([, button]) => button),
      element('span', { class: 'live-space' }),
      ...[undo, redo, reset, share],
      this.#settings(),
      ...[dock, close],
    );
    this.#root = element(
      'section',
      {
        class: 'live not-content print:hidden',
        'aria-label': say('terminalLabel'),
        hidden: true,
        lang: options.language,
      },
      ...[bar, element('div', { class: 'live-body' }, terminal, side), this.#status],
    );
    document.body.append(this.#root);
    // A terminal measures its letters, so it has to stand on the page when it begins.
    this.#root.hidden = false;
    this.#console = new LabConsole(terminal, workshop.lab, {
      label: say('terminalLabel'),
      screenReader: this.#preferences.screenReader,
      onLink: (address) => this.#follow(address),
      onLeave: () => close.focus(),
      onInterrupt: () => this.#stop(),
    });
    this.#root.hidden = true;
    this.#prefer({});
    this.#console.note(say(greeting, { n: steps }));
    this.#console.note(say('leave'));
    workshop.lab.clock.running = true;
    workshop.lab.subscribe(() => {
      void saveSession(workshop.saved);
      this.#update();
    });
    new MutationObserver(() => this.#console.screen.refreshColours(terminal)).observe(document.documentElement, {
      attributeFilter: ['data-theme'],
    });
    this.#root.addEventListener('keydown', (event) => {
      if (event.key === 'F6') this.#leave(event);
    });
    this.#update();
  }

  get #isOpen(): boolean {
    return !this.#root.hidden;
  }

  open(opener?: HTMLElement): void {
    this.#opener = opener ?? this.#opener;
    if (this.#isOpen) return;
    this.#root.hidden = false;
    this.#place();
    this.#console.screen.fit();
    const wide = matchMedia('(min-width: 50rem)').matches;
    if (wide && this.#side.shown === undefined) void this.#show('engine');
    this.#options.onOpen(true);
  }

  close(): void {
    this.#root.hidden = true;
    this.#place();
    this.#options.onOpen(false);
    this.#opener?.focus();
  }

  toggle(opener: HTMLElement): void {
    if (this.#isOpen) {
      this.close();
      return;
    }
    this.open(opener);
    this.#console.focus();
  }

  /** Plays an example of the page; what of it answered otherwise than printed, undefined when it was not played to its end. */
  async play(example: number, opener: HTMLElement): Promise<readonly number[] | undefined> {
    this.open(opener);
    this.#keepInSight(opener);
    if (!this.#stopped || this.#console.busy) {
      this.stop();
      await this.#console.idle;
    }
    const { lab } = this.#workshop;
    const slowly = this.#preferences.speed === 'reading' && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#stopped = false;
    this.#console.locked = true;
    lab.clock.running = false;
    try {
      const different = await this.#workshop.play(example, {
        stopped: () => this.#stopped,
        preparing: (command) => this.#console.note(this.#say('preparing', { command: command.split('\n', 1)[0]! })),
        execute: async (command, waited) => {
          if (slowly) await new Promise((done) => setTimeout(done, PAUSE));
          lab.clock.running = slowly;
          const answer = await this.#console.execute(command, waited, slowly);
          lab.clock.running = false;
          return answer;
        },
      });
      return this.#stopped ? undefined : different;
    } finally {
      this.#stopped = true;
      this.#console.locked = false;
      lab.clock.running = true;
      this.#update();
    }
  }

  /** What is being played is to be read beside the terminal. */
  #keepInSight(opener: HTMLElement): void {
    const frame = opener.closest('figure') ?? opener;
    const end = this.#preferences.dock === 'bottom' ? this.#root.getBoundingClientRect().top : innerHeight;
    if (frame.getBoundingClientRect().bottom > end) frame.scrollIntoView({ block: 'start' });
  }

  /** Ends the example that is being played, and what runs. */
  stop(): void {
    this.#stop();
    this.#console.interrupt();
  }

  #stop(): void {
    this.#stopped = true;
  }

  async #command(line: string): Promise<void> {
    if (!this.#stopped) return;
    await this.#console.execute(line);
  }

  #toggle(panel: Panel): HTMLButtonElement {
    const button = element('button', { type: 'button', 'aria-expanded': 'false' }, this.#say(panel));
    button.addEventListener('click', () => void this.#show(this.#side.shown === panel ? undefined : panel));
    return button;
  }

  async #show(panel: Panel | undefined): Promise<void> {
    for (const [name, button] of this.#toggles) button.setAttribute('aria-expanded', String(name === panel));
    await this.#side.show(panel);
    this.#console.screen.fit();
  }

  #settings(): HTMLElement {
    const say = this.#say;
    const speed = element(
      'select',
      { 'aria-label': say('speed') },
      element('option', { value: 'reading' }, say('speedReading')),
      element('option', { value: 'once' }, say('speedAtOnce')),
    );
    speed.value = this.#preferences.speed;
    speed.addEventListener('change', () => this.#prefer({ speed: speed.value === 'once' ? 'once' : 'reading' }));
    const aloud = element('input', { type: 'checkbox' });
    aloud.checked = this.#preferences.screenReader;
    aloud.addEventListener('change', () => {
      this.#prefer({ screenReader: aloud.checked });
      this.#console.screen.terminal.options.screenReaderMode = aloud.checked;
    });
    return element(
      'details',
      { class: 'live-settings' },
      element('summary', { title: say('settings'), 'aria-label': say('settings') }, '⋯'),
      element(
        'div',
        {},
        element('label', {}, `${say('speed')} `, speed),
        element('label', {}, aloud, ` ${say('screenReader')}`),
      ),
    );
  }

  #prefer(change: Partial<Preferences>): void {
    this.#preferences = { ...this.#preferences, ...change };
    savePreferences(this.#preferences);
    relabel(this.#buttons.dock, this.#say(this.#preferences.dock === 'right' ? 'dockBottom' : 'dockRight'));
    this.#place();
  }

  /** Makes room on the page for the drawer. */
  #place(): void {
    this.#root.dataset['dock'] = this.#preferences.dock;
    if (this.#isOpen) document.documentElement.dataset['live'] = this.#preferences.dock;
    else delete document.documentElement.dataset['live'];
  }

  #update(): void {
    const { lab } = this.#workshop;
    const busy = lab.busy || !this.#stopped;
    // Disabled buttons lose the focus, so they are only marked.
    for (const [button, useless] of [
      [this.#buttons.undo, busy || !lab.canUndo],
      [this.#buttons.redo, busy || !lab.canRedo],
      [this.#buttons.reset, busy || lab.actions.length === 0],
      [this.#buttons.share, lab.actions.length === 0],
    ] as const)
      button.setAttribute('aria-disabled', String(useless));
  }

  #undo(): void {
    const last = this.#workshop.lab.actions.at(-1);
    if (!this.#enabled('undo') || !this.#workshop.lab.undo()) return;
    this.#tell(this.#say('undone', { what: last?.do === 'run' ? last.line : (last?.do ?? '') }));
  }

  #redo(): void {
    if (!this.#enabled('redo') || !this.#workshop.lab.redo()) return;
    const last = this.#workshop.lab.actions.at(-1);
    this.#tell(this.#say('redone', { what: last?.do === 'run' ? last.line : (last?.do ?? '') }));
  }

  #reset(): void {
    if (!this.#enabled('reset')) return;
    this.#workshop.lab.reset();
    this.#tell(this.#say('resetDone'));
  }

  #enabled(button: Work): boolean {
    return this.#buttons[button].getAttribute('aria-disabled') !== 'true';
  }

  async #share(): Promise<void> {
    if (!this.#enabled('share')) return;
    const link = new URL(location.href);
    link.hash = `live=${await encodeSession(this.#workshop.saved)}`;
    try {
      await navigator.clipboard.writeText(link.href);
      this.#tell(this.#say('shared'));
    } catch {
      history.replaceState(history.state, '', link);
      this.#tell(this.#say('shareFailed'));
    }
  }

  /** Says something where it is seen and heard. */
  #tell(text: string): void {
    this.#status.textContent = text;
    this.#console.note(text);
  }

  /** Opens a link in another window; one to the modelled host itself leads nowhere but there. */
  #follow(address: string): void {
    const { protocol, hostname } = new URL(address);
    if (protocol !== 'http:' && protocol !== 'https:') return;
    if (/^(?:localhost|[\d.]+|\[.*\]|[^.]+)$/.test(hostname))
      this.#tell(this.#say('localLink', { command: `curl ${address}` }));
    else window.open(address, '_blank', 'noopener,noreferrer');
  }

  /** F6 goes from the terminal to its buttons, and from there to the page. */
  #leave(event: KeyboardEvent): void {
    event.preventDefault();
    const inTerminal = (event.target as Element).closest('.live-terminal');
    if (inTerminal) this.#buttons.close.focus();
    else this.#console.focus();
  }
}

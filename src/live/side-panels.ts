import type { Lab } from './lab.ts';
import type { Language } from './words.ts';

export type Panel = 'engine' | 'files';

/** What stands beside the terminal: the drawing of the engine, or the files of the host's folder. Each loads when it is first shown. */
export class SidePanels {
  readonly #root: HTMLElement;
  readonly #lab: Lab;
  readonly #language: Language;
  readonly #onCommand: (line: string) => void;
  readonly #panels = new Map<Panel, HTMLElement>();
  shown: Panel | undefined;

  constructor(root: HTMLElement, lab: Lab, language: Language, onCommand: (line: string) => void) {
    this.#root = root;
    this.#lab = lab;
    this.#language = language;
    this.#onCommand = onCommand;
  }

  async show(panel: Panel | undefined): Promise<void> {
    this.shown = panel;
    this.#root.hidden = panel === undefined;
    if (panel !== undefined && !this.#panels.has(panel)) {
      const place = document.createElement('div');
      place.className = `live-${panel}`;
      this.#panels.set(panel, place);
      this.#root.append(place);
      await this.#fill(panel, place);
    }
    for (const [name, place] of this.#panels) place.hidden = name !== this.shown;
  }

  async #fill(panel: Panel, place: HTMLElement): Promise<void> {
    if (panel === 'engine') {
      const { mountView } = await import('../view/mount.ts');
      mountView(place, this.#lab, { language: this.#language, onCommand: this.#onCommand });
    } else {
      const { FilesPanel } = await import('./files-panel.ts');
      new FilesPanel(place, this.#lab, this.#language);
    }
  }
}

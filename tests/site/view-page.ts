import { openLab } from '../../src/live/lab.ts';
import { mountView } from '../../src/view/mount.ts';

/** What the tests of the view drive: a lab, and the commands that were chosen. */
export interface Trial {
  readonly chosen: string[];
  run(...lines: readonly string[]): Promise<void>;
  undo(): void;
  destroy(): void;
}

declare global {
  interface Window {
    trial: Trial;
  }
}

/** Mounts the view alone on a page that was built for reading. */
const root = document.createElement('main');
root.id = 'trial';
document.querySelector('h1')?.remove();
document.body.replaceChildren(root);
const lab = await openLab();
const chosen: string[] = [];
const view = mountView(root, lab, {
  language: document.documentElement.lang === 'de' ? 'de' : 'en',
  onCommand: (line) => {
    chosen.push(line);
    void lab.run(line);
  },
});
window.trial = {
  chosen,
  async run(...lines) {
    for (const line of lines) await lab.run(line);
  },
  undo: () => void lab.undo(),
  destroy: () => view.destroy(),
};

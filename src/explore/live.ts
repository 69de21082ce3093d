import type { Language } from '../languages.ts';
import { openLab } from '../live/lab.ts';
import type { Move } from './explorable.ts';
import { patch } from './patch.ts';
import { begin, type Play } from './play.ts';
import { frameWords } from './words.ts';

/** Makes an explorable in the page live: from now on its controls move a lab of its own. */
export function makeLive(root: HTMLElement): (move: Move) => Promise<void> {
  const { name = '', input = '', language = 'en' } = root.dataset;
  const words = frameWords[language as Language];
  const playing: Promise<Play> = openLab().then((lab) => begin(lab, name, input, language as Language));
  let queue: Promise<void> = playing.then((play) => patch(root, play.show()));

  return (move) => {
    root.setAttribute('aria-busy', 'true');
    queue = queue
      .then(async () => {
        const play = await playing;
        await play.move(move);
        patch(root, play.show());
      })
      .catch((error: unknown) => {
        console.error(error);
        const status = root.querySelector('[role="status"]');
        if (status) status.textContent = words.failed;
      })
      .finally(() => root.removeAttribute('aria-busy'));
    return queue;
  };
}

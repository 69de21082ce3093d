import type { Language } from '../languages.ts';
import { openLab } from '../live/lab.ts';
import type { Move } from './explorable.ts';
import { patch } from './patch.ts';
import { begin, type Play } from './play.ts';
import { frameWords } from './words.ts';

/** Milliseconds after which a beginning is tried once more: parts of the engine come over a network that may falter. */
const AGAIN = 500;

/** Makes an explorable in the page live: from now on its controls move a lab of its own. */
export function makeLive(root: HTMLElement): (move: Move) => Promise<void> {
  const { name = '', input = '', language = 'en' } = root.dataset;
  const words = frameWords[language as Language];
  let playing: Promise<Play> | undefined;
  const start = async () => begin(await openLab(), name, input, language as Language);
  const startAgain = () => new Promise((resolve) => setTimeout(resolve, AGAIN)).then(start);
  const play = () => {
    playing ??= start().catch(startAgain);
    return playing;
  };
  const fail = (error: unknown) => {
    console.error(error);
    // Nobody knows how far it came: the next move begins anew.
    playing = undefined;
    const status = root.querySelector('[role="status"]');
    if (status) status.textContent = words.failed;
  };
  let queue: Promise<void> = play()
    .then((begun) => patch(root, begun.show()))
    .catch(fail);

  return (move) => {
    root.setAttribute('aria-busy', 'true');
    queue = queue
      .then(async () => {
        const begun = await play();
        await begun.move(move);
        patch(root, begun.show());
      })
      .catch(fail)
      .finally(() => root.removeAttribute('aria-busy'));
    return queue;
  };
}

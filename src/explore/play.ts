import type { Language } from '../languages.ts';
import type { Lab } from '../live/lab.ts';
import type { Explorable, Explored, Move } from './explorable.ts';
import { frame } from './frame.ts';
import { explorables } from './registry.ts';
import type { Tree } from './tree.ts';

/** An explorable under way: a lab, and the state that the moves so far have led to. */
export interface Play {
  readonly state: Explored;
  move(move: Move): Promise<void>;
  show(): Tree[];
}

/**
 * Begins an explorable on a fresh lab.
 * @throws when there is none of that name.
 */
export async function begin(lab: Lab, name: string, input: string, language: Language): Promise<Play> {
  const entry = Object.hasOwn(explorables, name) ? explorables[name] : undefined;
  if (!entry) throw new Error(`There is no explorable "${name}". Known: ${Object.keys(explorables).join(', ')}.`);
  const explorable: Explorable = await entry.load();
  let state = await explorable.start(lab, input);
  return {
    get state() {
      return state;
    },
    async move(move) {
      if (move.do === 'reset') {
        lab.reset();
        state = await explorable.start(lab, input);
      } else state = await explorable.move(lab, state, move);
    },
    show: () => frame(name, explorable, state, language),
  };
}

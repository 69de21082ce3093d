import type { Explored, Move } from '../../src/explore/explorable.ts';
import { readFence } from '../../src/explore/input.ts';
import { begin, type Play } from '../../src/explore/play.ts';
import { type Tree, toText } from '../../src/explore/tree.ts';
import { openLab } from '../../src/live/lab.ts';

/** An explorable as a fence begins it, with what its state holds. */
export async function play<State extends Explored>(
  fence: string,
): Promise<{ state: () => State; move: (what: string, fields?: Move['fields']) => Promise<State>; play: Play }> {
  const { name, input } = readFence(fence.trim());
  const begun = await begin(await openLab(), name, input, 'en');
  return {
    state: () => begun.state as State,
    move: async (what, fields = {}) => {
      await begun.move({ do: what, fields });
      return begun.state as State;
    },
    play: begun,
  };
}

/** The sentence that is read aloud. */
export function sentence(shown: readonly Tree[]): string {
  const status = shown.find((tree) => typeof tree !== 'string' && tree.attributes['role'] === 'status');
  return status ? toText(status) : '';
}

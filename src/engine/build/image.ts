import type { Engine } from '../engine.ts';
import type { NewImage } from '../images/store.ts';
import type { Result } from './solver.ts';
import type { Stage } from './stage.ts';

/** The image that a stage describes: history and times as BuildKit's exporter gives them. */
export function imageOf(engine: Engine, { draft }: Stage, { layers, created }: Result): NewImage {
  let index = 0;
  let last: number | undefined;
  const history = draft.history.map((entry) => {
    const own = entry.emptyLayer ? undefined : created[index];
    if (!entry.emptyLayer) index += 1;
    last = entry.created ?? own ?? last ?? engine.state.now;
    return { ...entry, created: last };
  });
  return {
    ...{ config: draft.config, history, layers, architecture: draft.architecture },
    ...(draft.author === '' ? {} : { author: draft.author }),
    created: last ?? engine.state.now,
  };
}

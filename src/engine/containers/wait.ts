import type { Engine } from '../engine.ts';
import { findContainer } from './find.ts';

/** Lets time pass until a container has ended; its exit status, also when its end removes it. */
export async function waitContainer(
  engine: Engine,
  ref: string,
  condition: 'not-running' | 'next-exit' | 'removed' = 'not-running',
): Promise<number> {
  const { id, state } = findContainer(engine, ref);
  if (condition === 'not-running' && !['running', 'paused', 'restarting'].includes(state.status)) return state.exitCode;
  let exitCode: number | undefined;
  const stop = engine.observe((event) => {
    if (event.type === 'container' && event.id === id && event.action === 'die')
      exitCode = Number(event.attributes['exitCode']);
  });
  try {
    await engine.scheduler.until(() => {
      const now = engine.state.containers.get(id);
      if (condition === 'removed') return now === undefined;
      return exitCode !== undefined && now?.state.status !== 'running';
    });
  } finally {
    stop();
  }
  return exitCode ?? engine.state.containers.get(id)?.state.exitCode ?? 0;
}

import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { Container } from './container.ts';
import { bootContainer } from './start.ts';

const FIRST_DELAY = 100;
const LONGEST_DELAY = 60_000;
/** After so long a run the delay begins anew. */
const STABLE = 10_000;

/**
 * Milliseconds until a container that has ended is started again, or undefined when its policy leaves it alone. The delay
 * doubles with each restart (moby, daemon/restartmanager).
 */
export function restartDelay(
  { hostConfig: { RestartPolicy }, state, stoppedByUser, restartCount }: Container,
  now: number,
): number | undefined {
  if (stoppedByUser) return undefined;
  const { Name, MaximumRetryCount } = RestartPolicy;
  const wanted =
    Name === 'always' ||
    Name === 'unless-stopped' ||
    (Name === 'on-failure' && state.exitCode !== 0 && (MaximumRetryCount === 0 || restartCount < MaximumRetryCount));
  if (!wanted) return undefined;
  if (now - state.startedAt >= STABLE) return FIRST_DELAY;
  return Math.min(FIRST_DELAY * 2 ** restartCount, LONGEST_DELAY);
}

/** A restart is due. */
export function bootAgain(engine: Engine, id: string): void {
  const container = engine.state.containers.get(id);
  if (container?.state.status !== 'restarting') return;
  engine.updateContainer(id, { restartCount: container.restartCount + 1 });
  try {
    bootContainer(engine, id);
  } catch (error) {
    // It stays exited with the message; the daemon has nobody to tell.
    if (!(error instanceof EngineError)) throw error;
  }
}

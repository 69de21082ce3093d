import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { containerEvent } from './event.ts';
import { findContainer } from './find.ts';

/** Freezes all processes of a container. Throws 409 when it is paused or does not run. */
export function pauseContainer(engine: Engine, ref: string): void {
  const container = findContainer(engine, ref);
  const { id, state } = container;
  if (state.status === 'paused') throw new EngineError(409, `Container ${id} is already paused`);
  if (state.status === 'restarting')
    throw new EngineError(409, `Container ${id} is restarting, wait until the container is running`);
  if (state.status !== 'running') throw new EngineError(409, `container ${id} is not running`);
  containerEvent(engine, engine.updateContainer(id, { state: { ...state, status: 'paused' } }), 'pause');
}

/** Lets them go on. Throws 409 when it is not paused. */
export function unpauseContainer(engine: Engine, ref: string): void {
  const container = findContainer(engine, ref);
  if (container.state.status !== 'paused') throw new EngineError(409, `Container ${container.id} is not paused`);
  thaw(engine, container.id);
  containerEvent(engine, container, 'unpause');
}

/** Wakes what became ready while the container was frozen. */
export function thaw(engine: Engine, id: string): void {
  const container = engine.state.containers.get(id);
  if (container?.state.status === 'paused')
    engine.updateContainer(id, { state: { ...container.state, status: 'running' } });
  for (const process of engine.state.processes.values())
    if (process.container === id && (process.state === 'ready' || process.pending.length > 0))
      engine.scheduler.resume(process.pid);
}

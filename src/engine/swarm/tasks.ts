import type { Engine } from '../engine.ts';
import { signalNumber } from '../process/signals.ts';
import { moveTask, swarmOrNothing, type Task } from './state.ts';

const MILLION = 1_000_000;
const ENDED = new Set(['complete', 'failed', 'rejected', 'shutdown', 'orphaned']);

export const hasEnded = ({ status }: Task) => ENDED.has(status);
/** Whether a task is one that the service counts on. */
export const isWanted = ({ desired }: Task) => desired === 'running' || desired === 'ready';

export function tasksOf(engine: Engine, service: string): Task[] {
  return Object.values(swarmOrNothing(engine)?.tasks ?? {}).filter((task) => task.service === service);
}

/** Lets the loops run at the next moment, once however often it is asked for. */
export function scheduleReconcile(engine: Engine, delay = 0): void {
  const due = engine.state.alarms.get('swarm reconcile');
  const at = engine.state.now + delay;
  if (due === undefined || due > at) engine.state.alarms.set('swarm reconcile', at);
}

/** A task's container has ended. */
export function taskContainerEnded(engine: Engine, container: string, exitCode: number): void {
  const task = Object.values(swarmOrNothing(engine)?.tasks ?? {}).find((entry) => entry.container === container);
  if (!task || hasEnded(task)) return;
  engine.state.alarms.delete(`swarm kill ${task.id}`);
  if (!isWanted(task)) moveTask(engine, task.id, { status: 'shutdown' });
  else if (exitCode === 0) moveTask(engine, task.id, { status: 'complete' });
  else {
    const cause = task.cause === undefined ? '' : `: ${task.cause}`;
    moveTask(engine, task.id, { status: 'failed', error: `task: non-zero exit (${exitCode})${cause}` });
  }
  scheduleReconcile(engine, 50);
}

/** A task's container was probed: it runs once it is healthy, and is stopped when it is not. */
export function heedHealth(engine: Engine, container: string): void {
  const task = Object.values(swarmOrNothing(engine)?.tasks ?? {}).find((entry) => entry.container === container);
  const status = engine.state.containers.get(container)?.state.health?.status;
  if (!task || (task.status !== 'starting' && task.status !== 'running')) return;
  if (status === 'healthy') moveTask(engine, task.id, { status: 'running' });
  else if (status === 'unhealthy' && task.cause === undefined) {
    moveTask(engine, task.id, { cause: 'dockerexec: unhealthy container' });
    stopTask(engine, task);
  }
}

/** Asks a task's container to stop; after its grace period it is killed. Its end is seen by the hooks. */
export function stopTask(engine: Engine, task: Task): void {
  const container = engine.state.containers.get(task.container);
  if (!container || container.state.pid === 0) {
    const over = ['complete', 'failed', 'rejected', 'shutdown'].includes(task.status);
    moveTask(engine, task.id, { desired: 'shutdown', ...(over ? {} : { status: 'shutdown' as const }) });
    return;
  }
  engine.updateContainer(container.id, { stoppedByUser: true });
  engine.scheduler.signal(container.state.pid, signalNumber(container.config.StopSignal ?? 'TERM') ?? 15);
  engine.state.alarms.set(`swarm kill ${task.id}`, engine.state.now + task.spec.Container.StopGracePeriod / MILLION);
}

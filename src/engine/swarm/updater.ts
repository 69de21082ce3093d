import type { Engine } from '../engine.ts';
import { newTask, retire } from './orchestrator.ts';
import { sameTask, type UpdateConfig } from './spec.ts';
import { putService, type Service, swarmOf, type Task, type UpdateStatus } from './state.ts';
import { hasEnded, isWanted, scheduleReconcile, tasksOf } from './tasks.ts';

const MILLION = 1_000_000;
/** Milliseconds from a task's end to the start of the one that takes its place: the agent tells the manager, which tells it. */
const HANDOVER = 1_000;

/** Tasks of a slot that belong to an earlier spec. */
const isOld = (service: Service) => (task: Task) => isWanted(task) && !sameTask(task.spec, service.spec);

/**
 * Replaces tasks of an earlier spec, so many at once as the update's parallelism allows, each with its delay; a failure among
 * the new ones stops it, turns it back, or is passed over (swarmkit, manager/orchestrator/update).
 */
export function continueUpdate(engine: Engine, service: Service): void {
  const tasks = tasksOf(engine, service.id);
  const old = tasks.filter(isOld(service));
  relieve(engine, service, tasks);
  const { update } = service;
  if (update && ['paused', 'rollback_paused'].includes(update.state)) return;
  const rolling = update?.state === 'rollback_started';
  const config: UpdateConfig = rolling ? service.spec.RollbackConfig : service.spec.UpdateConfig;
  if (old.length === 0) {
    finish(engine, service, tasks);
    return;
  }
  if (update && failed(service, tasks, update)) {
    stopUpdate(engine, service, config, rolling);
    return;
  }
  const busy = tasks.filter(
    (task) => isWanted(task) && sameTask(task.spec, service.spec) && task.status !== 'running' && !hasEnded(task),
  );
  const settling = update
    ? tasks.filter(
        (task) =>
          sameTask(task.spec, service.spec) &&
          task.status === 'running' &&
          task.created >= update.started &&
          engine.state.now < task.changed + (config.Delay ?? 0) / MILLION,
      )
    : [];
  if (settling.length > 0)
    scheduleReconcile(
      engine,
      Math.max(...settling.map(({ changed }) => changed + (config.Delay ?? 0) / MILLION - engine.state.now)),
    );
  const atOnce = config.Parallelism === 0 ? old.length : config.Parallelism;
  const room = atOnce - busy.length - settling.length;
  for (const task of old.slice(0, Math.max(0, room))) replaceTask(engine, service, task, config);
}

function replaceTask(engine: Engine, service: Service, task: Task, config: UpdateConfig): void {
  if (config.Order === 'start-first' && task.status === 'running') {
    const started = tasksOf(engine, service.id).find(
      (other) =>
        other.slot === task.slot && other.node === task.node && sameTask(other.spec, service.spec) && isWanted(other),
    );
    if (!started) newTask(engine, service, task.slot, task.slot === 0 ? task.node : '');
    else if (started.status === 'running') retire(engine, task, 'shutdown');
    scheduleReconcile(engine, 100);
    return;
  }
  retire(engine, task, 'shutdown');
  newTask(engine, service, task.slot, task.slot === 0 ? task.node : '', 0, 'ready');
}

/** Lets the tasks that have taken the place of others begin, once those have ended. */
function relieve(engine: Engine, service: Service, tasks: readonly Task[]): void {
  const inPlaceOf = (task: Task) => (other: Task) =>
    task.slot === 0 ? other.node === task.node : other.slot === task.slot;
  for (const task of tasks) {
    const key = `swarm restart ${task.id}`;
    if (task.desired !== 'ready' || !sameTask(task.spec, service.spec) || engine.state.alarms.has(key)) continue;
    const before = tasks.filter(inPlaceOf(task)).filter((other) => other.desired === 'shutdown' && !hasEnded(other));
    if (before.length === 0) engine.state.alarms.set(key, engine.state.now + HANDOVER);
  }
}

/** Whether a task of the present spec has failed since the update began. */
function failed(service: Service, tasks: readonly Task[], update: UpdateStatus): boolean {
  const config = update.state === 'rollback_started' ? service.spec.RollbackConfig : service.spec.UpdateConfig;
  const fresh = tasks.filter((task) => sameTask(task.spec, service.spec) && task.created >= update.started);
  const bad = fresh.filter(({ status }) => status === 'failed' || status === 'rejected').length;
  return bad > 0 && bad / Math.max(1, tasks.filter(isWanted).length) > config.MaxFailureRatio;
}

function stopUpdate(engine: Engine, service: Service, config: UpdateConfig, rolling: boolean): void {
  const { now } = engine.state;
  if (config.FailureAction === 'continue') return;
  const message = `update paused due to failure or early termination of task ${tasksOf(engine, service.id).find(({ status }) => status === 'failed' || status === 'rejected')?.id ?? ''}`;
  if (config.FailureAction === 'rollback' && !rolling && service.previous) {
    putService(engine, {
      ...service,
      ...{ spec: service.previous, previous: service.spec },
      update: {
        state: 'rollback_started',
        started: now,
        completed: 0,
        message: message.replace('paused', 'rolled back'),
      },
    });
    scheduleReconcile(engine, 50);
    return;
  }
  putService(engine, {
    ...service,
    update: {
      state: rolling ? 'rollback_paused' : 'paused',
      started: service.update?.started ?? now,
      completed: 0,
      message,
    },
  });
}

function finish(engine: Engine, service: Service, tasks: readonly Task[]): void {
  const { update } = service;
  if (!update || (update.state !== 'updating' && update.state !== 'rollback_started')) return;
  const wanted = tasks.filter(isWanted);
  if (wanted.some(({ status }) => status !== 'running')) return;
  const config = update.state === 'rollback_started' ? service.spec.RollbackConfig : service.spec.UpdateConfig;
  const monitored = Math.max(0, ...wanted.map(({ changed }) => changed)) + config.Monitor / MILLION;
  if (engine.state.now < monitored && wanted.length > 0) {
    scheduleReconcile(engine, monitored - engine.state.now);
    return;
  }
  const rolled = update.state === 'rollback_started';
  putService(engine, {
    ...(swarmOf(engine).services[service.id] ?? service),
    update: {
      ...update,
      state: rolled ? 'rollback_completed' : 'completed',
      completed: engine.state.now,
      message: rolled ? 'rollback completed' : 'update completed',
    },
  });
}

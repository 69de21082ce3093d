import type { Engine } from '../engine.ts';
import { randomBase36 } from '../random.ts';
import { executeTask, killTask, prepareTask, removeTaskContainer } from './executor.ts';
import { suitableNode } from './scheduler.ts';
import { sameTask } from './spec.ts';
import { changeSwarm, moveTask, putTask, type Service, swarmOf, swarmOrNothing, type Task } from './state.ts';
import { hasEnded, isWanted, scheduleReconcile, stopTask, tasksOf } from './tasks.ts';
import { continueUpdate } from './updater.ts';

const MILLION = 1_000_000;
/** Milliseconds from a task's assignment to its container's start. */
const PREPARATION = 250;
/** Attempts of a task that has ended for good and still fills its slot. */
const FOR_GOOD = Number.MAX_SAFE_INTEGER;
/** Compares what each service wants with its tasks and corrects the difference. */
export function reconcile(engine: Engine): void {
  const swarm = swarmOrNothing(engine);
  if (!swarm) return;
  for (const service of Object.values(swarm.services)) {
    evictFromDrained(engine, service);
    replaceEnded(engine, service);
    if (service.spec.Mode === 'replicated') reconcileReplicas(engine, service);
    else if (service.spec.Mode === 'global') reconcileGlobal(engine, service);
    continueUpdate(engine, service);
  }
  for (const task of Object.values(swarmOf(engine).tasks)) if (task.status === 'pending') assign(engine, task);
  forgetOld(engine);
}

function reconcileReplicas(engine: Engine, service: Service): void {
  const wanted = tasksOf(engine, service.id).filter(isWanted);
  const { Replicas } = service.spec;
  const kept = tasksOf(engine, service.id).filter(
    (task) => task.attempts === FOR_GOOD && sameTask(task.spec, service.spec),
  );
  const slots = new Set([...wanted, ...kept].map(({ slot }) => slot));
  for (let slot = 1; slots.size < Replicas; slot += 1) {
    if (slots.has(slot)) continue;
    slots.add(slot);
    newTask(engine, service, slot, '');
  }
  // Those that do not run go first, then the highest slots.
  const surplus = [...wanted].sort(
    (a, b) => Number(a.status === 'running') - Number(b.status === 'running') || b.slot - a.slot,
  );
  const doomed = new Set(
    surplus
      .map(({ slot }) => slot)
      .filter((slot, at, all) => all.indexOf(slot) === at)
      .slice(0, Math.max(0, slots.size - Replicas)),
  );
  for (const task of wanted) if (doomed.has(task.slot)) retire(engine, task, 'remove');
}

function reconcileGlobal(engine: Engine, service: Service): void {
  const wanted = tasksOf(engine, service.id).filter(isWanted);
  for (const node of Object.values(swarmOf(engine).nodes)) {
    const fits = suitableNode(engine, service.spec, node.id) !== undefined;
    const own = wanted.filter((task) => task.node === node.id);
    if (fits && own.length === 0) newTask(engine, service, 0, node.id);
    if (!fits) for (const task of own) retire(engine, task, 'shutdown');
  }
}

/** A drained node keeps no tasks. */
function evictFromDrained(engine: Engine, service: Service): void {
  const { nodes } = swarmOf(engine);
  for (const task of tasksOf(engine, service.id)) {
    const node = nodes[task.node];
    if (isWanted(task) && node && (node.availability === 'drain' || node.state === 'down'))
      retire(engine, task, 'shutdown');
  }
}

/** What has ended is started anew as its restart policy says (swarmkit, manager/orchestrator/restart). */
function replaceEnded(engine: Engine, service: Service): void {
  for (const task of tasksOf(engine, service.id)) {
    if (task.desired !== 'running' || !hasEnded(task)) continue;
    moveTask(engine, task.id, { desired: 'shutdown' });
    const { Condition, MaxAttempts, Delay } = task.spec.RestartPolicy;
    const again = Condition === 'any' || (Condition === 'on-failure' && task.status !== 'complete');
    if (!again || (MaxAttempts > 0 && task.attempts >= MaxAttempts)) {
      // The slot stays taken by what has ended for good.
      moveTask(engine, task.id, { desired: task.status === 'complete' ? 'complete' : 'shutdown' });
      keepSlot(engine, task);
      continue;
    }
    const next = newTask(engine, service, task.slot, task.slot === 0 ? task.node : '', task.attempts + 1, 'ready');
    engine.state.alarms.set(`swarm restart ${next.id}`, engine.state.now + Delay / MILLION);
  }
}

/** A task that shall not be restarted still fills its slot: nothing else is made for it. */
function keepSlot(engine: Engine, task: Task): void {
  putTask(engine, { ...swarmOf(engine).tasks[task.id]!, attempts: FOR_GOOD });
}

/** Makes a task of a service for a slot, or a node. */
export function newTask(
  engine: Engine,
  service: Service,
  slot: number,
  node: string,
  attempts = 0,
  desired: 'running' | 'ready' = 'running',
): Task {
  const { now } = engine.state;
  const task: Task = {
    ...{
      id: randomBase36(engine.state),
      service: service.id,
      slot,
      node,
      spec: service.spec,
      status: 'pending',
      desired,
    },
    ...{ created: now, changed: now, error: '', container: '', attempts },
  };
  return putTask(engine, task);
}

/** Gives a task a node, or says why there is none. */
function assign(engine: Engine, task: Task): void {
  const node = suitableNode(engine, task.spec, task.node === '' ? undefined : task.node);
  if (node === undefined) {
    moveTask(engine, task.id, { error: noNode(engine, task) });
    return;
  }
  moveTask(engine, task.id, { node, status: 'preparing', error: '' });
  engine.state.alarms.set(`swarm start ${task.id}`, engine.state.now + PREPARATION);
}

function noNode(engine: Engine, { spec }: Task): string {
  const nodes = Object.values(swarmOf(engine).nodes);
  const unavailable = nodes.filter(({ availability, state }) => availability !== 'active' || state !== 'ready').length;
  const reasons = [];
  if (unavailable > 0) reasons.push(`${unavailable} node${unavailable > 1 ? 's' : ''} not available for new tasks`);
  const rest = nodes.length - unavailable;
  if (rest > 0)
    reasons.push(
      `${spec.Constraints.length > 0 ? 'scheduling constraints not satisfied' : 'insufficient resources'} on ${rest} node${rest > 1 ? 's' : ''}`,
    );
  return `no suitable node (${reasons.join('; ')})`;
}

/** Takes a task out of service: it is stopped, and forgotten when its service shrinks. */
export function retire(engine: Engine, task: Task, desired: 'shutdown' | 'remove'): void {
  moveTask(engine, task.id, { desired });
  stopTask(engine, task);
  if (desired === 'remove') moveTask(engine, task.id, { desired });
  scheduleReconcile(engine, 50);
}

/** Old tasks of a slot are kept for `docker service ps`, but not for ever. */
function forgetOld(engine: Engine): void {
  const { tasks, settings, services } = swarmOf(engine);
  const slots = new Map<string, Task[]>();
  const gone: Task[] = [];
  for (const task of Object.values(tasks)) {
    if (!services[task.service] || (task.desired === 'remove' && (hasEnded(task) || task.container === ''))) {
      if (hasEnded(task) || task.container === '') gone.push(task);
      continue;
    }
    const key = `${task.service} ${task.slot === 0 ? task.node : task.slot}`;
    slots.set(key, [...(slots.get(key) ?? []), task]);
  }
  for (const list of slots.values()) {
    const old = list.filter((task) => !isWanted(task) && hasEnded(task)).sort((a, b) => b.created - a.created);
    gone.push(...old.slice(Math.max(0, settings.taskHistory - 1)));
  }
  if (gone.length === 0) return;
  for (const task of gone) removeTaskContainer(engine, task);
  const kept = { ...swarmOf(engine).tasks };
  for (const { id } of gone) delete kept[id];
  changeSwarm(engine, { tasks: kept });
}

/** What an alarm of the swarm is about: its second word says it. */
export async function ringSwarm(engine: Engine, key: string): Promise<void> {
  const [, what, id = ''] = key.split(' ');
  const task = swarmOrNothing(engine)?.tasks[id];
  if (what === 'reconcile') reconcile(engine);
  else if (what === 'kill') killTask(engine, id);
  else if (what === 'start') {
    if (task?.desired === 'ready') await prepareTask(engine, id);
    else await executeTask(engine, id);
    scheduleReconcile(engine, 50);
  } else if (what === 'restart' && task && task.desired === 'ready') {
    moveTask(engine, id, { desired: 'running' });
    if (task.node === '') scheduleReconcile(engine);
    else await executeTask(engine, id);
    scheduleReconcile(engine, 50);
  }
}

/** Whether a service's tasks are all of its present spec and run. */
export function converged(engine: Engine, service: Service): boolean {
  const wanted = tasksOf(engine, service.id).filter(isWanted);
  const running = wanted.filter(({ status, spec }) => status === 'running' && sameTask(spec, service.spec));
  return running.length === desiredCount(engine, service) && wanted.length === running.length;
}

/** How many tasks a service wants. */
export function desiredCount(engine: Engine, service: Service): number {
  if (service.spec.Mode === 'replicated') return service.spec.Replicas;
  return Object.keys(swarmOf(engine).nodes).filter((node) => suitableNode(engine, service.spec, node) !== undefined)
    .length;
}

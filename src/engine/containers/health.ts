import { encode } from '../bytes.ts';
import { formatDuration } from '../duration.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { Container, ContainerState, HealthProbe } from './container.ts';
import { containerEvent } from './event.ts';
import { createExec, execOutput, startExecProcess } from './exec.ts';

const MILLION = 1_000_000;
const DEFAULT_INTERVAL = 30_000 * MILLION;
const DEFAULT_TIMEOUT = 30_000 * MILLION;
const DEFAULT_START_INTERVAL = 5_000 * MILLION;
const DEFAULT_RETRIES = 3;
const KEPT = 5;
const MOST_OUTPUT = 4096;

const nanoseconds = (value: number | undefined, fallback: number) => (value ? value : fallback);

/** When the next probe of a container is due (Dockerfile reference, HEALTHCHECK). */
export function scheduleProbe(engine: Engine, { id, healthcheck = {}, state }: Container): void {
  const { StartPeriod = 0, StartInterval, Interval } = healthcheck;
  const starting =
    StartPeriod > 0 && state.health?.status !== 'healthy' && engine.state.now < state.startedAt + StartPeriod / MILLION;
  const wait = starting ? nanoseconds(StartInterval, DEFAULT_START_INTERVAL) : nanoseconds(Interval, DEFAULT_INTERVAL);
  engine.state.alarms.set(`health ${id}`, engine.state.now + wait / MILLION);
}

/** Runs the probe of a container that is due. */
export function startProbe(engine: Engine, id: string): void {
  const container = engine.state.containers.get(id);
  if (container?.state.status !== 'running' || !container.healthcheck) return;
  const [kind, ...words] = container.healthcheck.Test ?? [];
  const shell = container.config.Shell ?? ['/bin/sh', '-c'];
  const command = kind === 'CMD-SHELL' ? [...shell, words[0] ?? ''] : words;
  const exec = createExec(engine, id, { command });
  const timeout = nanoseconds(container.healthcheck.Timeout, DEFAULT_TIMEOUT) / MILLION;
  engine.state.alarms.set(`probe ${exec} ${id}`, engine.state.now + timeout);
  engine.state.execs.update(exec, { probe: engine.state.now });
  try {
    startExecProcess(engine, exec);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    probeEnded(engine, exec, -1, error.message);
  }
}

/** The probe took too long. */
export function probeTimedOut(engine: Engine, exec: string, id: string): void {
  const record = engine.state.execs.get(exec);
  if (!record?.running) return;
  const timeout = nanoseconds(engine.state.containers.get(id)?.healthcheck?.Timeout, DEFAULT_TIMEOUT);
  const { pid } = record;
  probeEnded(engine, exec, -1, `Health check exceeded timeout (${formatDuration(timeout)})`);
  engine.scheduler.end(pid, 128 + 9);
}

/** Notes the result of a probe and what follows from it. */
export function probeEnded(engine: Engine, exec: string, exitCode: number, message?: string): void {
  const record = engine.state.execs.get(exec);
  if (record?.probe === undefined) return;
  const { container: id, probe: start } = record;
  const output = message ?? shortened(execOutput(engine, exec));
  engine.state.execs.delete(exec);
  engine.state.alarms.delete(`probe ${exec} ${id}`);
  const container = engine.state.containers.get(id);
  if (container?.state.status !== 'running' || !container.state.health) return;
  engine.updateContainer(id, { execs: container.execs.filter((other) => other !== exec) });
  containerEvent(engine, container, 'exec_die', {
    execID: exec,
    // What took too long counts as a command that could not be run.
    exitCode: String(exitCode < 0 ? 127 : exitCode),
  });
  const result: HealthProbe = { start, end: engine.state.now, exitCode, output: encode(output) };
  const health = judged(container, result, engine.state.now);
  const changed = engine.updateContainer(id, { state: { ...container.state, health } });
  if (health.status !== container.state.health.status)
    containerEvent(engine, changed, `health_status: ${health.status}`);
  scheduleProbe(engine, changed);
}

/** Of a long output the beginning is kept. */
function shortened(output: string): string {
  return output.length > MOST_OUTPUT ? `${output.slice(0, MOST_OUTPUT)}...` : output;
}

function judged(
  { state, healthcheck = {} }: Container,
  result: HealthProbe,
  now: number,
): NonNullable<ContainerState['health']> {
  const old = state.health!;
  const log = [...old.log, result].slice(-KEPT);
  if (result.exitCode === 0) return { status: 'healthy', failingStreak: 0, log };
  const grace = now < state.startedAt + (healthcheck.StartPeriod ?? 0) / MILLION && old.status === 'starting';
  const failingStreak = grace ? old.failingStreak : old.failingStreak + 1;
  const retries = healthcheck.Retries || DEFAULT_RETRIES;
  return { status: failingStreak >= retries ? 'unhealthy' : old.status, failingStreak, log };
}

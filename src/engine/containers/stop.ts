import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { signalNumber } from '../process/signals.ts';
import type { Container } from './container.ts';
import { DEFAULT_STOP_TIMEOUT } from './defaults.ts';
import { containerEvent } from './event.ts';
import { findContainer } from './find.ts';
import { thaw } from './pause.ts';
import { startContainer } from './start.ts';

export interface StopOptions {
  /** Name or number; the container's own, else TERM. */
  readonly signal?: string;
  /** Seconds before KILL; -1 for ever; the container's own, else 10. */
  readonly timeout?: number;
}

const KILL = 9;

/** Stops a container and waits for its end. A container that does not run is left as it is. */
export async function stopContainer(engine: Engine, ref: string, options: StopOptions = {}): Promise<void> {
  const container = findContainer(engine, ref);
  await withPrefix(`cannot stop container: ${ref}: `, () => halt(engine, container, options));
}

/** Stops a container and starts it again. */
export async function restartContainer(engine: Engine, ref: string, options: StopOptions = {}): Promise<void> {
  const { id } = findContainer(engine, ref);
  const auto = engine.state.containers.get(id)!.hostConfig.AutoRemove;
  // What is to be removed at its end is started again all the same.
  if (auto) setAutoRemove(engine, id, false);
  await withPrefix(`Cannot restart container ${ref}: `, async () => {
    await halt(engine, engine.state.containers.get(id)!, options);
    if (auto) setAutoRemove(engine, id, true);
    await startContainer(engine, id);
  });
  containerEvent(engine, engine.state.containers.get(id)!, 'restart');
}

/** Puts what was attempted before the daemon's refusal. */
async function withPrefix(prefix: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof EngineError) throw new EngineError(400, `${prefix}${error.message}`);
    throw error;
  }
}

function setAutoRemove(engine: Engine, id: string, value: boolean): void {
  const { hostConfig } = engine.state.containers.get(id)!;
  engine.updateContainer(id, { hostConfig: { ...hostConfig, AutoRemove: value } });
}

async function halt(engine: Engine, container: Container, options: StopOptions): Promise<void> {
  const { id, config } = container;
  const name = options.signal || config.StopSignal || 'TERM';
  const { status } = container.state;
  if (status === 'restarting') return cancelRestart(engine, container);
  if (status !== 'running' && status !== 'paused') return;
  const signal = signalNumber(name);
  if (signal === undefined) throw new EngineError(400, `invalid signal: ${name}`);
  engine.updateContainer(id, { stoppedByUser: true, stopping: true });
  const timeout = options.timeout ?? config.StopTimeout ?? DEFAULT_STOP_TIMEOUT;
  const over = () => !isUp(engine, id);
  sendSignal(engine, container, signal);
  if (status === 'paused') thaw(engine, id);
  if (timeout >= 0) {
    const deadline = engine.state.now + timeout * 1000;
    engine.state.alarms.set(`stop ${id}`, deadline);
    await engine.scheduler.until(() => over() || engine.state.now >= deadline);
    engine.state.alarms.delete(`stop ${id}`);
    if (!over()) sendSignal(engine, container, KILL);
  }
  await engine.scheduler.until(over);
}

const isUp = (engine: Engine, id: string) =>
  ['running', 'paused', 'restarting'].includes(engine.state.containers.get(id)?.state.status ?? '');

function cancelRestart(engine: Engine, { id, state }: Container): void {
  engine.state.alarms.delete(`restart ${id}`);
  engine.updateContainer(id, { stoppedByUser: true, state: { ...state, status: 'exited' } });
}

/** Gives a signal to a container's first process, and does not wait for what comes of it. */
export function sendSignal(engine: Engine, container: Container, signal: number): void {
  containerEvent(engine, container, 'kill', { signal: String(signal) });
  const { pid } = engine.state.containers.get(container.id)?.state ?? { pid: 0 };
  if (pid !== 0) engine.scheduler.signal(pid, signal);
}

/** Sends a signal to a container's first process. Throws 409 `cannot kill container: REF: container ID is not running`. */
export async function killContainer(engine: Engine, ref: string, signal: string): Promise<void> {
  const refuse = (status: 400 | 404 | 409, message: string): never => {
    throw new EngineError(status, `cannot kill container: ${ref}: ${message}`);
  };
  const number =
    signalNumber(signal || 'KILL') ??
    (/^0*[1-9]\d*$/.test(signal)
      ? refuse(400, `the linux daemon does not support signal ${signal}`)
      : refuse(400, `invalid signal: ${signal}`));
  let container: Container;
  try {
    container = findContainer(engine, ref);
  } catch (error) {
    if (error instanceof EngineError) return refuse(404, error.message);
    throw error;
  }
  const { id, state } = container;
  if (state.status === 'restarting') return cancelRestart(engine, container);
  if (state.status !== 'running' && state.status !== 'paused') refuse(409, `container ${id} is not running`);
  // Any signal means that the next end is wanted, unless a stop signal is named and this is another one (moby, killWithSignal).
  const { StopSignal } = container.config;
  const wanted = number === KILL || !StopSignal || number === signalNumber(StopSignal);
  if (wanted) engine.updateContainer(id, { stoppedByUser: true });
  sendSignal(engine, container, number);
  if (state.status === 'paused' && wanted) thaw(engine, id);
  if (number === KILL) await engine.scheduler.until(() => !isUp(engine, id));
  else await engine.scheduler.settle();
}

import type { Engine } from '../engine.ts';
import { releaseEndpoints } from '../networks/endpoints.ts';
import { containerEvent } from './event.ts';
import { writeNetworkFiles } from './mounts/table.ts';
import { dropContainer } from './remove.ts';
import { restartDelay } from './restart.ts';

/** Virtual milliseconds between the end of a process and the moment when the daemon has heard of it. */
const END_TIME = 10;

/** The first process of a container has ended: it gives back what it held, and its restart policy decides what follows. */
export function containerEnded(engine: Engine, id: string, exitCode: number): void {
  const { state } = engine;
  state.now += END_TIME;
  const container = state.containers.get(id)!;
  const { health } = container.state;
  state.pids.delete(id);
  for (const kind of ['health', 'stop']) state.alarms.delete(`${kind} ${id}`);
  for (const [key, socket] of [...state.sockets.entries()]) if (socket.namespace === id) state.sockets.delete(key);
  const ended = engine.updateContainer(id, {
    ...{ networks: releaseEndpoints(engine, container), ports: {}, execs: [], stopping: false },
    state: {
      ...{ ...container.state, status: 'exited', pid: 0, exitCode, finishedAt: state.now },
      ...(health ? { health: { ...health, status: 'unhealthy' } } : {}),
    },
  });
  // Its own address is no longer among the names that it knows.
  if (state.trees.has(`files:${id}`)) writeNetworkFiles(engine, ended);
  const seconds = Math.floor((state.now - container.state.startedAt) / 1000);
  // Who waits for the end is told before the daemon has put everything away.
  if (container.stopping) containerEvent(engine, ended, 'stop');
  containerEvent(engine, ended, 'die', { execDuration: String(seconds), exitCode: String(exitCode) });
  for (const { Type, Name = '' } of ended.mounts)
    if (Type === 'volume') engine.event('volume', 'unmount', Name, { container: id, driver: 'local' });
  const delay = restartDelay(ended, state.now);
  if (delay !== undefined) {
    engine.updateContainer(id, { state: { ...ended.state, status: 'restarting' } });
    state.alarms.set(`restart ${id}`, state.now + delay);
  } else if (ended.hostConfig.AutoRemove) dropContainer(engine, ended, true);
}

import type { Engine } from '../engine.ts';
import { HOST_MEMORY } from '../process/proc.ts';
import { findContainer } from './find.ts';

export interface ContainerStats {
  readonly id: string;
  readonly name: string;
  /** Percent of one processor. */
  readonly cpu: number;
  readonly memory: number;
  readonly memoryLimit: number;
  readonly networkReceived: number;
  readonly networkSent: number;
  readonly blockRead: number;
  readonly blockWritten: number;
  readonly pids: number;
}

/** What a small process of each kind occupies, in bytes: a model's figure, of the size that real ones have. */
const RESIDENT = 450_560;

/** A sample of what a container uses now. A container that does not run uses nothing. */
export function containerStats(engine: Engine, ref: string): ContainerStats {
  const { id, name, hostConfig, state, networks } = findContainer(engine, ref);
  const own = [...engine.state.processes.values()].filter(
    (process) => process.container === id && process.state !== 'zombie',
  );
  const none = { networkReceived: 0, networkSent: 0, blockRead: 0, blockWritten: 0 };
  if (state.status !== 'running' && state.status !== 'paused')
    return { id, name, cpu: 0, memory: 0, memoryLimit: 0, ...none, pids: 0 };
  const busy = own.filter((process) => process.state === 'ready').length;
  const joined = Object.values(networks).some(({ address }) => address !== '');
  return {
    ...{ id, name, ...none, networkReceived: joined ? 1126 : 0, networkSent: joined ? 126 : 0 },
    ...{
      cpu: busy * 100,
      memory: own.length * RESIDENT,
      memoryLimit: hostConfig.Memory || HOST_MEMORY,
      pids: own.length,
    },
  };
}

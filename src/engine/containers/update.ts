import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { HostConfig } from './container.ts';
import { containerEvent } from './event.ts';
import { findContainer } from './find.ts';
import { validateHostConfig } from './validate.ts';

/** Changes limits and restart policy; returns warnings. Throws 400 for what does not fit together. */
export function updateContainer(engine: Engine, ref: string, change: Partial<HostConfig>): readonly string[] {
  const container = findContainer(engine, ref);
  const { id, hostConfig, config } = container;
  const refuse = (message: string): never => {
    throw new EngineError(400, `Cannot update container ${id}: ${message}`);
  };
  if (change.RestartPolicy && change.RestartPolicy.Name !== 'no' && hostConfig.AutoRemove)
    refuse('Restart policy cannot be updated because AutoRemove is enabled for the container');
  if (change.CpuQuota && hostConfig.NanoCpus > 0)
    refuse('Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set');
  if (change.CpuPeriod && hostConfig.NanoCpus > 0)
    refuse('Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set');
  if (change.NanoCpus && hostConfig.CpuQuota > 0)
    refuse('Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set');
  if (change.NanoCpus && hostConfig.CpuPeriod > 0)
    refuse('Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set');
  const merged = { ...hostConfig, ...change };
  // Without limits of its own until now the container has swap 0, below any memory.
  if (change.Memory && !change.MemorySwap && change.Memory > hostConfig.MemorySwap)
    refuse('Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time');
  // What is not changed is not held against what is.
  const { Memory = 0, MemoryReservation = 0 } = change;
  validateHostConfig(MemoryReservation > 0 && Memory === 0 ? { ...merged, MemoryReservation: 0 } : merged, {
    ...config,
    Hostname: '',
  });
  containerEvent(engine, engine.updateContainer(id, { hostConfig: merged }), 'update');
  return [];
}

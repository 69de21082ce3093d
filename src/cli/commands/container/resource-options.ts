import type { HostConfig } from '../../../engine/containers/container.ts';
import type { FlagValues } from '../../flags.ts';
import { type DeviceMapping, parseDevice } from '../../options/device.ts';
import { parseGpus } from '../../options/gpus.ts';
import { parseThrottleBps, parseThrottleIops, parseWeightDevice } from '../../options/throttle-device.ts';
import { parseUlimit } from '../../options/ulimit.ts';

/** Limits of processor, memory and devices that the flags of `docker run` ask for. Throws OptionError. */
export function resourceOptions(flags: FlagValues, devices: readonly DeviceMapping[]): Partial<HostConfig> {
  const list = (name: string) => flags.list(name);
  const rules = list('device-cgroup-rule');
  const gpus = list('gpus').map(parseGpus);
  const swappiness = flags.number('memory-swappiness');
  return {
    CgroupParent: flags.string('cgroup-parent'),
    Memory: flags.number('memory'),
    MemoryReservation: flags.number('memory-reservation'),
    MemorySwap: flags.number('memory-swap'),
    ...(swappiness === -1 ? {} : { MemorySwappiness: swappiness }),
    ...(flags.boolean('oom-kill-disable') ? { OomKillDisable: true } : {}),
    NanoCpus: flags.number('cpus'),
    CpuShares: flags.number('cpu-shares'),
    CpuPeriod: flags.number('cpu-period'),
    CpuQuota: flags.number('cpu-quota'),
    CpuRealtimePeriod: flags.number('cpu-rt-period'),
    CpuRealtimeRuntime: flags.number('cpu-rt-runtime'),
    CpusetCpus: flags.string('cpuset-cpus'),
    CpusetMems: flags.string('cpuset-mems'),
    PidsLimit: flags.number('pids-limit'),
    BlkioWeight: flags.number('blkio-weight'),
    BlkioWeightDevice: list('blkio-weight-device').map(parseWeightDevice),
    BlkioDeviceReadBps: list('device-read-bps').map(parseThrottleBps),
    BlkioDeviceWriteBps: list('device-write-bps').map(parseThrottleBps),
    BlkioDeviceReadIOps: list('device-read-iops').map(parseThrottleIops),
    BlkioDeviceWriteIOps: list('device-write-iops').map(parseThrottleIops),
    Ulimits: ulimits(list('ulimit')),
    ...(rules.length > 0 ? { DeviceCgroupRules: rules } : {}),
    Devices: devices,
    ...(gpus.length > 0 ? { DeviceRequests: gpus } : {}),
  };
}

/** A later limit of the same kind replaces an earlier one. */
function ulimits(values: readonly string[]): NonNullable<HostConfig['Ulimits']> {
  const byName = new Map(values.map(parseUlimit).map((limit) => [limit.name, limit]));
  return [...byName.values()].map(({ name, soft, hard }) => ({ Name: name, Hard: hard, Soft: soft }));
}

export function deviceOptions(flags: FlagValues): readonly DeviceMapping[] {
  return flags.list('device').map(parseDevice);
}

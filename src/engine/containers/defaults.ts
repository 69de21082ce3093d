import type { ContainerConfig, HostConfig } from './container.ts';

/** Paths that runc hides from a container, and those that it makes read-only (moby, oci/defaults.go). */
export const MASKED_PATHS = [
  ...['/proc/asound', '/proc/acpi', '/proc/interrupts', '/proc/kcore', '/proc/keys', '/proc/latency_stats'],
  ...['/proc/timer_list', '/proc/timer_stats', '/proc/sched_debug', '/proc/scsi', '/sys/firmware'],
  '/sys/devices/virtual/powercap',
] as const;
export const READONLY_PATHS = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'] as const;

export const DEFAULT_SHM_SIZE = 67_108_864;
export const DEFAULT_STOP_TIMEOUT = 10;

const CONFIG: ContainerConfig = {
  ...{ Hostname: '', Domainname: '', User: '', AttachStdin: false, AttachStdout: false, AttachStderr: false },
  ...{ Tty: false, OpenStdin: false, StdinOnce: false, Env: [], Image: '', WorkingDir: '', Labels: {} },
};

const HOST_CONFIG: HostConfig = {
  ...{ Binds: null, ContainerIDFile: '', LogConfig: { Type: 'json-file', Config: {} }, NetworkMode: 'bridge' },
  ...{ PortBindings: {}, RestartPolicy: { Name: 'no', MaximumRetryCount: 0 }, AutoRemove: false, VolumeDriver: '' },
  ...{ VolumesFrom: null, ConsoleSize: [0, 0] as const, CapAdd: null, CapDrop: null, CgroupnsMode: 'private' },
  ...{ Dns: [], DnsOptions: [], DnsSearch: [], ExtraHosts: null, GroupAdd: null, IpcMode: 'private', Cgroup: '' },
  ...{ Links: null, OomScoreAdj: 0, PidMode: '', Privileged: false, PublishAllPorts: false, ReadonlyRootfs: false },
  ...{ SecurityOpt: null, UTSMode: '', UsernsMode: '', ShmSize: DEFAULT_SHM_SIZE, Runtime: 'runc', Isolation: '' },
  ...{ CpuShares: 0, Memory: 0, NanoCpus: 0, CgroupParent: '', BlkioWeight: 0, BlkioWeightDevice: [] },
  ...{ BlkioDeviceReadBps: [], BlkioDeviceWriteBps: [], BlkioDeviceReadIOps: [], BlkioDeviceWriteIOps: [] },
  ...{ CpuPeriod: 0, CpuQuota: 0, CpuRealtimePeriod: 0, CpuRealtimeRuntime: 0, CpusetCpus: '', CpusetMems: '' },
  ...{ Devices: [], DeviceCgroupRules: null, DeviceRequests: null, MemoryReservation: 0, MemorySwap: 0 },
  ...{ MemorySwappiness: null, OomKillDisable: false, PidsLimit: null, Ulimits: [], CpuCount: 0, CpuPercent: 0 },
  ...{ IOMaximumIOps: 0, IOMaximumBandwidth: 0, MaskedPaths: MASKED_PATHS, ReadonlyPaths: READONLY_PATHS },
};

export function fullConfig(config: Partial<ContainerConfig> & { readonly Image: string }): ContainerConfig {
  return { ...CONFIG, ...config };
}

/** What was asked for, with the daemon's defaults for the rest. Capabilities in their normal form. */
export function fullHostConfig(config: Partial<HostConfig> = {}): HostConfig {
  const merged: HostConfig = { ...HOST_CONFIG, ...config };
  const { Memory, MemorySwap, Privileged, RestartPolicy, NetworkMode, PidsLimit } = merged;
  return {
    ...merged,
    NetworkMode: NetworkMode === '' || NetworkMode === 'default' ? 'bridge' : NetworkMode,
    RestartPolicy: RestartPolicy.Name === '' ? { Name: 'no', MaximumRetryCount: 0 } : RestartPolicy,
    // Twice the memory, unless said otherwise (docker run, "--memory-swap details").
    MemorySwap: Memory > 0 && MemorySwap === 0 ? Memory * 2 : MemorySwap,
    ShmSize: merged.ShmSize === 0 ? DEFAULT_SHM_SIZE : merged.ShmSize,
    PidsLimit: PidsLimit === 0 || PidsLimit === -1 ? null : PidsLimit,
    ...(merged.LogConfig.Type === '' ? { LogConfig: { ...merged.LogConfig, Type: 'json-file' } } : {}),
    ...(Privileged
      ? { MaskedPaths: null, ReadonlyPaths: null, SecurityOpt: merged.SecurityOpt ?? ['label=disable'] }
      : {}),
  };
}

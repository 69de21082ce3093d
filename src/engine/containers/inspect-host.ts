import { type Json, type JsonObject, NIL_LIST, NIL_MAP } from '../json.ts';
import type { HostConfig, MountRequest } from './container.ts';
import { given, goMap } from './json.ts';

/** Fields in the order of Go's struct (moby, api/types/container, HostConfig). */
const FIELDS: readonly (keyof HostConfig)[] = [
  ...(['Binds', 'ContainerIDFile', 'LogConfig', 'NetworkMode', 'PortBindings', 'RestartPolicy', 'AutoRemove'] as const),
  ...([
    'VolumeDriver',
    'VolumesFrom',
    'ConsoleSize',
    'Annotations',
    'CapAdd',
    'CapDrop',
    'CgroupnsMode',
    'Dns',
  ] as const),
  ...(['DnsOptions', 'DnsSearch', 'ExtraHosts', 'GroupAdd', 'IpcMode', 'Cgroup', 'Links', 'OomScoreAdj'] as const),
  ...(['PidMode', 'Privileged', 'PublishAllPorts', 'ReadonlyRootfs', 'SecurityOpt', 'StorageOpt', 'Tmpfs'] as const),
  ...([
    'UTSMode',
    'UsernsMode',
    'ShmSize',
    'Sysctls',
    'Runtime',
    'Isolation',
    'CpuShares',
    'Memory',
    'NanoCpus',
  ] as const),
  ...(['CgroupParent', 'BlkioWeight', 'BlkioWeightDevice', 'BlkioDeviceReadBps', 'BlkioDeviceWriteBps'] as const),
  ...(['BlkioDeviceReadIOps', 'BlkioDeviceWriteIOps', 'CpuPeriod', 'CpuQuota', 'CpuRealtimePeriod'] as const),
  ...(['CpuRealtimeRuntime', 'CpusetCpus', 'CpusetMems', 'Devices', 'DeviceCgroupRules', 'DeviceRequests'] as const),
  ...(['MemoryReservation', 'MemorySwap', 'MemorySwappiness', 'OomKillDisable', 'PidsLimit', 'Ulimits'] as const),
  ...([
    'CpuCount',
    'CpuPercent',
    'IOMaximumIOps',
    'IOMaximumBandwidth',
    'Mounts',
    'MaskedPaths',
    'ReadonlyPaths',
  ] as const),
  'Init',
];
const MAPS = new Set<string>(['PortBindings', 'Annotations', 'StorageOpt', 'Tmpfs', 'Sysctls']);
/** Fields that are pointers in Go; the others that may be null are slices. */
const POINTERS = new Set<string>(['MemorySwappiness', 'OomKillDisable', 'PidsLimit']);
const OMITTED: JsonObject = {
  ...{ Annotations: NIL_MAP, StorageOpt: NIL_MAP, Tmpfs: NIL_MAP, Sysctls: NIL_MAP, Mounts: NIL_LIST, Init: null },
};

/** Host configuration as `docker inspect` shows it. */
export function inspectHostConfig(host: HostConfig): JsonObject {
  return given(Object.fromEntries(FIELDS.map((name) => [name, field(host, name)])), OMITTED);
}

function field(host: HostConfig, name: keyof HostConfig): unknown {
  const value = host[name];
  if (value === undefined) return undefined;
  if (name === 'LogConfig') return { Type: host.LogConfig.Type, Config: goMap(host.LogConfig.Config) };
  if (name === 'Mounts') return host.Mounts?.length ? host.Mounts.map(inspectMount) : undefined;
  if (MAPS.has(name)) return goMap(value as Record<string, unknown>);
  return value ?? (POINTERS.has(name) ? null : NIL_LIST);
}

function inspectMount(mount: MountRequest): JsonObject {
  const { Type, Source, Target, ReadOnly, BindOptions, VolumeOptions, TmpfsOptions } = mount;
  const fields = { Type, Source: Source || undefined, Target, ReadOnly: ReadOnly || undefined, BindOptions };
  return given(
    { ...fields, VolumeOptions: volumeOptions(VolumeOptions), TmpfsOptions },
    { Source: '', ReadOnly: false },
  );
}

function volumeOptions(options: MountRequest['VolumeOptions']): Json | undefined {
  if (!options) return undefined;
  const { NoCopy, Labels, Subpath, DriverConfig } = options;
  const driver = DriverConfig && {
    Name: DriverConfig.Name || undefined,
    Options: DriverConfig.Options && goMap(DriverConfig.Options),
  };
  return given({
    ...{ NoCopy: NoCopy || undefined, Labels: Labels && goMap(Labels), Subpath: Subpath || undefined },
    DriverConfig: driver && given(driver),
  });
}

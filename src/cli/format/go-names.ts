/** Fields of the Engine API's types whose Go names are not those of their JSON, by their names in Go. */
const JSON_NAMES: Readonly<Record<string, string>> = {
  ...{ ID: 'Id', HostIP: 'HostIp', DNS: 'Dns', DNSOptions: 'DnsOptions', DNSSearch: 'DnsSearch' },
  ...{ CPUShares: 'CpuShares', NanoCPUs: 'NanoCpus', CPUPeriod: 'CpuPeriod', CPUQuota: 'CpuQuota' },
  ...{ CPURealtimePeriod: 'CpuRealtimePeriod', CPURealtimeRuntime: 'CpuRealtimeRuntime', CPUCount: 'CpuCount' },
  ...{ CPUPercent: 'CpuPercent', APIVersion: 'ApiVersion', AuxAddress: 'AuxiliaryAddresses' },
};
const ONLY_JSON = new Set(Object.values(JSON_NAMES));

/** The key under which a struct keeps what Go calls `name`; undefined when Go has no such field. */
export function fieldKey(struct: object, name: string): string | undefined {
  if (Object.hasOwn(struct, name)) return ONLY_JSON.has(name) ? undefined : name;
  const key = JSON_NAMES[name];
  return key !== undefined && Object.hasOwn(struct, key) ? key : undefined;
}

import { EngineError } from '../errors.ts';
import { CAPABILITIES, HOST_CAPABILITIES } from '../process/credentials.ts';
import { HOST_CPUS } from '../process/proc.ts';
import { signalNumber } from '../process/signals.ts';
import type { ContainerConfig, HostConfig, RestartPolicy } from './container.ts';

const MINIMUM_MEMORY = 6 * 1024 * 1024;
const SECOND = 1_000_000_000;
const MILLISECOND = 1_000_000;
const LOG_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  'json-file': [
    'max-file',
    'max-size',
    'compress',
    'labels',
    'labels-regex',
    'env',
    'env-regex',
    'tag',
    'mode',
    'max-buffer-size',
  ],
  local: ['max-file', 'max-size', 'compress', 'mode', 'max-buffer-size'],
  none: ['mode', 'max-buffer-size'],
};
const LOG_DRIVERS = new Set([
  ...['json-file', 'local', 'none', 'journald', 'syslog', 'gelf', 'fluentd', 'awslogs', 'splunk', 'gcplogs', 'etwlogs'],
]);

const refuse = (message: string): never => {
  throw new EngineError(400, message);
};

/** Throws 400 for what the daemon refuses before it creates anything (moby, daemon/container.go, daemon_unix.go). */
export function validateConfig(config: ContainerConfig): void {
  if (config.WorkingDir !== '' && !config.WorkingDir.startsWith('/'))
    refuse(`the working directory '${config.WorkingDir}' is invalid, it needs to be an absolute path`);
  if (config.StopSignal !== undefined && config.StopSignal !== '' && signalNumber(config.StopSignal) === undefined)
    refuse(`invalid signal: ${config.StopSignal}`);
  const { Healthcheck: check } = config;
  if (!check) return;
  const durations = { Interval: check.Interval, Timeout: check.Timeout, StartPeriod: check.StartPeriod };
  for (const [name, value] of Object.entries({ ...durations, StartInterval: check.StartInterval }))
    if (value !== undefined && value !== 0 && value < MILLISECOND)
      refuse(`${name} in Healthcheck cannot be less than 1ms`);
  if ((check.Retries ?? 0) < 0) refuse('Retries in Healthcheck cannot be negative');
}

export function validateRestartPolicy(policy: RestartPolicy): void {
  const { Name, MaximumRetryCount } = policy;
  if (['no', 'always', 'unless-stopped'].includes(Name)) {
    if (MaximumRetryCount !== 0)
      refuse(
        MaximumRetryCount < 0
          ? "invalid restart policy: maximum retry count can only be used with 'on-failure' and cannot be negative"
          : "invalid restart policy: maximum retry count can only be used with 'on-failure'",
      );
  } else if (Name === 'on-failure') {
    if (MaximumRetryCount < 0) refuse('invalid restart policy: maximum retry count cannot be negative');
  } else if (Name !== '')
    refuse(
      `invalid restart policy: unknown policy '${Name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
    );
}

/** `NET_ADMIN`, `cap_net_admin`, `ALL` in the form in which the daemon keeps them. Throws 400 for unknown ones. */
export function normalCapabilities(
  field: 'CapAdd' | 'CapDrop',
  names: readonly string[] | null,
): readonly string[] | null {
  if (!names) return names;
  const known: readonly string[] = CAPABILITIES;
  return names.map((name) => {
    const upper = name.toUpperCase();
    if (upper === 'ALL') return upper;
    const full = upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
    if (!known.includes(full.slice('CAP_'.length))) refuse(`invalid ${field}: unknown capability: "${full}"`);
    if (!HOST_CAPABILITIES.includes(full.slice('CAP_'.length)))
      refuse(
        `invalid ${field}: capability not supported by your kernel or not available in the current environment: "${full}"`,
      );
    return full;
  });
}

export function validateHostConfig(host: HostConfig, config: ContainerConfig): void {
  if (host.AutoRemove && host.RestartPolicy.Name !== 'no')
    refuse("can't create 'AutoRemove' container with restart policy");
  validateRestartPolicy(host.RestartPolicy);
  validateNetworkMode(host, config);
  if (host.UTSMode === 'host' && config.Hostname !== '') refuse('conflicting options: hostname and the UTS mode');
  validateLimits(host);
  if (host.OomScoreAdj < -1000 || host.OomScoreAdj > 1000)
    refuse(`Invalid value ${host.OomScoreAdj}, range for oom score adj is [-1000, 1000]`);
  if (host.Isolation !== '' && host.Isolation !== 'default')
    refuse(`invalid isolation (${host.Isolation}): linux only supports 'default'`);
  if (!/^(|none|host|private|shareable|container:.+)$/.test(host.IpcMode)) refuse(`invalid IPC mode: ${host.IpcMode}`);
  if (!['runc', '', 'io.containerd.runc.v2'].includes(host.Runtime))
    refuse(`unknown or invalid runtime name: ${host.Runtime}`);
  if (host.StorageOpt && Object.keys(host.StorageOpt).length > 0)
    refuse("--storage-opt is supported only for overlay over xfs with 'pquota' mount option");
  for (const option of host.SecurityOpt ?? []) validateSecurityOption(option);
  validateLogConfig(host.LogConfig);
}

/** What a network mode forbids beside it (moby, runconfig/hostconfig_unix.go and its neighbours). */
function validateNetworkMode(host: HostConfig, config: ContainerConfig): void {
  const mode = host.NetworkMode;
  const joined = mode.startsWith('container:');
  if (joined && mode === 'container:') refuse('invalid network mode: invalid container format container:<name|id>');
  if (joined && config.Hostname !== '') refuse('conflicting options: hostname and the network mode');
  if ((joined || mode === 'host') && (host.Links?.length ?? 0) > 0)
    refuse(
      joined
        ? "conflicting options: container type network can't be used with links. This would result in undefined behavior"
        : "conflicting options: host type networking can't be used with links. This would result in undefined behavior",
    );
  if (joined && host.Dns.length > 0) refuse('conflicting options: dns and the network mode');
  if (joined && (host.ExtraHosts?.length ?? 0) > 0)
    refuse('conflicting options: custom host-to-IP mapping and the network mode');
  if (joined && (Object.keys(host.PortBindings).length > 0 || host.PublishAllPorts))
    refuse('conflicting options: port publishing and the container type network mode');
  if (joined && Object.keys(config.ExposedPorts ?? {}).length > 0)
    refuse('conflicting options: port exposing and the container type network mode');
}

function validateLimits(host: HostConfig): void {
  const { Memory, MemorySwap, MemoryReservation, NanoCpus, CpuPeriod, CpuQuota, CpusetCpus, CpusetMems, CpuShares } =
    host;
  if (Memory !== 0 && Memory < MINIMUM_MEMORY) refuse('Minimum memory limit allowed is 6MB');
  if (Memory > 0 && MemorySwap > 0 && MemorySwap < Memory)
    refuse('Minimum memoryswap limit should be larger than memory limit, see usage');
  if (Memory === 0 && MemorySwap > 0)
    refuse('You should always set the Memory limit when using Memoryswap limit, see usage');
  if (MemoryReservation > 0 && MemoryReservation < MINIMUM_MEMORY) refuse('Minimum memory reservation allowed is 6MB');
  if (Memory > 0 && MemoryReservation > Memory)
    refuse('Minimum memory limit can not be less than memory reservation limit, see usage');
  if (NanoCpus > 0 && (CpuPeriod > 0 || CpuQuota > 0))
    refuse(
      CpuPeriod > 0
        ? 'Conflicting options: Nano CPUs and CPU Period cannot both be set'
        : 'Conflicting options: Nano CPUs and CPU Quota cannot both be set',
    );
  if (NanoCpus < 0 || NanoCpus > HOST_CPUS * SECOND)
    refuse(`range of CPUs is from 0.01 to ${HOST_CPUS}.00, as there are only ${HOST_CPUS} CPUs available`);
  if (CpuShares < 0) refuse(`invalid CPU shares (${CpuShares}): value must be a positive integer`);
  if (CpuPeriod !== 0 && (CpuPeriod < 1000 || CpuPeriod > 1_000_000))
    refuse('CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)');
  if (CpuQuota > 0 && CpuQuota < 1000) refuse('CPU cfs quota can not be less than 1ms (i.e. 1000)');
  cpuset(CpusetMems, 1, 'cpuset mems', 'memory nodes');
  cpuset(CpusetCpus, HOST_CPUS, 'cpuset cpus', 'CPUs');
}

/** A list of processors or memory nodes of the host, `0-1,3`. */
function cpuset(list: string, available: number, name: string, what: string): void {
  if (list === '') return;
  if (!/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(list)) refuse(`Invalid value ${list} for ${name}: invalid format: ${list}`);
  const highest = Math.max(...list.split(/[,-]/).map(Number));
  const all = available === 1 ? '0' : `0-${available - 1}`;
  if (highest >= available) refuse(`Requested ${what} are not available - requested ${list}, available: ${all}`);
}

/** What can't be read as a seccomp profile. */
function validateProfile(text: string): void {
  const profile = JSON.parse(text) as { readonly defaultAction?: string } | readonly unknown[] | string | number | null;
  const kind = Array.isArray(profile) ? 'array' : profile === null ? 'object' : typeof profile;
  if (kind !== 'object')
    refuse(`Decoding seccomp profile failed: json: cannot unmarshal ${kind} into Go value of type seccomp.Seccomp`);
}

function validateSecurityOption(option: string): void {
  if (/^seccomp[=:]["[{\d]/.test(option)) validateProfile(option.slice('seccomp='.length));
  if (option === 'no-new-privileges' || option === 'disable') return;
  const [key = '', value] = option.split(/[=:](.*)/s);
  if (value === undefined) refuse(`invalid --security-opt 1: "${option}"`);
  if (!['label', 'apparmor', 'seccomp', 'no-new-privileges', 'writable-cgroups', 'systempaths'].includes(key))
    refuse(`invalid --security-opt 2: "${option}"`);
  const yesOrNo = /^(1|0|t|f|true|false)$/i;
  if ((key === 'no-new-privileges' || key === 'writable-cgroups') && !yesOrNo.test(value ?? ''))
    refuse(`invalid --security-opt 2: "${option}"`);
}

function validateLogConfig({ Type, Config }: HostConfig['LogConfig']): void {
  if (!LOG_DRIVERS.has(Type)) refuse(`error looking up logging plugin ${Type}: plugin "${Type}" not found`);
  const known = LOG_OPTIONS[Type];
  for (const name of Object.keys(Config))
    if (known && !known.includes(name)) refuse(`unknown log opt '${name}' for ${Type} log driver`);
}

import { OptionError } from './option-error.ts';

/** A device of the host in a container (Engine API, DeviceMapping). */
export interface DeviceMapping {
  readonly PathOnHost: string;
  readonly PathInContainer: string;
  readonly CgroupPermissions: string;
}

const isMode = (mode: string) => /^[rwm]{1,3}$/.test(mode) && new Set(mode).size === mode.length;

/** The value of `--device`, `HOST[:CONTAINER][:rwm]` (docker/cli, validateDevice and parseLinuxDevice). Throws {@link OptionError}. */
export function parseDevice(value: string): DeviceMapping {
  const [host = '', second, third, ...more] = value.split(':');
  if (more.length > 0 || host === '') throw new OptionError(`bad format for path: ${value}`);
  if (third !== undefined && !isMode(third)) throw new OptionError(`bad mode specified: ${third}`);
  const mode = third ?? (second !== undefined && isMode(second) ? second : undefined);
  const inside = third !== undefined || mode === undefined ? (second ?? host) : host;
  if (!inside.startsWith('/')) throw new OptionError(`${inside} is not an absolute path`);
  return { PathOnHost: host, PathInContainer: inside, CgroupPermissions: mode ?? 'rwm' };
}

/** The value of `--device-cgroup-rule`. Throws {@link OptionError}. */
export function parseDeviceCgroupRule(value: string): string {
  if (!/^[acb] (?:\d+|\*):(?:\d+|\*) [rwm]{1,3}$/.test(value))
    throw new OptionError(`invalid device cgroup format '${value}'`);
  return value;
}

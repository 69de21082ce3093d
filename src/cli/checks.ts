import { parseAddHost } from './options/add-host.ts';
import { parseAttach } from './options/attach.ts';
import { parseDeviceCgroupRule } from './options/device.ts';
import { parseDnsSearch } from './options/dns-search.ts';
import { parseEnvVar } from './options/env-var.ts';
import { parseGpus } from './options/gpus.ts';
import { parseIpAddress } from './options/ip-address.ts';
import { parseLabel } from './options/label.ts';
import { parseLink } from './options/link.ts';
import { parseMountSpec } from './options/mount-spec.ts';
import { parseNetworkAttachment } from './options/network-attachment.ts';
import { parseServicePublish } from './options/service-publish.ts';
import { parseSwarmFile } from './options/swarm-file.ts';
import { parseSysctl } from './options/sysctl.ts';
import { parseThrottleBps, parseThrottleIops, parseWeightDevice } from './options/throttle-device.ts';
import { parseUlimit } from './options/ulimit.ts';
import type { Flag } from './surface/flag.ts';

/**
 * What the client checks of a value while it reads the flags, by `TYPE` or `TYPE NAME`: the readers of src/cli/options,
 * which throw an OptionError. What is said then follows `invalid argument "…" for "--…" flag: `.
 */
const CHECKS: Readonly<Record<string, (value: string) => unknown>> = {
  ulimit: parseUlimit,
  // Whether a source is there is seen later: here any folder will do.
  mount: (value) => parseMountSpec(value, '/'),
  network: parseNetworkAttachment,
  'gpu-request': parseGpus,
  port: parseServicePublish,
  secret: (value) => parseSwarmFile(value, 'secret'),
  config: (value) => parseSwarmFile(value, 'config'),
  'list env': (value) => parseEnvVar(value, {}),
  'list label': parseLabel,
  'list add-host': parseAddHost,
  'list attach': parseAttach,
  'list blkio-weight-device': parseWeightDevice,
  'list device-cgroup-rule': parseDeviceCgroupRule,
  'list device-read-bps': parseThrottleBps,
  'list device-read-iops': parseThrottleIops,
  'list device-write-bps': parseThrottleBps,
  'list device-write-iops': parseThrottleIops,
  'list dns': parseIpAddress,
  'list dns-search': parseDnsSearch,
  'list link': parseLink,
  'map sysctl': parseSysctl,
};

/** Checks a value of a flag beyond what its type demands. Throws an OptionError. */
export function checkValue(flag: Flag, value: string): void {
  (CHECKS[`${flag.type} ${flag.name}`] ?? CHECKS[flag.type])?.(value);
}

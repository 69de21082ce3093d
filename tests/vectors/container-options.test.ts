import { parseAddHost } from '../../src/cli/options/add-host.ts';
import { parseDnsSearch } from '../../src/cli/options/dns-search.ts';
import { parseEnvVar } from '../../src/cli/options/env-var.ts';
import { parseIpAddress } from '../../src/cli/options/ip-address.ts';
import { parseMountSpec } from '../../src/cli/options/mount-spec.ts';
import { parsePortSpec } from '../../src/cli/options/port-publish.ts';
import { parseServicePublish } from '../../src/cli/options/service-publish.ts';
import { parseSwarmFile } from '../../src/cli/options/swarm-file.ts';
import { attempt, vectors } from './vectors.ts';

interface InOut {
  in: string;
  out: unknown;
}
const out = (one: InOut) => one.out;

// `null`: the value as it is.
vectors<InOut>(
  'add-host',
  (one) => attempt(() => ({ ok: parseAddHost(one.in) })),
  (one) => (JSON.stringify(one.out) === '{"ok":null}' ? { ok: one.in } : one.out),
);
vectors<InOut>('ip-address', (one) => attempt(() => ({ ok: parseIpAddress(one.in) })), out);
const succeeds = (compute: () => unknown) => {
  const answer = attempt(compute);
  return typeof answer !== 'object' || answer === null || !('error' in answer);
};
vectors<{ in: string; valid: boolean }>(
  'dns-search',
  (one) => succeeds(() => parseDnsSearch(one.in)),
  ({ valid }) => valid,
);
vectors<InOut>('env-var', (one) => (succeeds(() => parseEnvVar(one.in, {})) ? parseEnvVar(one.in, {}) : null), out);

/** Whether a case of a newer client is refused by it for what Engine 28.5 still accepts, see tests/cli/options. */
const newer = (one: InOut) => {
  const { error = '' } = one.out as { error?: string };
  return (
    error.includes('whitespace') ||
    error.includes('value is empty') ||
    error.includes('unknown option') ||
    error.includes('invalid boolean value') ||
    one.in.includes('bind-create-src')
  );
};
const partial = (mount: unknown, wanted: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(wanted).map(([path, value]) => [
      path,
      path.split('.').reduce((at: unknown, key) => (at as Record<string, unknown> | undefined)?.[key], mount) ??
        (typeof value === 'boolean' ? false : undefined),
    ]),
  );
/** A value without its empty parts. */
const full = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, full(one)] as const);
  const kept = entries.filter(([, one]) => one !== undefined && one !== false && !isEmptyObject(one));
  return Object.fromEntries(kept);
};
const isEmptyObject = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
vectors<InOut>(
  'mount-spec',
  (one) => {
    if (newer(one)) return 'newer';
    const mount = attempt(() => parseMountSpec(one.in, '/'));
    const wanted = (one.out as { partial?: Record<string, unknown> }).partial;
    return wanted ? { partial: partial(mount, wanted) } : full(mount);
  },
  (one) => {
    if (newer(one)) return 'newer';
    const { partial: wanted } = one.out as { partial?: unknown };
    return wanted ? { partial: wanted } : full(one.out);
  },
);

/** Engine 28.5 begins its messages with capitals and wants brackets around IPv6 addresses. */
const words = (answer: unknown) => {
  const { error } = answer as { error?: string };
  if (error === undefined) return answer;
  return { error: error.toLowerCase().replace(/^(invalid ip address) (\S+): address .*/, '$1: $2') };
};
const bareIpv6 = (one: InOut) => /^[0-9a-f:]*:[0-9a-f]*:[^:]*:[^:]+$/.test(one.in);
vectors<InOut>(
  'port-publish-spec',
  (one) => (bareIpv6(one) ? 'newer' : words(attempt(() => ({ mappings: parsePortSpec(one.in) })))),
  (one) => (bareIpv6(one) ? 'newer' : words(one.out)),
);
vectors<InOut>(
  'service-publish',
  (one) => words(attempt(() => parseServicePublish(one.in))),
  (one) => words(one.out),
);

interface SwarmFileCase {
  input: string;
  configName?: string;
  secretName?: string;
  fileName: string;
  uid?: string;
  gid?: string;
  fileMode?: number;
}
for (const kind of ['config', 'secret'] as const)
  vectors<SwarmFileCase>(
    `swarm-${kind}-opt`,
    ({ input }) => parseSwarmFile(input, kind),
    ({ configName, secretName, fileName, uid = '0', gid = '0', fileMode = 0o444 }) => ({
      source: configName ?? secretName,
      file: { Name: fileName, UID: uid, GID: gid, Mode: fileMode },
    }),
  );

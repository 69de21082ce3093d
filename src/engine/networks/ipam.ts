import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { randomHex } from '../random.ts';
import type { EngineState } from '../state.ts';
import {
  contains,
  formatAddress,
  formatPrefix,
  overlaps,
  type Prefix,
  parseAddress,
  parsePrefix,
  size,
} from './address.ts';
import type { Network, Pool } from './network.ts';

/** Address pools for networks without a subnet of their own, in the order in which they are used (moby, ipamutils). */
const LOCAL_POOLS: readonly (readonly [pool: string, bits: number])[] = [
  ...Array.from({ length: 15 }, (_, index) => [`172.${17 + index}.0.0/16`, 16] as const),
  ['192.168.0.0/16', 20],
];
const SWARM_POOLS: readonly (readonly [pool: string, bits: number])[] = [['10.0.0.0/8', 24]];

/** Name of the state's extension that lists subnets which the host itself has routes to. */
export const HOST_ROUTES = 'hostRoutes';

/** What can't be used: subnets of networks, and those that the host has routes to. */
function taken(state: EngineState, scope: Network['scope']): Prefix[] {
  const routes = (state.extensions[HOST_ROUTES] as readonly string[] | undefined) ?? [];
  const subnets = [...state.networks.values()]
    .filter((network) => network.scope === scope && !network.configOnly)
    .flatMap(({ pools }) => pools.map(({ subnet }) => subnet));
  return [...subnets, '192.0.2.0/24', ...routes].map(parsePrefix).filter((prefix) => prefix !== undefined);
}

/** The first subnet of the default pools that is free. Throws 400 when none is left. */
export function freeSubnet(state: EngineState, scope: Network['scope']): Prefix {
  const used = taken(state, scope);
  for (const [pool, bits] of scope === 'swarm' ? SWARM_POOLS : LOCAL_POOLS) {
    const whole = parsePrefix(pool)!;
    for (let base = whole.base; base < whole.base + size(whole); base += size({ base, bits })) {
      const subnet = { base, bits };
      if (!used.some((other) => overlaps(other, subnet))) return subnet;
    }
  }
  throw new EngineError(400, 'all predefined address pools have been fully subnetted');
}

/** A subnet chosen by the engine, its first address the gateway. */
export function automaticPool(state: EngineState, scope: Network['scope'] = 'local'): Pool {
  const subnet = freeSubnet(state, scope);
  const gateway = formatAddress(subnet.base + 1);
  return { subnet: formatPrefix(subnet), gateway, ipRange: '', auxiliary: {}, wanted: false };
}

/** A subnet of unique local addresses, one /64 after the other of the engine's own /48. */
export function automaticPool6(state: EngineState): Pool {
  const used = new Set([...state.networks.values()].flatMap(({ pools }) => pools.map(({ subnet }) => subnet)));
  const known = (state.extensions['ula'] as string | undefined) ?? `fd${randomHex(state, 10)}`;
  state.extensions = { ...state.extensions, ula: known };
  const site = [known.slice(0, 4), known.slice(4, 8), known.slice(8, 12)]
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':');
  for (let index = 0; ; index += 1) {
    const base = index === 0 ? `${site}::` : `${site}:${index.toString(16)}::`;
    if (!used.has(`${base}/64`))
      return { subnet: `${base}/64`, gateway: `${base}1`, ipRange: '', auxiliary: {}, wanted: false };
  }
}

/** The pool of what a user asked for. Throws 403 when it overlaps with another network's. */
export function wantedPool(
  state: EngineState,
  { subnet = '', gateway = '', ipRange = '', auxiliary = {} }: PoolRequest,
): Pool {
  const asked = { subnet, ipRange, auxiliary, wanted: true, wantedGateway: gateway !== '' };
  if (subnet.includes(':')) return { ...asked, gateway: gateway || `${subnet.split('/')[0]}1` };
  const prefix = parsePrefix(subnet)!;
  const others = [...state.networks.values()].filter(({ configOnly }) => !configOnly).flatMap(({ pools }) => pools);
  if (others.some((pool) => overlapsWith(prefix, pool)))
    throw new EngineError(403, 'invalid pool request: Pool overlaps with other one on this address space');
  const range = parsePrefix(ipRange) ?? prefix;
  const first = range.base === prefix.base ? prefix.base + 1 : range.base;
  return { ...asked, gateway: gateway || formatAddress(first) };
}

function overlapsWith(prefix: Prefix, pool: Pool): boolean {
  const other = parsePrefix(pool.subnet);
  return other !== undefined && overlaps(prefix, other);
}

export interface PoolRequest {
  readonly subnet?: string;
  readonly gateway?: string;
  readonly ipRange?: string;
  readonly auxiliary?: Readonly<Record<string, string>>;
}

/** What is wrong with the address configuration of a network (moby, api/types/network/ipam.go). */
export function poolProblems(requests: readonly PoolRequest[]): string[] {
  const problems: string[] = [];
  for (const { subnet = '', gateway = '', ipRange = '', auxiliary = {} } of requests) {
    if (subnet.includes(':')) continue;
    const prefix = parsePrefix(subnet);
    if (!prefix) {
      problems.push(`invalid subnet ${subnet}: invalid CIDR block notation`);
      continue;
    }
    if (formatPrefix(prefix) !== subnet)
      problems.push(`invalid subnet ${subnet}: it should be ${formatPrefix(prefix)}`);
    if (ipRange !== '') problems.push(...rangeProblems(ipRange, subnet, prefix));
    if (gateway !== '') problems.push(...addressProblems('gateway', gateway, subnet, prefix));
    for (const address of Object.values(auxiliary))
      problems.push(...addressProblems('auxiliary address', address, subnet, prefix));
  }
  return problems;
}

function rangeProblems(text: string, subnet: string, parent: Prefix): string[] {
  const range = parsePrefix(text);
  if (!range) return [`invalid ip-range ${text}: invalid CIDR block notation`];
  const problems = [];
  if (formatPrefix(range) !== text) problems.push(`invalid ip-range ${text}: it should be ${formatPrefix(range)}`);
  if (range.bits < parent.bits)
    problems.push(`invalid ip-range ${text}: CIDR block is bigger than its parent subnet ${subnet}`);
  else if (!contains(parent, range.base))
    problems.push(`invalid ip-range ${text}: parent subnet ${subnet} doesn't contain ip-range`);
  return problems;
}

function addressProblems(what: string, text: string, subnet: string, parent: Prefix): string[] {
  const address = parseAddress(text);
  if (address === undefined) return [`invalid ${what} ${text}: invalid address`];
  return contains(parent, address)
    ? []
    : [`invalid ${what} ${text}: parent subnet ${subnet} doesn't contain this address`];
}

/** Addresses of a network that somebody has: its gateway, reserved ones, and running containers. */
function usedAddresses(state: EngineState, { id, pools }: Network): Set<string> {
  const used = new Set(pools.flatMap(({ gateway, auxiliary }) => [gateway, ...Object.values(auxiliary)]));
  for (const { networks } of state.containers.values())
    for (const endpoint of Object.values(networks)) {
      if (endpoint.network !== id) continue;
      if (endpoint.address !== '') used.add(endpoint.address);
      if (endpoint.address6) used.add(endpoint.address6);
    }
  return used;
}

/** The lowest free address of a network, or the wanted one. Throws `Address already in use` or that none is left. */
export function allocateAddress({ state }: Engine, network: Network, wanted: string): { address: string; pool: Pool } {
  const used = usedAddresses(state, network);
  const pools = network.pools.filter(({ subnet }) => !subnet.includes(':'));
  if (wanted !== '') {
    if (used.has(wanted)) throw new EngineError(403, 'Address already in use');
    const pool = pools.find(({ subnet }) => contains(parsePrefix(subnet)!, parseAddress(wanted) ?? -1));
    const subnet = pool && parsePrefix(pool.subnet);
    // The subnet's own address and its broadcast address are nobody's.
    const ends = subnet ? [subnet.base, subnet.base + size(subnet) - 1] : [];
    if (ends.some((end) => formatAddress(end) === wanted)) throw new EngineError(403, 'Address already in use');
    if (pool) return { address: wanted, pool };
  }
  for (const pool of pools) {
    const subnet = parsePrefix(pool.subnet)!;
    const range = parsePrefix(pool.ipRange) ?? subnet;
    const broadcast = subnet.base + size(subnet) - 1;
    for (let number = range.base; number < range.base + size(range); number += 1) {
      const address = formatAddress(number);
      if (number !== subnet.base && number !== broadcast && !used.has(address)) return { address, pool };
    }
  }
  throw new EngineError(
    403,
    `no available IPv4 addresses on this network's address pools: ${network.name} (${network.id})`,
  );
}

/** The lowest free IPv6 address of a network that has some. */
export function allocateAddress6({ state }: Engine, network: Network): { address: string; pool: Pool } | undefined {
  const pool = network.ipv6 ? network.pools.find(({ subnet }) => subnet.includes(':')) : undefined;
  if (!pool) return undefined;
  const used = usedAddresses(state, network);
  const base = pool.subnet.split('/')[0]!;
  for (let number = 2; ; number += 1) {
    const address = `${base}${number.toString(16)}`;
    if (!used.has(address)) return { address, pool };
  }
}

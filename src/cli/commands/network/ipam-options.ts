import { contains, type Prefix, parseAddress, parsePrefix } from '../../../engine/networks/address.ts';
import { CliError } from '../../command.ts';
import type { FlagValues } from '../../flags.ts';
import { cut } from '../../options/key-value.ts';
import { goQuote } from '../../quote.ts';

interface PoolOptions {
  subnet: string;
  gateway?: string;
  ipRange?: string;
  auxiliary: Record<string, string>;
}

/** Pools that `--subnet`, `--gateway`, `--ip-range` and `--aux-address` ask for (docker/cli, createIPAMConfig). */
export function ipamOptions(flags: FlagValues): readonly PoolOptions[] {
  const [subnets, ranges, gateways] = [flags.list('subnet'), flags.list('ip-range'), flags.list('gateway')];
  if (subnets.length < ranges.length || subnets.length < gateways.length)
    throw new CliError('every ip-range or gateway must have a corresponding subnet');
  const pools: PoolOptions[] = [];
  for (const subnet of subnets) {
    if (pools.some((pool) => matches(subnet, pool.subnet) || matches(pool.subnet, subnet)))
      throw new CliError('multiple overlapping subnet configuration is not supported');
    pools.push({ subnet, auxiliary: {} });
  }
  for (const range of ranges)
    assign(pools, range, 'range', (pool) => {
      if (pool.ipRange !== undefined)
        throw new CliError(
          `cannot configure multiple ranges (${range}, ${pool.ipRange}) on the same subnet (${pool.subnet})`,
        );
      pool.ipRange = range;
    });
  for (const gateway of gateways)
    assign(pools, gateway, 'gateway', (pool) => {
      if (pool.gateway !== undefined)
        throw new CliError(
          `cannot configure multiple gateways (${gateway}, ${pool.gateway}) for the same subnet (${pool.subnet})`,
        );
      pool.gateway = gateway;
    });
  for (const one of flags.list('aux-address')) {
    const [name, address = ''] = cut(one);
    assign(pools, address, 'aux-address', (pool) => {
      pool.auxiliary[name] = address;
    });
  }
  return pools;
}

function assign(pools: readonly PoolOptions[], what: string, kind: string, take: (pool: PoolOptions) => void): void {
  const found = pools.filter(({ subnet }) => matches(subnet, what));
  if (found.length === 0) throw new CliError(`no matching subnet for ${kind} ${what}`);
  found.forEach(take);
}

/** Whether an address, or the beginning of another subnet, lies in a subnet. */
function matches(subnet: string, what: string): boolean {
  const prefix = readPrefix(subnet, 'subnet');
  if (what.includes('/')) {
    readPrefix(what, 'subnet');
    return within(prefix, parseAddress(what.split('/')[0]!), what);
  }
  return within(prefix, parseAddress(what), what);
}

/** IPv6 subnets are compared by their text alone: the model has no addresses of that family. */
function within(prefix: Prefix | string, address: number | undefined, text: string): boolean {
  if (typeof prefix === 'string') return text.split(':')[0] === prefix.split(':')[0];
  return address !== undefined && contains(prefix, address);
}

function readPrefix(text: string, kind: string): Prefix | string {
  const prefix = parsePrefix(text);
  if (prefix) return prefix;
  if (/^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\/\d{1,3}$/.test(text)) return text;
  throw new CliError(`invalid ${kind}: invalid CIDR address: ${text === '' ? goQuote(text) : text}`);
}

import type { Container, Endpoint } from '../containers/container.ts';
import { type Json, type JsonObject, NIL_LIST, NIL_MAP } from '../json.ts';
import { isUserDefined } from './network.ts';

const asMap = (record: Readonly<Record<string, string>>): ReadonlyMap<string, Json> => new Map(Object.entries(record));

/** Names by which a container is found on a user-defined network. */
export function dnsNames({ id, name, config }: Container, { aliases }: Endpoint): string[] {
  return [...new Set([name, ...aliases, id.slice(0, 12), ...(config.Hostname ? [config.Hostname] : [])])];
}

/** One of `NetworkSettings.Networks` in the answer of `GET /containers/ID/json` (Engine API, EndpointSettings). */
export function endpointSettings(container: Container, network: string, endpoint: Endpoint): JsonObject {
  const { aliases, links, connected = false, driverOptions } = endpoint;
  const named = isUserDefined(network) && (connected || endpoint.network !== '');
  const list = (values: readonly string[]) => (values.length > 0 || connected ? values : NIL_LIST);
  return {
    IPAMConfig: endpoint.wantedAddress === '' ? (connected ? {} : null) : { IPv4Address: endpoint.wantedAddress },
    Links: links.length > 0 ? links : NIL_LIST,
    Aliases: list(aliases),
    MacAddress: endpoint.mac,
    DriverOpts: driverOptions ? asMap(driverOptions) : connected ? new Map() : NIL_MAP,
    GwPriority: endpoint.priority,
    NetworkID: endpoint.network,
    EndpointID: endpoint.endpointId,
    Gateway: endpoint.gateway,
    IPAddress: endpoint.address,
    IPPrefixLen: endpoint.prefix,
    IPv6Gateway: endpoint.gateway6 ?? '',
    GlobalIPv6Address: endpoint.address6 ?? '',
    GlobalIPv6PrefixLen: endpoint.prefix6 ?? 0,
    DNSNames: named ? dnsNames(container, endpoint) : NIL_LIST,
  };
}

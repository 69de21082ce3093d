import type { Container, Endpoint } from '../containers/container.ts';
import type { Engine } from '../engine.ts';
import { type JsonObject, NIL_LIST, NIL_MAP } from '../json.ts';

/** An endpoint as `docker inspect` shows it (Engine API, EndpointSettings). */
export function endpointSettings(engine: Engine, container: Container, name: string, endpoint: Endpoint): JsonObject {
  const { wantedAddress, links, aliases, driverOptions, address, prefix, gateway, mac, endpointId } = endpoint;
  const network = engine.state.networks.get(endpoint.network);
  const predefined = ['bridge', 'host', 'none'].includes(name);
  const up = endpointId !== '';
  const names =
    predefined || !up
      ? NIL_LIST
      : [...new Set([container.name, ...aliases, container.id.slice(0, 12), ...hostnameAlias(container)])];
  return {
    IPAMConfig: wantedAddress !== '' ? { IPv4Address: wantedAddress } : driverOptions ? {} : null,
    Links: links.length > 0 ? links : NIL_LIST,
    Aliases: aliases.length > 0 ? aliases : NIL_LIST,
    MacAddress: address === '' ? '' : mac,
    DriverOpts: driverOptions ? new Map(Object.entries(driverOptions)) : NIL_MAP,
    GwPriority: endpoint.priority,
    NetworkID: container.state.startedAt === 0 && !up ? '' : (network?.id ?? ''),
    EndpointID: endpointId,
    ...{ Gateway: address === '' ? '' : gateway, IPAddress: address, IPPrefixLen: address === '' ? 0 : prefix },
    ...{ IPv6Gateway: '', GlobalIPv6Address: '', GlobalIPv6PrefixLen: 0, DNSNames: names },
  };
}

function hostnameAlias({ config: { Hostname }, id }: Container): string[] {
  return Hostname !== '' && Hostname !== id.slice(0, 12) ? [Hostname] : [];
}

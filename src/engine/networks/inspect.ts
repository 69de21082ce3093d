import type { Engine } from '../engine.ts';
import { type Json, type JsonObject, NIL_LIST, NIL_MAP, omitting } from '../json.ts';
import { formatTime } from '../time.ts';
import { attached, findNetwork } from './find.ts';
import type { Pool } from './network.ts';

const asMap = (record: Readonly<Record<string, string>>): ReadonlyMap<string, Json> => new Map(Object.entries(record));

function poolConfig({ subnet, gateway, ipRange, auxiliary, wanted, wantedGateway }: Pool): JsonObject {
  const shownGateway = wanted && !wantedGateway ? '' : gateway;
  const reserved = Object.keys(auxiliary).length > 0;
  const fields = {
    Subnet: subnet,
    IPRange: ipRange,
    Gateway: shownGateway,
    AuxiliaryAddresses: reserved ? asMap(auxiliary) : NIL_MAP,
  };
  const empty = [
    ...(ipRange === '' ? ['IPRange'] : []),
    ...(shownGateway === '' ? ['Gateway'] : []),
    ...(reserved ? [] : ['AuxiliaryAddresses']),
  ];
  return omitting(fields, empty);
}

/** What `GET /networks/ID` answers. */
export function inspectNetwork(engine: Engine, ref: string): JsonObject {
  const network = findNetwork(engine, ref);
  const containers = new Map<string, Json>();
  for (const { container, endpoint } of attached(engine.state, network.id))
    containers.set(container.id, {
      Name: container.name,
      EndpointID: endpoint.endpointId,
      MacAddress: endpoint.mac,
      IPv4Address: endpoint.address === '' ? '' : `${endpoint.address}/${endpoint.prefix}`,
      IPv6Address: endpoint.address6 ? `${endpoint.address6}/${endpoint.prefix6}` : '',
    });
  return {
    Name: network.name,
    Id: network.id,
    Created: formatTime(network.created),
    Scope: network.scope,
    Driver: network.driver,
    EnableIPv4: network.ipv4 ?? true,
    EnableIPv6: network.ipv6,
    IPAM: {
      Driver: network.ipamDriver,
      Options: network.ipamOptions ? asMap(network.ipamOptions) : NIL_MAP,
      Config: network.pools.length === 0 ? NIL_LIST : network.pools.map(poolConfig),
    },
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: network.ingress,
    ConfigFrom: { Network: network.configFrom ?? '' },
    ConfigOnly: network.configOnly ?? false,
    Containers: containers,
    Options: asMap(network.options),
    Labels: asMap(network.labels),
  };
}

import type { Container, Endpoint, PortBinding } from '../containers/container.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { EngineState } from '../state.ts';
import { hostAddress } from './interfaces.ts';
import type { Network } from './network.ts';

/** Ports that the kernel of the modelled host gives to those who ask for none (net.ipv4.ip_local_port_range). */
const FIRST_EPHEMERAL = 32768;
const LAST_EPHEMERAL = 60999;
const LAST_GIVEN = 'ephemeralPorts';

interface Taken {
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
}

/** The network whose endpoint carries a container's published ports, if any can. */
function publishing({ state }: Engine, { networks }: Container): { network: Network; endpoint: Endpoint } | undefined {
  const able = Object.values(networks)
    .map((endpoint) => ({ network: state.networks.get(endpoint.network), endpoint }))
    .filter(
      (entry): entry is { network: Network; endpoint: Endpoint } =>
        entry.network?.driver === 'bridge' && !entry.network.internal,
    );
  return able.sort((a, b) => b.endpoint.priority - a.endpoint.priority)[0];
}

/** Whether a container has an endpoint that can carry published ports. */
export function hasPublishing(engine: Engine, container: Container): boolean {
  return publishing(engine, container) !== undefined;
}

const numbered = (port: string) => Number.parseInt(port, 10);

/**
 * Binds the published ports of a container that starts; ephemeral ones from 32768 up. Throws 500 `driver failed programming
 * external connectivity on endpoint NAME (ID): Bind for 0.0.0.0:8080 failed: port is already allocated` and its like.
 */
export function publishPorts(engine: Engine, container: Container): Container['ports'] {
  const way = publishing(engine, container);
  if (!way) return {};
  const { PortBindings, PublishAllPorts } = container.hostConfig;
  const inner = [...new Set([...Object.keys(container.config.ExposedPorts ?? {}), ...Object.keys(PortBindings)])];
  inner.sort((a, b) => numbered(a) - numbered(b) || (a < b ? -1 : 1));
  const taken = takenPorts(engine.state, container.id);
  const ports: Record<string, readonly PortBinding[] | null> = {};
  for (const port of inner) {
    const asked = PortBindings[port] ?? [];
    const wanted = asked.length === 0 && PublishAllPorts ? [{ HostIp: '', HostPort: '' }] : asked;
    if (wanted.length === 0) {
      ports[port] = null;
      continue;
    }
    try {
      ports[port] = wanted.flatMap((binding) => bind(engine.state, taken, port, binding, way.endpoint));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const { endpointId } = way.endpoint;
      const message = `driver failed programming external connectivity on endpoint ${container.name} (${endpointId}): ${error.message}`;
      throw new EngineError(500, message);
    }
  }
  return ports;
}

/** Ports of the host that containers have. */
function takenPorts(state: EngineState, except: string): Taken[] {
  const taken: Taken[] = [];
  for (const { id, ports } of state.containers.values()) {
    if (id === except) continue;
    for (const [inner, bindings] of Object.entries(ports))
      for (const { HostIp, HostPort } of bindings ?? [])
        taken.push({ protocol: inner.split('/')[1] ?? 'tcp', address: HostIp, port: Number(HostPort) });
  }
  return taken;
}

const isV6 = (address: string) => address.includes(':');
const isWild = (address: string) => address === '0.0.0.0' || address === '::';

function bind(
  state: EngineState,
  taken: Taken[],
  inner: string,
  { HostIp, HostPort }: PortBinding,
  endpoint: Endpoint,
): PortBinding[] {
  const [innerPort = '', protocol = 'tcp'] = inner.split('/');
  const addresses = HostIp === '' ? ['0.0.0.0', '::'] : [HostIp];
  const port = choose(state, taken, protocol, addresses, HostPort);
  for (const address of addresses) {
    if (!isWild(address) && address !== '::1' && !address.startsWith('127.') && !hostAddress(state, address))
      cannotBind('cannot assign requested address', address);
    const listens = [...state.sockets.values()].some(
      (socket) =>
        socket.namespace === 'host' &&
        socket.protocol === protocol &&
        socket.port === port &&
        (isWild(socket.address) || isWild(address) || socket.address === address),
    );
    if (listens) cannotBind('address already in use', address);
  }
  taken.push(...addresses.map((address) => ({ protocol, address, port })));
  return addresses.map((address) => ({ HostIp: address, HostPort: String(port) }));

  function cannotBind(reason: string, address: string): never {
    const to = `${endpoint.address}:${innerPort}/${protocol}`;
    throw new EngineError(500, `failed to bind host port for ${address}:${port}:${to}: ${reason}`);
  }
}

/** The port of the host that is given: the one asked for, the first free one of a range, or an ephemeral one. */
function choose(
  state: EngineState,
  taken: readonly Taken[],
  protocol: string,
  addresses: readonly string[],
  wanted: string,
): number {
  const conflict = (port: number) =>
    taken.find(
      (other) =>
        other.protocol === protocol &&
        other.port === port &&
        addresses.some(
          (address) =>
            isV6(address) === isV6(other.address) &&
            (isWild(address) || isWild(other.address) || address === other.address),
        ),
    );
  if (wanted === '' || wanted === '0') return ephemeral(state, addresses, (port) => conflict(port) === undefined);
  const [first = 0, last = first] = wanted.split('-').map(Number);
  for (let port = first; port <= last; port += 1) {
    const other = conflict(port);
    if (!other) return port;
    if (first === last) {
      const shown = isV6(other.address) ? `[${other.address}]` : other.address;
      throw new EngineError(500, `Bind for ${shown}:${port} failed: port is already allocated`);
    }
  }
  throw new EngineError(500, 'all ports are allocated');
}

/** The next port after the last that was given for these addresses (moby, libnetwork/portallocator). */
function ephemeral(state: EngineState, addresses: readonly string[], isFree: (port: number) => boolean): number {
  const given = (state.extensions[LAST_GIVEN] as Readonly<Record<string, number>> | undefined) ?? {};
  const key = addresses[0] ?? '';
  let port = given[key] ?? FIRST_EPHEMERAL - 1;
  for (let count = FIRST_EPHEMERAL; count <= LAST_EPHEMERAL; count += 1) {
    port = port >= LAST_EPHEMERAL ? FIRST_EPHEMERAL : port + 1;
    if (!isFree(port)) continue;
    state.extensions = { ...state.extensions, [LAST_GIVEN]: { ...given, [key]: port } };
    return port;
  }
  throw new EngineError(500, 'all ports are allocated');
}

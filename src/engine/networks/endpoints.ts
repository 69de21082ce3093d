import type { Container, Endpoint } from '../containers/container.ts';
import type { EndpointRequest } from '../containers/create.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { randomHex } from '../random.ts';
import { contains, parseAddress, parsePrefix } from './address.ts';
import { findNetwork } from './find.ts';
import { allocateAddress, allocateAddress6 } from './ipam.ts';
import { isUserDefined, type Network } from './network.ts';

export { networkFiles } from './files.ts';
export { publishPorts } from './ports.ts';

/** An endpoint as a created container has it: nothing allocated yet. `ref` is a name or id. Throws 400 for an address that can't be had there. */
export function plannedEndpoint(engine: Engine, ref: string, request: EndpointRequest): Endpoint {
  const network = networkIfAny(engine, ref);
  const problems = endpointProblems(network, network?.name ?? ref, request);
  if (problems.length > 0)
    throw new EngineError(
      400,
      `invalid config for network ${network?.name ?? ref}: invalid endpoint settings:\n${listed(problems)}`,
    );
  return planned(request);
}

/** Several reasons as Go's errors package of the daemon prints them: one on its own line, more as a list. */
function listed(problems: readonly string[]): string {
  return problems.length === 1 ? problems[0]! : problems.map((problem) => `* ${problem}`).join('\n');
}

function networkIfAny(engine: Engine, ref: string): Network | undefined {
  try {
    return findNetwork(engine, ref);
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

function planned(request: EndpointRequest): Endpoint {
  return {
    network: '',
    endpointId: '',
    aliases: request.aliases ?? [],
    links: request.links ?? [],
    wantedAddress: request.address ?? '',
    address: '',
    prefix: 0,
    gateway: '',
    mac: '',
    wantedMac: request.mac ?? '',
    driverOptions: request.driverOptions ?? null,
    priority: request.priority ?? 0,
  };
}

const IPV6 = /^(?=.*:)[0-9a-fA-F:.]{2,45}$/;

/** Why an address or a name can't be asked for on a network (moby, daemon/network, ValidateEndpointSettings). */
function endpointProblems(
  network: Network | undefined,
  name: string,
  { address = '', address6 = '', aliases = [] }: EndpointRequest,
): string[] {
  const problems: string[] = [];
  const named = () => {
    if (aliases.length > 0 && !isUserDefined(name))
      problems.push('network-scoped alias is supported only for containers in user defined networks');
    return problems;
  };
  if (address === '' && address6 === '') return named();
  if (!isUserDefined(name)) problems.push('user specified IP address is supported on user defined networks only');
  named();
  const number = parseAddress(address);
  if (address !== '' && !number) problems.push(`invalid IPv4 address: ${address}`);
  if (address6 !== '' && !IPV6.test(address6)) problems.push(`invalid IPv6 address: ${address6}`);
  if (!network) return problems;
  const wanted = network.pools.filter((pool) => pool.wanted);
  if (wanted.length === 0)
    problems.push(
      'user specified IP address is supported only when connecting to networks with user configured subnets',
    );
  else if (
    address !== '' &&
    !wanted.some(
      ({ subnet }) => number !== undefined && contains(parsePrefix(subnet) ?? { base: -1, bits: 32 }, number),
    )
  )
    problems.push(`no configured subnet or ip-range contain the IP address ${address}`);
  return problems;
}

/** An endpoint that `docker network connect` asks for. Throws 400 as {@link plannedEndpoint}. */
export function connectedEndpoint(network: Network, request: EndpointRequest): Endpoint {
  const problems = endpointProblems(network, network.name, request);
  if (problems.length > 0) throw new EngineError(400, `invalid endpoint settings:\n${listed(problems)}`);
  return { ...planned(request), connected: true };
}

/** An address of the locally administered kind, as the kernel invents them. */
function inventMac(engine: Engine): string {
  const first = (Number.parseInt(randomHex(engine.state, 2), 16) & 0xfc) | 0x02;
  const rest = randomHex(engine.state, 10).match(/../g)!;
  return [first.toString(16).padStart(2, '0'), ...rest].join(':');
}

/** Whether the swarm itself has made a container. */
const isTask = ({ config: { Labels } }: Container) => Labels['com.docker.swarm.task.id'] !== undefined;

/** Joins a running container to a network: gives it an address. Throws what the address management says. */
export function joinNetwork(engine: Engine, container: Container, network: Network, endpoint: Endpoint): Endpoint {
  if (network.scope === 'swarm' && !network.attachable && !isTask(container))
    throw new EngineError(
      403,
      `Could not attach to network ${network.name}: rpc error: code = PermissionDenied desc = network ${network.name} not manually attachable`,
    );
  if (network.configOnly) throw new EngineError(403, 'cannot create endpoint on configuration-only network');
  const joined: Endpoint = { ...endpoint, network: network.id, endpointId: randomHex(engine.state, 64) };
  engine.event('network', 'connect', network.id, {
    container: container.id,
    name: network.name,
    type: network.driver,
  });
  if (network.pools.length === 0) return joined;
  const mac = endpoint.wantedMac || inventMac(engine);
  const six = allocateAddress6(engine, network);
  const more = six
    ? { address6: six.address, prefix6: Number(six.pool.subnet.split('/')[1]), gateway6: six.pool.gateway }
    : {};
  if (network.ipv4 === false) return { ...joined, ...more, mac };
  const { address, pool } = allocateAddress(engine, network, endpoint.wantedAddress);
  const gateway = network.internal ? '' : pool.gateway;
  return { ...joined, ...more, address, prefix: Number(pool.subnet.split('/')[1]), gateway, mac };
}

/** Gives addresses to all endpoints of a container that starts (lowest free address of each pool, a MAC address of its own). Throws what libnetwork says: `network X not found`, `Address already in use`, no address left. */
export function allocateEndpoints(engine: Engine, container: Container): Container['networks'] {
  const networks: Record<string, Endpoint> = {};
  for (const [name, endpoint] of Object.entries(container.networks)) {
    const network = findNetwork(engine, endpoint.network || name);
    networks[name] = joinNetwork(engine, container, network, endpoint);
    // What the next network sees has this one's address taken.
    engine.updateContainer(container.id, { networks: { ...container.networks, ...networks } });
  }
  return networks;
}

/** An endpoint that is no longer connected. */
export function leaveNetwork(engine: Engine, container: Container, name: string, endpoint: Endpoint): Endpoint {
  const network = engine.state.networks.get(endpoint.network) ?? networkIfAny(engine, name);
  if (network)
    engine.event('network', 'disconnect', network.id, { container: container.id, name, type: network.driver });
  const { address6: _six, prefix6: _prefix, gateway6: _gateway, ...rest } = endpoint;
  return { ...rest, endpointId: '', address: '', prefix: 0, gateway: '', mac: '' };
}

/** The endpoints of a container that has stopped: addresses free again. */
export function releaseEndpoints(engine: Engine, container: Container): Container['networks'] {
  return Object.fromEntries(
    Object.entries(container.networks).map(([name, endpoint]) => [
      name,
      leaveNetwork(engine, container, name, endpoint),
    ]),
  );
}

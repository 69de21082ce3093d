import type { Container, Endpoint } from '../containers/container.ts';
import type { EngineState } from '../state.ts';

/** A network device of a namespace. */
export interface Interface {
  readonly name: string;
  readonly address: string;
  /** Length of the prefix; 0 without an address. */
  readonly prefix: number;
  readonly subnet: string;
  readonly mac: string;
  /** Where everything else goes; empty: nowhere from here. */
  readonly gateway: string;
  /** Id of the network. */
  readonly network: string;
  readonly up: boolean;
  /** Longest packet, in bytes; 1500 where nothing is said. */
  readonly mtu?: number;
  /** Number of the device at the other end of the cable (a veth pair). */
  readonly peer?: number;
  /** Its number, where that is not its place in the list. */
  readonly number?: number;
  /** Bridge that it is plugged into. */
  readonly master?: string;
}

/** The host's own address on its only cable. */
export const HOST_ADDRESS = '192.0.2.2';
const LOOPBACK: Interface = {
  name: 'lo',
  address: '127.0.0.1',
  prefix: 8,
  subnet: '127.0.0.0/8',
  mac: '00:00:00:00:00:00',
  gateway: '',
  network: '',
  up: true,
};

/** Every endpoint of a container that runs. */
export function containersOf(state: EngineState): { container: Container; endpoint: Endpoint }[] {
  const found = [];
  for (const container of state.containers.values()) {
    if (!['running', 'paused', 'restarting'].includes(container.state.status)) continue;
    for (const endpoint of Object.values(container.networks))
      if (endpoint.address !== '') found.push({ container, endpoint });
  }
  return found;
}

export function interfacesOf(state: EngineState, netns: string): Interface[] {
  if (netns === 'host') return hostInterfaces(state);
  const container = state.containers.get(netns);
  const interfaces = [LOOPBACK];
  if (!container) return interfaces;
  let index = 0;
  // The first network in the order of names that has a gateway gives the default route (libnetwork, Endpoint.Less).
  let routed = false;
  for (const endpoint of Object.values(container.networks)) {
    const network = state.networks.get(endpoint.network);
    if (!network || endpoint.address === '') continue;
    const gateway = network.internal || routed ? '' : endpoint.gateway;
    if (gateway !== '') routed = true;
    interfaces.push({
      name: `eth${index}`,
      address: endpoint.address,
      prefix: endpoint.prefix,
      subnet: network.pools.find(({ subnet }) => !subnet.includes(':'))?.subnet ?? '',
      ...mtuOf(network),
      mac: endpoint.mac,
      gateway,
      network: network.id,
      up: true,
      ...(network.driver === 'bridge' ? { peer: FIRST_VETH + vethNumber(state, endpoint) } : {}),
    });
    index += 1;
  }
  return interfaces;
}

/** What the option com.docker.network.driver.mtu says. */
function mtuOf({ options }: { readonly options: Readonly<Record<string, string>> }): { mtu?: number } {
  const mtu = options['com.docker.network.driver.mtu'];
  return mtu === undefined ? {} : { mtu: Number(mtu) };
}

/** Numbers of the host's veth devices begin here. */
const FIRST_VETH = 10;

function vethNumber(state: EngineState, endpoint: Endpoint): number {
  return containersOf(state).findIndex((other) => other.endpoint === endpoint);
}

function hostInterfaces(state: EngineState): Interface[] {
  const interfaces: Interface[] = [
    LOOPBACK,
    {
      name: 'eth0',
      address: HOST_ADDRESS,
      prefix: 24,
      subnet: '192.0.2.0/24',
      mac: '02:00:00:00:02:02',
      gateway: '192.0.2.1',
      network: '',
      up: true,
    },
  ];
  for (const network of state.networks.values()) {
    const pool = network.pools.find(({ subnet }) => !subnet.includes(':'));
    if (network.driver !== 'bridge' || !pool) continue;
    interfaces.push({
      name: bridgeName(network),
      ...mtuOf(network),
      address: pool.gateway,
      // A bridge that the host has no address on leads nowhere.
      prefix: pool.gateway === '' ? 0 : Number(pool.subnet.split('/')[1]),
      subnet: pool.gateway === '' ? '' : pool.subnet,
      mac: '02:42:00:00:00:01',
      gateway: '',
      network: network.id,
      up: true,
    });
  }
  for (const [index, { endpoint }] of containersOf(state).entries()) {
    const network = state.networks.get(endpoint.network);
    if (network?.driver !== 'bridge') continue;
    interfaces.push({
      ...{
        name: `veth${endpoint.endpointId.slice(0, 7)}`,
        address: '',
        prefix: 0,
        subnet: '',
        gateway: '',
        network: '',
      },
      ...{
        mac: endpoint.mac.replace(/^../, 'fe'),
        up: true,
        peer: 2,
        master: bridgeName(network),
        number: FIRST_VETH + index,
      },
    });
  }
  return interfaces;
}

/** The bridge device that a network has on the host. */
export function bridgeName(network: {
  readonly id: string;
  readonly options: Readonly<Record<string, string>>;
}): string {
  return network.options['com.docker.network.bridge.name'] ?? `br-${network.id.slice(0, 12)}`;
}

/** Whether an address is one of the host's own. */
export function hostAddress(state: EngineState, address: string): boolean {
  return hostInterfaces(state).some((entry) => entry.address === address);
}

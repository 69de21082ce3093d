import type { Container } from '../containers/container.ts';
import type { EngineState } from '../state.ts';

import { bridgeName, containersOf } from './interfaces.ts';
import type { Network } from './network.ts';

/** What a rule looks at beyond addresses, devices and protocol: as iptables takes it, and as it lists it. */
export interface Match {
  readonly option: string;
  readonly shown: string;
}

/** A rule of netfilter. A value that begins with `!` is negated. */
export interface FirewallRule {
  readonly source?: string;
  readonly destination?: string;
  readonly in?: string;
  readonly out?: string;
  readonly protocol?: 'tcp' | 'udp' | 'sctp';
  readonly matches?: readonly Match[];
  /** A chain, or ACCEPT, DROP, RETURN, MASQUERADE, DNAT. */
  readonly target: string;
  /** Where DNAT sends it. */
  readonly to?: string;
}

export interface FirewallChain {
  readonly name: string;
  /** What becomes of packets that no rule decides on; only the kernel's own chains have one. */
  readonly policy?: 'ACCEPT' | 'DROP';
  readonly rules: readonly FirewallRule[];
}

export type FirewallTable = 'filter' | 'nat' | 'mangle' | 'raw' | 'security';

/** The kernel's own chains of each table. */
const BUILT_IN: Readonly<Record<FirewallTable, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  raw: ['PREROUTING', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
};

const dport = (port: string): Match => ({ option: `--dport ${port}`, shown: `dpt:${port}` });
const LOCAL: Match = { option: '-m addrtype --dst-type LOCAL', shown: 'ADDRTYPE match dst-type LOCAL' };
const KNOWN: Match = { option: '-m conntrack --ctstate RELATED,ESTABLISHED', shown: 'ctstate RELATED,ESTABLISHED' };

/**
 * The rules that Docker has made in a table of a network namespace (moby, libnetwork/drivers/bridge); in those of containers
 * there are none. `six`: those for IPv6.
 */
export function firewall(
  state: EngineState,
  netns: string,
  table: FirewallTable,
  six = false,
): readonly FirewallChain[] {
  const own = netns === 'host' ? dockerChains(state, table, six) : {};
  const policy = (name: string) => (netns === 'host' && table === 'filter' && name === 'FORWARD' ? 'DROP' : 'ACCEPT');
  return [
    ...BUILT_IN[table].map((name): FirewallChain => ({ name, policy: policy(name), rules: own[name] ?? [] })),
    ...Object.keys(own)
      .filter((name) => !BUILT_IN[table].includes(name))
      .sort()
      .map((name) => ({ name, rules: own[name]! })),
  ];
}

interface Bridge {
  readonly name: string;
  readonly subnet: string;
  readonly internal: boolean;
  readonly talks: boolean;
  readonly masquerades: boolean;
}

/** A published port: of which container, by which bridge. */
interface Published {
  readonly bridge: string;
  readonly address: string;
  readonly inner: string;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly hostIp: string;
  readonly hostPort: string;
}

function bridges({ networks }: EngineState): Bridge[] {
  return [...networks.values()]
    .filter(({ driver, configOnly, ipv4 }) => driver === 'bridge' && !configOnly && ipv4 !== false)
    .sort((a, b) => Number(b.name === 'bridge') - Number(a.name === 'bridge') || a.created - b.created)
    .map((network) => ({
      ...{ name: bridgeName(network), internal: network.internal },
      subnet: network.pools.find(({ subnet }) => !subnet.includes(':'))?.subnet ?? '',
      talks: isOn(network, 'enable_icc'),
      masquerades: !network.internal && isOn(network, 'enable_ip_masquerade'),
    }));
}

function isOn({ options }: Network, name: string): boolean {
  return !/^(?:0|f|false)$/i.test(options[`com.docker.network.bridge.${name}`] ?? 'true');
}

/** Published IPv4 ports in the order in which the engine makes their rules. */
function published(state: EngineState): Published[] {
  return started(state).flatMap((container) => {
    const way = carrier(state, container);
    if (!way) return [];
    const ports = Object.entries(container.ports).flatMap(([inner, bindings]) =>
      (bindings ?? [])
        .filter(({ HostIp }) => !HostIp.includes(':'))
        .map(({ HostIp, HostPort }): Published => {
          const [port = '', protocol = 'tcp'] = inner.split('/');
          const hostIp = HostIp === '0.0.0.0' ? '' : HostIp;
          return { ...way, inner: port, protocol: protocol as 'tcp', hostIp, hostPort: HostPort };
        }),
    );
    const given = ({ inner, protocol }: Published) =>
      (container.hostConfig.PortBindings[`${inner}/${protocol}`] ?? []).every(({ HostPort }) => HostPort === '');
    return ports.sort(
      (a, b) =>
        Number(given(a)) - Number(given(b)) ||
        Number(b.protocol === 'udp') - Number(a.protocol === 'udp') ||
        Number(a.inner) - Number(b.inner),
    );
  });
}

const started = ({ containers }: EngineState) =>
  [...containers.values()]
    .filter(({ state: { status } }) => status === 'running' || status === 'paused')
    .sort((a, b) => a.state.startedAt - b.state.startedAt);

/** The endpoint over which a container's published ports are reached: that of its default gateway. */
function carrier(state: EngineState, { networks }: Container): { bridge: string; address: string } | undefined {
  for (const endpoint of Object.values(networks)) {
    const network = state.networks.get(endpoint.network);
    if (network?.driver === 'bridge' && !network.internal && endpoint.address !== '')
      return { bridge: bridgeName(network), address: endpoint.address };
  }
  return undefined;
}

function dockerChains(
  state: EngineState,
  table: FirewallTable,
  six: boolean,
): Readonly<Record<string, readonly FirewallRule[]>> {
  if (table === 'filter') return filterChains(six ? [] : bridges(state), six ? [] : published(state));
  if (table === 'nat') return natChains(six ? [] : bridges(state), six ? [] : published(state), six);
  return table === 'raw' && !six ? rawChains(state) : {};
}

function filterChains(all: readonly Bridge[], ports: readonly Published[]) {
  const open = all.filter(({ internal }) => !internal);
  const newest = [...open].reverse();
  const second = 'DOCKER-ISOLATION-STAGE-2';
  return {
    FORWARD: [{ target: 'DOCKER-USER' }, { target: 'DOCKER-FORWARD' }],
    DOCKER: [
      ...[...ports].reverse().map(
        ({ bridge, address, inner, protocol }): FirewallRule => ({
          ...{ destination: `${address}/32`, in: `!${bridge}`, out: bridge, protocol, matches: [dport(inner)] },
          target: 'ACCEPT',
        }),
      ),
      ...open.map(({ name }) => ({ in: `!${name}`, out: name, target: 'DROP' })),
    ],
    'DOCKER-BRIDGE': open.map(({ name }) => ({ out: name, target: 'DOCKER' })),
    'DOCKER-CT': open.map(({ name }) => ({ out: name, matches: [KNOWN], target: 'ACCEPT' })),
    'DOCKER-FORWARD': [
      ...['DOCKER-CT', 'DOCKER-ISOLATION-STAGE-1', 'DOCKER-BRIDGE'].map((target) => ({ target })),
      ...all.flatMap(({ name, internal, talks }): FirewallRule[] => {
        const inside = { in: name, out: name, target: talks ? 'ACCEPT' : 'DROP' };
        if (internal) return [inside];
        return talks ? [{ in: name, target: 'ACCEPT' }] : [inside, { in: name, out: `!${name}`, target: 'ACCEPT' }];
      }),
    ],
    'DOCKER-ISOLATION-STAGE-1': [
      ...all
        .filter(({ internal }) => internal)
        .reverse()
        .flatMap(({ name, subnet }) => [
          { source: `!${subnet}`, out: name, target: 'DROP' },
          { destination: `!${subnet}`, in: name, target: 'DROP' },
        ]),
      ...open.map(({ name }) => ({ in: name, out: `!${name}`, target: second })),
    ],
    [second]: newest.map(({ name }) => ({ out: name, target: 'DROP' })),
    'DOCKER-USER': [],
  };
}

function natChains(all: readonly Bridge[], ports: readonly Published[], six: boolean) {
  const newest = all.filter(({ masquerades }) => masquerades).reverse();
  return {
    PREROUTING: [{ matches: [LOCAL], target: 'DOCKER' }],
    OUTPUT: [{ destination: six ? '!::1/128' : '!127.0.0.0/8', matches: [LOCAL], target: 'DOCKER' }],
    POSTROUTING: newest.map(({ name, subnet }) => ({ source: subnet, out: `!${name}`, target: 'MASQUERADE' })),
    DOCKER: [
      ...newest.map(({ name }) => ({ in: name, target: 'RETURN' })),
      ...ports.map(
        ({ bridge, address, inner, protocol, hostIp, hostPort }): FirewallRule => ({
          ...(hostIp === '' ? {} : { destination: `${hostIp}/32` }),
          ...{ in: `!${bridge}`, protocol, matches: [dport(hostPort)], target: 'DNAT', to: `${address}:${inner}` },
        }),
      ),
    ],
  };
}

/** Nobody reaches a container's address, nor a port on the loopback device, around the translation. */
function rawChains(state: EngineState) {
  const ports = published(state);
  const rules = containersOf(state)
    .sort((a, b) => a.container.state.startedAt - b.container.state.startedAt)
    .flatMap(({ endpoint }): FirewallRule[] => {
      const network = state.networks.get(endpoint.network);
      if (network?.driver !== 'bridge' || network.internal) return [];
      const own = ports.filter(({ address, hostIp }) => address === endpoint.address && hostIp.startsWith('127.'));
      return [
        { destination: `${endpoint.address}/32`, in: `!${bridgeName(network)}`, target: 'DROP' },
        ...own.map(
          ({ hostIp, hostPort, protocol }): FirewallRule => ({
            ...{ destination: `${hostIp}/32`, in: '!lo', protocol, matches: [dport(hostPort)], target: 'DROP' },
          }),
        ),
      ];
    });
  return { PREROUTING: rules };
}

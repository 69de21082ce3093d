import type { Container, Endpoint } from '../../engine/containers/container.ts';
import { isPredefined, isUserDefined, type Network } from '../../engine/networks/network.ts';
import { dnsNames } from '../../engine/networks/settings.ts';
import type { EngineState } from '../../engine/state.ts';
import { type Action, action, destroying } from './action.ts';
import { isUp, type PortView, portsOf } from './containers.ts';

/** A container on a network. */
export interface MemberView {
  readonly name: string;
  readonly up: boolean;
  /** Empty while it does not run. */
  readonly address: string;
  /** Names by which the others on this network reach it; none where only addresses work. */
  readonly names: readonly string[];
  /** Names by which it alone reaches others, from `--link`: `CONTAINER:NAME`. */
  readonly links: readonly string[];
}

export interface NetworkView {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly subnets: readonly string[];
  /** Without a way out of the host. */
  readonly internal: boolean;
  /** One of the three that every engine has. */
  readonly predefined: boolean;
  /** Whether its members find each other by name. */
  readonly named: boolean;
  /** Whether its members may not talk to each other (`enable_icc=false`). */
  readonly isolated: boolean;
  readonly members: readonly MemberView[];
  readonly actions: readonly Action[];
}

/** A container as networks see it. */
export interface HostView {
  readonly name: string;
  readonly up: boolean;
  /** Names of its networks. */
  readonly networks: readonly string[];
  /** The container whose network it uses (`--network container:NAME`). */
  readonly joined: string;
  /** Published ports only. */
  readonly ports: readonly PortView[];
}

export interface NetworksView {
  /** Those that users made first. */
  readonly networks: readonly NetworkView[];
  readonly hosts: readonly HostView[];
}

/** Come last, in this order. */
const PREDEFINED: readonly string[] = ['bridge', 'host', 'none'];

export function networksView(state: EngineState): NetworksView {
  const inSwarm = (state.extensions['swarm'] ?? null) !== null;
  const networks = [...state.networks.values()]
    .filter(({ name }) => !(inSwarm && name === 'docker_gwbridge'))
    .map((network) => networkView(state, network))
    .sort((a, b) => PREDEFINED.indexOf(a.name) - PREDEFINED.indexOf(b.name));
  const hosts = [...state.containers.values()].reverse().map((container): HostView => {
    const [, owner] = /^container:(.*)$/.exec(container.hostConfig.NetworkMode) ?? [];
    return {
      ...{ name: container.name, up: isUp(container), networks: Object.keys(container.networks) },
      joined: owner === undefined ? '' : (state.containers.get(owner)?.name ?? owner),
      ports: portsOf(container).filter(({ host }) => host !== ''),
    };
  });
  return { networks, hosts };
}

/** Whether a network joins what is on it: not `none`, nor `host`, where there is nothing to join. */
export function joins({ name, isolated }: NetworkView): boolean {
  return name !== 'none' && name !== 'host' && !isolated;
}

/** A container that another one reaches, and how: by its names, or by address where names don't work. */
export interface Reached {
  readonly name: string;
  readonly by: readonly string[];
}

/** What a container reaches: all that run on a network in common. */
export function reachedBy(networks: readonly NetworkView[], from: string): Reached[] {
  const found = new Map<string, string[]>();
  for (const network of networks) {
    const own = network.members.find(({ name, up }) => up && name === from);
    if (!own || !joins(network)) continue;
    for (const { name, up, names, address } of network.members) {
      if (!up || name === from) continue;
      const linked = own.links.filter((link) => link.split(':')[0] === name).map((link) => link.split(':').at(-1)!);
      const called = [...names, ...linked];
      found.set(name, [...(found.get(name) ?? []), ...(called.length > 0 ? called : [address])]);
    }
  }
  return [...found].map(([name, by]) => ({ name, by: [...new Set(by)] }));
}

const OFF = /^(?:0|f|F|FALSE|false|False)$/;

function networkView(state: EngineState, network: Network): NetworkView {
  const { id, name, driver, internal, options } = network;
  const predefined = isPredefined(network);
  const on = [...state.containers.values()].filter(({ networks }) => networks[name] !== undefined);
  const members = on.map((container) => memberView(container, name, container.networks[name]!));
  const others = [...state.containers.values()].filter(
    ({ networks, hostConfig }) =>
      networks[name] === undefined && !/^(?:host|none|container:.*)$/.test(hostConfig.NetworkMode),
  );
  const joinable = driver === 'bridge' || (driver === 'overlay' && network.attachable);
  return {
    ...{ id, name, driver, internal, predefined, named: isUserDefined(name) && driver !== 'null', members },
    subnets: network.pools.map(({ subnet }) => subnet),
    isolated: OFF.test(options['com.docker.network.bridge.enable_icc'] ?? ''),
    actions: [
      action('inspect', 'docker', 'network', 'inspect', name),
      ...(joinable ? others.map((one) => action('connect', 'docker', 'network', 'connect', name, one.name)) : []),
      ...(joinable ? on.map((one) => action('disconnect', 'docker', 'network', 'disconnect', name, one.name)) : []),
      ...(predefined || network.ingress ? [] : [destroying('docker', 'network', 'rm', name)]),
    ],
  };
}

function memberView(container: Container, network: string, endpoint: Endpoint): MemberView {
  const { id, name } = container;
  const names = isUserDefined(network)
    ? dnsNames(container, endpoint).filter((one) => one !== id.slice(0, 12))
    : ([] as string[]);
  const links = network === 'bridge' ? (container.hostConfig.Links ?? []) : endpoint.links;
  return { name, up: isUp(container), address: endpoint.address, names, links };
}

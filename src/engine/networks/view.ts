import type { Engine } from '../engine.ts';
import { FileError } from '../files/errors.ts';
import type { FileSystem } from '../files/filesystem.ts';
import type { EngineState, Socket } from '../state.ts';
import { behindIngress, behindVirtual, serviceAddresses } from '../swarm/discovery.ts';
import { contains, parseAddress, parsePrefix } from './address.ts';
import { type FirewallChain, type FirewallTable, firewall } from './firewall.ts';
import { containersOf, hostAddress, type Interface, interfacesOf } from './interfaces.ts';
import { isUserDefined } from './network.ts';

/** Why a packet does not arrive: no route, nothing that answers, a closed port, or a connection that is dropped. */
export type NetworkFailure = 'unreachable' | 'noroute' | 'timeout' | 'refused' | 'reset';

/** The network as a process sees it from its namespace. */
export interface NetworkView {
  interfaces(): readonly Interface[];
  /** Destination, gateway (empty: on the link) and device, as `ip route` lists them. */
  routes(): readonly {
    readonly destination: string;
    readonly gateway: string;
    readonly device: string;
    readonly source: string;
  }[];
  sockets(): readonly Socket[];
  /** The addresses that a name stands for; none when nobody knows it. */
  resolve(name: string): readonly string[];
  /** What the name server says, without /etc/hosts: addresses, that there is no such name, or that it does not know. */
  lookup(name: string): readonly string[] | 'NXDOMAIN' | 'SERVFAIL';
  /** The name of an address, as the embedded name server knows it. */
  reverse(address: string): string | undefined;
  /** Whether the embedded name server at 127.0.0.11 answers here. */
  readonly embeddedDns: boolean;
  /** Opens a port. What bind(2) says when it can't. */
  listen(port: number, address?: string, protocol?: 'tcp' | 'udp'): 'EADDRINUSE' | 'EACCES' | undefined;
  /** Sends a request and takes the answer; `port` and `protocol` of an open connection. */
  request(
    address: string,
    port: number,
    bytes: string,
  ): Promise<{ readonly answer: string } | { readonly failure: NetworkFailure }>;
  /** Sends a request to a socket of the file system and takes the answer; without bytes it only connects. */
  local(
    path: string,
    bytes: string,
  ): Promise<{ readonly answer: string } | { readonly failure: 'ENOENT' | 'EACCES' | 'ECONNREFUSED' }>;
  /** Who sent the request that is being answered; undefined outside of an answer. */
  readonly client?: string | undefined;
  /** The chains of a table of the packet filter here; `six`: for IPv6. */
  firewall(table: FirewallTable, six?: boolean): readonly FirewallChain[];
  /** Whether an address answers an ICMP echo. */
  echo(address: string): NetworkFailure | undefined;
}

/** The network of a namespace (`host` or the id of the container that owns it). */
export function networkView(
  engine: Engine,
  netns: string,
  files: () => FileSystem,
  pid: number,
  privileged: () => boolean,
): NetworkView {
  const { state } = engine;
  return {
    interfaces: () => interfacesOf(state, netns),
    sockets: () => [
      ...[...state.sockets.values()].filter(({ namespace }) => namespace === netns),
      ...(netns === 'host' ? proxySockets(state) : resolverSockets(state, netns)),
    ],
    routes() {
      const routes = [];
      const interfaces = interfacesOf(state, netns);
      const way = interfaces.find(({ gateway }) => gateway !== '');
      if (way) routes.push({ destination: 'default', gateway: way.gateway, device: way.name, source: '' });
      for (const { name, address, prefix, subnet } of interfaces)
        if (name !== 'lo' && prefix > 0)
          routes.push({ destination: subnet, gateway: '', device: name, source: address });
      return routes;
    },
    get embeddedDns() {
      const container = state.containers.get(netns);
      return container !== undefined && Object.keys(container.networks).some(isUserDefined);
    },
    resolve: (name) => resolveName(engine, netns, files(), name),
    lookup(name) {
      const found = embeddedLookup(engine, netns, name.toLowerCase().replace(/\.$/, ''));
      if (found.length > 0) return found;
      return netns === 'host' || interfacesOf(state, netns).some(({ gateway }) => gateway !== '')
        ? 'NXDOMAIN'
        : 'SERVFAIL';
    },
    reverse(address) {
      const own = state.containers.get(netns)?.networks ?? {};
      for (const { container, endpoint } of containersOf(state)) {
        const network = Object.keys(own).find((name) => isUserDefined(name) && own[name]?.network === endpoint.network);
        if (network !== undefined && endpoint.address === address) return `${container.name}.${network}`;
      }
      return undefined;
    },
    listen(port, address = '0.0.0.0', protocol = 'tcp') {
      if (port < 1024 && !privileged() && netns === 'host') return 'EACCES';
      for (const socket of state.sockets.values())
        if (
          socket.namespace === netns &&
          socket.port === port &&
          socket.protocol === protocol &&
          (socket.address === address || wild(socket.address) || wild(address))
        )
          return 'EADDRINUSE';
      state.sockets.set(`${netns} ${protocol} ${address} ${port}`, { namespace: netns, protocol, address, port, pid });
      return undefined;
    },
    async request(address, port, bytes) {
      const way = route(engine, netns, address, port);
      if ('failure' in way) return way;
      const socket = listener(engine, way.netns, way.address, way.port);
      if (!socket) return { failure: way.published ? 'reset' : 'refused' };
      const process = state.processes.get(String(socket.pid));
      if (process && state.containers.get(process.container)?.state.status === 'paused') return { failure: 'timeout' };
      return { answer: await engine.answer(socket.pid, bytes, way.port, sourceOf(state, netns, way.netns)) };
    },
    async local(path, bytes) {
      const node = files().stat(path);
      if (!node) return { failure: 'ENOENT' };
      if (!files().permits(node, 2)) return { failure: 'EACCES' };
      const service = node.type === 'socket' ? engine.services.get(node.device) : undefined;
      if (!service) return { failure: 'ECONNREFUSED' };
      return { answer: bytes === '' ? '' : await service(bytes) };
    },
    firewall: (table, six) => firewall(state, netns, table, six),
    echo(address) {
      const way = route(engine, netns, address, undefined);
      return 'failure' in way ? way.failure : undefined;
    },
  };
}

/** Process id that stands for docker-proxy: nothing of it is modelled but its ports. */
export const DOCKER_PROXY = -1;

/** The ports that docker-proxy holds on the host for published ones. */
function proxySockets(state: EngineState): Socket[] {
  const sockets: Socket[] = [];
  for (const container of state.containers.values())
    for (const [inner, bindings] of Object.entries(container.ports))
      for (const { HostIp, HostPort } of bindings ?? [])
        sockets.push({
          ...{ namespace: 'host', address: HostIp || '0.0.0.0', port: Number(HostPort), pid: DOCKER_PROXY },
          protocol: inner.endsWith('/udp') ? 'udp' : 'tcp',
        });
  return sockets;
}

/** Where the embedded name server listens in a container on a user-defined network. */
function resolverSockets(state: EngineState, netns: string): Socket[] {
  const container = state.containers.get(netns);
  if (!container || !Object.keys(container.networks).some(isUserDefined)) return [];
  const port = 32_768 + (Number.parseInt(netns.slice(0, 6), 16) % 28_000);
  const common = { namespace: netns, address: '127.0.0.11', pid: 0 };
  return [
    { ...common, protocol: 'tcp', port },
    { ...common, protocol: 'udp', port: port + 1 },
  ];
}

/** The address that a request seems to come from: the sender's own on a common network, else the bridge's. */
function sourceOf(state: EngineState, from: string, to: string): string {
  if (from === to) return '127.0.0.1';
  const target = interfacesOf(state, to);
  const shared = interfacesOf(state, from).find(
    ({ network }) => network !== '' && target.some((other) => other.network === network),
  );
  return shared?.address ?? target.find(({ gateway }) => gateway !== '')?.gateway ?? '127.0.0.1';
}

const wild = (address: string) => address === '0.0.0.0' || address === '::' || address === '*';

function listener(engine: Engine, netns: string, address: string, port: number): Socket | undefined {
  for (const socket of engine.state.sockets.values())
    if (
      socket.namespace === netns &&
      socket.port === port &&
      socket.protocol === 'tcp' &&
      (wild(socket.address) || socket.address === address || (address === '::1' && socket.address === '127.0.0.1'))
    )
      return socket;
  return undefined;
}

type Way =
  | { readonly netns: string; readonly address: string; readonly port: number; readonly published: boolean }
  | { readonly failure: NetworkFailure };

/** Where a packet to an address ends, as routes, bridges and the isolation between them have it. */
function route(engine: Engine, from: string, address: string, port: number | undefined): Way {
  const { state } = engine;
  const to = (netns: string, published = false, target = port ?? 0): Way => ({
    netns,
    address,
    port: target,
    published,
  });
  if (address === '::1' || address.startsWith('127.'))
    return from === 'host' ? (publishedAt(engine, address, port) ?? to('host')) : to(from);
  const number = parseAddress(address);
  if (number === undefined) return { failure: 'unreachable' };
  const own = interfacesOf(state, from);
  if (own.some((entry) => entry.address === address))
    return from === 'host' ? (publishedAt(engine, address, port) ?? to(from)) : to(from);
  const target = containersOf(state).find(({ endpoint }) => endpoint.address === address);
  if (from === 'host') {
    if (target) return to(target.container.id);
    return own.some(({ subnet, name }) => name !== 'lo' && within(subnet, number))
      ? { failure: 'noroute' }
      : { failure: 'timeout' };
  }
  const link = own.find(({ subnet, name }) => name !== 'lo' && within(subnet, number));
  if (link) {
    if (hostAddress(state, address)) return publishedAt(engine, address, port) ?? to('host');
    const task = target ? undefined : behindVirtual(engine, link.network, address);
    if (task !== undefined) return { ...to(task), address: addressOf(state, task, link.network) };
    if (!target || target.endpoint.network !== link.network) return { failure: 'noroute' };
    return isolated(state, link.network) ? { failure: 'timeout' } : to(target.container.id);
  }
  if (!own.some(({ gateway }) => gateway !== '')) return { failure: 'unreachable' };
  if (hostAddress(state, address)) return publishedAt(engine, address, port) ?? to('host');
  return { failure: 'timeout' };
}

/** Whether the containers of a network may not talk to each other (`enable_icc=false`). */
function isolated({ networks }: EngineState, id: string): boolean {
  const value = networks.get(id)?.options['com.docker.network.bridge.enable_icc'];
  return value !== undefined && /^(?:0|f|F|FALSE|false|False)$/.test(value);
}

function within(subnet: string, address: number): boolean {
  const prefix = parsePrefix(subnet);
  return prefix !== undefined && contains(prefix, address);
}

/** The container behind a port of the host. */
function publishedAt(engine: Engine, address: string, port: number | undefined): Way | undefined {
  if (port === undefined) return undefined;
  for (const container of engine.state.containers.values()) {
    for (const [inner, bindings] of Object.entries(container.ports)) {
      if (!inner.endsWith('/tcp')) continue;
      for (const { HostIp, HostPort } of bindings ?? [])
        if (Number(HostPort) === port && (wild(HostIp) || HostIp === address || (HostIp === '' && address !== '')))
          return {
            netns: container.id,
            address: Object.values(container.networks)[0]?.address ?? '',
            port: Number(inner.slice(0, -4)),
            published: true,
          };
    }
  }
  const mesh = behindIngress(engine, port);
  return mesh && { netns: mesh.container, address: '', port: mesh.port, published: true };
}

function addressOf({ containers }: EngineState, id: string, network: string): string {
  const { networks = {} } = containers.get(id) ?? {};
  return Object.values(networks).find((endpoint) => endpoint.network === network)?.address ?? '';
}

function resolveName(engine: Engine, netns: string, files: FileSystem, name: string): string[] {
  if (parseAddress(name) !== undefined || name.includes(':')) return [name];
  const wanted = name.toLowerCase().replace(/\.$/, '');
  const fromFile: string[] = [];
  try {
    for (const line of files.read('/etc/hosts').split('\n')) {
      const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
      if (address && names.some((entry) => entry.toLowerCase() === wanted)) fromFile.push(address);
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
  const v4 = fromFile.filter((address) => !address.includes(':'));
  if (fromFile.length > 0) return v4.length > 0 ? v4 : fromFile;
  if (wanted === 'localhost') return ['127.0.0.1'];
  return embeddedLookup(engine, netns, wanted);
}

/** What the embedded name server of a container's networks knows: names, aliases and short ids of running neighbours. */
export function embeddedLookup(engine: Engine, netns: string, name: string): string[] {
  const { state } = engine;
  const container = state.containers.get(netns);
  if (!container) return [];
  const found: string[] = [];
  for (const [network, own] of Object.entries(container.networks)) {
    if (!isUserDefined(network)) continue;
    const suffix = `.${network.toLowerCase()}`;
    found.push(...serviceAddresses(engine, own.network, name.endsWith(suffix) ? name.slice(0, -suffix.length) : name));
    const link = own.links.find((entry) => entry.split(':')[1] === name)?.split(':')[0];
    for (const { container: other, endpoint } of containersOf(state)) {
      if (endpoint.network !== own.network || endpoint.address === '') continue;
      const names = [
        other.name,
        other.id.slice(0, 12),
        ...endpoint.aliases,
        ...(other.config.Hostname ? [other.config.Hostname] : []),
      ];
      const full = names.flatMap((entry) => [entry, `${entry}.${network}`]);
      if (full.some((entry) => entry.toLowerCase() === (link ?? name))) found.push(endpoint.address);
    }
  }
  return [...new Set(found)];
}

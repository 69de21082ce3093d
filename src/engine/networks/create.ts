import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { randomBase36, randomHex } from '../random.ts';
import type { EngineState } from '../state.ts';
import { bridgeName } from './interfaces.ts';
import { automaticPool, automaticPool6, type PoolRequest, poolProblems, wantedPool } from './ipam.ts';
import type { Network, Pool } from './network.ts';

export interface NetworkRequest {
  readonly name: string;
  readonly driver?: string;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly ingress?: boolean;
  readonly ipv4?: boolean;
  readonly ipv6?: boolean;
  readonly scope?: 'local' | 'swarm';
  readonly options?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly pools?: readonly PoolRequest[];
  readonly ipamDriver?: string;
  readonly ipamOptions?: Readonly<Record<string, string>>;
  /** Only a configuration for other networks to take. */
  readonly configOnly?: boolean;
  /** Name of the network whose configuration this one takes. */
  readonly configFrom?: string;
}

const DRIVERS = new Set(['bridge', 'host', 'null', 'overlay', 'macvlan', 'ipvlan']);
const NO_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';
const BOOLEANS = ['enable_icc', 'enable_ip_masquerade', 'inhibit_ipv4'].map(
  (name) => `com.docker.network.bridge.${name}`,
);
const MTU = 'com.docker.network.driver.mtu';
const GATEWAY_MODE = 'com.docker.network.bridge.gateway_mode_ipv4';
const GATEWAY_MODES: readonly string[] = ['', 'nat', 'nat-unprotected', 'routed', 'isolated'];
const BOOLEAN = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

const DEFAULTS = { scope: 'local', internal: false, attachable: false, ingress: false, ipv6: false } as const;

/** The networks that every engine has: bridge, host, none. */
export function addDefaultNetworks({ state }: Engine): void {
  const plain = { ...DEFAULTS, created: state.now, options: {}, labels: {}, pools: [] as readonly Pool[] };
  const ipam = { ipamDriver: 'default', ipamOptions: null };
  const add = (network: Omit<Network, 'id'>) => {
    const id = randomHex(state, 64);
    state.networks.set(id, { id, ...network });
  };
  add({ ...plain, ...ipam, name: 'none', driver: 'null' });
  add({ ...plain, ...ipam, name: 'host', driver: 'host' });
  const bridge = 'com.docker.network.bridge.';
  add({
    ...plain,
    ...ipam,
    name: 'bridge',
    driver: 'bridge',
    pools: [{ subnet: '172.17.0.0/16', gateway: '172.17.0.1', ipRange: '', auxiliary: {}, wanted: false }],
    options: {
      ...{ [`${bridge}default_bridge`]: 'true', [`${bridge}enable_icc`]: 'true' },
      ...{ [`${bridge}enable_ip_masquerade`]: 'true', [`${bridge}host_binding_ipv4`]: '0.0.0.0' },
      ...{ [`${bridge}name`]: 'docker0', [MTU]: '1500' },
    },
  });
}

/** Whether this engine takes part in a swarm. */
function inSwarm({ extensions }: EngineState): boolean {
  return extensions['swarm'] !== undefined && extensions['swarm'] !== null;
}

/**
 * Creates a network. Throws 409 `network with name X already exists`, 400 and 403 for what the daemon, its address
 * management and the drivers refuse, 404 for a driver that is missing.
 */
export function createNetwork(engine: Engine, request: NetworkRequest): Network {
  const { state } = engine;
  checkName(state, request.name);
  const source = request.configFrom ? configuration(state, request.configFrom) : undefined;
  const driver = request.configOnly ? 'null' : request.driver || 'bridge';
  checkDriver(state, request, driver);
  const problems = poolProblems(request.pools ?? []);
  if (problems.length > 0) throw new EngineError(400, `invalid network config:\n${problems.join('\n')}`);
  if (request.ipv4 === false && !request.ipv6) throw new EngineError(400, 'IPv4 or IPv6 must be enabled');
  if (request.ipamDriver && request.ipamDriver !== 'default')
    throw new EngineError(404, `plugin ${JSON.stringify(request.ipamDriver)} not found`);
  const scope = request.scope === 'swarm' || driver === 'overlay' ? 'swarm' : 'local';
  const options = source?.options ?? request.options ?? {};
  const id = scope === 'swarm' ? randomBase36(state) : randomHex(state, 64);
  if (driver === 'bridge') checkBridge(state, id, options, request.pools ?? [], request.internal ?? false);
  const network: Network = {
    ...{ id, name: request.name, created: state.now, driver, scope, options },
    internal: source?.internal ?? request.internal ?? false,
    ...{ attachable: request.attachable ?? false, ingress: request.ingress ?? false, ipv6: request.ipv6 ?? false },
    ...(request.ipv4 === false ? { ipv4: false } : {}),
    labels: request.labels ?? {},
    pools: poolsFor(
      state,
      { ...request, options, pools: source ? source.pools.map(asked) : (request.pools ?? []) },
      scope,
    ),
    ipamDriver: 'default',
    ipamOptions: request.ipamOptions ?? {},
    ...(request.configOnly ? { configOnly: true } : {}),
    ...(request.configFrom ? { configFrom: request.configFrom } : {}),
  };
  state.networks.set(id, network);
  if (!network.configOnly) engine.event('network', 'create', id, { name: network.name, type: driver }, scope);
  return network;
}

function checkName(state: EngineState, name: string): void {
  if (name.trim() === '') throw new EngineError(400, 'invalid name: name is empty');
  if (['bridge', 'host', 'none', 'default'].includes(name))
    throw new EngineError(403, `operation is not permitted on predefined ${name} network`);
  if ([...state.networks.values()].some((network) => network.name === name))
    throw new EngineError(409, `network with name ${name} already exists`);
}

function checkDriver(state: EngineState, request: NetworkRequest, driver: string): void {
  if (!DRIVERS.has(driver)) throw new EngineError(404, `plugin ${JSON.stringify(driver)} not found`);
  if ((driver === 'host' || driver === 'null') && !request.configOnly)
    throw new EngineError(403, `only one instance of ${JSON.stringify(driver)} network is allowed`);
  if (driver === 'overlay' && !inSwarm(state)) throw new EngineError(503, NO_MANAGER);
  if (request.ingress && driver !== 'overlay')
    throw new EngineError(403, 'Ingress network can only be global scope network');
  if (request.scope === 'swarm' && !inSwarm(state))
    throw new EngineError(403, 'cannot create a swarm scoped network when swarm is not active');
}

function configuration(state: EngineState, name: string): Network {
  const source = [...state.networks.values()].find((network) => network.name === name);
  if (!source) throw new EngineError(404, `network ${name} not found`);
  if (!source.configOnly)
    throw new EngineError(403, `configuration-network ${JSON.stringify(name)} is not a configuration network`);
  return source;
}

function asked({ subnet, gateway, ipRange, auxiliary, wantedGateway }: Pool): PoolRequest {
  return { subnet, ipRange, auxiliary, ...(wantedGateway ? { gateway } : {}) };
}

/** What the driver bridge refuses (moby, libnetwork/drivers/bridge). */
function checkBridge(
  state: EngineState,
  id: string,
  options: Readonly<Record<string, string>>,
  pools: readonly PoolRequest[],
  internal: boolean,
): void {
  for (const name of BOOLEANS) {
    const value = options[name];
    if (value !== undefined && !BOOLEAN.test(value))
      throw new EngineError(
        400,
        `failed to parse ${name} value: ${value} (strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax)`,
      );
  }
  const mtu = options[MTU];
  if (mtu !== undefined && !/^[+-]?\d+$/.test(mtu))
    throw new EngineError(
      400,
      `failed to parse ${MTU} value: ${mtu} (strconv.Atoi: parsing ${JSON.stringify(mtu)}: invalid syntax)`,
    );
  checkGatewayMode(options, internal);
  const name = bridgeName({ id, options });
  const other = [...state.networks.values()].find(
    (network) => network.driver === 'bridge' && bridgeName(network) === name,
  );
  if (other)
    throw new EngineError(
      403,
      `cannot create network ${id} (${name}): conflicts with network ${other.id} (${name}): networks have same bridge name`,
    );
  if (pools.filter(({ subnet = '' }) => !subnet.includes(':')).length > 1)
    throw new EngineError(403, "bridge driver doesn't support multiple subnets");
}

function checkGatewayMode(options: Readonly<Record<string, string>>, internal: boolean): void {
  const mode = options[GATEWAY_MODE] ?? 'nat';
  if (!GATEWAY_MODES.includes(mode))
    throw new EngineError(400, `failed to parse ${GATEWAY_MODE} value: ${mode} (unknown gateway mode ${mode})`);
  if (mode === 'isolated' && !internal)
    throw new EngineError(400, "gateway mode 'isolated' can only be used for an internal network");
}

function poolsFor(state: EngineState, request: NetworkRequest, scope: Network['scope']): Pool[] {
  const pools = (request.pools ?? []).map((pool) => (request.configOnly ? unchecked(pool) : wantedPool(state, pool)));
  if (request.configOnly) return pools;
  const has = (six: boolean) => pools.some(({ subnet }) => subnet.includes(':') === six);
  if (request.ipv4 !== false && !has(false)) pools.push(automaticPool(state, scope));
  if (request.ipv6 && !has(true)) pools.push(automaticPool6(state));
  if (request.options?.[GATEWAY_MODE] !== 'isolated') return pools;
  // Without an address on the bridge its own one is free for a container.
  return pools.map((pool) => (pool.wantedGateway || pool.subnet.includes(':') ? pool : { ...pool, gateway: '' }));
}

function unchecked({ subnet = '', gateway = '', ipRange = '', auxiliary = {} }: PoolRequest): Pool {
  return { subnet, gateway, ipRange, auxiliary, wanted: true, wantedGateway: gateway !== '' };
}

import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { HOST_ADDRESS } from '../networks/interfaces.ts';
import { createNetwork, findNetwork, removeNetwork } from '../networks/manage.ts';
import { randomBase36 } from '../random.ts';
import { removeTaskContainer } from './executor.ts';
import { SECOND } from './spec.ts';
import { type ClusterSettings, changeSwarm, type Node, swarmOf, swarmOrNothing } from './state.ts';

const DAY = 86_400 * SECOND;
const SETTINGS: ClusterSettings = {
  ...{ taskHistory: 5, snapshotInterval: 10_000, heartbeat: 5 * SECOND, certificateExpiry: 90 * DAY, autolock: false },
};
const ALREADY =
  'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.';

export interface InitRequest {
  readonly advertiseAddress?: string;
  readonly availability?: Node['availability'];
  readonly forceNewCluster?: boolean;
  readonly settings?: Partial<ClusterSettings>;
}

/** Makes this engine the first manager of a new swarm; the node's id. Throws 503 when it is in one already. */
export function initSwarm(engine: Engine, request: InitRequest = {}): string {
  const { state } = engine;
  if (swarmOrNothing(engine) && !request.forceNewCluster) throw new EngineError(503, ALREADY);
  const address = advertised(request.advertiseAddress);
  const self = randomBase36(state);
  const secret = randomBase36(state, 50);
  const node: Node = {
    ...{ id: self, index: 9, created: state.now, updated: state.now, name: '', labels: {} },
    ...{
      hostname: state.hostnames.get('host') ?? '',
      role: 'manager',
      availability: request.availability ?? 'active',
      state: 'ready',
      address,
    },
  };
  state.extensions = {
    ...state.extensions,
    swarm: {
      ...{ id: randomBase36(state), created: state.now, updated: state.now, index: 10, self },
      tokens: { worker: token(engine, secret), manager: token(engine, secret) },
      ...{
        settings: { ...SETTINGS, ...request.settings },
        nodes: { [self]: node },
        services: {},
        tasks: {},
        secrets: {},
        configs: {},
      },
    },
  };
  if (![...state.networks.values()].some(({ name }) => name === 'docker_gwbridge'))
    createNetwork(engine, {
      name: 'docker_gwbridge',
      options: {
        'com.docker.network.bridge.enable_icc': 'false',
        'com.docker.network.bridge.enable_ip_masquerade': 'true',
        'com.docker.network.bridge.name': 'docker_gwbridge',
      },
    });
  createNetwork(engine, {
    name: 'ingress',
    driver: 'overlay',
    ingress: true,
    scope: 'swarm',
    pools: [{ subnet: '10.0.0.0/24', gateway: '10.0.0.1' }],
  });
  engine.event('node', 'create', self, { name: node.hostname }, 'swarm');
  return self;
}

function token(engine: Engine, secret: string): string {
  return `SWMTKN-1-${secret}-${randomBase36(engine.state)}`;
}

function advertised(text: string | undefined): string {
  if (text === undefined || text === '') return HOST_ADDRESS;
  const [address = ''] = text.split(/:(?=\d+$)/);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) return address;
  if (address === 'eth0') return HOST_ADDRESS;
  if (address === 'lo') return '127.0.0.1';
  throw new EngineError(
    400,
    'advertise address must be a non-zero IP address or network interface (with optional port number)',
  );
}

/** Address of this node with the port on which managers speak. */
export function managerAddress(engine: Engine): string {
  const { nodes, self } = swarmOf(engine);
  return `${nodes[self]!.address}:2377`;
}

/** A new secret for those who want to join as the role. */
export function rotateToken(engine: Engine, role: 'worker' | 'manager'): string {
  const { tokens } = swarmOf(engine);
  const [, , secret = ''] = tokens[role].split('-');
  const fresh = token(engine, secret);
  changeSwarm(engine, { tokens: { ...tokens, [role]: fresh } });
  return fresh;
}

export function updateSwarm(engine: Engine, settings: Partial<ClusterSettings>): void {
  changeSwarm(engine, { settings: { ...swarmOf(engine).settings, ...settings }, updated: engine.state.now });
}

/** Takes this engine out of its swarm with all that ran for it. Throws 503 for the last manager, unless forced. */
export function leaveSwarm(engine: Engine, force: boolean): void {
  const swarm = swarmOrNothing(engine);
  if (!swarm) throw new EngineError(503, 'This node is not part of a swarm');
  if (!force)
    throw new EngineError(
      503,
      'You are attempting to leave the swarm on a node that is participating as a manager. Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message.',
    );
  for (const task of Object.values(swarm.tasks)) removeTaskContainer(engine, task);
  for (const key of [...engine.state.alarms.keys()]) if (key.startsWith('swarm ')) engine.state.alarms.delete(key);
  for (const network of [...engine.state.networks.values()])
    if (network.scope === 'swarm') engine.state.networks.delete(network.id);
  const { swarm: _gone, ...rest } = engine.state.extensions;
  engine.state.extensions = rest;
}

/** Throws: there is no other engine to join. */
export function joinSwarm(engine: Engine, joinToken: string, address: string): never {
  if (swarmOrNothing(engine)) throw new EngineError(503, ALREADY);
  if (!/^SWMTKN-1-[a-z0-9]{50}-[a-z0-9]{25}$/.test(joinToken)) throw new EngineError(400, 'invalid join token');
  throw new EngineError(
    503,
    `rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp ${address}: connect: connection refused"`,
  );
}

/** Removes a network of the swarm by name, as a stack's removal does. */
export function removeSwarmNetwork(engine: Engine, ref: string): void {
  removeNetwork(engine, findNetwork(engine, ref).id);
}

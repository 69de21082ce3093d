import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { ServiceSpec } from './spec.ts';

export type TaskStatus =
  | 'new'
  | 'pending'
  | 'assigned'
  | 'preparing'
  | 'ready'
  | 'starting'
  | 'running'
  | 'complete'
  | 'failed'
  | 'shutdown'
  | 'rejected'
  | 'remove'
  | 'orphaned';

/** One attempt to run a service's container on a node (Engine API, Task). Times in milliseconds since 1970. */
export interface Task {
  readonly id: string;
  readonly service: string;
  /** 1, 2 … for replicas; 0 for tasks of a global service. */
  readonly slot: number;
  readonly node: string;
  readonly spec: ServiceSpec;
  readonly status: TaskStatus;
  readonly desired: 'ready' | 'running' | 'shutdown' | 'remove' | 'complete';
  readonly created: number;
  /** When the status changed. */
  readonly changed: number;
  readonly error: string;
  /** Why its container is being stopped, when that will count as a failure. */
  readonly cause?: string;
  readonly container: string;
  readonly attempts: number;
}

export interface UpdateStatus {
  readonly state: 'updating' | 'paused' | 'completed' | 'rollback_started' | 'rollback_paused' | 'rollback_completed';
  readonly started: number;
  readonly completed: number;
  readonly message: string;
}

export interface Service {
  readonly id: string;
  readonly index: number;
  readonly created: number;
  readonly updated: number;
  readonly spec: ServiceSpec;
  readonly previous?: ServiceSpec;
  readonly update?: UpdateStatus;
  /** Virtual addresses by id of the network, with their prefix. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Ports that were asked for, with the published one that was given. */
  readonly ports: ServiceSpec['Ports'];
}

export interface Node {
  readonly id: string;
  readonly index: number;
  readonly created: number;
  readonly updated: number;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly hostname: string;
  readonly role: 'manager' | 'worker';
  readonly availability: 'active' | 'pause' | 'drain';
  readonly state: 'ready' | 'down' | 'unknown' | 'disconnected';
  readonly address: string;
}

/** A secret or a config. */
export interface StoredFile {
  readonly id: string;
  readonly index: number;
  readonly created: number;
  readonly updated: number;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Byte string. */
  readonly data: string;
}

export interface ClusterSettings {
  readonly taskHistory: number;
  readonly snapshotInterval: number;
  /** Nanoseconds. */
  readonly heartbeat: number;
  readonly certificateExpiry: number;
  readonly autolock: boolean;
}

/** All that a swarm's managers agree on. Plain data, replaced as a whole. */
export interface SwarmState {
  readonly id: string;
  readonly created: number;
  readonly updated: number;
  /** Counts changes: what the API calls Version.Index. */
  readonly index: number;
  /** This engine's node. */
  readonly self: string;
  readonly tokens: { readonly worker: string; readonly manager: string };
  readonly settings: ClusterSettings;
  readonly nodes: Readonly<Record<string, Node>>;
  readonly services: Readonly<Record<string, Service>>;
  readonly tasks: Readonly<Record<string, Task>>;
  readonly secrets: Readonly<Record<string, StoredFile>>;
  readonly configs: Readonly<Record<string, StoredFile>>;
}

const NOT_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

export function swarmOrNothing(engine: Pick<Engine, 'state'>): SwarmState | undefined {
  return engine.state.extensions['swarm'] as SwarmState | undefined;
}

/** The swarm that this engine manages. Throws 503 when it is in none. */
export function swarmOf(engine: Engine): SwarmState {
  const swarm = swarmOrNothing(engine);
  if (!swarm) throw new EngineError(503, NOT_MANAGER);
  return swarm;
}

/** Replaces fields of the swarm; every change counts. */
export function changeSwarm(engine: Engine, change: Partial<SwarmState>): SwarmState {
  const swarm = swarmOf(engine);
  const changed = { ...swarm, ...change, index: swarm.index + 1 };
  engine.state.extensions = { ...engine.state.extensions, swarm: changed };
  return changed;
}

export function putTask(engine: Engine, task: Task): Task {
  changeSwarm(engine, { tasks: { ...swarmOf(engine).tasks, [task.id]: task } });
  return task;
}

/** Moves a task on; a status that it has already leaves its time alone. */
export function moveTask(engine: Engine, id: string, change: Partial<Task>): Task | undefined {
  const task = swarmOrNothing(engine)?.tasks[id];
  if (!task) return undefined;
  const changed = change.status !== undefined && change.status !== task.status ? { changed: engine.state.now } : {};
  return putTask(engine, { ...task, ...change, ...changed });
}

export function putService(engine: Engine, service: Service): Service {
  const { services, index } = swarmOf(engine);
  const next = { ...service, index: index + 1, updated: engine.state.now };
  changeSwarm(engine, { services: { ...services, [service.id]: next } });
  return next;
}

import type { Container, Exec } from './containers/container.ts';
import type { EngineEvent } from './events.ts';
import type { Directory } from './files/node.ts';
import type { Image, Layer } from './images/image.ts';
import type { Network } from './networks/network.ts';
import type { Process } from './process/process.ts';
import { Table } from './table.ts';
import type { Volume } from './volumes/volume.ts';

/** A port that a process listens on. Keyed `NAMESPACE PROTOCOL ADDRESS PORT`. */
export interface Socket {
  /** `host`, or the id of the container that owns the network namespace. */
  readonly namespace: string;
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly pid: number;
}

/** A result that BuildKit keeps. */
export interface CacheRecord {
  readonly key: string;
  readonly id: string;
  readonly description: string;
  readonly type: 'regular' | 'source.local' | 'exec.cachemount' | 'internal';
  /** Key of the resulting tree in the state's trees. */
  readonly tree: string;
  readonly size: number;
  readonly created: number;
  readonly lastUsed: number;
  readonly uses: number;
  readonly parents: readonly string[];
  /** Part of an image once, so that it is no longer written to. */
  readonly committed?: boolean;
}

const tables = {
  trees: () => new Table<Directory>(),
  layers: () => new Table<Layer>(),
  images: () => new Table<Image>(),
  /** Image ids by normalised reference (`docker.io/library/alpine:3.22`). */
  references: () => new Table<string>(),
  containers: () => new Table<Container>(),
  /** Container ids by name. */
  containerNames: () => new Table<string>(),
  execs: () => new Table<Exec>(),
  networks: () => new Table<Network>(),
  volumes: () => new Table<Volume>(),
  /** Host names by UTS namespace: `host` or a container's id. */
  hostnames: () => new Table<string>(),
  processes: () => new Table<Process>(),
  /** Last process id given in a PID namespace. */
  pids: () => new Table<number>(),
  sockets: () => new Table<Socket>(),
  /** Values below /proc/sys that are not the usual ones: `OWNER NAME`, the owner a namespace's. */
  kernelParameters: () => new Table<string>(),
  /** When something is due: keys say what (`process 12`, `health ID`, `restart ID`, `kill ID`). */
  alarms: () => new Table<number>(),
  buildCache: () => new Table<CacheRecord>(),
};

type Tables = { [Name in keyof typeof tables]: ReturnType<(typeof tables)[Name]> };

/** Values of the state that are not tables. */
export interface Scalars {
  /** Virtual time, milliseconds since 1970. */
  now: number;
  /** State of the seeded generator. */
  random: number;
  nextPid: number;
  events: readonly EngineEvent[];
  /** What other models keep beside the engine (Swarm, Compose): plain, immutable data by name. */
  extensions: Readonly<Record<string, unknown>>;
}

/** Everything that a modelled engine knows. Copied at once, written as JSON. */
export type EngineState = Tables & Scalars;

const names = Object.keys(tables) as (keyof Tables)[];

export function emptyState(scalars: Pick<Scalars, 'now' | 'random'>): EngineState {
  const made = Object.fromEntries(names.map((name) => [name, tables[name]()])) as unknown as Tables;
  return { ...made, ...scalars, nextPid: 1000, events: [], extensions: {} };
}

/** A copy that neither sees later changes nor causes any; made in constant time. */
export function forkState(state: EngineState): EngineState {
  const copy = { ...state };
  for (const name of names) (copy as Record<string, unknown>)[name] = state[name].fork();
  return copy;
}

/** The state as JSON text; shared subtrees of files are written once for each place. */
export function serializeState(state: EngineState): string {
  return JSON.stringify(state, (_key, value: unknown) => {
    if (value instanceof Table) return { $table: [...value.entries()] };
    if (value instanceof Map) return { $map: [...value.entries()] };
    return value;
  });
}

/** The state that {@link serializeState} wrote. */
export function deserializeState(text: string): EngineState {
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('$table' in value) return new Table(value.$table as [string, unknown][]);
    if ('$map' in value) return new Map(value.$map as [string, unknown][]);
    return value;
  }) as EngineState;
}

import type { Filters } from '../containers/list.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { directory } from '../files/node.ts';
import { treeSize } from '../files/tree.ts';
import { booleanFilter, checkFilters, labelsMatch } from '../filters.ts';
import { type JsonObject, NIL_MAP } from '../json.ts';
import { isVolumeName } from '../names.ts';
import { compareNaturally } from '../natural-order.ts';
import { randomHex } from '../random.ts';
import { formatTime } from '../time.ts';
import { checkLocalOptions } from './options.ts';
import { mountpoint, type Volume } from './volume.ts';

export interface VolumeRequest {
  /** Empty: an anonymous volume with a name of 64 digits. */
  readonly name: string;
  readonly driver?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** The label by which the engine knows volumes that nobody named. */
const ANONYMOUS = 'com.docker.volume.anonymous';

/** Creates a volume or returns the one of that name. Throws 400 for a bad name or option, 404 for an unknown driver. */
export function createVolume(engine: Engine, request: VolumeRequest): Volume {
  const { state } = engine;
  const { driver = '', options = {}, labels } = request;
  const name = request.name === '' ? randomHex(state, 64) : request.name;
  if (driver !== '' && driver !== 'local')
    throw new EngineError(
      404,
      `create ${name}: error looking up volume plugin ${driver}: plugin ${JSON.stringify(driver)} not found`,
    );
  checkVolumeName(name);
  const known = state.volumes.get(name);
  if (known) return known;
  checkLocalOptions(name, options);
  const anonymous = request.name === '';
  const volume: Volume = {
    name,
    created: state.now,
    driver: 'local',
    options: Object.keys(options).length > 0 ? options : null,
    labels: anonymous ? { ...labels, [ANONYMOUS]: '' } : labels && Object.keys(labels).length > 0 ? labels : null,
    anonymous,
  };
  state.volumes.set(name, volume);
  state.trees.set(`volume:${name}`, directory({ mtime: state.now }));
  engine.event('volume', 'create', name, { driver: 'local' });
  return volume;
}

/** Throws 400 for a name that the driver `local` does not take. */
export function checkVolumeName(name: string): void {
  if (name.length === 1)
    throw new EngineError(
      400,
      `create ${name}: volume name is too short, names should be at least two alphanumeric characters`,
    );
  if (!isVolumeName(name))
    throw new EngineError(
      400,
      `create ${name}: ${JSON.stringify(name)} includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
    );
}

/** Throws 404 `get NAME: no such volume`. */
export function findVolume({ state }: Engine, name: string): Volume {
  const volume = state.volumes.get(name);
  if (!volume) throw new EngineError(404, `get ${name}: no such volume`);
  return volume;
}

const asMap = (record: Readonly<Record<string, string>> | null) => (record ? new Map(Object.entries(record)) : NIL_MAP);

/** What `GET /volumes/NAME` answers. */
export function inspectVolume(engine: Engine, name: string): JsonObject {
  const { created, driver, labels, options } = findVolume(engine, name);
  return {
    CreatedAt: formatTime(Math.floor(created / 1000) * 1000),
    Driver: driver,
    Labels: asMap(labels),
    Mountpoint: mountpoint(name),
    Name: name,
    Options: asMap(options),
    Scope: 'local',
  };
}

/** Volumes by name. */
export function listVolumes(engine: Engine, filters: Filters = {}): readonly Volume[] {
  checkFilters(filters, ['dangling', 'name', 'driver', 'label']);
  const dangling = booleanFilter(filters, 'dangling');
  const { name = [], driver = [] } = filters;
  return [...engine.state.volumes.values()]
    .filter(
      (volume) =>
        (name.length === 0 || name.some((pattern) => nameMatches(pattern, volume.name))) &&
        (driver.length === 0 || driver.includes(volume.driver)) &&
        labelsMatch(filters, volume.labels ?? {}) &&
        (dangling === undefined || (volumeUsers(engine, volume.name).length === 0) === dangling),
    )
    .sort((a, b) => compareNaturally(a.name, b.name));
}

/** A filter's value matches a name that contains it, or that fits it as a regular expression. */
export function nameMatches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern).test(name);
  } catch {
    return pattern === name;
  }
}

/** Throws 409 `remove NAME: volume is in use - [ID]`. */
export function removeVolume(engine: Engine, name: string, force = false): void {
  if (force && !engine.state.volumes.has(name)) return;
  findVolume(engine, name);
  const users = volumeUsers(engine, name);
  if (users.length > 0) throw new EngineError(409, `remove ${name}: volume is in use - [${users.join(', ')}]`);
  engine.state.volumes.delete(name);
  engine.state.trees.delete(`volume:${name}`);
  engine.event('volume', 'destroy', name, { driver: 'local' });
}

/**
 * Volumes whose files are their own: those of the driver `local` without options. Only these are pruned and counted (moby,
 * volume/service, LocalVolumesSize and Prune).
 */
export function ownVolumes({ state }: Engine): readonly Volume[] {
  return [...state.volumes.values()].filter(({ options }) => options === null);
}

/** Removes unused anonymous volumes, with the filter `all` named ones, too. */
export function pruneVolumes(
  engine: Engine,
  filters: Filters = {},
): { readonly deleted: readonly string[]; readonly reclaimed: number } {
  checkFilters(filters, ['all', 'label', 'label!']);
  const all = booleanFilter(filters, 'all') ?? false;
  const deleted: string[] = [];
  let reclaimed = 0;
  for (const { name, labels } of ownVolumes(engine)) {
    if (!all && labels?.[ANONYMOUS] === undefined) continue;
    if (!labelsMatch(filters, labels ?? {}) || volumeUsers(engine, name).length > 0) continue;
    reclaimed += volumeSize(engine, name);
    removeVolume(engine, name);
    deleted.push(name);
  }
  engine.event('volume', 'prune', '', { reclaimed: String(reclaimed) });
  return { deleted, reclaimed };
}

/** Ids of the containers that have it mounted, running or not. */
export function volumeUsers({ state }: Engine, name: string): readonly string[] {
  return [...state.containers.values()]
    .filter(({ mounts }) => mounts.some((mount) => mount.Type === 'volume' && mount.Name === name))
    .map(({ id }) => id);
}

/** Bytes of its files; none of those that lie elsewhere (a bind or tmpfs behind it). */
export function volumeSize({ state }: Engine, name: string): number {
  const tree = state.trees.get(`volume:${name}`);
  return tree && !state.volumes.get(name)?.options?.['device'] ? treeSize(tree) : 0;
}

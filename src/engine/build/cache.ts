import type { Engine } from '../engine.ts';
import { randomBase36 } from '../random.ts';
import type { CacheRecord } from '../state.ts';

/** What BuildKit kept under a key, when it still has its files. */
export function cached({ state }: Engine, key: string): CacheRecord | undefined {
  const record = state.buildCache.get(key);
  return record && state.trees.has(record.tree) ? record : undefined;
}

/** Notes that a result was used. */
export function use({ state }: Engine, record: CacheRecord): CacheRecord {
  return state.buildCache.update(record.key, { lastUsed: state.now, uses: record.uses + 1 });
}

/**
 * Keeps a result. One that is kept already is used once more, its size brought up to date; `anew`: it has been made again and
 * is as old as that.
 */
export function keep(
  engine: Engine,
  made: Pick<CacheRecord, 'key' | 'description' | 'type' | 'tree' | 'size' | 'parents' | 'committed'>,
  anew = false,
): CacheRecord {
  const { state } = engine;
  const before = state.buildCache.get(made.key);
  if (before)
    return use(engine, state.buildCache.update(made.key, { ...made, ...(anew ? { created: state.now } : {}) }));
  const record: CacheRecord = {
    ...{ ...made, id: randomBase36(state), created: state.now, lastUsed: state.now, uses: 1 },
  };
  state.buildCache.set(made.key, record);
  return record;
}

/** Notes that layers have become part of an image. */
export function commitLayers({ state }: Engine, chains: readonly string[]): void {
  const trees = new Set(chains.map((chain) => state.layers.get(chain)?.tree));
  for (const record of [...state.buildCache.values()])
    if (record.committed === false && trees.has(record.tree)) state.buildCache.update(record.key, { committed: true });
}

/** A record as `docker buildx du` and `docker system df -v` show it. */
export interface CacheUsage extends CacheRecord {
  /** An image stands on the same layer, so that removing the record frees nothing. */
  readonly shared: boolean;
  /** A folder that is written to in place: a copy of the client's files, a cache mount. */
  readonly mutable: boolean;
}

/** All that BuildKit keeps, the smallest first, as `docker buildx du` lists it. */
export function cacheUsage({ state }: Engine): CacheUsage[] {
  const used = new Set<string>();
  for (const { layers } of state.images.values())
    for (const chain of layers) used.add(state.layers.get(chain)?.tree ?? '');
  return [...state.buildCache.values()]
    .map((record) => ({
      ...record,
      shared: used.has(record.tree),
      mutable: record.type !== 'regular' || record.committed === false,
    }))
    .sort((a, b) => a.size - b.size || (a.id < b.id ? -1 : 1));
}

export interface PruneOptions {
  /** Also what images share, and internal records. */
  readonly all?: boolean;
  /** `until=24h` and the like: milliseconds a record must have been unused. */
  readonly unusedFor?: number;
  readonly id?: string;
  readonly type?: string;
}

/** Removes what is kept. The removed records, and the bytes that this freed. */
export function pruneCache(
  engine: Engine,
  { all = false, unusedFor = 0, id, type }: PruneOptions = {},
): { readonly removed: readonly CacheUsage[]; readonly reclaimed: number } {
  const { state } = engine;
  const removed = cacheUsage(engine).filter(
    (record) =>
      (all || !record.shared) &&
      state.now - record.lastUsed >= unusedFor &&
      (id === undefined || record.id === id) &&
      (type === undefined || record.type === type),
  );
  for (const { key, tree, shared } of removed) {
    state.buildCache.delete(key);
    if (tree.startsWith('build:')) state.trees.delete(tree);
    else if (!shared) releaseLayer(engine, tree);
  }
  return { removed, reclaimed: removed.reduce((sum, { size, shared }) => sum + (shared ? 0 : size), 0) };
}

/** Deletes a layer on which nothing stands any more. */
function releaseLayer({ state }: Engine, tree: string): void {
  const layer = [...state.layers.values()].find((one) => one.tree === tree);
  if (!layer) return;
  const needed =
    [...state.layers.values()].some(({ parent }) => parent === layer.chainId) ||
    [...state.images.values()].some(({ layers }) => layers.includes(layer.chainId)) ||
    [...state.buildCache.values()].some((record) => record.tree === tree);
  if (needed) return;
  state.layers.delete(layer.chainId);
  state.trees.delete(tree);
}

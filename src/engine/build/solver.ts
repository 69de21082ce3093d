import { encode } from '../bytes.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { changes, layerSize } from '../files/layer.ts';
import { type Directory, directory, regularFile } from '../files/node.ts';
import { basename } from '../files/path.ts';
import { treeSize } from '../files/tree.ts';
import { addLayer, imageTree } from '../images/store.ts';
import { randomBase36 } from '../random.ts';
import { cached, keep, use } from './cache.ts';
import { cacheKey, followedPaths } from './cache-key.ts';
import { find, selectionDigest } from './content.ts';
import { TreeEditor } from './copy.ts';
import { DockerfileError } from './dockerfile-error.ts';
import { execute } from './execute.ts';
import { copiedFiles, type SolverNotes } from './keep-report.ts';
import type { Progress, VertexProgress } from './progress.ts';
import type { Outcome } from './report.ts';
import { graph, type Vertex } from './vertex.ts';

/** Files that a vertex made, as a stack of layers. */
export interface Result {
  readonly tree: Directory;
  /** Chain ids, the lowest first; only those made by the build's own steps and its base image. */
  readonly layers: readonly string[];
  /** When each of the layers was made, milliseconds since 1970. */
  readonly created: readonly number[];
  readonly key: string;
}

export interface SolveOptions {
  /** The build contexts by name, `.dockerignore` applied. */
  readonly contexts: ReadonlyMap<string, Directory>;
  readonly secrets: ReadonlyMap<string, string>;
  readonly contextName: string;
  /** Came as an archive, and is loaded before anything else. */
  readonly contextLoaded: boolean;
  /** Id of the worker, which messages name. */
  readonly worker: string;
}

/** A build that failed at a vertex; `block` is what is repeated of it below the progress. */
export class SolveError extends Error {
  readonly block: string;
  readonly location: Vertex['location'];
  constructor(message: string, block: string, location: Vertex['location']) {
    super(message);
    this.block = block;
    this.location = location;
  }
}

/** Virtual milliseconds that it takes to set up a sandbox for a command, and to change files. */
const SANDBOX = 150;
const FILES = 20;
const SCRATCH: Result = { tree: directory(), layers: [], created: [], key: 'scratch' };
const isSource = ({ operation: { kind } }: Vertex) => ['image', 'local', 'inline', 'http'].includes(kind);

/**
 * Computes a graph of vertices (BuildKit, solver). A vertex whose key is known is taken from the cache: the key is made
 * of its definition, the keys of its inputs and, where files are copied or mounted, of their content.
 */
export class Solver {
  readonly #outcomes = new Map<string, Outcome>();
  readonly #keys = new Map<string, string>();
  readonly #files = new Map<string, Readonly<Record<string, string>>>();
  /** What became of the vertices so far. */
  readonly notes: SolverNotes = { outcomes: this.#outcomes, keys: this.#keys, files: this.#files };
  readonly #engine: Engine;
  readonly #progress: Progress;
  readonly #options: SolveOptions;
  readonly #results = new Map<string, Result>();
  /** Sources that may yet be needed. */
  readonly #waiting = new Map<string, VertexProgress>();

  constructor(engine: Engine, progress: Progress, options: SolveOptions) {
    this.#engine = engine;
    this.#progress = progress;
    this.#options = options;
  }

  async solve(target: Vertex | undefined): Promise<Result> {
    if (!target) return SCRATCH;
    const order = graph(target);
    const { needed, perhaps } = this.#plan(order);
    needed.add(target.digest);
    const sources = order.filter(isSource);
    for (const kind of ['image', 'inline', 'local', 'http'])
      for (const vertex of sources)
        if (vertex.operation.kind === kind)
          this.#load(
            vertex,
            needed.has(vertex.digest) ? 'yes' : perhaps.has(vertex.digest) ? 'perhaps' : 'no',
            followedPaths(order, vertex),
          );
    this.#checkSources(order);
    for (const vertex of order) if (!isSource(vertex)) await this.#compute(vertex);
    return this.#result(target);
  }

  #result(vertex: Vertex | undefined): Result {
    return vertex ? this.#results.get(vertex.digest)! : SCRATCH;
  }

  /** Sources that a step will need because it is not cached; `perhaps`: where that can't be known yet. */
  #plan(order: readonly Vertex[]): { readonly needed: Set<string>; readonly perhaps: Set<string> } {
    const known = new Map<string, Result>();
    const needed = new Set<string>();
    const perhaps = new Set<string>();
    for (const vertex of order) {
      if (isSource(vertex)) {
        const files = this.#sourceFiles(vertex);
        if (files) known.set(vertex.digest, files);
        continue;
      }
      const inputs = vertex.inputs.map((input) => (input ? known.get(input.digest) : SCRATCH));
      const complete = inputs.every((input) => input !== undefined);
      const key = complete ? cacheKey(vertex, inputs as Result[]) : undefined;
      const record = key !== undefined && !vertex.ignoreCache ? cached(this.#engine, key) : undefined;
      if (record) known.set(vertex.digest, this.#fromRecord(record.tree, inputs[0]!, record.created, key!));
      else
        for (const input of vertex.inputs)
          if (input) (complete || vertex.ignoreCache ? needed : perhaps).add(input.digest);
    }
    return { needed, perhaps };
  }

  #sourceFiles({ operation, digest }: Vertex): Result | undefined {
    const { state } = this.#engine;
    if (operation.kind === 'image') {
      const image = state.images.get(operation.image)!;
      const created = image.layers.map(() => image.created);
      return {
        tree: imageTree(this.#engine, image),
        layers: image.layers,
        created,
        key: `image ${image.layers.at(-1)}`,
      };
    }
    if (operation.kind === 'local')
      return { ...SCRATCH, tree: this.#options.contexts.get(operation.context) ?? directory(), key: digest };
    if (operation.kind === 'inline') {
      const file = regularFile(encode(operation.data), { mode: operation.mode, mtime: state.now });
      return {
        ...SCRATCH,
        tree: directory({ mtime: state.now }, new Map([[basename(operation.path), file]])),
        key: digest,
      };
    }
    return undefined;
  }

  #load(vertex: Vertex, loaded: 'yes' | 'perhaps' | 'no', followed: string): void {
    const { operation } = vertex;
    const files = this.#sourceFiles(vertex);
    if (files && operation.kind === 'local' && operation.context === 'context' && this.#options.contextLoaded) {
      this.#results.set(vertex.digest, files);
      return;
    }
    const progress = this.#progress.vertex(vertex.name);
    this.#outcomes.set(vertex.digest, files ? 'done' : 'failed');
    if (!files) {
      const url = operation.kind === 'http' ? operation.url : '';
      if (/^(?:git@|ssh:)/.test(url)) {
        const reason = 'unset ssh forward key default';
        throw new SolveError(reason, progress.failed(reason), []);
      }
      const host = /^(?:https?:\/\/|git@)?([^/:]+)/.exec(url)?.[1] ?? url;
      const reason = `Get ${JSON.stringify(url)}: dial tcp: lookup ${host}: no such host`;
      throw new SolveError(`failed to load cache key: ${reason}`, progress.failed(reason), []);
    }
    this.#results.set(vertex.digest, files);
    this.#keys.set(vertex.digest, files.key);
    if (operation.kind === 'local') {
      progress.status(`transferring context: ${bytes(treeSize(files.tree))} done`);
      progress.done();
      keep(this.#engine, {
        ...{
          key: `local ${operation.context} ${this.#options.contextName} ${followed}`,
          type: 'source.local',
          parents: [],
        },
        ...{ tree: `build:local:${operation.context}:${this.#options.contextName}`, size: treeSize(files.tree) },
        description: `local source for ${operation.context}`,
      });
      return;
    }
    if (loaded === 'yes' && this.#keepSource(vertex, files)) {
      progress.cached();
      this.#outcomes.set(vertex.digest, 'cached');
    } else progress.done();
    if (loaded === 'perhaps') this.#waiting.set(vertex.digest, progress);
  }

  /** A source whose files are needed is kept; whether it had been kept before. */
  #keepSource({ operation, digest, name }: Vertex, files: Result): boolean {
    const { state } = this.#engine;
    const before = state.buildCache.has(files.key);
    keep(this.#engine, {
      ...{ key: files.key, type: 'regular', parents: [], size: 0 },
      tree: state.layers.get(files.layers.at(-1) ?? '')?.tree ?? `build:${digest}`,
      description: operation.kind === 'image' ? 'from local ' : name,
    });
    return before;
  }

  /** A step is not cached: of the sources that it needs, those are told of again that seemed not to be needed. */
  #needSources({ inputs }: Vertex): void {
    for (const input of inputs) {
      const progress = input && this.#waiting.get(input.digest);
      if (!progress) continue;
      this.#waiting.delete(input.digest);
      if (!this.#keepSource(input, this.#result(input))) continue;
      progress.cachedAfterAll();
      this.#outcomes.set(input.digest, 'cached');
    }
  }

  /** Files of the context that are missing are noticed before anything else is done. */
  #checkSources(order: readonly Vertex[]): void {
    for (const vertex of order) {
      const missing = this.#missingSource(vertex, true);
      if (missing === undefined) continue;
      const reason = this.#noChecksum(missing);
      const block = this.#progress.vertex(vertex.name).failed(reason);
      this.#outcomes.set(vertex.digest, 'failed');
      const first = order.find((other) => !isSource(other));
      if (first && first !== vertex) this.#cancel(first);
      throw new SolveError(`failed to compute cache key: ${reason}`, block, vertex.location);
    }
  }

  /** A checksum tells whether a step is cached; of a file that is missing there is none. */
  #noChecksum(missing: string): string {
    const reference = `${this.#options.worker}::${randomBase36(this.#engine.state)}`;
    return `failed to calculate checksum of ref ${reference}: ${JSON.stringify(missing)}: not found`;
  }

  /** A file that a step takes and that is not there: from a context, or from other stages and images. */
  #missingSource({ operation, inputs }: Vertex, fromContext: boolean): string | undefined {
    const local = (index: number) => (inputs[index]?.operation.kind === 'local') === fromContext;
    const tree = (index: number) => this.#result(inputs[index]).tree;
    if (operation.kind === 'copy') {
      const missing = operation.actions.filter(
        // What a step builds upon counts as a whole, also where it copies from it.
        ({ input, source, wildcard }) =>
          local(input) &&
          inputs[input]?.digest !== inputs[0]?.digest &&
          selectionDigest(tree(input), source, wildcard) === undefined,
      );
      // They are looked for all at once; the last one is noticed first.
      return missing
        .map(({ source }) => source)
        .sort()
        .at(-1);
    }
    if (operation.kind !== 'exec') return undefined;
    return operation.mounts
      .find(({ mount, input }) => input !== undefined && local(input) && !find(tree(input), mount.source))
      ?.mount.source.replace(/^\/?/, '/');
  }

  /** What becomes of the first step while a later one has failed already: quick ones end, commands are stopped. */
  #cancel(vertex: Vertex): void {
    const inputs = vertex.inputs.map((input) => this.#result(input));
    const key = cacheKey(vertex, inputs);
    const progress = this.#progress.vertex(vertex.name);
    const isCached = !vertex.ignoreCache && cached(this.#engine, key) !== undefined;
    if (isCached) progress.cached();
    else if (vertex.operation.kind === 'exec') progress.canceled();
    else {
      this.#store(vertex, inputs[0]!, this.#change(vertex, inputs), key);
      progress.done();
    }
    this.#keys.set(vertex.digest, key);
    this.#outcomes.set(vertex.digest, isCached ? 'cached' : vertex.operation.kind === 'exec' ? 'canceled' : 'done');
  }

  #fromRecord(tree: string, base: Result, created: number, key: string): Result {
    const { state } = this.#engine;
    const layer = [...state.layers.values()].find((one) => one.tree === tree);
    return {
      tree: state.trees.get(tree) ?? directory(),
      layers: [...base.layers, layer?.chainId ?? ''],
      created: [...base.created, created],
      key,
    };
  }

  async #compute(vertex: Vertex): Promise<void> {
    const inputs = vertex.inputs.map((input) => this.#result(input));
    const missing = this.#missingSource(vertex, false);
    if (missing !== undefined) {
      const reason = this.#noChecksum(missing);
      const block = this.#progress.vertex(vertex.name).failed(reason);
      this.#outcomes.set(vertex.digest, 'failed');
      throw new SolveError(`failed to compute cache key: ${reason}`, block, vertex.location);
    }
    const key = cacheKey(vertex, inputs);
    const record = vertex.ignoreCache ? undefined : cached(this.#engine, key);
    if (!record) this.#needSources(vertex);
    const progress = this.#progress.vertex(vertex.name);
    this.#note(vertex, inputs, key, record ? 'cached' : 'failed');
    if (record) {
      progress.cached();
      use(this.#engine, record);
      this.#results.set(vertex.digest, this.#fromRecord(record.tree, inputs[0]!, record.created, key));
      return;
    }
    await this.#engine.scheduler.advance(vertex.operation.kind === 'exec' ? SANDBOX : FILES);
    try {
      const tree =
        vertex.operation.kind === 'exec' ? await this.#execute(vertex, inputs, progress) : this.#change(vertex, inputs);
      this.#store(vertex, inputs[0]!, tree, key);
    } catch (error) {
      if (!(error instanceof EngineError || error instanceof DockerfileError)) throw error;
      throw new SolveError(error.message, progress.failed(error.message), vertex.location);
    }
    this.#outcomes.set(vertex.digest, 'done');
    progress.done();
  }

  /** Notes a step before it runs: it has failed unless it ends well. */
  #note({ digest, operation, inputs: from }: Vertex, inputs: readonly Result[], key: string, outcome: Outcome): void {
    this.#outcomes.set(digest, outcome);
    this.#keys.set(digest, key);
    if (operation.kind !== 'copy') return;
    const local = from.findIndex((input) => input?.operation.kind === 'local');
    if (local < 0) return;
    const actions = operation.actions.filter(({ input }) => input === local);
    const files = copiedFiles(inputs[local]!.tree, actions);
    if (files) this.#files.set(digest, files);
  }

  #execute(
    { operation, ignoreCache }: Vertex,
    inputs: readonly Result[],
    progress: VertexProgress,
  ): Promise<Directory> {
    if (operation.kind !== 'exec') throw new Error('not a command');
    return execute(this.#engine, operation, {
      ...{ id: randomBase36(this.#engine.state), root: inputs[0]!.tree, inputs: inputs.map(({ tree }) => tree) },
      ...{ secrets: this.#options.secrets, ignoreCache, output: (text) => progress.log(text) },
    });
  }

  /** The files after a copy, or with a folder more. */
  #change({ operation }: Vertex, inputs: readonly Result[]): Directory {
    const editor = new TreeEditor(inputs[0]!.tree, this.#engine.state.now, randomBase36(this.#engine.state));
    if (operation.kind === 'mkdir') editor.mkdirs(operation.path, editor.owner(operation.user));
    if (operation.kind === 'copy')
      for (const action of operation.actions) editor.copy(inputs[action.input]!.tree, action);
    return editor.tree;
  }

  #store(vertex: Vertex, base: Result, tree: Directory, key: string): void {
    const { state } = this.#engine;
    const chain = addLayer(this.#engine, base.layers.at(-1) ?? '', { tree });
    const layer = state.layers.get(chain)!;
    const { operation } = vertex;
    const description = operation.kind === 'exec' ? `mount / from exec ${operation.args.join(' ')}` : vertex.name;
    const result = {
      ...{ key, tree: layer.tree, type: 'regular' as const, size: layerSize(changes(base.tree, tree)), description },
      committed: false,
      parents: [this.#engine.state.buildCache.get(base.key)?.id ?? ''].filter((id) => id !== ''),
    };
    const record = keep(this.#engine, result, true);
    this.#results.set(vertex.digest, this.#fromRecord(record.tree, base, record.created, key));
  }
}

/** A number of bytes as progress shows it. */
export function bytes(count: number): string {
  const value = Math.max(2, count);
  if (value < 1000) return `${value}B`;
  return value < 1e6 ? `${(value / 1000).toFixed(2)}kB` : `${(value / 1e6).toFixed(2)}MB`;
}

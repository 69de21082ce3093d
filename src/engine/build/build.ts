import { decode } from '../bytes.ts';
import { digest } from '../digest.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { type Directory, directory } from '../files/node.ts';
import { lookupReference } from '../images/find.ts';
import type { Image } from '../images/image.ts';
import { pullImage } from '../images/pull.ts';
import { familiarName, parseNormalized, parseReference, referenceText } from '../images/reference.ts';
import { addImage, referTo } from '../images/store.ts';
import { connectRegistry } from '../registry/connect.ts';
import { commitLayers, keep } from './cache.ts';
import { asContext, filtered } from './content.ts';
import { type Converted, convert } from './convert.ts';
import { DockerfileError, excerpt } from './dockerfile-error.ts';
import { ignorePatterns, PatternMatcher } from './ignore.ts';
import { imageOf } from './image.ts';
import { keepReport } from './keep-report.ts';
import { Linter, type Warning, warningLine } from './lint.ts';
import { directives } from './parser.ts';
import { type Platform, parsePlatform } from './platform.ts';
import { Progress, type VertexProgress } from './progress.ts';
import { BuildError, type BuildRequest, type BuildResult, type CheckResult } from './request.ts';
import { bytes, type Result, SolveError, Solver } from './solver.ts';
import type { Stage } from './stage.ts';
import { parseStages } from './stages.ts';
import { vertex } from './vertex.ts';

export { BuildError, type BuildRequest, type BuildResult, type CheckResult } from './request.ts';

/**
 * Builds an image. `write` gets the text of `--progress=plain`, without the line that names the builder, without warnings
 * and errors. Throws {@link BuildError}; what happened until then stays in the cache.
 */
export async function buildImage(
  engine: Engine,
  request: BuildRequest,
  write: (text: string) => void,
): Promise<BuildResult> {
  return new Build(engine, request, write).run();
}

/**
 * Runs the checks (`docker build --check`) and describes the stages; base images are looked up. `warn`: warnings are told in
 * the progress, as a build does.
 */
export async function checkDockerfile(
  engine: Engine,
  request: BuildRequest,
  write: (text: string) => void,
  { allStages = false, warn = false }: { readonly allStages?: boolean; readonly warn?: boolean },
): Promise<CheckResult> {
  return new Build(engine, request, write).check(allStages, warn);
}

/** Virtual milliseconds that storing an image takes. */
const EXPORT = 30;

/** Name of the worker that references in messages begin with; one an engine. */
export const WORKER_ID = '9c1feec7-9397-4c97-8a73-cc863aa96d15';

class Build {
  readonly #engine: Engine;
  readonly #request: BuildRequest;
  readonly #progress: Progress;
  readonly #warnings: Warning[] = [];
  readonly #images = new Map<string, Image>();
  readonly #contexts = new Map<string, Directory>();
  readonly #loadedContexts = new Set<string>();

  constructor(engine: Engine, request: BuildRequest, write: (text: string) => void) {
    this.#engine = engine;
    this.#request = request;
    this.#progress = new Progress(write, () => engine.state.now, request.service, request.firstVertex);
  }

  async run(): Promise<BuildResult> {
    const started = this.#engine.state.now;
    let converted: Converted | undefined;
    let solver: Solver | undefined;
    const report = (imageId: string, error?: string) => {
      const { contextName = '', dockerfileName, tags } = this.#request;
      const about = { context: contextName, dockerfile: dockerfileName, tags, started, ended: this.#engine.state.now };
      const how = { ...about, imageId, ...(error === undefined ? {} : { error }) };
      keepReport(this.#engine, how, converted, solver?.notes);
    };
    try {
      converted = await this.#convert(false);
      const { target } = converted;
      solver = new Solver(this.#engine, this.#progress, {
        ...{ contexts: this.#contexts, secrets: this.#request.secrets, worker: WORKER_ID },
        ...{ contextName: this.#request.contextName ?? '', contextLoaded: this.#request.archive ?? false },
      });
      const result = await solver.solve(target.root);
      const imageId = this.#export(target, result);
      await this.#engine.scheduler.advance(EXPORT);
      report(imageId);
      return {
        ...{ imageId, tree: result.tree, warnings: this.#warnings, lastVertex: this.#progress.count },
        bases: [...this.#images].map(([reference, image]) => ({ reference, image })),
      };
    } catch (error) {
      const failure = this.#failure(error);
      if (failure instanceof BuildError) report('', failure.message);
      throw failure;
    }
  }

  async check(allStages: boolean, warn: boolean): Promise<CheckResult> {
    try {
      const converted = await this.#convert(allStages, !warn);
      return { warnings: this.#warnings, converted };
    } catch (error) {
      if (!(error instanceof DockerfileError)) throw this.#failure(error);
      return { warnings: this.#warnings, error };
    }
  }

  #failure(error: unknown): unknown {
    const text = this.#request.dockerfile ?? '';
    const name = this.#request.dockerfileName;
    if (error instanceof SolveError)
      return new BuildError(error.message, excerpt(text, name, error.location), error.block, this.#warnings);
    if (error instanceof DockerfileError) {
      const excerpts = error.locations.map((location) => excerpt(text, name, location)).join('');
      return new BuildError(error.message, excerpts, error.block, this.#warnings);
    }
    if (error instanceof EngineError) return new BuildError(error.message, '', '', this.#warnings);
    return error;
  }

  async #convert(allStages: boolean, checking = false): Promise<Converted> {
    const { dockerfile, dockerfileName, buildArgs, ...request } = this.#request;
    const progress = request.archive ? this.#loadArchive() : this.#loadDefinition();
    if (dockerfile === undefined) {
      progress.done();
      throw new DockerfileError(`failed to read dockerfile: open ${dockerfileName}: no such file or directory`);
    }
    this.#loadSyntax(dockerfile, progress);
    // What the checks find belongs to this vertex, though they go on while base images are looked up.
    const release = this.#progress.hold();
    try {
      if (dockerfile === '') throw new DockerfileError('the Dockerfile cannot be empty');
      const args = new Map(Object.entries(buildArgs));
      const options = args.get('BUILDKIT_DOCKERFILE_CHECK') ?? directives(dockerfile).get('check') ?? '';
      const lint = new Linter(options, (warning) => this.#warnings.push(warning));
      return await convert(parseStages(dockerfile, lint), lint, {
        ...{ buildArgs: args, target: request.target ?? '', labels: request.labels, noCache: request.noCache },
        ...{ noCacheFilter: request.noCacheFilter, network: request.network, hosts: request.addHosts, allStages },
        platform: request.platforms[0] === undefined ? undefined : parsePlatform(request.platforms[0]),
        resolveImage: (reference, written, wanted) => this.#resolveImage(reference, written, wanted),
        namedContext: (name) => this.#namedContext(name),
        loadIgnore: async () => this.#loadIgnore(),
      });
    } finally {
      if (!checking) for (const warning of this.#warnings) progress.status(`WARN: ${warningLine(warning)}`);
      progress.done();
      release();
    }
  }

  /** The Dockerfile is sent. */
  #loadDefinition(): VertexProgress {
    const { dockerfile, dockerfileName, contextName = '' } = this.#request;
    const progress = this.#progress.vertex(`[internal] load build definition from ${dockerfileName}`);
    progress.status(`transferring dockerfile: ${bytes(dockerfile === undefined ? 2 : dockerfile.length + 42)} done`);
    keep(this.#engine, {
      ...{ key: `local dockerfile ${contextName}`, type: 'source.local', parents: [] },
      ...{ tree: 'build:local:dockerfile', size: dockerfile?.length ?? 0, description: 'local source for dockerfile' },
    });
    return progress;
  }

  /** An archive is sent and unpacked, and the Dockerfile with it. */
  #loadArchive(): VertexProgress {
    this.#progress.vertex('[internal] load remote build context').done();
    return this.#progress.vertex('copy /context /');
  }

  /** `# syntax=` names an image with another front end. It is looked up; what it would do, the model's own one does. */
  #loadSyntax(dockerfile: string, definition: VertexProgress): void {
    const name = directives(dockerfile).get('syntax');
    if (name === undefined || this.#request.buildArgs['BUILDKIT_SYNTAX'] === '') return;
    definition.done();
    const reference = referenceText({ tag: 'latest', ...parseNormalized(name) });
    const progress = this.#progress.vertex(`resolve image config for docker-image://${reference}`);
    try {
      connectRegistry(this.#engine, parseNormalized(name).domain);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const reason = registryMessage(error.message, reference);
      const line = dockerfile.split('\n').findIndex((text) => /^#\s*syntax\s*=/i.test(text)) + 1;
      throw Object.assign(
        new DockerfileError(`failed to resolve source metadata for ${reference}: ${reason}`, [
          { start: line, end: line },
        ]),
        { block: progress.failed(reason) },
      );
    }
    progress.done();
    this.#progress.vertex(`docker-image://${reference}@${digest(`front end ${reference}`)}`).cached();
  }

  #ignore(): PatternMatcher | undefined {
    const { dockerignore, context } = this.#request;
    const own = context.entries.get('.dockerignore');
    const text = dockerignore ?? (own?.type === 'file' ? decode(own.data) : undefined);
    const patterns = text === undefined ? [] : ignorePatterns(text);
    return patterns.length > 0 ? new PatternMatcher(patterns) : undefined;
  }

  #loadIgnore(): PatternMatcher | undefined {
    const progress = this.#request.archive ? undefined : this.#progress.vertex('[internal] load .dockerignore');
    const { dockerignore, context, contextName = '' } = this.#request;
    const own = context.entries.get('.dockerignore');
    const size = dockerignore?.length ?? (own?.type === 'file' ? own.size : 0);
    if (progress) {
      progress.status(`transferring context: ${bytes(size)} done`);
      progress.done();
      keep(this.#engine, {
        ...{ key: `local ignore ${contextName}`, type: 'source.local', parents: [], size },
        ...{ tree: 'build:local:ignore', description: 'local source for context' },
      });
    }
    const matcher = this.#ignore();
    const tree = asContext(context);
    this.#contexts.set('context', matcher ? filtered(tree, matcher) : tree);
    return matcher;
  }

  async #resolveImage(reference: string, written: string, platform: Platform | undefined): Promise<Image> {
    const before = this.#images.get(reference);
    if (before) return before;
    const progress = this.#progress.vertex(`[internal] load metadata for ${reference}`);
    const find = () => {
      const image = lookupReference(this.#engine.state, parseReference(reference));
      return image && (!platform || image.architecture === platform.architecture) ? image : undefined;
    };
    const refused = (reason: string) =>
      Object.assign(new DockerfileError(`${written}: failed to resolve source metadata for ${reference}: ${reason}`), {
        block: progress.failed(reason),
      });
    let image = this.#request.pull ? undefined : find();
    if (!image) {
      try {
        await pullImage(this.#engine, reference);
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        throw refused(registryMessage(error.message, reference));
      }
      image = find();
      if (!image) throw refused('no match for platform in manifest: not found');
    }
    progress.done();
    this.#images.set(reference, image);
    return image;
  }

  /** What a name of `--build-context` stands for. */
  #context(name: string) {
    const given = this.#request.namedContexts.get(name);
    if (given === undefined) return undefined;
    const reference = typeof given === 'string' ? given.replace(/^docker-image:\/\//, '') : undefined;
    const label = reference === undefined ? `[context ${name}] load from client` : `[context ${name}] ${reference}`;
    if (reference === undefined) {
      this.#contexts.set(name, asContext(given as Directory));
      return { root: vertex({ kind: 'local', context: name }, [], { name: label }) };
    }
    const image = lookupReference(this.#engine.state, parseNormalized(reference));
    if (!image) throw new DockerfileError(`failed to resolve source metadata for ${reference}: not found`);
    return { root: vertex({ kind: 'image', image: image.id, reference }, [], { name: label }), image };
  }

  async #namedContext(name: string) {
    const found = this.#context(name);
    if (!found || this.#loadedContexts.has(name)) return found;
    this.#loadedContexts.add(name);
    const given = this.#request.namedContexts.get(name)!;
    const progress = this.#progress.vertex(
      typeof given === 'string'
        ? `[context ${name}] load metadata for ${given.replace(/^docker-image:\/\//, '')}`
        : `[context ${name}] load .dockerignore`,
    );
    if (typeof given !== 'string') progress.status(`transferring ${name}: 2B done`);
    progress.done();
    return found;
  }

  #export(target: Stage, result: Result): string {
    const { exportTo, tags } = this.#request;
    if (exportTo !== undefined) {
      const progress = this.#progress.vertex(`exporting to ${exportTo}`);
      progress.status(
        exportTo === 'client tarball' ? 'sending tarball 0.0s done' : `copying files ${bytes(0)} 0.0s done`,
      );
      progress.done();
      return '';
    }
    const engine = this.#engine;
    const progress = this.#progress.vertex('exporting to image');
    if (result.layers.length > 0) progress.status('exporting layers done');
    const image = addImage(engine, imageOf(engine, target, result));
    commitLayers(engine, image.layers);
    progress.status(`writing image ${image.id} done`);
    engine.event('image', 'create', image.id, { name: image.id });
    for (const tag of tags) {
      const reference = parseNormalized(tag);
      referTo(engine, image.id, tag);
      progress.status(`naming to ${referenceText(reference)} done`);
      engine.event('image', 'tag', image.id, {
        name: `${familiarName(reference)}${reference.tag === undefined ? '' : `:${reference.tag}`}`,
      });
    }
    progress.done();
    return image.id;
  }
}

/** What a registry says, in the words of the solver's resolver. */
function registryMessage(message: string, reference: string): string {
  if (/pull access denied/.test(message))
    return 'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';
  if (/not found|manifest unknown/.test(message)) return `${reference}: not found`;
  const { path, tag, digest } = parseReference(reference);
  return message.replace(
    /^Get "(https?:\/\/[^/]+)\/v2\/": /,
    (_, registry: string) => `failed to do request: Head "${registry}/v2/${path}/manifests/${digest ?? tag}": `,
  );
}

/** A context with nothing in it: a Dockerfile came alone. */
export const EMPTY_CONTEXT = directory();

import type { Image } from '../images/image.ts';
import { InvalidReference, parseNormalized, referenceText } from '../images/reference.ts';
import { checkCycles } from './cycles.ts';
import { begin, type DispatchContext, dispatch } from './dispatch.ts';
import { at, DockerfileError, located } from './dockerfile-error.ts';
import { defaultArgs, metaArguments } from './global-args.ts';
import type { PatternMatcher } from './ignore.ts';
import { type Command, type FromInstruction, parseInstruction } from './instructions.ts';
import type { Linter } from './lint.ts';
import { parseDockerfile } from './parser.ts';
import { HOST_PLATFORM, type Platform, parsePlatform } from './platform.ts';
import { processWords } from './shell-words.ts';
import { draftOf, emptyDraft, label, newStage, reachable, type Stage, type StageCommand } from './stage.ts';
import type { ParsedDockerfile, ParsedStage } from './stages.ts';
import { didYouMean } from './suggest.ts';
import { checkCasing, checkFromVariables, checkStageNames, isImageName } from './validations.ts';
import { type Vertex, vertex } from './vertex.ts';

export interface ConvertOptions {
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly target: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly noCache: boolean;
  readonly noCacheFilter: readonly string[];
  readonly network: string;
  readonly hosts: readonly string[];
  readonly platform: Platform | undefined;
  /** All stages are looked at, as checks do without a target. */
  readonly allStages: boolean;
  /** Finds a base image; throws DockerfileError or EngineError. */
  readonly resolveImage: (reference: string, written: string, platform: Platform | undefined) => Promise<Image>;
  /** The vertex of a context named on the command line, or its image. */
  readonly namedContext: (name: string) => Promise<{ readonly root?: Vertex; readonly image?: Image } | undefined>;
  readonly loadIgnore: () => Promise<PatternMatcher | undefined>;
}

/** What a Dockerfile says to do. */
export interface Converted {
  readonly target: Stage;
  /** All stages, in order. */
  readonly stages: readonly Stage[];
}

/** Turns a Dockerfile into a graph of vertices (BuildKit, dockerfile2llb). Throws DockerfileError. */
export async function convert(dockerfile: ParsedDockerfile, lint: Linter, options: ConvertOptions): Promise<Converted> {
  const converter = new Converter(dockerfile, lint, options);
  return converter.run();
}

class Converter {
  readonly #dockerfile: ParsedDockerfile;
  readonly #lint: Linter;
  readonly #options: ConvertOptions;
  readonly #platform: Platform;
  readonly #stages: Stage[] = [];
  readonly #byName = new Map<string, Stage>();
  #globalArgs: ReadonlyMap<string, string> = new Map();

  constructor(dockerfile: ParsedDockerfile, lint: Linter, options: ConvertOptions) {
    this.#dockerfile = dockerfile;
    this.#lint = lint;
    this.#options = options;
    this.#platform = options.platform ?? HOST_PLATFORM;
  }

  async run(): Promise<Converted> {
    const { stages, escapeToken } = this.#dockerfile;
    const { buildArgs, target } = this.#options;
    checkStageNames(stages, this.#lint);
    checkCasing(stages, this.#lint);
    const defaults = defaultArgs(buildArgs, this.#platform, target || stages.at(-1)!.from.stage);
    this.#checkDefaults(defaults);
    this.#globalArgs = metaArguments(defaults, this.#dockerfile, buildArgs);
    for (const [index, stage] of stages.entries()) this.#addStage(stage, index);
    const result = this.#findTarget();
    for (const stage of [...this.#stages]) this.#addCommands(stage);
    checkCycles(this.#stages);
    if (this.#stages.length === 1) this.#stages[0]!.label = '';
    await this.#resolve(result);
    const ignore = await this.#options.loadIgnore();
    const context: DispatchContext = {
      ...{ escapeToken, globalArgs: this.#globalArgs, buildArgs, lint: this.#lint, ignore },
      context: vertex({ kind: 'local', context: 'context' }, [], { name: '[internal] load build context' }),
      ...{ network: this.#options.network, hosts: this.#options.hosts },
      metaArgs: this.#dockerfile.metaArgs,
    };
    const needed = reachable(result);
    for (const stage of this.#stages) {
      if (stage.dispatched || !(this.#options.allStages || needed.has(stage))) continue;
      inherit(stage);
      stage.dispatched = true;
      begin(stage);
      for (const command of stage.commands) dispatch(stage, command, context);
    }
    const labels = Object.entries(this.#options.labels);
    if (labels.length > 0)
      result.draft.config.Labels = { ...result.draft.config.Labels, ...Object.fromEntries(labels) };
    if (this.#lint.violation) throw new DockerfileError(this.#lint.violation);
    return { target: result, stages: this.#stages };
  }

  /** Base images must have a name even when no build argument is given. */
  #checkDefaults(defaults: ReadonlyMap<string, string>): void {
    const { stages, escapeToken } = this.#dockerfile;
    try {
      const values = metaArguments(defaults, this.#dockerfile, new Map());
      for (const { from } of stages)
        if (!isImageName(processWords(from.base, values, { escape: escapeToken }).result))
          this.#lint.run('InvalidDefaultArgInFrom', from.location, from.base);
    } catch (error) {
      // The build itself will say what is wrong.
      if (!(error instanceof DockerfileError)) throw error;
    }
  }

  #addStage({ from, commands }: ParsedStage, index: number): void {
    const { escapeToken } = this.#dockerfile;
    const declared = new Set([
      ...this.#globalArgs.keys(),
      ...this.#dockerfile.metaArgs.flatMap(({ args }) => args.map(({ key }) => key)),
    ]);
    const words = at(from.location, () => processWords(from.base, this.#globalArgs, { escape: escapeToken }));
    checkFromVariables(words.unmatched, declared, from.location, this.#lint);
    if (words.result === '') throw new DockerfileError(`base name (${from.base}) should not be blank`, from.location);
    const noCache = this.#options.noCache || (from.stage !== '' && this.#options.noCacheFilter.includes(from.stage));
    const stage = newStage(
      {
        ...{ base: words.result, from, name: from.stage, label: from.stage || `stage-${index}` },
        ...{ location: from.location, unregistered: false, ignoreCache: noCache },
      },
      this.#platform,
    );
    if (from.platform !== '') stage.platform = this.#stagePlatform(from, declared);
    stage.commands = commands.map((command) => ({ command, sources: [], onBuild: false }));
    this.#add(stage);
    stage.total =
      (stage.base === 'scratch' || stage.parent ? 0 : 1) + commands.filter(({ kind }) => makesVertex(kind)).length;
  }

  #stagePlatform(from: FromInstruction, declared: ReadonlySet<string>): Platform {
    const { location, platform: written } = from;
    const words = at(location, () => processWords(written, this.#globalArgs, { escape: this.#dockerfile.escapeToken }));
    checkFromVariables(words.unmatched, declared, location, this.#lint);
    if (words.matched.size === 1 && words.unmatched.size === 0 && words.matched.has('TARGETPLATFORM'))
      if (words.result === this.#globalArgs.get('TARGETPLATFORM'))
        this.#lint.run('RedundantTargetPlatform', location, written);
    const meant = [...words.unmatched].map((name) => didYouMean(name, this.#globalArgs.keys())).join('');
    if (words.result === '')
      throw new DockerfileError(`empty platform value from expression ${written}${meant}`, location);
    let platform: Platform;
    try {
      platform = parsePlatform(words.result);
    } catch (error) {
      if (!(error instanceof DockerfileError)) throw error;
      throw new DockerfileError(`failed to parse platform ${written}: ${error.message}${meant}`, location, location);
    }
    if (words.matched.size === 0 && words.unmatched.size === 0)
      if (!from.stage.includes(platform.os) && !from.stage.includes(platform.architecture))
        this.#lint.run('FromPlatformFlagConstDisallowed', location, words.result);
    return platform;
  }

  #add(stage: Stage): void {
    this.#stages.push(stage);
    stage.parent = this.#byName.get(stage.base);
    if (stage.name !== '') this.#byName.set(stage.name.toLowerCase(), stage);
  }

  #findTarget(): Stage {
    const { target } = this.#options;
    if (target === '') return this.#stages.at(-1)!;
    const found = this.#byName.get(target.toLowerCase());
    if (found) return found;
    const names = this.#stages.map(({ label: name }) => name);
    throw new DockerfileError(`target stage ${JSON.stringify(target)} could not be found${didYouMean(target, names)}`);
  }

  #addCommands(stage: Stage): void {
    stage.commands = stage.commands.map(({ command }) => this.#command(stage, command, false));
  }

  /** A command with the stages that it takes files from. */
  #command(stage: Stage, command: Command, onBuild: boolean): StageCommand {
    const sources: Stage[] = [];
    if (command.kind === 'copy' && command.from !== '') {
      if (command.from.includes('$') && processWords(command.from).result !== command.from)
        throw new DockerfileError(
          'variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround',
          ...(onBuild ? [command.location] : []),
        );
      sources.push(this.#source(command.from, command, true));
    } else if (command.kind === 'run') {
      for (const text of command.mounts) {
        const from = /(?:^|,)from=([^,]*)/i.exec(text)?.[1] ?? 'scratch';
        if (/\$./.test(from))
          throw new DockerfileError("'from' doesn't support variable expansion, define alias stage instead");
        sources.push(this.#source(from, command, false));
      }
    }
    for (const source of sources) {
      stage.dependencies.set(source, command);
      if (!this.#stages.includes(source)) this.#add(source);
    }
    return { command, sources, onBuild };
  }

  #source(name: string, command: Command, indexed: boolean): Stage {
    if (indexed && /^[+-]?\d+$/.test(name)) {
      const found = this.#stages[Number(name)];
      if (!found) throw new DockerfileError(`invalid stage index ${Number(name)}`);
      return found;
    }
    return (
      this.#byName.get(name.toLowerCase()) ??
      newStage(
        {
          ...{ base: name, from: undefined, name: '', label: '', location: command.location },
          ...{ unregistered: true, ignoreCache: false },
        },
        this.#platform,
      )
    );
  }

  async #resolve(target: Stage): Promise<void> {
    for (let more = true; more; ) {
      more = false;
      const needed = this.#options.allStages ? new Set(this.#stages) : reachable(target);
      for (const stage of [...this.#stages])
        if (!stage.parent && !stage.resolved && needed.has(stage)) await this.#resolveBase(stage);
      for (const stage of [...this.#stages]) if (needed.has(stage) && this.#triggers(stage)) more = true;
    }
  }

  /** Puts the ONBUILD commands of a base before a stage's own; true when they need other stages. */
  #triggers(stage: Stage): boolean {
    if (stage.onBuildDone || stage.dispatched) return false;
    stage.onBuildDone = true;
    const own = stage.parent?.commands ?? [];
    const triggers = stage.parent
      ? own.flatMap(({ command }) => (command.kind === 'onbuild' ? [command.expression] : []))
      : (stage.draft.config.OnBuild ?? []);
    if (!stage.parent) delete stage.draft.config.OnBuild;
    if (triggers.length === 0) return false;
    const commands = triggers.map((trigger) => {
      const [node, ...others] = parseDockerfile(trigger).nodes;
      if (!node || others.length > 0)
        throw new DockerfileError('onbuild trigger should be a single expression', stage.location);
      const command = at(stage.location, () => parseInstruction({ ...node, location: stage.location }));
      return this.#command(stage, command as Command, true);
    });
    stage.commands = [...commands, ...stage.commands];
    stage.total += commands.length;
    return commands.some(({ sources }) => sources.length > 0);
  }

  async #resolveBase(stage: Stage): Promise<void> {
    stage.resolved = true;
    if (stage.unregistered) stage.dispatched = true;
    if (stage.base === 'scratch') {
      stage.draft = emptyDraft(this.#platform);
      return;
    }
    try {
      const named =
        (stage.name === '' ? undefined : await this.#options.namedContext(stage.name)) ??
        (await this.#options.namedContext(stage.base));
      if (named?.root || named?.image) {
        stage.root = named.root;
        if (named.image) stage.draft = draftOf(named.image);
        return;
      }
      this.#useImage(
        stage,
        await this.#options.resolveImage(
          baseReference(stage.base),
          stage.base,
          stage.platform ?? this.#options.platform,
        ),
        baseReference(stage.base),
      );
    } catch (error) {
      throw located(this.#withSuggestion(error, stage), stage.location);
    }
  }

  /** A name that leads to no image may be a slip of a stage's name, or of a common image's. */
  #withSuggestion(error: unknown, { base }: Stage): unknown {
    if (!(error instanceof DockerfileError) || error.block === '') return error;
    const stages = this.#stages.map((stage) => stage.label).filter((name) => name !== '');
    const images = COMMON.flatMap((name) => [name, `${name}:latest`]);
    const message = `${error.message}${didYouMean(base, [...stages, ...images])}`;
    return Object.assign(new DockerfileError(message), { block: error.block });
  }

  #useImage(stage: Stage, image: Image, reference: string): void {
    stage.draft = draftOf(image);
    if (image.layers.length === 0) return;
    stage.root = vertex({ kind: 'image', image: image.id, reference }, [], {
      name: label(stage, `FROM ${reference}`),
      location: stage.location,
    });
  }
}

/** Images whose names people mistype (BuildKit, commonImageNames). */
const COMMON = ['alpine', 'busybox', 'centos', 'debian', 'golang', 'ubuntu', 'fedora'];

const makesVertex = (kind: Command['kind']) => ['add', 'copy', 'run', 'workdir'].includes(kind);

/** A base image's name in full: `docker.io/library/alpine:latest`. Throws DockerfileError. */
function baseReference(name: string): string {
  try {
    const reference = parseNormalized(name);
    return referenceText(
      reference.tag === undefined && reference.digest === undefined ? { ...reference, tag: 'latest' } : reference,
    );
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    // The client of the solver names the path where the reference names what was written.
    const message = error.message.replace(
      /repository name \(([^)/]+)\) must/,
      (_, path: string) => `repository name (library/${path}) must`,
    );
    throw new DockerfileError(`failed to parse stage name ${JSON.stringify(name)}: ${message}`);
  }
}

/** Takes over what the stage below has. */
function inherit(stage: Stage): void {
  const { parent } = stage;
  if (!parent) return;
  stage.root = parent.root;
  stage.platform = parent.platform;
  stage.draft = {
    ...parent.draft,
    config: { ...parent.draft.config },
    history: [...parent.draft.history],
  };
  delete stage.draft.config.OnBuild;
  stage.environment = new Map(parent.environment);
  stage.folder = parent.folder;
  stage.workdirSet = parent.workdirSet;
  stage.buildArgs = [...parent.buildArgs];
  for (const [key, value] of parent.outline) stage.outline.set(key, value);
}

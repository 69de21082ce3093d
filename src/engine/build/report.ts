import { encode } from '../bytes.ts';
import { sha256Hex } from '../digest.ts';
import type { Engine } from '../engine.ts';
import type { Directory, FileNode } from '../files/node.ts';
import { walk } from '../files/tree.ts';
import { contentDigest, find, glob } from './content.ts';
import type { Converted } from './convert.ts';
import { PatternMatcher } from './ignore.ts';
import { reachable, type Stage } from './stage.ts';
import type { CopyAction, Vertex } from './vertex.ts';

/** What became of a step; `waiting` when the build ended before its turn. */
export type Outcome = 'cached' | 'done' | 'failed' | 'canceled' | 'waiting';

/**
 * Why a step was not taken from the cache: it is new, its instruction or what is set above it (ENV, ARG, WORKDIR, USER)
 * changed, files that it takes changed, its base image or another stage changed, it was told not to use the cache, the
 * cache was emptied, or a step `above` it was done anew.
 */
export type CacheBreak =
  | 'new'
  | 'instruction'
  | 'settings'
  | 'files'
  | 'base'
  | 'stage'
  | 'no-cache'
  | 'pruned'
  | 'above';

/** An instruction that makes a vertex, as the build left it. */
export interface StepReport {
  /** As progress shows it: `[build 2/4] RUN make`. */
  readonly name: string;
  readonly kind: Vertex['operation']['kind'];
  /** Line in the Dockerfile; 0: of none. */
  readonly line: number;
  readonly outcome: Outcome;
  /** Set where the step was not cached and might have been. */
  readonly because?: CacheBreak;
  /** Files that changed since the build before, when that is the reason. */
  readonly changed?: readonly string[];
  /** What tells this step from another with the same name; not for eyes. */
  readonly fingerprint: Fingerprint;
}

interface Fingerprint {
  readonly operation: string;
  readonly key: string;
  /** Digests of the files copied from the context, by path; none when there are too many. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface StageReport {
  /** Its name, or its number as progress shows it (`stage-1`); empty when it is the only one. */
  readonly name: string;
  /** Base image or stage as written, variables replaced. */
  readonly base: string;
  /** No stage of the Dockerfile but an image that COPY --from or a mount names. */
  readonly external: boolean;
  /** Whether the target needs it: the others are not built. */
  readonly needed: boolean;
  /** Position of the stage that it builds on, and of those whose files it takes. */
  readonly parent?: number;
  readonly sources: readonly number[];
  readonly steps: readonly StepReport[];
}

/** A build that has ended, as it can be shown. Plain data. */
export interface BuildReport {
  readonly context: string;
  readonly dockerfile: string;
  readonly tags: readonly string[];
  readonly started: number;
  readonly ended: number;
  /** Empty when there is none: the build failed, or only files were exported. */
  readonly imageId: string;
  /** What follows `failed to solve: `. */
  readonly error?: string;
  /** Position of the stage that was asked for. */
  readonly target: number;
  /** None when the Dockerfile could not be read, or a base image was not found. */
  readonly stages: readonly StageReport[];
}

const KEY = 'buildReports';
/** So many Dockerfiles are remembered, each with its last build. */
const KEPT = 8;
/** More files than this are not told apart one by one. */
const FILES_TOLD = 200;

/** The last builds, each of another Dockerfile or context, the newest first. */
export function buildReports({ extensions }: { readonly extensions: Readonly<Record<string, unknown>> }) {
  return (extensions[KEY] as readonly BuildReport[] | undefined) ?? [];
}

/** What the solver noted of its vertices, by their digests. */
export interface SolverNotes {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly keys: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

type About = Omit<BuildReport, 'stages' | 'target'>;

/** Remembers a build that has ended, and why its steps were not cached. */
export function keepReport({ state }: Engine, about: About, converted?: Converted, notes?: SolverNotes): void {
  const reports = buildReports(state);
  const same = (other: BuildReport) => other.context === about.context && other.dockerfile === about.dockerfile;
  const before = reports.find(same);
  const stages = converted && notes ? stageReports(converted, notes, before?.stages) : [];
  const report: BuildReport = {
    ...about,
    stages,
    target: converted ? shownStages(converted).indexOf(converted.target) : 0,
  };
  const others = reports.filter((other) => !same(other));
  state.extensions = { ...state.extensions, [KEY]: [report, ...others].slice(0, KEPT) };
}

/** Stages of the Dockerfile, and the images that the needed ones take files from. */
function shownStages({ target, stages }: Converted): Stage[] {
  const needed = reachable(target);
  return stages.filter((stage) => !stage.unregistered || (needed.has(stage) && stage.base !== 'scratch'));
}

function stageReports(converted: Converted, notes: SolverNotes, before: readonly StageReport[] = []): StageReport[] {
  const needed = reachable(converted.target);
  const shown = shownStages(converted);
  const position = (stage: Stage) => shown.indexOf(stage);
  return shown.map((stage): StageReport => {
    const name = stage.label;
    const old = before.find((other) => other.name === name && other.external === stage.unregistered);
    return {
      ...{ name, base: stage.base, external: stage.unregistered, needed: needed.has(stage) },
      ...(stage.parent ? { parent: position(stage.parent) } : {}),
      sources: [...stage.dependencies.keys()].map(position).filter((at) => at >= 0),
      steps: needed.has(stage) ? stepReports(stepsOf(stage), notes, old?.steps) : [],
    };
  });
}

/** The vertices that a stage adds to what it builds on, the first one first. */
function stepsOf(stage: Stage): Vertex[] {
  const steps: Vertex[] = [];
  for (let at = stage.root; at && at !== stage.parent?.root; at = at.inputs[0]) steps.unshift(at);
  return steps;
}

function stepReports(steps: readonly Vertex[], notes: SolverNotes, old?: readonly StepReport[]): StepReport[] {
  let rebuilt = false;
  let base: StepReport | undefined;
  return steps.map((step, index) => {
    const { name, operation, location } = step;
    const outcome = notes.outcomes.get(step.digest) ?? 'waiting';
    const files = notes.files.get(step.digest);
    const fingerprint: Fingerprint = {
      operation: sha256Hex(encode(JSON.stringify(operation))).slice(0, 16),
      key: notes.keys.get(step.digest) ?? '',
      ...(files ? { files } : {}),
    };
    const report: StepReport = { name, kind: operation.kind, line: location[0]?.start ?? 0, outcome, fingerprint };
    base ??= report;
    if (operation.kind === 'image' || (outcome !== 'done' && outcome !== 'failed')) return report;
    const reason = rebuilt ? { because: 'above' as const } : reasonOf(step, report, old?.[index], base, old?.[0]);
    rebuilt = true;
    return { ...report, ...reason };
  });
}

const text = (name: string) => name.replace(/^\[[^\]]*\] /, '');

function reasonOf(
  step: Vertex,
  now: StepReport,
  old: StepReport | undefined,
  base: StepReport,
  oldBase: StepReport | undefined,
): Pick<StepReport, 'because' | 'changed'> {
  if (step.ignoreCache) return { because: 'no-cache' };
  if (!old || old.outcome === 'waiting' || old.outcome === 'failed') return { because: 'new' };
  if (text(old.name) !== text(now.name)) return { because: 'instruction' };
  if (old.fingerprint.key === now.fingerprint.key) return { because: 'pruned' };
  if (base.kind === 'image' && oldBase?.kind === 'image' && base.fingerprint.key !== oldBase.fingerprint.key)
    return { because: 'base' };
  const { files: before } = old.fingerprint;
  const { files } = now.fingerprint;
  if (before && files) {
    const changed = [...new Set([...Object.keys(files), ...Object.keys(before)])].filter(
      (path) => files[path] !== before[path],
    );
    if (changed.length > 0) return { because: 'files', changed: changed.sort() };
  }
  if (old.fingerprint.operation !== now.fingerprint.operation) return { because: 'settings' };
  const fromStage = step.inputs.slice(1).some((input) => input && input.operation.kind !== 'local');
  return { because: fromStage ? 'stage' : 'files' };
}

/** Digests of the files that copies take from a context, by path. */
export function copiedFiles(tree: Directory, actions: readonly CopyAction[]): Record<string, string> | undefined {
  const files: Record<string, string> = {};
  let count = 0;
  const add = (path: string, node: FileNode) => {
    count += 1;
    files[path.replace(/^\//, '')] = contentDigest(node).slice(0, 12);
  };
  for (const { source, wildcard, exclude } of actions) {
    const matcher = exclude.length > 0 ? new PatternMatcher(exclude) : undefined;
    for (const path of wildcard ? glob(tree, source) : [source]) {
      const found = find(tree, path);
      if (!found) continue;
      if (found.node.type !== 'directory') add(found.path, found.node);
      else
        for (const [below, node] of walk(found.node, found.path.replace(/\/$/, ''))) {
          if (count > FILES_TOLD) return undefined;
          if (node.type !== 'directory' && !matcher?.matches(below.slice(1))) add(below, node);
        }
    }
  }
  return files;
}

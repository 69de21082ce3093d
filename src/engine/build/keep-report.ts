import { encode } from '../bytes.ts';
import { sha256Hex } from '../digest.ts';
import type { Engine } from '../engine.ts';
import type { Directory, FileNode } from '../files/node.ts';
import { walk } from '../files/tree.ts';
import { contentDigest, find, glob } from './content.ts';
import type { Converted } from './convert.ts';
import { PatternMatcher } from './ignore.ts';
import {
  type BuildReport,
  buildReports,
  type Fingerprint,
  type Outcome,
  type StageReport,
  type StepReport,
  sameSource,
  withReport,
} from './report.ts';
import { reachable, type Stage } from './stage.ts';
import type { CopyAction, Vertex } from './vertex.ts';

/** More files than this are not told apart one by one. */
const FILES_TOLD = 200;

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
  const before = reports.find((other) => sameSource(other, about));
  const stages = converted && notes ? stageReports(converted, notes, before?.stages) : [];
  const report: BuildReport = {
    ...about,
    stages,
    target: converted ? shownStages(converted).indexOf(converted.target) : 0,
  };
  state.extensions = { ...state.extensions, ...withReport(reports, report) };
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

import { type BuildReport, buildReports, type StageReport, type StepReport } from '../../engine/build/report.ts';
import { truncateId } from '../../engine/images/reference.ts';
import type { EngineState } from '../../engine/state.ts';
import { type Action, action, shellWord } from './action.ts';

/** An instruction of a stage. */
export interface StepView extends Pick<StepReport, 'outcome' | 'because' | 'line' | 'kind'> {
  /** Without the stage and the number before it. */
  readonly text: string;
  readonly changed: readonly string[];
}

export interface StageView extends Pick<StageReport, 'base' | 'external' | 'needed' | 'sources'> {
  /** Name of the stage; of the image when it is none. */
  readonly name: string;
  readonly parent?: number;
  readonly target: boolean;
  /** How many stages lie before it on the longest way. */
  readonly depth: number;
  readonly outcome: 'cached' | 'done' | 'failed' | 'skipped';
  readonly steps: readonly StepView[];
}

export interface BuildView {
  readonly dockerfile: string;
  /** When it ended, virtual milliseconds since 1970: tells one build from the next. */
  readonly ended: number;
  readonly tags: readonly string[];
  /** Short; empty when there is none. */
  readonly image: string;
  readonly error: string;
  readonly stages: readonly StageView[];
  /** Steps that could come from the cache, and how many of them did. */
  readonly steps: number;
  readonly cached: number;
  readonly actions: readonly Action[];
}

/** What the builder keeps for later builds. */
export interface CacheView {
  readonly records: number;
  readonly size: number;
  readonly actions: readonly Action[];
}

/** The last build, however it ended; nothing when there was none. */
export function buildView(state: EngineState): BuildView | undefined {
  const [report] = buildReports(state);
  if (!report) return undefined;
  const stages = report.stages.map((_, index) => stageView(report, index));
  const steps = stages.flatMap((stage) => stage.steps).filter(({ kind }) => kind !== 'image');
  const { dockerfile, ended, tags, error = '', imageId } = report;
  return {
    ...{ dockerfile, ended, tags, error, stages, image: truncateId(imageId) },
    steps: steps.length,
    cached: steps.filter(({ outcome }) => outcome === 'cached').length,
    actions: buildActions(report),
  };
}

export function cacheView({ buildCache }: EngineState): CacheView {
  const records = [...buildCache.values()].filter(({ type }) => type === 'regular');
  return {
    records: buildCache.size,
    size: records.reduce((sum, { size }) => sum + size, 0),
    actions: [
      action('usage', 'docker', 'buildx', 'du'),
      { verb: 'prune', line: 'docker builder prune -af', destroys: true },
    ],
  };
}

function stageView({ stages, target }: BuildReport, index: number): StageView {
  const { name, base, external, needed, parent, sources, steps } = stages[index]!;
  const shown = steps.map(({ name: text, outcome, because, changed = [], line, kind }): StepView => {
    const step = {
      text: text.replace(/^\[[^\]]*\] /, '').replace(/^FROM docker\.io\/(?:library\/)?/, 'FROM '),
      outcome,
      line,
      kind,
      changed,
    };
    return because ? { ...step, because } : step;
  });
  const own = shown.filter(({ kind }) => kind !== 'image');
  return {
    ...{ name: external ? base : name === '' ? base : name, base, external, needed, sources },
    ...(parent === undefined ? {} : { parent }),
    ...{ target: index === target, depth: depthOf(stages, index), steps: shown },
    outcome: !needed
      ? 'skipped'
      : shown.some(({ outcome }) => outcome === 'failed' || outcome === 'canceled')
        ? 'failed'
        : own.some(({ outcome }) => outcome === 'waiting')
          ? 'skipped'
          : own.every(({ outcome }) => outcome === 'cached')
            ? 'cached'
            : 'done',
  };
}

function depthOf(stages: readonly StageReport[], index: number): number {
  const { parent, sources } = stages[index]!;
  const before = parent === undefined ? sources : [parent, ...sources];
  return before.length === 0 ? 0 : 1 + Math.max(...before.map((at) => depthOf(stages, at)));
}

function buildActions({ tags, imageId, dockerfile, context }: BuildReport): Action[] {
  const [tag] = tags;
  const file = dockerfile === 'Dockerfile' ? [] : ['-f', dockerfile];
  const folder = context === '' || context === '/root/lab' ? '.' : context;
  const build = ['docker', 'build', ...file, ...(tag === undefined ? [] : ['-t', tag])];
  const name = tag ?? truncateId(imageId);
  return [
    { verb: 'build', line: [...build, folder].map(shellWord).join(' ') },
    { verb: 'build', line: [...build, '--no-cache', folder].map(shellWord).join(' ') },
    ...(imageId === ''
      ? []
      : [action('run', 'docker', 'run', '--rm', name), action('history', 'docker', 'history', name)]),
  ];
}

import type { Operation } from './vertex.ts';

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
  readonly kind: Operation['kind'];
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

export interface Fingerprint {
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
/** The last builds, each of another Dockerfile or context, the newest first. */
export function buildReports({ extensions }: { readonly extensions: Readonly<Record<string, unknown>> }) {
  return (extensions[KEY] as readonly BuildReport[] | undefined) ?? [];
}

/** The same with one more; it takes the place of the last build of the same Dockerfile. */
export function withReport(reports: readonly BuildReport[], report: BuildReport): Readonly<Record<string, unknown>> {
  return { [KEY]: [report, ...reports.filter((other) => !sameSource(other, report))].slice(0, KEPT) };
}

/** Whether two builds are of one Dockerfile and context. */
export function sameSource(a: Pick<BuildReport, 'context' | 'dockerfile'>, b: typeof a): boolean {
  return a.context === b.context && a.dockerfile === b.dockerfile;
}

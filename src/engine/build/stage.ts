import type { HistoryEntry, Image, ImageConfig } from '../images/image.ts';
import type { Range } from './dockerfile-error.ts';
import type { ArgDefinition, Command, FromInstruction } from './instructions.ts';
import type { Platform } from './platform.ts';
import type { Vertex } from './vertex.ts';

/** An image's description while it is being built. */
export interface Draft {
  config: Mutable<ImageConfig>;
  author: string;
  history: DraftHistory[];
  architecture: string;
  os: string;
}

/** A line of history; a base image's own keeps its time, a new one gets that of the layer it belongs to. */
export type DraftHistory = Omit<HistoryEntry, 'created'> & { readonly created?: number };

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface StageCommand {
  readonly command: Command;
  /** Stages whose files it uses, by the position of the mount (RUN), or the only one (COPY --from). */
  readonly sources: readonly Stage[];
  readonly onBuild: boolean;
}

/** A stage while its instructions are turned into vertices (BuildKit, dockerfile2llb, dispatchState). */
export interface Stage {
  /** Base image as it was written, variables replaced. */
  base: string;
  readonly from: FromInstruction | undefined;
  readonly name: string;
  /** As progress shows it; empty when there is only one stage. */
  label: string;
  readonly location: readonly Range[];
  /** Stage that this one builds on. */
  parent: Stage | undefined;
  /** An image that COPY --from or a mount names, no stage of the Dockerfile. */
  readonly unregistered: boolean;
  commands: StageCommand[];
  readonly dependencies: Map<Stage, Command>;
  platform: Platform | undefined;
  resolved: boolean;
  onBuildDone: boolean;
  dispatched: boolean;
  readonly ignoreCache: boolean;
  total: number;
  index: number;
  onBuild: boolean;
  root: Vertex | undefined;
  draft: Draft;
  /** Environment of RUN: ARG and ENV together. */
  environment: Map<string, string>;
  folder: string;
  buildArgs: ArgDefinition[];
  workdirSet: boolean;
  /** Where CMD, ENTRYPOINT and HEALTHCHECK were set in this stage. */
  readonly set: Map<string, readonly Range[]>;
  /** Arguments with their values, for `--call=outline`. */
  readonly outline: Map<
    string,
    { readonly definition: ArgDefinition; readonly value: string; readonly location: readonly Range[] }
  >;
}

export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What `FROM scratch` begins with. */
export function emptyDraft({ os, architecture }: Platform): Draft {
  return { config: { WorkingDir: '/', Env: [`PATH=${DEFAULT_PATH}`] }, author: '', history: [], os, architecture };
}

export function draftOf(image: Image): Draft {
  const { config, author, history, architecture, os } = image;
  return { config: { ...config }, author, history: [...history], architecture, os };
}

export function newStage(
  about: Pick<Stage, 'base' | 'from' | 'name' | 'label' | 'location' | 'unregistered' | 'ignoreCache'>,
  platform: Platform,
): Stage {
  return {
    ...about,
    ...{ parent: undefined, commands: [], dependencies: new Map(), platform: undefined, resolved: false },
    ...{ onBuildDone: false, dispatched: false, total: 0, index: 0, onBuild: false, root: undefined },
    ...{ draft: emptyDraft(platform), environment: new Map(), folder: '/', buildArgs: [], workdirSet: false },
    ...{ set: new Map(), outline: new Map() },
  };
}

/** Adds a line of history; `layer` when the instruction makes one, `suffix` when BuildKit marks it. */
export function commit(stage: Stage, createdBy: string, layer = false, suffix = false): void {
  stage.draft.history.push({
    createdBy: suffix ? `${createdBy} # buildkit` : createdBy,
    comment: 'buildkit.dockerfile.v0',
    emptyLayer: !layer,
  });
}

/** Stages that a stage needs, itself first. */
export function reachable(stage: Stage, found = new Set<Stage>()): Set<Stage> {
  if (found.has(stage)) return found;
  found.add(stage);
  if (stage.parent) reachable(stage.parent, found);
  for (const dependency of stage.dependencies.keys()) reachable(dependency, found);
  return found;
}

/** The name of a vertex: `[stage 2/4] NAME`. */
export function label(stage: Stage, name: string): string {
  if (stage.total === 0) return name;
  stage.index += 1;
  const width = Math.floor(1 + Math.log10(stage.total));
  const counter = `${String(stage.index).padStart(width)}/${stage.total}`;
  return `[${stage.label === '' ? '' : `${stage.label} `}${counter}] ${stage.onBuild ? 'ONBUILD ' : ''}${name}`;
}

import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { Directory } from '../files/node.ts';

/** What `docker build` sends to BuildKit. */
export interface BuildRequest {
  readonly context: Directory;
  /** Dockerfile text and its name for messages; undefined: not found in the context. */
  readonly dockerfile: string | undefined;
  readonly dockerfileName: string;
  readonly dockerignore?: string;
  readonly tags: readonly string[];
  readonly target?: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly noCache: boolean;
  readonly noCacheFilter: readonly string[];
  readonly pull: boolean;
  readonly network: string;
  readonly platforms: readonly string[];
  readonly secrets: ReadonlyMap<string, string>;
  readonly addHosts: readonly string[];
  readonly namedContexts: ReadonlyMap<string, Directory | string>;
}

/** One event of a build's progress, in the order in which `--progress=plain` prints them. */
export interface BuildProgress {
  readonly line: string;
}

export interface BuildResult {
  readonly imageId: string;
}

/** Builds an image. Owner may change this shape; src/cli/build and src/compose use it. */
export async function buildImage(
  _engine: Engine,
  _request: BuildRequest,
  _onProgress: (progress: BuildProgress) => void,
): Promise<BuildResult> {
  throw new EngineError(501, 'not modelled yet');
}

import { EngineError } from '../errors.ts';
import type { Directory } from '../files/node.ts';
import type { Image } from '../images/image.ts';
import type { Converted } from './convert.ts';
import type { DockerfileError } from './dockerfile-error.ts';
import type { Warning } from './lint.ts';

/** What `docker build` sends to BuildKit. */
export interface BuildRequest {
  /** The folder that is sent, as the host has it. */
  readonly context: Directory;
  /** Dockerfile text (Unicode); undefined: there is no such file. */
  readonly dockerfile: string | undefined;
  /** Its name for messages, without folders: `Dockerfile`. */
  readonly dockerfileName: string;
  /** Text of the .dockerignore that counts: `NAME.dockerignore` beside the Dockerfile, else the context's own. */
  readonly dockerignore?: string;
  /** What tells this context from another one: its path. */
  readonly contextName?: string;
  /** The context came as an archive, the Dockerfile in it. */
  readonly archive?: boolean;
  readonly tags: readonly string[];
  readonly target?: string;
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly noCache: boolean;
  readonly noCacheFilter: readonly string[];
  readonly pull: boolean;
  /** `default`, `none` or `host`. */
  readonly network: string;
  readonly platforms: readonly string[];
  /** Values as byte strings, by id. */
  readonly secrets: ReadonlyMap<string, string>;
  /** `NAME:ADDRESS`. */
  readonly addHosts: readonly string[];
  /** Folders, or references of images (`docker-image://…`), by name. */
  readonly namedContexts: ReadonlyMap<string, Directory | string>;
  /** Makes no image; the files are exported by the caller. What progress calls it: `client directory`, `client tarball`. */
  readonly exportTo?: string;
  /** Name of the service that Compose or Bake builds. */
  readonly service?: string;
  /** Number of the last vertex that was printed before, for builds that share one progress. */
  readonly firstVertex?: number;
}

export interface BuildResult {
  /** Empty when only files were exported. */
  readonly imageId: string;
  readonly tree: Directory;
  readonly warnings: readonly Warning[];
  /** Number of the last vertex. */
  readonly lastVertex: number;
  /** Base images: reference and id. */
  readonly bases: readonly { readonly reference: string; readonly image: Image }[];
}

/** A build that failed. The message is what follows `failed to solve: `. */
export class BuildError extends EngineError {
  /** What is printed above the message: excerpts of the Dockerfile. */
  readonly excerpts: string;
  /** Repeated output of the vertex that failed; printed even above warnings. */
  readonly block: string;
  readonly warnings: readonly Warning[];

  constructor(message: string, excerpts: string, block: string, warnings: readonly Warning[]) {
    super(500, message);
    this.excerpts = excerpts;
    this.block = block;
    this.warnings = warnings;
  }
}

/** What a look at a Dockerfile finds without building it. */
export interface CheckResult {
  readonly warnings: readonly Warning[];
  /** The error that stopped the look, with its place. */
  readonly error?: Pick<DockerfileError, 'message' | 'locations' | 'block'>;
  readonly converted?: Converted;
}

/** Health check of an image or a container; durations in nanoseconds (Engine API, HealthConfig). */
export interface HealthConfig {
  readonly Test?: readonly string[];
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

/** Execution parameters of an image (OCI image specification, "config", with Docker's additions). */
export interface ImageConfig {
  readonly User?: string;
  readonly ExposedPorts?: Readonly<Record<string, object>>;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Volumes?: Readonly<Record<string, object>>;
  readonly WorkingDir?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
  readonly Healthcheck?: HealthConfig;
  readonly OnBuild?: readonly string[];
  readonly Shell?: readonly string[];
  readonly ArgsEscaped?: boolean;
}

/** One line of an image's history (OCI image specification, "history"). */
export interface HistoryEntry {
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly createdBy: string;
  readonly comment: string;
  /** Metadata only, without a layer. */
  readonly emptyLayer: boolean;
  readonly author?: string;
}

/** An image as the engine keeps it: content-addressed, its layers shared with others. */
export interface Image {
  /** `sha256:` and the digest of its configuration. */
  readonly id: string;
  readonly created: number;
  readonly architecture: string;
  readonly os: string;
  readonly author: string;
  readonly config: ImageConfig;
  readonly history: readonly HistoryEntry[];
  /** Chain ids of its layers, the lowest first. */
  readonly layers: readonly string[];
  /** Whether BuildKit made it here, and its parent for `docker commit`. */
  readonly parent: string;
  readonly comment: string;
  /** When a tag was last put on it, milliseconds since 1970; 0: never. */
  readonly lastTagged: number;
  /** Version of the engine that made it, when that was not BuildKit. */
  readonly dockerVersion?: string;
}

/** A layer in the place that its chain id names (OCI image specification, "Layer ChainID"). */
export interface Layer {
  readonly chainId: string;
  readonly diffId: string;
  /** Chain id of the layer below; empty for the lowest. */
  readonly parent: string;
  /** Bytes of the files it adds. */
  readonly size: number;
  /** Key in the state's trees of all layers up to this one, one over the other. */
  readonly tree: string;
}

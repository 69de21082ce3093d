import { decode, encode } from '../bytes.ts';
import type { EngineState } from '../state.ts';
import { formatTime, ZERO_TIME } from '../time.ts';
import type { HealthConfig, HistoryEntry, Image, ImageConfig } from './image.ts';
import type { NewImage } from './store.ts';

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain | undefined };

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Drops fields that Go's `omitempty` drops. */
export function omitEmpty(fields: Readonly<Record<string, unknown>>): Record<string, Plain> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value))) as Record<string, Plain>;
}

/** A Go map as JSON writes it: keys sorted. */
export function sortedMap(map: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> | undefined {
  return map && Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function health({ Test, Interval, Timeout, StartPeriod, StartInterval, Retries }: HealthConfig) {
  return omitEmpty({
    Test,
    Interval: Interval || undefined,
    Timeout: Timeout || undefined,
    StartPeriod: StartPeriod || undefined,
    StartInterval: StartInterval || undefined,
    Retries: Retries || undefined,
  });
}

/** The execution parameters in the order of Docker's OCI configuration, empty ones left out. */
export function ociConfig(config: ImageConfig): Record<string, Plain> {
  return omitEmpty({
    User: config.User,
    ExposedPorts: sortedMap(config.ExposedPorts),
    Env: config.Env,
    Entrypoint: config.Entrypoint,
    Cmd: config.Cmd,
    Volumes: sortedMap(config.Volumes),
    WorkingDir: config.WorkingDir,
    Labels: sortedMap(config.Labels),
    StopSignal: config.StopSignal,
    ArgsEscaped: config.ArgsEscaped,
    Healthcheck: config.Healthcheck && health(config.Healthcheck),
    OnBuild: config.OnBuild,
    Shell: config.Shell,
  });
}

/** JSON as Go writes it, `<`, `>` and `&` escaped, as a byte string. */
export function goJson(value: unknown): string {
  const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return encode(JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, escaped));
}

/** The configuration of an image as its blob: what the image id is the digest of (OCI image specification, "Image Configuration"). */
export function configJson(state: EngineState, image: Omit<Image, 'id'>): string {
  return goJson({
    architecture: image.architecture,
    ...(image.author === '' ? {} : { author: image.author }),
    config: ociConfig(image.config),
    created: formatTime(image.created),
    ...(image.dockerVersion ? { docker_version: image.dockerVersion } : {}),
    ...(image.comment === '' ? {} : { comment: image.comment }),
    history: image.history.map(({ created, createdBy, comment, author, emptyLayer }) => ({
      created: formatTime(created),
      ...(createdBy === '' ? {} : { created_by: createdBy }),
      ...(author ? { author } : {}),
      ...(comment === '' ? {} : { comment }),
      ...(emptyLayer ? { empty_layer: true } : {}),
    })),
    os: image.os,
    rootfs: { type: 'layers', diff_ids: image.layers.map((chain) => state.layers.get(chain)!.diffId) },
  });
}

interface ConfigBlob {
  readonly architecture?: string;
  readonly author?: string;
  readonly config?: ImageConfig;
  readonly created?: string;
  readonly docker_version?: string;
  readonly comment?: string;
  readonly history?: readonly {
    readonly created?: string;
    readonly created_by?: string;
    readonly author?: string;
    readonly comment?: string;
    readonly empty_layer?: boolean;
  }[];
  readonly rootfs?: { readonly diff_ids?: readonly string[] };
}

const time = (text: string | undefined) => {
  if (text === undefined || text === ZERO_TIME) return 0;
  const [, fraction = ''] = /\.(\d+)/.exec(text) ?? [];
  return Date.parse(text.replace(/\.\d+/, '')) + Number(`0.${fraction || '0'}`) * 1000;
};

/** The image that a configuration blob describes: the reverse of {@link configJson}. */
export function readConfig(text: string): { config: Omit<NewImage, 'layers'>; diffIds: readonly string[] } {
  const blob = JSON.parse(decode(text)) as ConfigBlob;
  const history = (blob.history ?? []).map(
    (entry): HistoryEntry => ({
      created: time(entry.created),
      createdBy: entry.created_by ?? '',
      comment: entry.comment ?? '',
      emptyLayer: entry.empty_layer ?? false,
      ...(entry.author === undefined ? {} : { author: entry.author }),
    }),
  );
  const config = {
    ...{ config: blob.config ?? {}, history, created: time(blob.created), architecture: blob.architecture ?? 'amd64' },
    ...{ author: blob.author ?? '', comment: blob.comment ?? '' },
    ...(blob.docker_version === undefined ? {} : { dockerVersion: blob.docker_version }),
  };
  return { config, diffIds: blob.rootfs?.diff_ids ?? [] };
}

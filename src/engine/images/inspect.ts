import { healthAnswer } from '../containers/json.ts';
import { sha256Hex } from '../digest.ts';
import type { Engine } from '../engine.ts';
import { type Json, type JsonObject, NIL_LIST, NIL_MAP, omitting } from '../json.ts';
import { formatTime } from '../time.ts';
import { ociConfig } from './config.ts';
import { findImage, imageSize, referencesOf } from './find.ts';
import type { HistoryEntry, Image, ImageConfig } from './image.ts';

/** Fields whose value is a Go map, in a configuration. */
const MAPS = new Set(['ExposedPorts', 'Volumes', 'Labels']);

/** A record as a map; what it holds are texts and empty structs. */
const asMap = (record: object): Json => new Map(Object.entries(record as Record<string, Json>));

function configFields(config: ImageConfig): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(ociConfig(config)).map(([name, value]) => [
      name,
      MAPS.has(name) ? asMap(value as object) : (value as Json),
    ]),
  );
}

/** Where overlay2 keeps a layer: 64 digits that say nothing else. */
const cacheId = (chain: string) => sha256Hex(`overlay2 ${chain}`);

function graphDriver({ layers }: Image): JsonObject {
  const folder = (chain: string, name: string) => `/var/lib/docker/overlay2/${cacheId(chain)}/${name}`;
  const top = layers.at(-1);
  const data = new Map<string, Json>();
  if (layers.length > 1)
    data.set(
      'LowerDir',
      layers
        .slice(0, -1)
        .reverse()
        .map((chain) => folder(chain, 'diff'))
        .join(':'),
    );
  if (top !== undefined) {
    data.set('MergedDir', folder(top, 'merged'));
    data.set('UpperDir', folder(top, 'diff'));
    data.set('WorkDir', folder(top, 'work'));
  }
  return { Data: top === undefined ? NIL_MAP : data, Name: 'overlay2' };
}

function fields(engine: Engine, image: Image) {
  const { tags, digests } = referencesOf(engine, image.id);
  const head = {
    Id: image.id,
    RepoTags: tags,
    RepoDigests: digests,
    Parent: image.parent,
    Comment: image.comment || (image.history.at(-1)?.comment ?? ''),
    Created: formatTime(image.created),
    DockerVersion: image.dockerVersion ?? '',
    Author: image.author,
  };
  const tail = {
    Architecture: image.architecture,
    Os: image.os,
    Size: imageSize(engine, image),
    GraphDriver: graphDriver(image),
    RootFS: {
      Type: 'layers',
      Layers: image.layers.map((chain) => engine.state.layers.get(chain)!.diffId),
    },
    Metadata: { LastTagTime: formatTime(image.lastTagged) },
  };
  return { head, tail };
}

/** What `GET /images/NAME/json` answers: `Config` is a map with the fields that older clients want, too. */
export function inspectImage(engine: Engine, ref: string): JsonObject {
  const image = findImage(engine, ref);
  const { head, tail } = fields(engine, image);
  const always = {
    User: '',
    Env: null,
    Cmd: null,
    Volumes: null,
    WorkingDir: '',
    Entrypoint: null,
    OnBuild: null,
    Labels: null,
  };
  return {
    ...head,
    ...tail,
    Config: new Map<string, Json>(Object.entries({ ...always, ...configFields(image.config) })),
  };
}

/** The same as a Go struct in the client, for templates: `Config` has only fields that are set. */
export function inspectImageStruct(engine: Engine, ref: string): JsonObject {
  const image = findImage(engine, ref);
  const { head, tail } = fields(engine, image);
  const { Healthcheck: check } = image.config;
  const config = { ...configFields(image.config), ...(check ? { Healthcheck: healthAnswer(check) } : {}) };
  return omitting({ ...head, Config: structOf(config), ...tail, Variant: '', OsVersion: '' }, ['Variant', 'OsVersion']);
}

/** The configuration as a Go struct: all fields in their order, those that are empty left out of JSON. */
function structOf(set: Readonly<Record<string, Json>>): JsonObject {
  const all: JsonObject = {
    ...{ User: '', ExposedPorts: NIL_MAP, Env: NIL_LIST, Entrypoint: NIL_LIST, Cmd: NIL_LIST, Volumes: NIL_MAP },
    ...{ WorkingDir: '', Labels: NIL_MAP, StopSignal: '', ArgsEscaped: false, Healthcheck: null, OnBuild: NIL_LIST },
    Shell: NIL_LIST,
  };
  return omitting(
    { ...all, ...set },
    Object.keys(all).filter((name) => !(name in set)),
  );
}

/** History, the newest first; `id` is `<missing>` below the top, unless the engine has the image that a commit stands on. */
export function imageHistory(
  engine: Engine,
  ref: string,
): readonly (HistoryEntry & { readonly id: string; readonly size: number; readonly tags: readonly string[] })[] {
  const image = findImage(engine, ref);
  const { state } = engine;
  let layer = 0;
  const entries = image.history.map((entry) => {
    const size = entry.emptyLayer ? 0 : (state.layers.get(image.layers[layer++] ?? '')?.size ?? 0);
    return { ...entry, size, id: '<missing>', tags: [] as readonly string[] };
  });
  for (let own: Image | undefined = image; own; own = state.images.get(own.parent)) {
    const at = own.history.length - 1;
    const entry = entries[at];
    if (entry) entries[at] = { ...entry, id: own.id, tags: referencesOf(engine, own.id).tags };
  }
  return entries.reverse();
}

import type { ContainerConfig, HostConfig } from '../engine/containers/container.ts';
import { createContainer, type EndpointRequest } from '../engine/containers/create.ts';
import { findContainer } from '../engine/containers/find.ts';
import { inspectContainer } from '../engine/containers/inspect.ts';
import { type Filters, listContainers } from '../engine/containers/list.ts';
import { readLogs } from '../engine/containers/logs.ts';
import { pauseContainer, unpauseContainer } from '../engine/containers/pause.ts';
import { removeContainer } from '../engine/containers/remove.ts';
import { renameContainer } from '../engine/containers/rename.ts';
import { startContainer } from '../engine/containers/start.ts';
import { killContainer, restartContainer, stopContainer } from '../engine/containers/stop.ts';
import { waitContainer } from '../engine/containers/wait.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { inspectImage } from '../engine/images/inspect.ts';
import { listImages } from '../engine/images/list.ts';
import type { Json } from '../engine/json.ts';
import { createNetwork } from '../engine/networks/create.ts';
import { listNetworks } from '../engine/networks/find.ts';
import { inspectNetwork } from '../engine/networks/inspect.ts';
import { removeNetwork } from '../engine/networks/remove.ts';
import { swarmOrNothing } from '../engine/swarm/state.ts';
import { serverVersion, systemInfo } from '../engine/system/system.ts';
import { createVolume, inspectVolume, listVolumes, removeVolume } from '../engine/volumes/manage.ts';
import type { Answer, ApiRequest } from './server.ts';
import { containerSummary, imageSummary } from './summaries.ts';

type Handler = (request: ApiRequest) => Answer | Promise<Answer>;

const ok = (json: Json, status = 200): Answer => ({ status, json });
const DONE: Answer = { status: 204 };

const isSet = ({ query }: ApiRequest, name: string) => {
  const value = query.get(name);
  return value !== null && !['', '0', 'no', 'false', 'none'].includes(value.toLowerCase().trim());
};

/** Filters as clients send them: a map of lists, or of sets. Throws 400 for what is neither. */
function filtersOf({ query }: ApiRequest): Filters {
  const text = query.get('filters');
  if (!text) return {};
  try {
    const entries = Object.entries(JSON.parse(text) as Record<string, string[] | Record<string, boolean>>);
    return Object.fromEntries(
      entries.map(([name, given]) => [name, Array.isArray(given) ? given : Object.keys(given)]),
    );
  } catch {
    throw new EngineError(400, 'invalid filter');
  }
}

/** Runs a change of a container; there is nothing to say when it is so already. */
async function change(
  { engine, names: [ref = ''] }: ApiRequest,
  up: boolean,
  act: () => Promise<void>,
): Promise<Answer> {
  const { status } = findContainer(engine, ref).state;
  const same = up ? status === 'running' : status === 'exited' || status === 'created';
  await act();
  return same ? { status: 304 } : DONE;
}

const stopOptions = ({ query }: ApiRequest) => ({
  ...(query.has('t') ? { timeout: Number(query.get('t')) } : {}),
  ...(query.has('signal') ? { signal: query.get('signal')! } : {}),
});

/** The body of `POST /containers/create`: the configuration with two more fields. */
type CreateBody = Partial<ContainerConfig> & {
  readonly Image: string;
  readonly HostConfig?: Partial<HostConfig>;
  readonly NetworkingConfig?: {
    readonly EndpointsConfig?: Readonly<Record<string, { readonly Aliases?: readonly string[] } | null>>;
  };
};

async function create({ engine, query, body }: ApiRequest): Promise<Answer> {
  if (body === undefined) throw new EngineError(400, 'config cannot be empty in order to create a container');
  const { HostConfig: hostConfig = {}, NetworkingConfig, ...config } = body as CreateBody;
  const endpoints: Record<string, EndpointRequest> = {};
  for (const [name, endpoint] of Object.entries(NetworkingConfig?.EndpointsConfig ?? {}))
    endpoints[name] = endpoint?.Aliases ? { aliases: endpoint.Aliases } : {};
  const { id, warnings } = await createContainer(engine, {
    ...{ name: query.get('name') ?? '', config, hostConfig, endpoints },
  });
  return ok({ Id: id, Warnings: warnings }, 201);
}

/** Lines with a header each that tells the stream and their length (Engine API, "Attach to a container"). */
function logs(request: ApiRequest): Answer {
  const {
    engine,
    names: [ref = ''],
    query,
  } = request;
  const { config } = findContainer(engine, ref);
  if (isSet(request, 'follow')) throw new EngineError(501, 'following logs over HTTP is not modelled in Stapellauf');
  if (!isSet(request, 'stdout') && !isSet(request, 'stderr'))
    throw new EngineError(400, 'Bad parameters: you must choose at least one stream');
  const tail = query.get('tail');
  const lines = readLogs(engine, ref, {
    ...{ stdout: isSet(request, 'stdout'), stderr: isSet(request, 'stderr') },
    ...(tail && tail !== 'all' ? { tail: Number(tail) } : {}),
  });
  const framed = lines.map(({ stream, text }) => {
    if (config.Tty) return text;
    const length = [24, 16, 8, 0].map((shift) => String.fromCharCode((text.length >>> shift) & 0xff)).join('');
    return `${stream === 'stdout' ? '\x01' : '\x02'}\0\0\0${length}${text}`;
  });
  const type = config.Tty ? 'application/vnd.docker.raw-stream' : 'application/vnd.docker.multiplexed-stream';
  return { status: 200, bytes: framed.join(''), type };
}

function makeNetwork({ engine, body }: ApiRequest): Answer {
  const {
    Name = '',
    Driver,
    Internal,
    Attachable,
    Labels,
    Options,
  } = (body ?? {}) as {
    readonly Name?: string;
    readonly Driver?: string;
    readonly Internal?: boolean;
    readonly Attachable?: boolean;
    readonly Labels?: Readonly<Record<string, string>>;
    readonly Options?: Readonly<Record<string, string>>;
  };
  const { id } = createNetwork(engine, {
    ...{ name: Name, internal: Internal ?? false, attachable: Attachable ?? false },
    ...{ driver: Driver ?? '', labels: Labels ?? {}, options: Options ?? {} },
  });
  return ok({ Id: id, Warning: '' }, 201);
}

function makeVolume({ engine, body }: ApiRequest): Answer {
  const {
    Name = '',
    Driver = '',
    DriverOpts = {},
    Labels = {},
  } = (body ?? {}) as {
    readonly Name?: string;
    readonly Driver?: string;
    readonly DriverOpts?: Readonly<Record<string, string>>;
    readonly Labels?: Readonly<Record<string, string>>;
  };
  const { name } = createVolume(engine, { name: Name, driver: Driver, options: DriverOpts, labels: Labels });
  return ok(inspectVolume(engine, name), 201);
}

function ping({ engine }: ApiRequest): Answer {
  return {
    ...{ status: 200, bytes: 'OK', type: 'text/plain; charset=utf-8', guessed: true },
    headers: [
      ['Builder-Version', '2'],
      ['Cache-Control', 'no-cache, no-store, must-revalidate'],
      ['Pragma', 'no-cache'],
      ['Swarm', swarmOrNothing(engine) ? 'active/manager' : 'inactive'],
    ],
  };
}

/** Does something with what the path names; there is nothing to answer. */
const done =
  (act: (engine: Engine, ref: string) => void): Handler =>
  ({ engine, names: [ref = ''] }) => {
    act(engine, ref);
    return DONE;
  };

const NAME = '([^/]+)';

/** The routes that are modelled (moby, api/server/router): method, path, and what answers. */
const ROUTES: readonly (readonly [method: string, path: string, answer: Handler])[] = [
  ['GET', '/_ping', ping],
  ['GET', '/version', () => ok(serverVersion())],
  ['GET', '/info', ({ engine }) => ok(systemInfo(engine))],
  [
    'GET',
    '/containers/json',
    (request) => {
      const limit = Number(request.query.get('limit') ?? 0);
      const options = { all: isSet(request, 'all'), limit, filters: filtersOf(request) };
      const size = isSet(request, 'size');
      return ok(listContainers(request.engine, options).map((one) => containerSummary(request.engine, one, size)));
    },
  ],
  ['POST', '/containers/create', create],
  [
    'GET',
    `/containers/${NAME}/json`,
    (request) => ok(inspectContainer(request.engine, request.names[0]!, isSet(request, 'size'))),
  ],
  ['GET', `/containers/${NAME}/logs`, logs],
  [
    'POST',
    `/containers/${NAME}/start`,
    (request) => change(request, true, () => startContainer(request.engine, request.names[0]!)),
  ],
  [
    'POST',
    `/containers/${NAME}/stop`,
    (request) => change(request, false, () => stopContainer(request.engine, request.names[0]!, stopOptions(request))),
  ],
  [
    'POST',
    `/containers/${NAME}/restart`,
    async (request) => {
      await restartContainer(request.engine, request.names[0]!, stopOptions(request));
      return DONE;
    },
  ],
  [
    'POST',
    `/containers/${NAME}/kill`,
    async ({ engine, names: [ref = ''], query }) => {
      await killContainer(engine, ref, query.get('signal') || 'KILL');
      return DONE;
    },
  ],
  ['POST', `/containers/${NAME}/pause`, done(pauseContainer)],
  ['POST', `/containers/${NAME}/unpause`, done(unpauseContainer)],
  [
    'POST',
    `/containers/${NAME}/rename`,
    ({ engine, names: [ref = ''], query }) => {
      renameContainer(engine, ref, query.get('name') ?? '');
      return DONE;
    },
  ],
  [
    'POST',
    `/containers/${NAME}/wait`,
    async ({ engine, names: [ref = ''] }) => ok({ StatusCode: await waitContainer(engine, ref) }),
  ],
  [
    'DELETE',
    `/containers/${NAME}`,
    async (request) => {
      const options = { force: isSet(request, 'force'), volumes: isSet(request, 'v'), link: isSet(request, 'link') };
      await removeContainer(request.engine, request.names[0]!, options);
      return DONE;
    },
  ],
  [
    'GET',
    '/images/json',
    (request) =>
      ok(listImages(request.engine, { all: isSet(request, 'all'), filters: filtersOf(request) }).map(imageSummary)),
  ],
  ['GET', '/images/(.+)/json', ({ engine, names: [ref = ''] }) => ok(inspectImage(engine, ref))],
  [
    'GET',
    '/networks',
    (request) =>
      ok(listNetworks(request.engine, filtersOf(request)).map(({ id }) => inspectNetwork(request.engine, id))),
  ],
  ['GET', `/networks/${NAME}`, ({ engine, names: [ref = ''] }) => ok(inspectNetwork(engine, ref))],
  ['POST', '/networks/create', makeNetwork],
  ['DELETE', `/networks/${NAME}`, done(removeNetwork)],
  [
    'GET',
    '/volumes',
    (request) => {
      const found = listVolumes(request.engine, filtersOf(request));
      return ok({ Volumes: found.map(({ name }) => inspectVolume(request.engine, name)), Warnings: null });
    },
  ],
  ['GET', `/volumes/${NAME}`, ({ engine, names: [name = ''] }) => ok(inspectVolume(engine, name))],
  ['POST', '/volumes/create', makeVolume],
  [
    'DELETE',
    `/volumes/${NAME}`,
    (request) => {
      removeVolume(request.engine, request.names[0]!, isSet(request, 'force'));
      return DONE;
    },
  ],
];

/** First words of paths that the daemon answers and the model does not. */
const MORE =
  /^\/(build|commit|containers|distribution|events|exec|images|networks|nodes|plugins|secrets|configs|services|session|grpc|swarm|system|tasks|volumes|auth)(\/|$)/;

/** What answers a request, and the names in its path; nothing where the daemon knows no such page. */
export function routeOf(method: string, path: string): { answer: Handler; names: readonly string[] } | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  for (const [own, pattern, answer] of ROUTES) {
    const match = own === asked ? new RegExp(`^${pattern}$`).exec(path) : null;
    if (match) return { answer, names: match.slice(1) };
  }
  if (!MORE.test(path)) return undefined;
  return { answer: () => ok({ message: `${method} ${path} is not modelled in Stapellauf` }, 501), names: [] };
}

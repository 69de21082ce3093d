import { toJson } from '../cli/format/json.ts';
import { decode, encode } from '../engine/bytes.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import type { Json } from '../engine/json.ts';
import { API_VERSION, MINIMUM_API_VERSION, SERVER_VERSION } from '../engine/system/version.ts';
import { httpDate, parseRequest, response } from '../programs/servers/http.ts';
import { routeOf } from './routes.ts';

/** What a route answers: a status with JSON, or with bytes of another type; nothing but a status where there is no more to say. */
export interface Answer {
  readonly status: number;
  readonly json?: Json;
  readonly bytes?: string;
  readonly type?: string;
  /** The type is what the bytes look like, not what somebody has said. */
  readonly guessed?: boolean;
  readonly headers?: readonly (readonly [string, string])[];
}

/** A request as routes see it: parts of the path that stand for names, and the query. */
export interface ApiRequest {
  readonly engine: Engine;
  readonly names: readonly string[];
  readonly query: URLSearchParams;
  /** The body as JSON; undefined without one. */
  readonly body: unknown;
}

type Fields = readonly (readonly [string, string])[];

/** The Engine API over HTTP, as the daemon answers on its socket: the bytes of a request in, those of the answer out. */
export async function answerApi(engine: Engine, bytes: string): Promise<string> {
  const request = parseRequest(bytes);
  if (!request) return response(400, [['Content-Type', 'text/plain; charset=utf-8']], '400 Bad Request');
  const [path = '', query = ''] = request.target.split(/\?(.*)/s);
  const [, version, rest = path] = /^\/v(\d+\.\d+)(\/.*)$/.exec(path) ?? [];
  const send = (
    { status, json, bytes: plain, type = 'application/json', guessed = false, headers = [] }: Answer,
    own: Fields = FIELDS,
  ): string => {
    const body = json === undefined ? (plain ?? '') : encode(`${toJson(json, { html: false })}\n`);
    const empty = status === 204 || status === 304;
    const named: Fields = empty || guessed ? [] : [['Content-Type', type]];
    const sent = [...own, ...headers, ...named].sort(([a], [b]) => (a < b ? -1 : 1));
    const length: Fields = empty ? [] : [['Content-Length', String(body.length)]];
    // What nobody has named is told by how it begins, when all else is said.
    const last: Fields = guessed && !empty ? [['Content-Type', type]] : [];
    const all: Fields = [...sent, ['Date', httpDate(engine.state.now)], ...length, ...last];
    const whole = response(status, all, request.method === 'HEAD' ? '' : body);
    return request.version === '1.0' ? whole.replace('HTTP/1.1', 'HTTP/1.0') : whole;
  };
  const refused = version === undefined ? undefined : versionProblem(version);
  if (refused) return send(refused, VERSION_FIELDS);
  const route = routeOf(request.method, rest);
  if (!route) return send({ status: 404, json: { message: 'page not found' } }, []);
  const names = route.names.map((name) => decode(decodeURIComponent(name)));
  try {
    const body = readBody(request.body, request.headers['content-type']);
    return send(await route.answer({ engine, names, query: new URLSearchParams(query), body }));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return send({ status: error.status, json: { message: error.message } });
  }
}

/** What every answer of a known page says about the daemon. */
const FIELDS: Fields = [
  ['Api-Version', API_VERSION],
  ['Docker-Experimental', 'false'],
  ['Ostype', 'linux'],
  ['Server', `Docker/${SERVER_VERSION} (linux)`],
];

/** A refusal of the version comes before the daemon says whether it is experimental. */
const VERSION_FIELDS = FIELDS.filter(([name]) => name !== 'Docker-Experimental');

const number = (version: string) => Number(version.split('.')[0]) * 1000 + Number(version.split('.')[1]);

function versionProblem(version: string): Answer | undefined {
  if (number(version) > number(API_VERSION))
    return {
      status: 400,
      json: { message: `client version ${version} is too new. Maximum supported API version is ${API_VERSION}` },
    };
  if (number(version) >= number(MINIMUM_API_VERSION)) return undefined;
  return {
    status: 400,
    type: 'text/plain; charset=utf-8',
    headers: [['X-Content-Type-Options', 'nosniff']],
    bytes: `client version ${version} is too old. Minimum supported API version is ${MINIMUM_API_VERSION}, please upgrade your client to a newer version\n`,
  };
}

/** Reads a body of JSON. Throws 400 for another kind, and for what can't be read. */
function readBody(bytes: string, type = ''): unknown {
  if (bytes === '') return undefined;
  const kind = type.split(';')[0]!.trim();
  if (kind !== 'application/json')
    throw new EngineError(400, `unsupported Content-Type header (${kind}): must be 'application/json'`);
  try {
    return JSON.parse(decode(bytes));
  } catch {
    throw new EngineError(400, 'invalid JSON: unexpected end of JSON input');
  }
}

import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { untilFilter } from '../filters.ts';
import { findImage } from '../images/find.ts';
import type { Container } from './container.ts';
import { findContainer } from './find.ts';
import type { Filters } from './list.ts';

const NAMES = new Set([
  ...[
    'ancestor',
    'before',
    'exited',
    'id',
    'isolation',
    'label',
    'label!',
    'name',
    'status',
    'health',
    'since',
    'volume',
  ],
  ...['network', 'is-task', 'publish', 'expose'],
]);
const STATUSES = new Set(['paused', 'restarting', 'running', 'removing', 'dead', 'created', 'exited']);
const HEALTH = new Set(['healthy', 'starting', 'unhealthy', 'none']);

type Test = (container: Container) => boolean;

/** Whether a container passes filters (Engine API, GET /containers/json). Throws 400 for unknown names and values. */
export function matchesContainer(engine: Engine, filters: Filters, accepted: ReadonlySet<string> = NAMES): Test {
  const tests = Object.entries(filters).flatMap(([name, values]) => {
    if (!accepted.has(name)) throw new EngineError(400, name === '' ? 'invalid filter' : `invalid filter '${name}'`);
    const all = values.map((value) => test(engine, name, value));
    // Labels must all be there; of other filters one value is enough.
    if (name.startsWith('label')) return all;
    return [(container: Container) => all.some((passes) => passes(container))];
  });
  return (container) => tests.every((passes) => passes(container));
}

function test(engine: Engine, name: string, value: string): Test {
  switch (name) {
    case 'id':
      return ({ id }) => id.startsWith(value) || matchesText(value, id);
    case 'name':
      return (container) =>
        matchesText(value.replace(/^\//, ''), container.name) || matchesText(value, `/${container.name}`);
    case 'label':
      return ({ config }) => hasLabel(config.Labels, value);
    case 'label!':
      return ({ config }) => !hasLabel(config.Labels, value);
    case 'status':
      if (!STATUSES.has(value))
        throw new EngineError(
          400,
          `invalid filter 'status=${value}': invalid value for state (${value}): must be one of created, running, paused, restarting, removing, exited, dead`,
        );
      return ({ state }) => state.status === value;
    case 'health':
      if (!HEALTH.has(value))
        throw new EngineError(
          400,
          `invalid filter 'health=${value}': invalid value for health (${value}): must be one of none, starting, healthy, unhealthy`,
        );
      return ({ state }) => (state.health?.status ?? 'none') === value;
    case 'exited':
      if (!/^-?\d+$/.test(value))
        throw new EngineError(
          400,
          `invalid filter 'exited=${value}': strconv.Atoi: parsing ${JSON.stringify(value)}: invalid syntax`,
        );
      return ({ state }) =>
        !['running', 'paused', 'restarting', 'created'].includes(state.status) && state.exitCode === Number(value);
    case 'before':
    case 'since': {
      const order = [...engine.state.containers.keys()];
      const at = order.indexOf(findContainer(engine, value).id);
      return ({ id }) => (name === 'before' ? order.indexOf(id) < at : order.indexOf(id) > at);
    }
    case 'ancestor':
      return descends(engine, value);
    case 'volume':
      return ({ mounts }) =>
        mounts.some(({ Name, Destination, Source }) => Name === value || Destination === value || Source === value);
    case 'network':
      return ({ networks }) =>
        Object.entries(networks).some(
          ([label, { network }]) => label === value || (network !== '' && network.startsWith(value)),
        );
    case 'publish': {
      const wanted = portRange(name, value);
      return ({ ports }) =>
        Object.entries(ports).some(([port, bindings]) =>
          bindings?.some(({ HostPort }) => wanted(`${HostPort}/${port.split('/')[1]}`)),
        );
    }
    case 'expose': {
      const wanted = portRange(name, value);
      return ({ config: { ExposedPorts = {} }, state }) =>
        ['running', 'paused'].includes(state.status) && Object.keys(ExposedPorts).some(wanted);
    }
    case 'is-task': {
      // No container of this engine is a task's.
      const task = parseBoolean(value);
      if (task === undefined) throw new EngineError(400, `invalid filter 'is-task=[${value}]'`);
      return () => !task;
    }
    case 'until': {
      const until = untilFilter(engine, { until: [value] }) ?? 0;
      return ({ created }) => created < until;
    }
    default:
      return () => true;
  }
}

function matchesText(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return text.includes(pattern);
  }
}

export function hasLabel(labels: Readonly<Record<string, string>>, wanted: string): boolean {
  const at = wanted.indexOf('=');
  return at < 0 ? wanted in labels : labels[wanted.slice(0, at)] === wanted.slice(at + 1);
}

/** Whether a port, `80/tcp`, is among `80`, `80/tcp` or `8000-9000/udp`. Throws 400 for what is no port. */
function portRange(filter: string, wanted: string): (port: string) => boolean {
  const [range = '', wantedProtocol = 'tcp'] = wanted.split('/');
  const ends = range.split('-');
  const bad = ends.find((end) => !/^\d+$/.test(end) || Number(end) > 0xffff);
  if (bad !== undefined) {
    const reason = /^\d+$/.test(bad) ? 'value out of range' : 'invalid syntax';
    throw new EngineError(
      400,
      `error while looking up for ${filter} ${wanted}: strconv.ParseUint: parsing ${JSON.stringify(bad)}: ${reason}`,
    );
  }
  const [low = 0, high = low] = ends.map(Number);
  return (port) => {
    const [number, protocol] = port.split('/');
    return protocol === wantedProtocol && Number(number) >= low && Number(number) <= high;
  };
}

function parseBoolean(text: string): boolean | undefined {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return true;
  return /^(?:0|f|F|FALSE|false|False)$/.test(text) ? false : undefined;
}

/** The image itself, and those that were built on its layers. */
function descends(engine: Engine, ref: string): Test {
  let base: ReturnType<typeof findImage>;
  try {
    base = findImage(engine, ref);
  } catch (error) {
    if (error instanceof EngineError) return () => false;
    throw error;
  }
  return ({ image }) => {
    if (image === base.id) return true;
    const layers = engine.state.images.get(image)?.layers ?? [];
    return (
      base.layers.length > 0 &&
      layers.length > base.layers.length &&
      base.layers.every((layer, at) => layers[at] === layer)
    );
  };
}

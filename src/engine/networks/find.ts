import type { Container, Endpoint } from '../containers/container.ts';
import type { Filters } from '../containers/list.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { checkFilters, labelsMatch } from '../filters.ts';
import { compareNaturally } from '../natural-order.ts';
import type { EngineState } from '../state.ts';
import { isPredefined, type Network } from './network.ts';

/** By name, id, or unique prefix of an id. Throws 404 `network X not found`. */
export function findNetwork({ state }: Engine, ref: string): Network {
  const { networks } = state;
  const exact = networks.get(ref) ?? [...networks.values()].find(({ name }) => name === ref);
  if (exact) return exact;
  const found = ref === '' ? [] : [...networks.values()].filter(({ id }) => id.startsWith(ref));
  if (found.length > 1)
    throw new EngineError(400, `network ${ref} is ambiguous (${found.length} matches found on ID prefix)`);
  if (!found[0]) throw new EngineError(404, `network ${ref} not found`);
  return found[0];
}

/** The containers that are joined to a network now: those that run. */
export function attached(state: EngineState, id: string): { container: Container; endpoint: Endpoint }[] {
  const found = [];
  for (const container of state.containers.values())
    for (const endpoint of Object.values(container.networks))
      if (endpoint.network === id && endpoint.endpointId !== '') found.push({ container, endpoint });
  return found;
}

/** Networks by name. */
export function listNetworks({ state }: Engine, filters: Filters = {}): readonly Network[] {
  checkFilters(filters, ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type', 'idOrName']);
  const kinds = filters['type'] ?? [];
  for (const kind of kinds)
    if (kind !== 'builtin' && kind !== 'custom') throw new EngineError(400, `invalid filter: 'type'='${kind}'`);
  const dangling = danglingFilter(filters);
  const { driver = [], id = [], name = [], scope = [] } = filters;
  return [...state.networks.values()]
    .filter(
      (network) =>
        !isHidden(state, network) &&
        (driver.length === 0 || driver.includes(network.driver)) &&
        (scope.length === 0 || scope.includes(network.scope)) &&
        (id.length === 0 || id.some((text) => fits(text, network.id))) &&
        (name.length === 0 || name.some((text) => fits(text, network.name))) &&
        (kinds.length === 0 || kinds.includes(isPredefined(network) ? 'builtin' : 'custom')) &&
        labelsMatch(filters, network.labels) &&
        (dangling === undefined || (!isPredefined(network) && attached(state, network.id).length === 0) === dangling),
    )
    .sort((a, b) => compareNaturally(a.name, b.name));
}

/** Milliseconds that a new swarm takes to make its gateway bridge. */
const GATEWAY_DELAY = 300;

/** The bridge by which a swarm reaches out is there soon after the swarm, not at once. */
function isHidden({ now }: EngineState, { name, created }: Network): boolean {
  return name === 'docker_gwbridge' && now < created + GATEWAY_DELAY;
}

function danglingFilter(filters: Filters): boolean | undefined {
  const values = filters['dangling'] ?? [];
  if (values.length === 0) return undefined;
  const [value = ''] = values;
  if (values.length > 1 || !['true', '1', 'false', '0'].includes(value))
    throw new EngineError(400, `invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")`);
  return value === 'true' || value === '1';
}

/** A filter's value fits what contains it, or what it matches as a regular expression. */
function fits(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return pattern === text;
  }
}

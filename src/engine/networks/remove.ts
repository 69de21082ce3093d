import type { Filters } from '../containers/list.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { checkFilters, labelsMatch, untilFilter } from '../filters.ts';
import { attached, findNetwork } from './find.ts';
import { isPredefined, type Network } from './network.ts';

/** Throws 403 for predefined ones and for active endpoints. */
export function removeNetwork(engine: Engine, ref: string): void {
  const network = findNetwork(engine, ref);
  if (isPredefined(network))
    throw new EngineError(403, `${network.name} is a pre-defined network and cannot be removed`);
  const users = [...engine.state.networks.values()].filter(({ configFrom }) => configFrom === network.name);
  if (network.configOnly && users.length > 0)
    throw new EngineError(403, `configuration network ${JSON.stringify(network.name)} is in use`);
  const endpoints = attached(engine.state, network.id).map(
    ({ container, endpoint }) =>
      `name:${JSON.stringify(container.name)} id:${JSON.stringify(endpoint.endpointId.slice(0, 12))}`,
  );
  if (endpoints.length > 0)
    throw new EngineError(
      403,
      `error while removing network: network ${network.name} has active endpoints (${endpoints.join(', ')})`,
    );
  destroy(engine, network);
}

function destroy(engine: Engine, { id, name, driver, scope, configOnly }: Network): void {
  engine.state.networks.delete(id);
  if (!configOnly) engine.event('network', 'destroy', id, { name, type: driver }, scope);
}

/** Removes networks that no running container uses. */
export function pruneNetworks(engine: Engine, filters: Filters = {}): { readonly deleted: readonly string[] } {
  checkFilters(filters, ['label', 'label!', 'until']);
  const until = untilFilter(engine, filters);
  const deleted: string[] = [];
  for (const network of [...engine.state.networks.values()]) {
    if (isPredefined(network) || network.configOnly || network.ingress) continue;
    if (until !== undefined && network.created > until) continue;
    if (!labelsMatch(filters, network.labels) || attached(engine.state, network.id).length > 0) continue;
    destroy(engine, network);
    deleted.push(network.name);
  }
  engine.event('network', 'prune', '', { reclaimed: '0' });
  return { deleted };
}

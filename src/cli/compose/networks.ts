import { encodeJson } from '../../compose/json.ts';
import { marshalStruct } from '../../compose/project/marshal.ts';
import type { NetworkConfig, Project } from '../../compose/project/project.ts';
import { NETWORK as NETWORK_SHAPE } from '../../compose/project/shape.ts';
import { encode } from '../../engine/bytes.ts';
import { sha256Hex } from '../../engine/digest.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { createNetwork, disconnectNetwork, findNetwork, removeNetwork } from '../../engine/networks/manage.ts';
import type { Network } from '../../engine/networks/network.ts';
import { CliError } from '../command.ts';
import { type Compose, daemonMessage } from './compose.ts';
import { asked } from './concurrency.ts';
import { projectContainers } from './containers.ts';
import * as label from './labels.ts';
import { stopServices } from './stop.ts';

/** Network of that very name, not of an id. */
export function networkNamed(engine: Engine, name: string): Network | undefined {
  return [...engine.state.networks.values()].find((network) => network.name === name);
}

/** Networks of a project by their key; those that are missing are created (docker/compose, ensureNetworks). */
export async function ensureNetworks(compose: Compose, project: Project): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [key, network] of Object.entries(project.networks))
    ids.set(
      key,
      network.external ? externalNetwork(compose, network) : await ensureNetwork(compose, project, key, network),
    );
  return ids;
}

function externalNetwork({ engine }: Compose, { name }: NetworkConfig): string {
  try {
    const found = findNetwork(engine, name);
    if (found.name === name || found.id === name) return found.id;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
  }
  throw new CliError(`network ${name} declared as external, but could not be found`);
}

function hashOf(network: NetworkConfig): string {
  return sha256Hex(encode(encodeJson(marshalStruct(NETWORK_SHAPE, { ...network }, 'json'))));
}

async function ensureNetwork(compose: Compose, project: Project, key: string, network: NetworkConfig): Promise<string> {
  const { engine, progress } = compose;
  const { name } = network;
  const hash = hashOf(network);
  const existing = networkNamed(engine, name);
  if (existing) {
    const owner = existing.labels[label.PROJECT];
    const advice = 'Set `external: true` to use an existing network';
    if (owner === undefined)
      compose.warn(`a network with name ${name} exists but was not created by compose.\n${advice}`);
    else if (owner !== project.name)
      compose.warn(
        `a network with name ${name} exists but was not created for project ${JSON.stringify(project.name)}.\n${advice}`,
      );
    if (existing.labels[label.NETWORK] !== key)
      throw new CliError(
        `network ${name} was found but has incorrect label ${label.NETWORK} set to ${JSON.stringify(existing.labels[label.NETWORK] ?? '')} (expected: ${JSON.stringify(key)})`,
      );
    const before = existing.labels[label.CONFIG_HASH] ?? '';
    if (before === '' || before === hash) return existing.id;
    await removeDiverged(compose, project, key, network);
  }
  const event = `Network ${name}`;
  progress.event(event, 'Creating');
  try {
    const { id } = createNetwork(engine, {
      name,
      ...(network.driver ? { driver: network.driver } : {}),
      internal: network.internal ?? false,
      attachable: network.attachable ?? false,
      ...(network.enable_ipv6 === undefined ? {} : { ipv6: network.enable_ipv6 }),
      options: network.driver_opts ?? {},
      labels: {
        ...network.labels,
        [label.CONFIG_HASH]: hash,
        [label.NETWORK]: key,
        [label.PROJECT]: project.name,
        [label.VERSION]: label.COMPOSE_VERSION,
      },
      ...(network.ipam.config === undefined
        ? {}
        : {
            pools: network.ipam.config.map(({ subnet, gateway, ip_range: ipRange, aux_addresses: auxiliary }) => ({
              ...(subnet ? { subnet } : {}),
              ...(gateway ? { gateway } : {}),
              ...(ipRange ? { ipRange } : {}),
              ...(auxiliary ? { auxiliary } : {}),
            })),
          }),
      ...(network.ipam.driver ? { ipamDriver: network.ipam.driver } : {}),
    });
    progress.event(event, 'Created');
    return id;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    progress.event(event, 'Error');
    throw new CliError(`failed to create network ${name}: ${daemonMessage(error)}`);
  }
}

/** A network whose configuration has changed goes; its containers are stopped and taken off it. */
async function removeDiverged(compose: Compose, project: Project, key: string, { name }: NetworkConfig): Promise<void> {
  const { engine, progress } = compose;
  const services = Object.values(project.services)
    .filter(({ networks }) => networks !== undefined && key in networks)
    .map((service) => service.name);
  await stopServices(compose, project, services);
  for (const { id, networks } of projectContainers(engine, project.name, 'exclude', true, services))
    if (name in networks) disconnectNetwork(engine, name, id, true);
  removeNetwork(engine, name);
  progress.event(`Network ${name}`, 'Removed');
}

/** Removes a project's network unless containers are still on it (docker/compose, removeNetwork). */
export async function dropNetwork(
  { engine, progress, dryRun }: Compose,
  project: string,
  key: string,
  name: string,
  inUse: ReadonlySet<string>,
): Promise<void> {
  const own = [...engine.state.networks.values()].filter(
    ({ labels }) => labels[label.PROJECT] === project && labels[label.NETWORK] === key,
  );
  if (own.length === 0) return;
  const event = `Network ${name}`;
  progress.event(event, 'Removing');
  await asked();
  let found = false;
  for (const network of own) {
    if (network.name !== name) continue;
    found = true;
    // Without effect, the containers have not left it.
    if ((dryRun ? inUse : networksInUse(engine)).has(network.id)) {
      progress.event(event, 'Resource is still in use');
      continue;
    }
    try {
      removeNetwork(engine, network.id);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      progress.event(event, 'Error');
      throw new CliError(`failed to remove network ${name}: ${daemonMessage(error)}`);
    }
    progress.event(event, 'Removed');
  }
  if (!found) progress.event(event, 'No resource found to remove');
}

/** Ids of the networks that a running container is connected to. */
export function networksInUse({ state }: Engine): Set<string> {
  const running = [...state.containers.values()].filter(({ state: { status } }) =>
    ['running', 'paused', 'restarting'].includes(status),
  );
  return new Set(running.flatMap(({ networks }) => Object.values(networks).map(({ network }) => network)));
}

import type { Container } from '../containers/container.ts';
import type { EndpointRequest } from '../containers/create.ts';
import { findContainer } from '../containers/find.ts';
import { writeNetworkFiles } from '../containers/mounts/table.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { connectedEndpoint, joinNetwork, leaveNetwork } from './endpoints.ts';
import { findNetwork } from './find.ts';
import { hasPublishing, publishPorts } from './ports.ts';

const runs = ({ state }: Container) => state.status === 'running' || state.status === 'paused';

function refuse(message: string): never {
  throw new EngineError(403, message);
}

const PRIVATE = 'container cannot be connected to multiple networks with one of the networks in private (none) mode';

/** Joins a container to a network, running or not. */
export function connectNetwork(
  engine: Engine,
  network: string,
  container: string,
  request: EndpointRequest = {},
): void {
  const joining = findContainer(engine, container);
  const target = findNetwork(engine, network);
  const mode = joining.hostConfig.NetworkMode;
  const endpoint = connectedEndpoint(target, request);
  if (mode === 'host' || mode.startsWith('container:'))
    refuse(
      'container sharing network namespace with another container or host cannot be connected to any other network',
    );
  if (target.driver === 'host')
    refuse('cannot connect container to host network - container must be created in host network mode');
  const { networks } = joining;
  const others = Object.keys(networks).filter((name) => name !== target.name);
  if (!(target.name in networks) && others.length > 0 && (target.driver === 'null' || others.includes('none')))
    refuse(PRIVATE);
  if (!runs(joining)) {
    // What was settled when the container was created stays.
    if (!(target.name in networks))
      engine.updateContainer(joining.id, { networks: { ...networks, [target.name]: endpoint } });
    return;
  }
  if (target.name in networks) refuse(`endpoint with name ${joining.name} already exists in network ${target.name}`);
  const joined = joinNetwork(engine, joining, target, endpoint);
  const changed = engine.updateContainer(joining.id, { networks: { ...networks, [target.name]: joined } });
  if (Object.keys(joining.ports).length === 0)
    engine.updateContainer(joining.id, { ports: publishPorts(engine, changed) });
  writeNetworkFiles(engine, engine.state.containers.get(joining.id)!);
}

/** Takes a container off a network. */
export function disconnectNetwork(engine: Engine, network: string, container: string, force = false): void {
  const target = findNetwork(engine, network);
  let leaving: Container;
  try {
    leaving = findContainer(engine, container);
  } catch (error) {
    if (force && error instanceof EngineError) throw new EngineError(404, `endpoint ${container} not found`);
    throw error;
  }
  const { [target.name]: endpoint, ...kept } = leaving.networks;
  if (target.driver === 'host' && leaving.hostConfig.NetworkMode === 'host')
    refuse('cannot disconnect container from host network - container was created in host network mode');
  if (!endpoint)
    refuse(
      runs(leaving)
        ? `container ${leaving.id} is not connected to network ${target.name}`
        : `container ${leaving.id} is not connected to the network ${target.name}`,
    );
  if (runs(leaving)) leaveNetwork(engine, leaving, target.name, endpoint);
  const changed = engine.updateContainer(leaving.id, { networks: kept });
  if (!runs(leaving)) return;
  if (!hasPublishing(engine, changed)) engine.updateContainer(leaving.id, { ports: {} });
  writeNetworkFiles(engine, engine.state.containers.get(leaving.id)!);
}

import type { Container, Endpoint } from '../containers/container.ts';
import type { EndpointRequest } from '../containers/create.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';

/** An endpoint as a created container has it: nothing allocated yet. `_network` is a name or id. */
export function plannedEndpoint(_engine: Engine, _network: string, _request: EndpointRequest): Endpoint {
  throw new EngineError(501, 'not modelled yet');
}

/** Gives addresses to all endpoints of a container that starts (lowest free address of each pool, MAC from it). Throws what libnetwork says: `network X not found`, `Address already in use`, no address left. */
export function allocateEndpoints(_engine: Engine, _container: Container): Container['networks'] {
  throw new EngineError(501, 'not modelled yet');
}

/** Binds the published ports of a container that starts; ephemeral ones from 32768 up. Throws 500 `driver failed programming external connectivity on endpoint NAME (ID): Bind for 0.0.0.0:8080 failed: port is already allocated`. */
export function publishPorts(_engine: Engine, _container: Container): Container['ports'] {
  throw new EngineError(501, 'not modelled yet');
}

/** The endpoints of a container that has stopped: addresses free again. */
export function releaseEndpoints(_engine: Engine, _container: Container): Container['networks'] {
  throw new EngineError(501, 'not modelled yet');
}

/** Content of /etc/hosts, /etc/resolv.conf and /etc/hostname that the engine mounts into a container. */
export function networkFiles(
  _engine: Engine,
  _container: Container,
): { readonly hosts: string; readonly resolvConf: string; readonly hostname: string } {
  throw new EngineError(501, 'not modelled yet');
}

import type { EndpointRequest } from '../containers/create.ts';
import type { Filters } from '../containers/list.ts';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { Network } from './network.ts';

export interface NetworkRequest {
  readonly name: string;
  readonly driver?: string;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly ingress?: boolean;
  readonly ipv6?: boolean;
  readonly scope?: 'local' | 'swarm';
  readonly options?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly pools?: readonly {
    readonly subnet?: string;
    readonly gateway?: string;
    readonly ipRange?: string;
    readonly auxiliary?: Readonly<Record<string, string>>;
  }[];
  readonly ipamDriver?: string;
  readonly ipamOptions?: Readonly<Record<string, string>>;
}

/** The networks that every engine has: bridge, host, none. */
export function addDefaultNetworks(_engine: Engine): void {
  throw new EngineError(501, 'not modelled yet');
}

/** Throws 409 `network with name X already exists`, 400 and 403 for what IPAM refuses. */
export function createNetwork(_engine: Engine, _request: NetworkRequest): Network {
  throw new EngineError(501, 'not modelled yet');
}

/** By name, id, or unique prefix of an id. Throws 404 `network X not found`. */
export function findNetwork(_engine: Engine, _ref: string): Network {
  throw new EngineError(501, 'not modelled yet');
}

/** What `GET /networks/ID` answers. */
export function inspectNetwork(_engine: Engine, _ref: string): JsonObject {
  throw new EngineError(501, 'not modelled yet');
}

/** Networks by name. */
export function listNetworks(_engine: Engine, _filters: Filters = {}): readonly Network[] {
  throw new EngineError(501, 'not modelled yet');
}

/** Throws 403 for predefined ones and for active endpoints. */
export function removeNetwork(_engine: Engine, _ref: string): void {
  throw new EngineError(501, 'not modelled yet');
}

/** Removes networks that no container uses. */
export function pruneNetworks(_engine: Engine, _filters: Filters = {}): { readonly deleted: readonly string[] } {
  throw new EngineError(501, 'not modelled yet');
}

/** Joins a container to a network, running or not. */
export function connectNetwork(
  _engine: Engine,
  _network: string,
  _container: string,
  _endpoint: EndpointRequest = {},
): void {
  throw new EngineError(501, 'not modelled yet');
}

/** Takes a container off a network. */
export function disconnectNetwork(_engine: Engine, _network: string, _container: string, _force = false): void {
  throw new EngineError(501, 'not modelled yet');
}

import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { ContainerConfig, HostConfig } from './container.ts';

/** How a container shall be joined to a network (Engine API, EndpointSettings). */
export interface EndpointRequest {
  readonly aliases?: readonly string[];
  readonly links?: readonly string[];
  readonly address?: string;
  readonly mac?: string;
  readonly driverOptions?: Readonly<Record<string, string>>;
  readonly priority?: number;
}

/** What `POST /containers/create` takes. Fields left out have the daemon's defaults. */
export interface CreateRequest {
  /** Empty: the engine invents one. */
  readonly name: string;
  readonly config: Partial<ContainerConfig> & { readonly Image: string };
  readonly hostConfig?: Partial<HostConfig>;
  /** By name or id of the network. The one of `hostConfig.NetworkMode` may be among them. */
  readonly endpoints?: Readonly<Record<string, EndpointRequest>>;
  readonly platform?: string;
}

/** Creates a container. Throws 404 when the image is missing (`No such image: REF`), 409 when the name is taken, 400 for what is invalid. */
export async function createContainer(
  _engine: Engine,
  _request: CreateRequest,
): Promise<{ readonly id: string; readonly warnings: readonly string[] }> {
  throw new EngineError(501, 'not modelled yet');
}

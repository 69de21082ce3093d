import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { findImage } from '../images/find.ts';
import type { ImageConfig } from '../images/image.ts';
import { imageTree } from '../images/store.ts';
import { isContainerName } from '../names.ts';
import { plannedEndpoint } from '../networks/endpoints.ts';
import { findNetwork } from '../networks/manage.ts';
import { randomHex } from '../random.ts';
import type { Container, ContainerConfig, Endpoint, HostConfig } from './container.ts';
import { fullConfig, fullHostConfig } from './defaults.ts';
import { containerEvent } from './event.ts';
import { findContainer } from './find.ts';
import { registerMounts } from './mounts/register.ts';
import { inventName } from './names.ts';
import { initialTree } from './root.ts';
import { normalCapabilities, validateConfig, validateHostConfig } from './validate.ts';
import { createDirectories, fillVolumes } from './volumes.ts';

/** How a container shall be joined to a network (Engine API, EndpointSettings). */
export interface EndpointRequest {
  readonly aliases?: readonly string[];
  readonly links?: readonly string[];
  readonly address?: string;
  /** IPv6, as it was written. */
  readonly address6?: string;
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

/** Virtual milliseconds that it takes to make a container's layer. */
const CREATE_TIME = 20;

/**
 * Creates a container. Throws 404 when the image is missing (`No such image: REF`), 409 when the name is taken, 400 for
 * what is invalid.
 */
export async function createContainer(
  engine: Engine,
  request: CreateRequest,
): Promise<{ readonly id: string; readonly warnings: readonly string[] }> {
  const { state } = engine;
  const asked = fullConfig(request.config);
  validateConfig(asked);
  const defaults = fullHostConfig(request.hostConfig);
  validateHostConfig(defaults, asked);
  const CapAdd = normalCapabilities('CapAdd', defaults.CapAdd);
  const CapDrop = normalCapabilities('CapDrop', defaults.CapDrop);
  const image = findImage(engine, request.config.Image);
  const merged = mergeConfig(asked, image.config);
  if ((merged.Entrypoint?.length ?? 0) + (merged.Cmd?.length ?? 0) === 0)
    throw new EngineError(400, 'no command specified');
  state.now += CREATE_TIME;
  const id = randomHex(state, 64);
  const name = claimName(engine, request.name, id);
  try {
    const host = resolved(engine, { ...defaults, CapAdd, CapDrop });
    const [path = '', ...args] = [...(merged.Entrypoint ?? []), ...(merged.Cmd ?? [])];
    const config: ContainerConfig = { ...merged, Hostname: hostnameOf(engine, merged, host, id) };
    const container: Container = {
      ...{ id, name, created: state.now, path, args, image: image.id, config, hostConfig: { ...host, BlkioWeight: 0 } },
      state: { status: 'created', pid: 0, exitCode: 0, error: '', oomKilled: false, startedAt: 0, finishedAt: 0 },
      ...{
        mounts: registerMounts(engine, config, host),
        networks: plannedNetworks(engine, host, request.endpoints ?? {}),
      },
      ...{ ports: {}, restartCount: 0, stoppedByUser: false, execs: [], log: undefined },
      ...(config.Healthcheck ? { healthcheck: config.Healthcheck } : {}),
    };
    state.trees.set(`container:${id}`, initialTree(imageTree(engine, image), state.now));
    createDirectories(engine, container);
    fillVolumes(engine, container);
    state.containers.set(id, container);
    state.containerNames.set(name, id);
    containerEvent(engine, container, 'create');
    return { id, warnings: warningsFor(host) };
  } catch (error) {
    state.containerNames.delete(name);
    state.trees.delete(`container:${id}`);
    throw error;
  }
}

function claimName(engine: Engine, wanted: string, id: string): string {
  const name = wanted.replace(/^\//, '');
  if (name === '') return inventName(engine);
  if (!isContainerName(name))
    throw new EngineError(400, `Invalid container name (${wanted}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  const holder = engine.state.containerNames.get(name);
  if (holder !== undefined)
    throw new EngineError(
      409,
      `Conflict. The container name "/${name}" is already in use by container "${holder}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
  engine.state.containerNames.set(name, id);
  return name;
}

/** The user's configuration with what it leaves to the image (moby, daemon/commit.go, merge). */
function mergeConfig(user: ContainerConfig, image: ImageConfig): ContainerConfig {
  const own = new Set(user.Env.map((entry) => entry.split('=')[0]));
  const entrypointGiven = user.Entrypoint !== undefined;
  // An empty word resets the image's entry point (`--entrypoint ''`).
  const reset = user.Entrypoint?.length === 1 && user.Entrypoint[0] === '';
  const entrypoint = reset ? undefined : entrypointGiven ? user.Entrypoint : image.Entrypoint;
  const command = user.Cmd?.length ? user.Cmd : entrypointGiven ? undefined : image.Cmd;
  const ports = { ...image.ExposedPorts, ...user.ExposedPorts };
  const volumes = { ...image.Volumes, ...user.Volumes };
  const check = mergeHealth(user.Healthcheck, image.Healthcheck);
  const {
    Entrypoint: _entrypoint,
    Cmd: _command,
    ExposedPorts: _ports,
    Volumes: _volumes,
    Healthcheck: _check,
    ...rest
  } = user;
  return {
    ...rest,
    ...(user.User === '' && image.User ? { User: image.User } : {}),
    ...(user.WorkingDir === '' ? { WorkingDir: image.WorkingDir || '/' } : {}),
    Env: [...user.Env, ...(image.Env ?? []).filter((entry) => !own.has(entry.split('=')[0]))],
    Labels: { ...image.Labels, ...user.Labels },
    ...(entrypoint ? { Entrypoint: entrypoint } : {}),
    ...(command ? { Cmd: command } : {}),
    ...(Object.keys(ports).length > 0 ? { ExposedPorts: ports } : {}),
    ...(Object.keys(volumes).length > 0 ? { Volumes: volumes } : {}),
    ...(check ? { Healthcheck: check } : {}),
    ...(!user.StopSignal && image.StopSignal ? { StopSignal: image.StopSignal } : {}),
    ...(!user.Shell && image.Shell ? { Shell: image.Shell } : {}),
  };
}

function mergeHealth(
  user: ContainerConfig['Healthcheck'],
  image: ContainerConfig['Healthcheck'],
): ContainerConfig['Healthcheck'] {
  if (!user) return image;
  if (!image) return user;
  return {
    ...image,
    ...Object.fromEntries(
      Object.entries(user).filter(([, value]) => value !== 0 && !(Array.isArray(value) && value.length === 0)),
    ),
  };
}

/** References to other containers become ids: they stay right when a container is renamed. */
function resolved(engine: Engine, host: HostConfig): HostConfig {
  const byId = (mode: string) => {
    if (!mode.startsWith('container:')) return mode;
    try {
      return `container:${findContainer(engine, mode.slice('container:'.length)).id}`;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      // Whose network is missing is noticed when the container starts.
      if (mode === host.NetworkMode) return mode;
      throw new EngineError(400, error.message);
    }
  };
  for (const link of host.Links ?? []) {
    const [other = ''] = link.split(':');
    try {
      findContainer(engine, other);
    } catch (error) {
      if (error instanceof EngineError)
        throw new EngineError(400, `could not get container for ${other}: ${error.message}`);
      throw error;
    }
  }
  return {
    ...host,
    PidMode: byId(host.PidMode),
    IpcMode: byId(host.IpcMode),
    NetworkMode: byId(host.NetworkMode),
  };
}

function hostnameOf(engine: Engine, config: ContainerConfig, host: HostConfig, id: string): string {
  if (config.Hostname !== '') return config.Hostname;
  if (host.NetworkMode === 'host' || host.UTSMode === 'host') return engine.state.hostnames.get('host') ?? '';
  if (host.NetworkMode.startsWith('container:')) {
    const owner = engine.state.containers.get(host.NetworkMode.slice('container:'.length));
    if (owner) return owner.config.Hostname;
  }
  return id.slice(0, 12);
}

function plannedNetworks(
  engine: Engine,
  host: HostConfig,
  endpoints: Readonly<Record<string, EndpointRequest>>,
): Readonly<Record<string, Endpoint>> {
  const mode = host.NetworkMode;
  if (mode.startsWith('container:')) return {};
  const requests = { ...(mode in endpoints ? {} : { [mode]: {} }), ...endpoints };
  const planned: Record<string, Endpoint> = {};
  for (const [network, request] of Object.entries(requests))
    planned[networkName(engine, network)] = plannedEndpoint(engine, network, request);
  return planned;
}

function networkName(engine: Engine, ref: string): string {
  try {
    return findNetwork(engine, ref).name;
  } catch (error) {
    // A network that is missing is noticed when the container starts.
    if (error instanceof EngineError && error.status === 404) return ref;
    throw error;
  }
}

function warningsFor(host: HostConfig): string[] {
  const warnings: string[] = [];
  if (host.BlkioWeight > 0)
    warnings.push('Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded.');
  if (host.NetworkMode === 'host' && Object.keys(host.PortBindings).length > 0)
    warnings.push('Published ports are discarded when using host network mode');
  return warnings;
}

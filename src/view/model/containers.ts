import { decode } from '../../engine/bytes.ts';
import type { Container, ContainerState, HealthStatus } from '../../engine/containers/container.ts';
import { beginning } from '../../engine/containers/diff.ts';
import { changes, layerSize, type PathChange, pathChanges } from '../../engine/files/layer.ts';
import { directory } from '../../engine/files/node.ts';
import { baseImage } from '../../engine/images/layers.ts';
import { truncateId } from '../../engine/images/reference.ts';
import type { EngineState } from '../../engine/state.ts';
import { type Action, action, destroying, shellWord } from './action.ts';
import { type MountView, mountsOf } from './mounts.ts';

export interface ProcessView {
  readonly pid: number;
  /** As the container itself counts. */
  readonly inside: number;
  readonly command: string;
}

/** A port of a container, and where the host publishes it; empty: nowhere. */
export interface PortView {
  readonly inside: string;
  readonly host: string;
}

export interface ContainerView {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly command: string;
  readonly status: ContainerState['status'];
  readonly exitCode: number;
  /** Why it could not be started, or that it ran out of memory. */
  readonly error: string;
  readonly health?: { readonly status: HealthStatus; readonly failingStreak: number };
  readonly restarts: number;
  /** As `--restart` takes it; empty for none. */
  readonly restartPolicy: string;
  /** The layer of its own: bytes, the first changed paths, and the number of all. */
  readonly writable: { readonly size: number; readonly changes: readonly PathChange[]; readonly count: number };
  /** Layers of the image below it. */
  readonly layers: number;
  readonly layersSize: number;
  readonly processes: readonly ProcessView[];
  readonly ports: readonly PortView[];
  readonly networks: readonly { readonly name: string; readonly address: string }[];
  readonly mounts: readonly MountView[];
  readonly actions: readonly Action[];
}

/** So many changed paths are listed. */
const PATHS_SHOWN = 40;

/** All containers, the newest first, as `docker ps --all` lists them. */
export function containersView(state: EngineState): ContainerView[] {
  return [...state.containers.values()].reverse().map((container) => containerView(state, container));
}

export const isUp = ({ state: { status } }: Pick<Container, 'state'>) =>
  status === 'running' || status === 'paused' || status === 'restarting';

function containerView(state: EngineState, container: Container): ContainerView {
  const { id, name, config, hostConfig, restartCount } = container;
  const { status, exitCode, error, oomKilled, health } = container.state;
  const image = baseImage(state, container.image);
  const layers = image?.layers ?? [];
  const { Name: policy, MaximumRetryCount: retries } = hostConfig.RestartPolicy;
  return {
    ...{ id, name, status, exitCode, error: oomKilled ? 'OOM' : decode(error), restarts: restartCount },
    image: config.Image.startsWith('sha256:') ? truncateId(config.Image) : config.Image,
    command: decode([container.path, ...container.args].map(shellWord).join(' ')),
    ...(health ? { health: { status: health.status, failingStreak: health.failingStreak } } : {}),
    restartPolicy: policy === '' || policy === 'no' ? '' : `${policy}${retries > 0 ? `:${retries}` : ''}`,
    writable: writableView(state, container),
    layers: layers.length,
    layersSize: layers.reduce((sum, chain) => sum + (state.layers.get(chain)?.size ?? 0), 0),
    processes: [...state.processes.values()]
      .filter((process) => process.container === id && process.state !== 'zombie')
      .sort((a, b) => a.pid - b.pid)
      .map(({ pid, nsPid, argv }) => ({ pid, inside: nsPid, command: decode(argv.join(' ')) })),
    ports: portsOf(container),
    networks: Object.entries(container.networks).map(([network, { address }]) => ({ name: network, address })),
    mounts: mountsOf(state, container),
    actions: actionsOf(container),
  };
}

function writableView(state: EngineState, container: Container): ContainerView['writable'] {
  const below = beginning({ state }, container);
  const layer = changes(below, state.trees.get(`container:${container.id}`) ?? directory());
  const paths = pathChanges(below, layer);
  const shown = paths.slice(0, PATHS_SHOWN).map(({ kind, path }) => ({ kind, path: decode(path) }));
  return { size: layerSize(layer), changes: shown, count: paths.length };
}

/** Ports that are published or exposed, each with the addresses of the host, IPv4 and IPv6 told once. */
export function portsOf({ ports, config }: Container): PortView[] {
  const exposed = Object.keys(config.ExposedPorts ?? {}).map((inside): [string, null] => [inside, null]);
  const all = new Map([...exposed, ...Object.entries(ports)]);
  return [...all].flatMap(([inside, bindings]) => {
    const hosts = (bindings ?? [])
      .filter(({ HostIp }) => HostIp !== '::')
      .map(({ HostIp, HostPort }) => `${HostIp === '' || HostIp === '0.0.0.0' ? 'localhost' : HostIp}:${HostPort}`);
    return (hosts.length > 0 ? [...new Set(hosts)] : ['']).map((host) => ({ inside, host }));
  });
}

function actionsOf(container: Container): Action[] {
  const { name, state } = container;
  const docker = (verb: Action['verb'], ...words: readonly string[]) => action(verb, 'docker', ...words);
  const looking = [docker('logs', 'logs', name), docker('diff', 'diff', name), docker('inspect', 'inspect', name)];
  if (state.status === 'paused')
    return [docker('unpause', 'unpause', name), ...looking, destroying('docker', 'rm', '-f', name)];
  if (!isUp(container)) return [docker('start', 'start', name), ...looking, destroying('docker', 'rm', name)];
  return [
    ...[docker('stop', 'stop', name), docker('restart', 'restart', name), docker('pause', 'pause', name)],
    ...[docker('top', 'top', name), docker('enter', 'exec', '-it', name, 'sh'), ...looking],
    destroying('docker', 'rm', '-f', name),
  ];
}

import type { Engine } from '../../engine.ts';
import { EngineError } from '../../errors.ts';
import { resolve } from '../../files/path.ts';
import { createVolume } from '../../volumes/manage.ts';
import { mountpoint } from '../../volumes/volume.ts';
import type { Container, ContainerConfig, HostConfig, MountPoint, MountRequest } from '../container.ts';
import { findContainer } from '../find.ts';
import { isMountMode, parseBind, parseTmpfs, validateMount, type WantedMount } from './specification.ts';

/**
 * The mount points of a new container, its volumes created: what other containers give (`--volumes-from`), binds, mounts,
 * then the volumes that image and `-v /path` ask for. Throws 400 for what is invalid or mounted twice.
 */
export function registerMounts(engine: Engine, config: ContainerConfig, host: HostConfig): readonly MountPoint[] {
  const points = new Map<string, MountPoint>();
  const asked = new Set<string>();
  for (const [target, options] of Object.entries(host.Tmpfs ?? {})) parseTmpfs(target, options);
  for (const specification of host.VolumesFrom ?? [])
    for (const point of inherited(engine, specification)) points.set(point.Destination, point);
  const claim = (target: string) => {
    if (asked.has(target) || (host.Tmpfs && target in host.Tmpfs))
      throw new EngineError(400, `Duplicate mount point: ${target}`);
    asked.add(target);
  };
  for (const raw of host.Binds ?? []) {
    const wanted = parseBind(raw, host.VolumeDriver);
    claim(wanted.Target);
    points.set(wanted.Target, pointOf(engine, wanted, wanted.Mode));
  }
  const exists = (path: string) => engine.hostFiles().exists(path);
  for (const request of host.Mounts ?? []) {
    validateMount(request, exists);
    const target = resolve('/', request.Target);
    claim(target);
    points.set(target, pointOf(engine, { ...request, Target: target }, ''));
  }
  for (const path of Object.keys(config.Volumes ?? {}).sort()) {
    const target = resolve('/', path);
    if (points.has(target) || (host.Tmpfs && target in host.Tmpfs)) continue;
    points.set(target, volumePoint(engine, { Type: 'volume', Target: target }, ''));
  }
  return [...points.values()];
}

/** The container whose volumes are taken; a missing one is an error of the request. */
function giver(engine: Engine, ref: string): Container {
  try {
    return findContainer(engine, ref);
  } catch (error) {
    if (error instanceof EngineError) throw new EngineError(400, error.message);
    throw error;
  }
}

function inherited(engine: Engine, specification: string): MountPoint[] {
  if (specification === '') throw new EngineError(400, 'volumes-from specification cannot be an empty string');
  const [ref = '', mode = 'rw'] = specification.split(/:(.*)/s);
  if (!isMountMode(mode)) throw new EngineError(400, `invalid mode: ${mode}`);
  const readOnly = mode.split(',').includes('ro');
  const { mounts } = giver(engine, ref);
  // Memory that `--mount` asked for has no source, which the daemon takes for a volume without a name.
  if (mounts.some(({ Type }) => Type === 'tmpfs')) throw new EngineError(404, 'get : no such volume');
  return mounts.map((point) => ({ ...point, RW: point.RW && !readOnly, Mode: readOnly ? mode : point.Mode }));
}

function pointOf(engine: Engine, wanted: MountRequest | WantedMount, mode: string): MountPoint {
  const { Type, Source = '', Target, ReadOnly = false } = wanted;
  if (Type === 'volume') return volumePoint(engine, wanted, mode === '' ? 'z' : mode);
  const propagation = wanted.BindOptions?.Propagation ?? 'rprivate';
  if (Type === 'bind')
    return {
      Type,
      Source: resolve('/', Source),
      Destination: Target,
      Mode: mode,
      RW: !ReadOnly,
      Propagation: propagation,
    };
  return { Type, Source: '', Destination: Target, Mode: '', RW: !ReadOnly, Propagation: '' };
}

function volumePoint(
  engine: Engine,
  { Source = '', Target, ReadOnly = false, VolumeOptions: options }: MountRequest,
  shown: string,
): MountPoint {
  const driver = options?.DriverConfig?.Name;
  const volume = createVolume(engine, {
    name: Source,
    ...(driver ? { driver } : {}),
    ...(options?.DriverConfig?.Options ? { options: options.DriverConfig.Options } : {}),
    ...(options?.Labels ? { labels: options.Labels } : {}),
  });
  return {
    ...{
      Type: 'volume',
      Name: volume.name,
      Source: mountpoint(volume.name),
      Destination: Target,
      Driver: volume.driver,
    },
    ...{ Mode: shown, RW: !ReadOnly, Propagation: '' },
  };
}

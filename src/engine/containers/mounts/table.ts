import type { Engine } from '../../engine.ts';
import type { Mount } from '../../files/filesystem.ts';
import { type Directory, directory, regularFile } from '../../files/node.ts';
import { dirname, segments } from '../../files/path.ts';
import { lookup } from '../../files/tree.ts';
import { networkFiles } from '../../networks/endpoints.ts';
import { localMount } from '../../volumes/mount.ts';
import type { Container, MountPoint } from '../container.ts';
import { deviceTree } from '../root.ts';
import { runcError } from '../runc-error.ts';
import { parseTmpfs } from './specification.ts';

/** Where the engine's own program for `--init` lies in a container. */
export const INIT_PATH = '/sbin/docker-init';

const TMPFS = { readOnly: false, type: 'tmpfs' as const };

/**
 * Makes the trees that exist only while a container runs (`/dev`, tmpfs, the files of its network) and returns all mounts
 * of its processes, in the order in which they are made. A host folder that `-v` names and that is missing is made.
 */
export function mountTable(engine: Engine, container: Container): Mount[] {
  const { id, hostConfig } = container;
  const { trees, now } = engine.state;
  const devices = hostConfig.Devices.map(
    (device) => (device as { PathInContainer?: string }).PathInContainer ?? '',
  ).map((path) => path.replace('/dev/', ''));
  trees.set(`dev:${id}`, deviceTree(now, container.config.Tty, devices));
  trees.set(`shm:${id}`, directory({ mode: 0o1777, mtime: now }));
  writeNetworkFiles(engine, container);
  const files = `files:${id}`;
  const readOnly = !hostConfig.Privileged;
  const mounts: Mount[] = [
    { target: '/', tree: `container:${id}`, source: '/', readOnly: hostConfig.ReadonlyRootfs, type: 'overlay' },
    { target: '/proc', tree: `proc:${pidNamespace(engine, container)}`, source: '/', readOnly: false, type: 'proc' },
    { target: '/dev', tree: `dev:${id}`, source: '/', ...TMPFS, limit: 65_536 * 1024 },
    { target: '/dev/pts', tree: `dev:${id}`, source: '/pts', readOnly: false, type: 'devpts' },
    { target: '/sys', tree: `sys:${id}`, source: '/', readOnly, type: 'sysfs' },
    { target: '/sys/fs/cgroup', tree: `sys:${id}`, source: '/fs/cgroup', readOnly, type: 'cgroup2' },
    { target: '/dev/mqueue', tree: `dev:${id}`, source: '/mqueue', readOnly: false, type: 'mqueue' },
    { target: '/dev/shm', tree: `shm:${id}`, source: '/', ...TMPFS, limit: hostConfig.ShmSize },
    ...['resolv.conf', 'hostname', 'hosts'].map(
      (name): Mount => ({ target: `/etc/${name}`, tree: files, source: `/${name}`, readOnly: false, type: 'ext4' }),
    ),
    ...(hostConfig.Init
      ? [{ target: INIT_PATH, tree: files, source: '/docker-init', readOnly: true, type: 'ext4' as const }]
      : []),
  ];
  const own = [...userMounts(engine, container)].sort((a, b) => segments(a.target).length - segments(b.target).length);
  const system: Mount[] = (hostConfig.ReadonlyPaths ?? [])
    .filter((path) => path === '/proc/sys')
    .map((path) => ({
      target: path,
      tree: `proc:${pidNamespace(engine, container)}`,
      source: path.slice('/proc'.length),
      readOnly: true,
      type: 'proc',
    }));
  return [...mounts, ...system, ...own];
}

/** Which PID namespace the container's processes live in: its own, another container's, or the host's. */
export function pidNamespace(engine: Engine, { id, hostConfig: { PidMode } }: Container): string {
  if (PidMode === 'host') return 'host';
  if (!PidMode.startsWith('container:')) return id;
  const ref = PidMode.slice('container:'.length);
  return engine.state.containers.has(ref) ? ref : (engine.state.containerNames.get(ref) ?? id);
}

/** Brings /etc/hosts, /etc/resolv.conf and /etc/hostname up to date, as on start and when networks are joined or left. */
export function writeNetworkFiles(engine: Engine, container: Container): void {
  const { trees, now } = engine.state;
  const { hosts, resolvConf, hostname } = networkFiles(engine, container);
  const file = (text: string) => regularFile(text, { mtime: now });
  const init = regularFile('', { mode: 0o755, size: 752_504, program: 'docker-init' });
  trees.set(
    `files:${container.id}`,
    directory(
      {},
      new Map([
        ['hosts', file(hosts)],
        ['resolv.conf', file(resolvConf)],
        ['hostname', file(hostname)],
        ['docker-init', init],
      ]),
    ),
  );
}

function* userMounts(engine: Engine, container: Container): Generator<Mount> {
  const { id, hostConfig } = container;
  for (const [target, options] of Object.entries(hostConfig.Tmpfs ?? {})) {
    const { size, mode = 0o1777, readOnly, uid = 0, gid = 0 } = parseTmpfs(target, options);
    yield tmpfs(engine, id, target, { mode, uid, gid }, size, readOnly);
  }
  for (const point of container.mounts) {
    const { Type, Destination: target, RW } = point;
    const request = hostConfig.Mounts?.find((mount) => mount.Target === target);
    if (Type === 'tmpfs') {
      const { SizeBytes, Mode } = request?.TmpfsOptions ?? {};
      yield tmpfs(engine, id, target, { mode: Mode || 0o1777 }, SizeBytes || undefined, !RW);
    } else if (Type === 'volume') {
      const subpath = request?.VolumeOptions?.Subpath;
      yield {
        ...volumeTree(engine, point),
        ...(subpath ? { source: `/${subpath}` } : {}),
        target,
        readOnly: !RW,
      };
    } else yield bind(engine, point, container);
  }
}

function tmpfs(
  engine: Engine,
  id: string,
  target: string,
  attributes: { mode: number; uid?: number; gid?: number },
  size: number | undefined,
  readOnly: boolean,
): Mount {
  const tree = `tmpfs:${id}:${target}`;
  engine.state.trees.set(tree, directory({ ...attributes, mtime: engine.state.now }));
  return { target, tree, source: '/', readOnly, type: 'tmpfs', ...(size === undefined ? {} : { limit: size }) };
}

/** The tree behind a volume; one of the driver `local` with options is a folder of the host, or memory. */
function volumeTree(engine: Engine, { Name = '' }: MountPoint): Pick<Mount, 'tree' | 'source' | 'type' | 'limit'> {
  const volume = engine.state.volumes.get(Name);
  const local = volume && localMount(engine, volume);
  if (local && 'device' in local) return { ...hostPlace(engine, local.device), type: 'ext4' };
  const place = { tree: `volume:${Name}`, source: '/' };
  if (!local) return { ...place, type: 'ext4' };
  return { ...place, type: 'tmpfs', ...(local.limit === undefined ? {} : { limit: local.limit }) };
}

function hostPlace(engine: Engine, path: string): Pick<Mount, 'tree' | 'source'> {
  const files = engine.hostFiles();
  const real = files.exists(path) ? files.realpath(path) : path;
  const mount = files.mountOf(real);
  const rest = segments(real).slice(segments(mount.target).length);
  return { tree: mount.tree, source: `/${[...segments(mount.source), ...rest].join('/')}` };
}

function bind(engine: Engine, { Source, Destination, RW }: MountPoint, container: Container): Mount {
  const files = engine.hostFiles();
  if (!files.exists(Source)) files.mkdirs(Source);
  const from = files.stat(Source)!;
  const image = engine.state.trees.get(`container:${container.id}`);
  const target = image && lookup(image, segments(Destination));
  if (target && (target.type === 'directory') !== (from.type === 'directory'))
    throw runcError(
      `error mounting "${Source}" to rootfs at "${Destination}": mount src=${Source}, dst=${Destination}, dstFd=/proc/thread-self/fd/14, flags=MS_BIND|MS_REC: not a directory: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`,
    );
  const above = image && lookup(image, segments(dirname(Destination)));
  if (above && above.type === 'file')
    throw runcError(
      `error mounting "${Source}" to rootfs at "${Destination}": create mountpoint for ${Destination} mount: lookup mountpoint target: securejoin.OpenInRoot ${Destination}: openat2 ${Destination}: not a directory: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`,
    );
  return { ...hostPlace(engine, Source), target: Destination, readOnly: !RW, type: 'ext4' };
}

/** The folder of a container's image at a path, for what a fresh volume is filled with. */
export function folderAt(tree: Directory, path: string): Directory | undefined {
  const node = lookup(tree, segments(path));
  return node?.type === 'directory' ? node : undefined;
}

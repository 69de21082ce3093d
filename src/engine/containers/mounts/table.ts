import type { Engine } from '../../engine.ts';
import { EngineError } from '../../errors.ts';
import type { Mount } from '../../files/filesystem.ts';
import { type Directory, directory, regularFile } from '../../files/node.ts';
import { dirname, segments } from '../../files/path.ts';
import { lookup } from '../../files/tree.ts';
import { networkFiles } from '../../networks/endpoints.ts';
import { HOST_MEMORY } from '../../process/proc.ts';
import { localMount } from '../../volumes/mount.ts';
import { mountpoint } from '../../volumes/volume.ts';
import type { Container, MountPoint } from '../container.ts';
import { overlayFolders } from '../overlay.ts';
import { deviceTree } from '../root.ts';
import { runcError } from '../runc-error.ts';
import { parseTmpfs, type TmpfsOptions } from './specification.ts';

/** Where the engine's own program for `--init` lies in a container. */
export const INIT_PATH = '/sbin/docker-init';

const TMPFS = { readOnly: false, type: 'tmpfs' as const };

/** Folders and files of /proc and /sys that nothing can be read from (OCI, `maskedPaths`): those that this kernel has. */
const MASKED_FOLDERS = ['/proc/acpi', '/sys/firmware'];
const MASKED_FILES = ['/proc/interrupts', '/proc/keys', '/proc/timer_list'];
const READ_ONLY = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys'];
const DEV_SIZE = 65_536 * 1024;
const DEV_OPTIONS = ['nosuid', 'size=65536k', 'mode=755'];
const USUAL = ['nosuid', 'nodev', 'noexec', 'relatime'];

/**
 * Makes the trees that exist only while a container runs (`/dev`, tmpfs, the files of its network) and returns all mounts
 * of its processes, in the order in which they are made. A host folder that `-v` names and that is missing is made.
 */
export function mountTable(engine: Engine, container: Container): Mount[] {
  const { id, hostConfig } = container;
  const { trees, now } = engine.state;
  const devices = hostConfig.Devices as readonly { PathInContainer: string; PathOnHost: string }[];
  trees.set(
    `dev:${id}`,
    deviceTree(
      now,
      { tty: container.config.Tty, shm: hostConfig.IpcMode !== 'none', all: hostConfig.Privileged },
      devices,
    ),
  );
  writeNetworkFiles(engine, container);
  const files = `files:${id}`;
  const readOnly = !hostConfig.Privileged;
  const proc = `proc:${pidNamespace(engine, container)}`;
  const { LowerDir, UpperDir, WorkDir } = overlayFolders(engine, container);
  const overlay = ['relatime', `lowerdir=${LowerDir}`, `upperdir=${UpperDir}`, `workdir=${WorkDir}`];
  const place = (tree: string, source = '/') => ({ tree, source });
  const mounts: Mount[] = [
    {
      ...{ target: '/', ...place(`container:${id}`), readOnly: hostConfig.ReadonlyRootfs, type: 'overlay' },
      options: overlay,
    },
    { target: '/proc', ...place(proc), readOnly: false, type: 'proc' },
    { target: '/dev', ...place(`dev:${id}`), ...TMPFS, limit: DEV_SIZE, options: DEV_OPTIONS },
    { target: '/dev/pts', ...place(`dev:${id}`, '/pts'), readOnly: false, type: 'devpts' },
    { target: '/sys', ...place(`sys:${id}`), readOnly, type: 'sysfs' },
    { target: '/sys/fs/cgroup', ...place(`sys:${id}`, '/fs/cgroup'), readOnly, type: 'cgroup2' },
    { target: '/dev/mqueue', ...place(`dev:${id}`, '/mqueue'), readOnly: false, type: 'mqueue' },
    ...sharedMemory(engine, container),
  ];
  const depth = ({ target }: Mount) => segments(target).length;
  const own = [...userMounts(engine, container), ...networkMounts(container), ...secretMounts(engine, container)].sort(
    (a, b) => depth(a) - depth(b),
  );
  const init: Mount = { target: INIT_PATH, ...place(files, '/docker-init'), readOnly: true, type: 'ext4' };
  const inProc = (path: string) => path.slice('/proc'.length);
  const shown = hostConfig.ReadonlyPaths ?? [];
  const masked = hostConfig.MaskedPaths ?? [];
  return [
    ...mounts,
    ...own,
    ...(hostConfig.Init ? [init] : []),
    ...(container.config.Tty
      ? [{ target: '/dev/console', ...place(`dev:${id}`, '/console'), readOnly: false, type: 'devpts' as const }]
      : []),
    ...READ_ONLY.filter((path) => shown.includes(path)).map(
      (target): Mount => ({ target, ...place(proc, inProc(target)), readOnly: true, type: 'proc' }),
    ),
    ...MASKED_FOLDERS.filter((path) => masked.includes(path)).map(
      (target): Mount => ({
        ...{ target, ...place('masked'), readOnly: true, type: 'tmpfs', limit: 4096 },
        options: ['relatime', 'size=4k', 'nr_inodes=1'],
      }),
    ),
    ...MASKED_FILES.filter((path) => masked.includes(path)).map(
      (target): Mount => ({
        ...{ target, ...place(`dev:${id}`, '/null'), ...TMPFS, limit: DEV_SIZE, options: DEV_OPTIONS },
      }),
    ),
  ].sort((a, b) => Number(isMasked(a)) - Number(isMasked(b)) || (isMasked(a) ? a.target.localeCompare(b.target) : 0));
}

const isMasked = ({ target }: Mount) => MASKED_FOLDERS.includes(target) || MASKED_FILES.includes(target);

/** /etc/resolv.conf, /etc/hostname and /etc/hosts, unless the user mounts others. */
export function networkMounts({ id, hostConfig, mounts }: Container): Mount[] {
  return ['resolv.conf', 'hostname', 'hosts']
    .map(
      (name): Mount => ({
        ...{ target: `/etc/${name}`, tree: `files:${id}`, source: `/${name}`, type: 'ext4' },
        readOnly: hostConfig.ReadonlyRootfs,
      }),
    )
    .filter(({ target }) => !mounts.some(({ Destination }) => Destination === target));
}

/** Secrets and configs of a swarm's task: each file is a tmpfs of its own, which nobody can write to. */
function secretMounts({ state: { trees } }: Engine, { id }: Container): Mount[] {
  const tree = `secrets:${id}`;
  const mounts: Mount[] = [];
  const collect = (folder: Directory, path: string) => {
    for (const [name, node] of folder.entries) {
      const target = `${path}/${name}`;
      if (node.type === 'directory') collect(node, target);
      else mounts.push({ target, tree, source: target, readOnly: true, type: 'tmpfs' });
    }
  };
  collect(trees.get(tree) ?? directory(), '');
  return mounts;
}

/** /dev/shm by the IPC mode: its own, another container's, the host's, or none. */
function sharedMemory(engine: Engine, { id, hostConfig: { IpcMode, ShmSize } }: Container): Mount[] {
  const { trees, now, containers, containerNames } = engine.state;
  const target = '/dev/shm';
  if (IpcMode === 'none') return [];
  if (IpcMode === 'host')
    return [{ target, tree: 'host', source: '/dev/shm', ...TMPFS, limit: HOST_MEMORY, options: ['relatime'] }];
  const giver = IpcMode.startsWith('container:') ? IpcMode.slice('container:'.length) : id;
  const owner = containers.get(giver) ?? containers.get(containerNames.get(giver) ?? '');
  const size = owner?.hostConfig.ShmSize ?? ShmSize;
  const tree = `shm:${owner?.id ?? id}`;
  if (giver === id) trees.set(tree, directory({ mode: 0o1777, mtime: now }));
  const options = [...USUAL, `size=${Math.floor(size / 1024)}k`];
  return [{ target, tree, source: '/', ...TMPFS, limit: size, noExec: true, device: 'shm', options }];
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
  const { hostConfig } = container;
  for (const [target, options] of Object.entries(hostConfig.Tmpfs ?? {}))
    yield tmpfs(engine, container, target, parseTmpfs(target, options));
  for (const point of container.mounts) {
    const { Type, Destination: target, RW } = point;
    const request = hostConfig.Mounts?.find((mount) => mount.Target === target);
    if (Type === 'tmpfs') {
      const { SizeBytes: size, Mode: mode } = request?.TmpfsOptions ?? {};
      yield tmpfs(engine, container, target, {
        ...{ readOnly: !RW, exec: false, suid: false, dev: false },
        ...(size ? { size } : {}),
        ...(mode ? { mode } : {}),
      });
    } else if (Type === 'volume') {
      const place = volumePlace(engine, point, request?.VolumeOptions?.Subpath);
      yield { ...place, target, readOnly: !RW || place.readOnly === true };
    } else yield bind(engine, point, container);
  }
}

/** Memory at a path; without a mode it has that of the folder that it hides. */
function tmpfs(engine: Engine, { id }: Container, target: string, wanted: TmpfsOptions): Mount {
  const { trees, now } = engine.state;
  const tree = `tmpfs:${id}:${target}`;
  const hidden = lookup(trees.get(`container:${id}`) ?? directory(), segments(target));
  const { size, mode = hidden?.mode ?? 0o1777, uid = 0, gid = 0, readOnly, exec, suid, dev } = wanted;
  trees.set(tree, directory({ mode, uid, gid, mtime: now }));
  const options = [
    ...[...(suid ? [] : ['nosuid']), ...(dev ? [] : ['nodev']), ...(exec ? [] : ['noexec']), 'relatime'],
    ...(size === undefined ? [] : [`size=${Math.ceil(size / 4096) * 4}k`]),
    ...(mode === 0o1777 ? [] : [`mode=${mode.toString(8)}`]),
    ...[...(uid === 0 ? [] : [`uid=${uid}`]), ...(gid === 0 ? [] : [`gid=${gid}`])],
  ];
  const limit = size === undefined ? {} : { limit: Math.ceil(size / 4096) * 4096 };
  return { target, tree, source: '/', readOnly, type: 'tmpfs', ...limit, noExec: !exec, options };
}

/** Where a volume's files lie; a folder of it when a subpath is asked for, which must be there. */
function volumePlace(
  engine: Engine,
  point: MountPoint,
  subpath: string | undefined,
): Omit<Mount, 'target' | 'readOnly'> & { readOnly?: true } {
  const place = volumeTree(engine, point);
  if (!subpath) return place;
  const path = mountpoint(point.Name ?? '');
  const names = segments(subpath);
  const tree = engine.state.trees.get(place.tree) ?? directory();
  const missing = names.findIndex((_, at) => !lookup(tree, names.slice(0, at + 1)));
  if (missing >= 0)
    throw new EngineError(
      400,
      `cannot access path ${path}/${subpath}: lstat ${path}/${names.slice(0, missing + 1).join('/')}: no such file or directory`,
    );
  return { ...place, source: `/${segments(subpath).join('/')}` };
}

/** A volume or folder of the host as the daemon itself mounts it to look at a container's files. */
export function pointMount(engine: Engine, point: MountPoint): Mount {
  const { Type, Source, Destination: target, RW } = point;
  const place = Type === 'volume' ? volumeTree(engine, point) : { ...hostPlace(engine, Source), type: 'ext4' as const };
  return { ...place, target, readOnly: !RW };
}

/** The tree behind a volume; one of the driver `local` with options is a folder of the host, or memory. */
function volumeTree(
  engine: Engine,
  { Name = '' }: MountPoint,
): Pick<Mount, 'tree' | 'source' | 'type' | 'limit' | 'options'> & { readOnly?: true } {
  const volume = engine.state.volumes.get(Name);
  const local = volume && localMount(engine, volume);
  if (local && 'device' in local) return { ...hostPlace(engine, local.device), type: 'ext4' };
  const place = { tree: `volume:${Name}`, source: '/' };
  if (!local) return { ...place, type: 'ext4' };
  const { limit, mode, uid, gid, readOnly } = local;
  const { trees, processes, now } = engine.state;
  // Memory lasts as long as someone has it mounted.
  const inUse = [...processes.values()].some(({ mounts }) => mounts.some(({ tree }) => tree === place.tree));
  if (!inUse) trees.set(place.tree, directory({ mode, uid, gid, mtime: now }));
  const options = [
    'relatime',
    ...(limit === undefined ? [] : [`size=${Math.ceil(limit / 4096) * 4}k`]),
    ...(mode === 0o1777 ? [] : [`mode=${mode.toString(8)}`]),
    ...[...(uid === 0 ? [] : [`uid=${uid}`]), ...(gid === 0 ? [] : [`gid=${gid}`])],
  ];
  return {
    ...place,
    type: 'tmpfs',
    options,
    ...(readOnly ? { readOnly } : {}),
    ...(limit === undefined ? {} : { limit }),
  };
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

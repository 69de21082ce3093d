import { type Directory, directory, type FileNode, regularFile, symbolicLink } from '../files/node.ts';
import { replace } from '../files/tree.ts';

/**
 * The files that a container begins with: its image's, and what the engine lays over them so that there is something to
 * mount on. That layer belongs to no image, and `docker diff` does not show it (moby, daemon/initlayer).
 */
export function initialTree(image: Directory, now: number): Directory {
  let tree = image;
  const put = (path: string, node: FileNode) => {
    const names = path.split('/');
    let at: FileNode | undefined = tree;
    for (const name of names) at = at?.type === 'directory' ? at.entries.get(name) : undefined;
    if (!at) tree = replace(tree, names, node, now);
  };
  const empty = regularFile('', { mode: 0o755, mtime: now });
  for (const path of ['dev', 'dev/pts', 'dev/shm', 'proc', 'sys', 'etc']) put(path, directory({ mtime: now }));
  for (const path of ['.dockerenv', 'etc/resolv.conf', 'etc/hosts', 'etc/hostname', 'dev/console']) put(path, empty);
  put('etc/mtab', symbolicLink('/proc/mounts', { mtime: now }));
  return tree;
}

const DEVICES = ['null', 'zero', 'full', 'random', 'urandom', 'tty'] as const;

const numbered = (name: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `${name}${from + at}`);

/** Devices of the host that a privileged container has, too. */
export const HOST_DEVICES: readonly string[] = [
  ...['autofs', 'btrfs-control', 'cpu_dma_latency', 'fuse', 'hwrng', 'kmsg', 'kvm', 'loop-control', 'mem', 'port'],
  ...[...numbered('loop', 0, 7), ...numbered('tty', 0, 63), 'ttyS0', 'userfaultfd', 'vcs', 'vcs1', 'vcsa', 'vcsa1'],
  ...['vcsu', 'vcsu1', 'vda', 'vda1', 'vga_arbiter', 'vsock'],
];

/** A device of the host by its name. */
export function hostDevice(name: string, mtime: number): FileNode {
  const type = /^(?:loop\d|vd)/.test(name) ? 'block' : 'character';
  return { type, device: name, mode: type === 'block' ? 0o660 : 0o600, uid: 0, gid: 0, mtime };
}

/** What lies in a container's `/dev` (OCI runtime specification, "Default Devices"). */
export function deviceTree(
  now: number,
  { tty, shm, all = false }: { readonly tty: boolean; readonly shm: boolean; readonly all?: boolean },
  more: readonly { readonly PathInContainer: string; readonly PathOnHost: string }[] = [],
): Directory {
  const device = (name: string, mode = 0o666, gid = 0): FileNode => ({
    type: 'character',
    device: name,
    mode,
    uid: 0,
    gid,
    mtime: now,
  });
  const link = (target: string) => symbolicLink(target, { mtime: now });
  const folder = (mode: number) => directory({ mode, mtime: now });
  const tree = directory(
    { mtime: now },
    new Map<string, FileNode>([
      ...DEVICES.map((name): [string, FileNode] => [name, device(name)]),
      ...(tty ? [['console', device('tty', 0o620, 5)] as const] : []),
      ...(['fd', 'stdin', 'stdout', 'stderr'] as const).map((name, at): [string, FileNode] => [
        name,
        link(at === 0 ? '/proc/self/fd' : `/proc/self/fd/${at - 1}`),
      ]),
      ...[
        ['ptmx', link('pts/ptmx')] as const,
        ['pts', folder(0o755)] as const,
        ['mqueue', folder(0o1777)] as const,
        ...(shm ? [['shm', folder(0o1777)] as const] : []),
      ],
    ]),
  );
  const own = new Map(tree.entries);
  if (all) for (const name of HOST_DEVICES) if (!own.has(name)) own.set(name, hostDevice(name, now));
  // A device of the host keeps what it is under another name.
  return more.reduce<Directory>(
    (whole, { PathInContainer, PathOnHost }) =>
      replace(
        whole,
        PathInContainer.split('/').slice(2),
        device(PathOnHost.slice(PathOnHost.lastIndexOf('/') + 1)),
        now,
      ),
    { ...tree, entries: own },
  );
}

import type { Engine } from '../../engine.ts';
import type { Mount } from '../../files/filesystem.ts';
import { directory, regularFile } from '../../files/node.ts';
import { segments, within } from '../../files/path.ts';
import { lookup, replace } from '../../files/tree.ts';
import type { Container } from '../container.ts';
import { overlayFolders } from '../overlay.ts';
import { runcError } from '../runc-error.ts';

/**
 * Makes the folders and files that mounts need to lie on, as runc does: in the container's writable layer, or in what is
 * mounted there already. Throws what runc says when that can't be.
 */
export function makeMountpoints(engine: Engine, container: Container, mounts: readonly Mount[]): void {
  const { trees, now } = engine.state;
  for (const [index, mount] of mounts.entries()) {
    if (mount.target === '/') continue;
    const below = mounts.slice(0, index).findLast(({ target }) => within(target, mount.target))!;
    if (below.type !== 'overlay' && below.type !== 'ext4' && below.type !== 'tmpfs') {
      if (mount.type === 'ext4' || mount.type === 'tmpfs') insidePseudo(engine, container, mount, below);
      continue;
    }
    const names = [...segments(below.source), ...segments(mount.target).slice(segments(below.target).length)];
    const tree = trees.get(below.tree) ?? directory();
    const there = lookup(tree, names);
    const from = lookup(trees.get(mount.tree) ?? directory(), segments(mount.source));
    const file = from !== undefined && from.type !== 'directory';
    if (there) {
      if (mount.type === 'tmpfs' && !file && there.type !== 'directory') throw ontoFile(mount, there.mode);
      continue;
    }
    // The root itself becomes read-only when all is mounted.
    if (below.readOnly && below.type !== 'overlay') throw refused(engine, container, mount, below, file);
    const node = file ? regularFile('', { mode: 0o755, mtime: now }) : directory({ mtime: now });
    trees.set(below.tree, replace(tree, names, node, now));
  }
}

const source = (engine: Engine, container: Container, { target, type, tree, source: path }: Mount) => {
  if (type === 'tmpfs') return 'tmpfs';
  const point = container.mounts.find(({ Destination }) => Destination === target);
  return point?.Source ?? (tree === 'host' ? path : engine.state.trees.has(tree) ? path : tree);
};

function refused(engine: Engine, container: Container, mount: Mount, below: Mount, file: boolean) {
  const { target } = mount;
  const lead = `error mounting "${source(engine, container, mount)}" to rootfs at "${target}": create mountpoint for ${target} mount: make mountpoint "${target}": `;
  if (file) return runcError(`${lead}read-only file system`);
  return runcError(
    `${lead}mkdirat ${merged(engine, container)}${firstMissing(engine, mount, below)}: read-only file system`,
  );
}

const merged = (engine: Engine, container: Container) => overlayFolders(engine, container).MergedDir;

/** The first folder on the way that would have to be made. */
function firstMissing({ state: { trees } }: Engine, { target }: Mount, below: Mount): string {
  const all = segments(target);
  const tree = trees.get(below.tree) ?? directory();
  for (let depth = segments(below.target).length + 1; depth < all.length; depth += 1) {
    const inside = [...segments(below.source), ...all.slice(segments(below.target).length, depth)];
    if (!lookup(tree, inside)) return `/${all.slice(0, depth).join('/')}`;
  }
  return target;
}

/** Nothing can be mounted on what the kernel makes up, but where runc itself does. */
function insidePseudo(engine: Engine, container: Container, mount: Mount, below: Mount): void {
  const { target } = mount;
  if (
    !container.mounts.some(({ Destination }) => Destination === target) &&
    !(target in (container.hostConfig.Tmpfs ?? {}))
  )
    return;
  const lead = `error mounting "${source(engine, container, mount)}" to rootfs at "${target}": create mountpoint for ${target} mount: `;
  const place = `${merged(engine, container)}${target}`;
  const names = segments(target);
  if (target === '/proc')
    throw runcError(
      `${lead}check proc-safety of /proc mount: "${place}" cannot be mounted because it is not of type proc`,
    );
  const exists = engine.treeStore().virtual?.(below.tree);
  const there = exists && lookup(exists, [...segments(below.source), ...names.slice(segments(below.target).length)]);
  if (below.type === 'proc' && there)
    throw runcError(
      `${lead}check proc-safety of ${target} mount: "${place}" cannot be mounted because it is inside /proc`,
    );
  if (!there)
    throw runcError(
      `${lead}make mountpoint "${target}": mkdirat ${place}: ${below.type === 'proc' ? 'no such file or directory' : 'read-only file system'}`,
    );
}

function ontoFile({ target, options = [] }: Mount, mode: number) {
  const flags = { nosuid: 'MS_NOSUID', nodev: 'MS_NODEV', noexec: 'MS_NOEXEC' } as const;
  const set = (['nosuid', 'nodev', 'noexec'] as const)
    .filter((flag) => options.includes(flag))
    .map((flag) => flags[flag]);
  return runcError(
    `error mounting "tmpfs" to rootfs at "${target}": mount src=tmpfs, dst=${target}, dstFd=/proc/thread-self/fd/14, flags=${set.join('|')}, data=mode=0${(mode & 0o777 & ~0o200).toString(8)}: not a directory: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`,
  );
}

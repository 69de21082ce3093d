import type { Mount } from '../../engine/files/filesystem.ts';
import { mountOptions, mountSource } from '../../engine/files/mount-info.ts';
import { treeSize } from '../../engine/files/tree.ts';
import { HOST_MEMORY } from '../../engine/process/proc.ts';
import type { Kernel } from '../../engine/process/program.ts';

/** A mounted file system as statfs(2) and /proc/mounts describe it; sizes in KiB. */
export interface Volume {
  readonly device: string;
  readonly type: string;
  readonly target: string;
  readonly options: string;
  readonly size: number;
  readonly used: number;
  readonly available: number;
  readonly inodes: number;
  readonly inodesUsed: number;
}

/** The modelled host's disk, in KiB: what Docker's folder lies on. */
const DISK = { size: 61_255_492, used: 8_146_176, available: 49_965_312, inodes: 3_907_584, inodesUsed: 182_344 };

/** Sizes and options of a mount. */
export function volumeFor(kernel: Kernel, mount: Mount): Volume {
  const device = mountSource(mount);
  const options = mountOptions(mount).join(',');
  const base = { device, type: mount.type, target: mount.target, options };
  if (mount.type === 'overlay' || mount.type === 'ext4') return { ...base, ...DISK };
  if (mount.type !== 'tmpfs' && mount.type !== 'devtmpfs')
    return { ...base, size: 0, used: 0, available: 0, inodes: 0, inodesUsed: 0 };
  const limit = mount.limit ?? HOST_MEMORY / 2;
  const node = kernel.files.stat(mount.target);
  const used = node && mount.target !== '/dev' ? Math.ceil(treeSize(node) / 4096) * 4 : 0;
  const size = Math.floor(limit / 1024);
  return { ...base, size, used, available: Math.max(0, size - used), inodes: 1_005_413, inodesUsed: 1 };
}

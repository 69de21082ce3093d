import type { Mount } from './filesystem.ts';

/** What is mounted, as /proc/mounts names it first. */
export function mountSource({ device, type }: Mount): string {
  if (device !== undefined) return device;
  if (type === 'ext4') return '/dev/vda1';
  return type === 'cgroup2' ? 'cgroup' : type;
}

const USUAL = ['nosuid', 'nodev', 'noexec', 'relatime'];

/** The options of a mount as /proc/mounts and mount(8) list them. */
export function mountOptions({ readOnly, type, options, limit }: Mount): string[] {
  return [readOnly ? 'ro' : 'rw', ...(options ?? usual(type, limit))];
}

function usual(type: Mount['type'], limit: number | undefined): readonly string[] {
  switch (type) {
    case 'proc':
    case 'sysfs':
    case 'mqueue':
    case 'cgroup2':
      return USUAL;
    case 'devpts':
      return ['nosuid', 'noexec', 'relatime', 'gid=5', 'mode=620', 'ptmxmode=666'];
    case 'tmpfs':
      return ['relatime', ...(limit === undefined ? [] : [`size=${Math.floor(limit / 1024)}k`])];
    default:
      return ['relatime'];
  }
}

import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { mountpoint, type Volume } from './volume.ts';

/** What the driver `local` mounts when a volume has options: a folder of the host, or memory. */
export type LocalMount =
  | { readonly device: string }
  | {
      readonly limit: number | undefined;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
      readonly readOnly: boolean;
    };

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Value of one of the comma-separated mount options. */
function option(options: string, name: string): string | undefined {
  return options
    .split(',')
    .find((entry) => entry.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

/** What lies behind a volume that has options; nothing when its files are its own. Throws 500 when it can't be mounted. */
export function localMount(engine: Engine, { name, options }: Volume): LocalMount | undefined {
  const { type = '', o = '', device = '' } = options ?? {};
  if (device === '') return undefined;
  if (type === 'tmpfs') {
    const [, number = '', unit = ''] = /^(\d+)([kmg]?)$/i.exec(option(o, 'size') ?? '') ?? [];
    const limit = number === '' ? undefined : Number(number) * UNITS[unit.toLowerCase()]!;
    const [uid, gid] = [Number(option(o, 'uid') ?? 0), Number(option(o, 'gid') ?? 0)];
    return {
      limit,
      mode: Number.parseInt(option(o, 'mode') ?? '1777', 8),
      uid,
      gid,
      readOnly: o.split(',').includes('ro'),
    };
  }
  const bind = o.split(',').some((entry) => entry === 'bind' || entry === 'rbind');
  const reason = bind ? (engine.hostFiles().exists(device) ? '' : 'no such file or directory') : mountProblem(type);
  if (reason === '') return { device };
  const flags = bind ? ', flags: 0x1000' : '';
  const data = o === '' || bind ? '' : `, data: ${o}`;
  throw new EngineError(
    500,
    `error while mounting volume '${mountpoint(name)}': failed to mount local volume: mount ${device}:${mountpoint(name)}${flags}${data}: ${reason}`,
  );
}

/** What the kernel says to a file system that this host has no device or server for. */
function mountProblem(type: string): string {
  return type === 'nfs' || type === 'cifs' ? 'connection refused' : 'no such device';
}

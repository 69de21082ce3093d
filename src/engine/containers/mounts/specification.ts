import { EngineError } from '../../errors.ts';
import { resolve } from '../../files/path.ts';
import { HOST_MEMORY } from '../../process/proc.ts';
import type { MountRequest } from '../container.ts';

/** A mount as it is asked for, with what `docker inspect` shows of its mode. */
export interface WantedMount extends MountRequest {
  readonly Mode: string;
  /** Asked for by `-v`: a missing host folder is made. */
  readonly fromBind: boolean;
}

const refuse = (message: string): never => {
  throw new EngineError(400, message);
};

const GROUPS: readonly (readonly string[])[] = [
  ['ro', 'rw'],
  ['z', 'Z'],
  ['nocopy'],
  ['shared', 'rshared', 'slave', 'rslave', 'private', 'rprivate'],
];

/** Whether the third part of a `-v` value is a mode: every word known, at most one of a kind. */
export function isMountMode(mode: string): boolean {
  if (mode === '') return true;
  const counts = GROUPS.map(() => 0);
  for (const word of mode.split(',')) {
    const group = GROUPS.findIndex((words) => words.includes(word));
    if (group < 0) return false;
    counts[group]! += 1;
  }
  return counts.every((count) => count <= 1);
}

/**
 * A value of `-v` as the daemon reads it on Linux (moby, daemon/volume/mounts/linux_parser.go, ParseMountRaw). Throws 400
 * `invalid volume specification: 'X'`, `invalid mode: X`.
 */
export function parseBind(raw: string, volumeDriver = ''): WantedMount {
  const invalid = `invalid volume specification: '${raw}'`;
  const parts = raw.split(':');
  if (parts[0] === '' || parts.length > 3) refuse(invalid);
  if (parts.length > 1 && parts[1] === '') refuse(invalid);
  if (parts.length === 2 && isMountMode(parts[1]!)) refuse(invalid);
  const [source, target, mode = ''] = parts.length === 1 ? [undefined, parts[0]!] : [parts[0]!, parts[1]!, parts[2]];
  if (!isMountMode(mode)) refuse(`invalid mode: ${mode}`);
  const words = mode.split(',');
  const bind = source?.startsWith('/') ?? false;
  const propagation = words.find((word) => GROUPS[3]!.includes(word));
  const wanted: WantedMount = {
    ...{ Type: bind ? 'bind' : 'volume', Target: target, Mode: mode, fromBind: true },
    ...(source === undefined ? {} : { Source: source }),
    ...(words.includes('ro') ? { ReadOnly: true } : {}),
    ...(propagation ? { BindOptions: { Propagation: propagation } } : {}),
    ...(words.includes('nocopy') || (volumeDriver !== '' && !bind)
      ? {
          VolumeOptions: {
            ...(words.includes('nocopy') ? { NoCopy: true } : {}),
            ...(volumeDriver === '' ? {} : { DriverConfig: { Name: volumeDriver } }),
          },
        }
      : {}),
  };
  try {
    validateMount(wanted);
  } catch (error) {
    if (error instanceof EngineError) refuse(`${invalid}: ${error.message}`);
    throw error;
  }
  return { ...wanted, Target: resolve('/', target), ...(bind ? { Source: resolve('/', source!) } : {}) };
}

/** Throws 400 `invalid mount config for type "T": …` (moby, daemon/volume/mounts/validate.go and linux_parser.go). */
export function validateMount(mount: MountRequest, sourceExists?: (path: string) => boolean): void {
  const problem = mountProblem(mount, sourceExists);
  if (problem !== undefined) refuse(`invalid mount config for type "${mount.Type}": ${problem}`);
}

/** Whether a path stays in the folder that it begins in (Go's filepath.IsLocal). */
function isLocal(path: string): boolean {
  let depth = 0;
  for (const name of path.split('/')) {
    if (name === '..') depth -= 1;
    else if (name !== '' && name !== '.') depth += 1;
    if (depth < 0) return false;
  }
  return !path.startsWith('/');
}

const notAbsolute = (path: string) => `invalid mount path: '${path}' mount path must be absolute`;

function mountProblem(mount: MountRequest, sourceExists?: (path: string) => boolean): string | undefined {
  const { Type, Source = '', Target, ReadOnly, BindOptions, VolumeOptions, TmpfsOptions } = mount;
  if (Target === '') return 'field Target must not be empty';
  if (resolve('/', Target) === '/' && Target.startsWith('/')) return "invalid specification: destination can't be '/'";
  if (!Target.startsWith('/')) return notAbsolute(Target);
  switch (Type) {
    case 'bind':
      if (Source === '') return 'field Source must not be empty';
      if (BindOptions?.Propagation && !GROUPS[3]!.includes(BindOptions.Propagation))
        return `invalid propagation mode: ${BindOptions.Propagation}`;
      if (VolumeOptions) return 'field VolumeOptions must not be specified';
      if (!Source.startsWith('/')) return notAbsolute(Source);
      if (sourceExists && !BindOptions?.CreateMountpoint && !sourceExists(Source))
        return `bind source path does not exist: ${Source}`;
      return undefined;
    case 'volume':
      if (BindOptions && !BindOptions.Propagation) return 'field BindOptions must not be specified';
      if (BindOptions?.Propagation) return 'field BindOptions must not be specified';
      if (VolumeOptions?.Subpath && Source === '') return 'must not set Subpath when using anonymous volumes';
      if (VolumeOptions?.Subpath && !isLocal(VolumeOptions.Subpath))
        return 'subpath must be a relative path within the volume';
      if (ReadOnly && Source === '') return 'must not set ReadOnly mode when using anonymous volumes';
      return undefined;
    case 'tmpfs':
      if (BindOptions) return 'field BindOptions must not be specified';
      if (Source !== '') return 'field Source must not be specified';
      if ((TmpfsOptions?.SizeBytes ?? 0) < 0) return 'invalid tmpfs size: must be greater than zero';
      return undefined;
    default:
      return 'mount type unknown';
  }
}

const TMPFS_FLAGS = new Set([
  ...[
    'defaults',
    'ro',
    'rw',
    'suid',
    'nosuid',
    'dev',
    'nodev',
    'exec',
    'noexec',
    'sync',
    'async',
    'dirsync',
    'remount',
  ],
  ...['mand', 'nomand', 'atime', 'noatime', 'diratime', 'nodiratime', 'bind', 'rbind', 'private', 'rprivate', 'shared'],
  ...[
    'rshared',
    'slave',
    'rslave',
    'unbindable',
    'runbindable',
    'relatime',
    'norelatime',
    'strictatime',
    'nostrictatime',
  ],
]);
const TMPFS_VALUES = new Set(['mode', 'uid', 'gid', 'size', 'nr_inodes', 'nr_blocks', 'mpol']);

/** What a tmpfs is mounted with; size in bytes. */
export interface TmpfsOptions {
  readonly size?: number;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly readOnly: boolean;
  readonly exec: boolean;
  readonly suid: boolean;
  readonly dev: boolean;
}

const UNITS: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3, '%': HOST_MEMORY / 100 };

/** Options of a `--tmpfs` value; throws 400 `invalid tmpfs option "X"`. */
export function parseTmpfs(target: string, options: string): TmpfsOptions {
  if (!target.startsWith('/')) refuse(notAbsolute(target));
  const flags: Record<string, boolean> = { ro: false, exec: false, suid: false, dev: false };
  const values: { size?: number; mode?: number; uid?: number; gid?: number } = {};
  for (const option of options === '' ? [] : options.split(',')) {
    const [name = '', value] = option.split(/=(.*)/s);
    if (value === undefined ? !TMPFS_FLAGS.has(name) : !TMPFS_VALUES.has(name))
      refuse(`invalid tmpfs option "${option}"`);
    if (name in flags) flags[name] = true;
    else if (name === 'rw') flags['ro'] = false;
    else if (name.startsWith('no') && name.slice(2) in flags) flags[name.slice(2)] = false;
    if (name === 'size') values.size = Number.parseInt(value!, 10) * (UNITS[value!.slice(-1).toLowerCase()] ?? 1);
    if (name === 'mode') values.mode = Number.parseInt(value!, 8);
    if (name === 'uid') values.uid = Number(value);
    if (name === 'gid') values.gid = Number(value);
  }
  const { ro = false, exec = false, suid = false, dev = false } = flags;
  return { ...values, readOnly: ro, exec, suid, dev };
}

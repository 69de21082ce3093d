import { ramInBytes } from '../../engine/units.ts';
import { parseBool } from '../values.ts';
import { parseCsv } from './csv.ts';
import { cut } from './key-value.ts';
import { OptionError } from './option-error.ts';

/** A mount as the Engine API takes it, whatever its type; the engine says which types there are. */
export interface MountSpec {
  readonly Type: string;
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly Consistency?: string;
  readonly BindOptions?: BindOptions;
  readonly VolumeOptions?: VolumeOptions;
  readonly ImageOptions?: { readonly Subpath?: string };
  readonly TmpfsOptions?: { readonly SizeBytes?: number; readonly Mode?: number };
}

interface BindOptions {
  readonly Propagation?: string;
  readonly NonRecursive?: boolean;
  readonly ReadOnlyNonRecursive?: boolean;
  readonly ReadOnlyForceRecursive?: boolean;
}

interface VolumeOptions {
  readonly NoCopy?: boolean;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly Subpath?: string;
  readonly DriverConfig?: { readonly Name?: string; readonly Options?: Readonly<Record<string, string>> };
}

type Draft = { -readonly [Key in keyof MountSpec]: MountSpec[Key] };

const FLAGS = ['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive'];

/** The value of `--mount` (docker/cli, opts/mount.go); `.` and `./…` as source are of `folder`. Throws {@link OptionError}. */
export function parseMountSpec(value: string, folder: string): MountSpec {
  const mount: Draft = { Type: 'volume', Target: '' };
  for (const field of parseCsv(value)) {
    const [key, given] = cut(field);
    if (given === undefined && !FLAGS.includes(key))
      throw new OptionError(`invalid field '${field}' must be a key=value pair`);
    set(mount, key, given ?? 'true', field, folder);
  }
  if (mount.Type === '') throw new OptionError('type is required');
  if (mount.Target === '') throw new OptionError('target is required');
  for (const type of ['Volume', 'Bind', 'Image', 'Tmpfs'] as const) {
    const name = type.toLowerCase();
    if (mount[`${type}Options`] && mount.Type !== name)
      throw new OptionError(`cannot mix '${name}-*' options with mount type '${mount.Type}'`);
  }
  return recursive(mount);
}

function set(mount: Draft, key: string, value: string, field: string, folder: string): void {
  const refused = new OptionError(`invalid value for ${key}: ${value}`);
  const truth = () => attempt(() => parseBool(value), refused);
  const bind = (change: BindOptions) => {
    mount.BindOptions = { ...mount.BindOptions, ...change };
  };
  const volume = (change: VolumeOptions) => {
    mount.VolumeOptions = { DriverConfig: {}, ...mount.VolumeOptions, ...change };
  };
  switch (key) {
    case 'type':
      mount.Type = value.toLowerCase();
      break;
    case 'source':
    case 'src':
      if (value === '.' || value.startsWith('./')) mount.Source = absolute(folder, value);
      else if (value !== '') mount.Source = value;
      break;
    case 'target':
    case 'dst':
    case 'destination':
      mount.Target = value;
      break;
    case 'readonly':
    case 'ro':
      if (truth()) mount.ReadOnly = true;
      else delete mount.ReadOnly;
      break;
    case 'consistency':
      mount.Consistency = value.toLowerCase();
      break;
    case 'bind-propagation':
      bind({ Propagation: value.toLowerCase() });
      break;
    case 'bind-nonrecursive':
      bind({ NonRecursive: truth() });
      break;
    case 'bind-recursive':
      bind(recursion(value));
      break;
    case 'volume-subpath':
      volume({ Subpath: value });
      break;
    case 'volume-nocopy':
      volume({ NoCopy: truth() });
      break;
    case 'volume-label':
      volume({ Labels: { ...mount.VolumeOptions?.Labels, ...pair(value) } });
      break;
    case 'volume-driver':
      volume({ DriverConfig: { ...mount.VolumeOptions?.DriverConfig, Name: value } });
      break;
    case 'volume-opt': {
      const { DriverConfig } = mount.VolumeOptions ?? {};
      volume({ DriverConfig: { ...DriverConfig, Options: { ...DriverConfig?.Options, ...pair(value) } } });
      break;
    }
    case 'image-subpath':
      mount.ImageOptions = { Subpath: value };
      break;
    case 'tmpfs-size':
      mount.TmpfsOptions = { ...mount.TmpfsOptions, SizeBytes: attempt(() => ramInBytes(value), refused) };
      break;
    case 'tmpfs-mode':
      if (!/^[0-7]{1,11}$/.test(value)) throw refused;
      mount.TmpfsOptions = { ...mount.TmpfsOptions, Mode: Number.parseInt(value, 8) };
      break;
    default:
      throw new OptionError(`unexpected key '${key}' in '${field}'`);
  }
}

function attempt<T>(compute: () => T, refused: OptionError): T {
  try {
    return compute();
  } catch {
    throw refused;
  }
}

function absolute(folder: string, path: string): string {
  const inside = path.split('/').filter((name) => name !== '' && name !== '.');
  return [folder === '/' ? '' : folder, ...inside].join('/') || '/';
}

/** A name with an empty key is nothing. */
function pair(value: string): Record<string, string> {
  const [key, given = ''] = cut(value);
  return key === '' ? {} : { [key]: given };
}

function recursion(value: string): BindOptions {
  if (value === 'enabled') return {};
  if (value === 'disabled') return { NonRecursive: true };
  if (value === 'writable') return { ReadOnlyNonRecursive: true };
  if (value === 'readonly') return { ReadOnlyForceRecursive: true };
  throw new OptionError(
    `invalid value for bind-recursive: ${value} (must be "enabled", "disabled", "writable", or "readonly")`,
  );
}

function recursive(mount: MountSpec): MountSpec {
  const { BindOptions: bind, ReadOnly } = mount;
  const needs = (option: string, needed: string) =>
    new OptionError(`option 'bind-recursive=${option}' requires '${needed}' to be specified in conjunction`);
  if (bind?.ReadOnlyNonRecursive && !ReadOnly) throw needs('writable', 'readonly');
  if (bind?.ReadOnlyForceRecursive) {
    if (!ReadOnly) throw needs('readonly', 'readonly');
    if (bind.Propagation !== 'rprivate') throw needs('readonly', 'bind-propagation=rprivate');
  }
  return mount;
}

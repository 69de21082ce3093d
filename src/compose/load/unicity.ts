import { ComposeError } from '../error.ts';
import { lookup, next, show } from '../path.ts';
import { type Dict, goType, isDict, print, type Value } from '../value.ts';
import { parseVolume } from '../volume.ts';

type Indexer = (value: Value, path: string) => string;

/** Lists in which a later entry replaces an earlier one with the same key (compose-go, override/uncity.go). */
const UNIQUE: Readonly<Record<string, Indexer>> = {
  'networks.*.labels': keyValue,
  'networks.*.ipam.options': keyValue,
  'services.*.annotations': keyValue,
  'services.*.build.args': keyValue,
  'services.*.build.additional_contexts': keyValue,
  'services.*.build.platform': keyValue,
  'services.*.build.tags': keyValue,
  'services.*.build.labels': keyValue,
  'services.*.cap_add': keyValue,
  'services.*.cap_drop': keyValue,
  'services.*.configs': mount(''),
  'services.*.deploy.labels': keyValue,
  'services.*.devices': device,
  'services.*.dns': keyValue,
  'services.*.dns_opt': keyValue,
  'services.*.dns_search': keyValue,
  'services.*.environment': keyValue,
  'services.*.env_file': envFile,
  'services.*.expose': (value) => print(value),
  'services.*.labels': keyValue,
  'services.*.links': keyValue,
  'services.*.networks.*.aliases': keyValue,
  'services.*.networks.*.link_local_ips': keyValue,
  'services.*.ports': port,
  'services.*.profiles': keyValue,
  'services.*.secrets': mount('/run/secrets'),
  'services.*.sysctls': keyValue,
  'services.*.tmpfs': keyValue,
  'services.*.volumes': volume,
};

/** Removes what later entries of lists replace. Throws {@link ComposeError} for entries without a key. */
export function enforceUnicity<T extends Value>(value: T, path = ''): T {
  if (isDict(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, enforceUnicity(one, next(path, key))]),
    ) as T;
  const indexer = Array.isArray(value) ? lookup(UNIQUE, path) : undefined;
  if (!Array.isArray(value) || !indexer) return value;
  const entries = new Map<string, Value>();
  for (const [index, one] of value.entries()) entries.set(indexer(one, `${path}.[${index}]`), one);
  return [...entries.values()] as T;
}

function keyValue(value: Value, path: string): string {
  if (typeof value !== 'string') throw new ComposeError(`${show(path)}: unexpected type ${goType(value)}`);
  return value.split('=')[0]!;
}

function target(value: Dict, path: string, what: string): string {
  const found = value['target'];
  if (typeof found !== 'string') throw new ComposeError(`service ${what} ${show(path)} is missing a mount target`);
  return found;
}

function volume(value: Value, path: string): string {
  if (isDict(value)) return target(value, path, 'volume');
  return typeof value === 'string' ? parseVolume(value).target : '';
}

function device(value: Value, path: string): string {
  if (isDict(value)) return target(value, path, 'device');
  const parts = print(value).split(':');
  return parts[1] ?? parts[0]!;
}

function mount(folder: string): Indexer {
  return (value) => {
    if (isDict(value)) return print(value['target'] ?? `${folder}/${print(value['source'] ?? null)}`);
    return `${folder}/${print(value)}`;
  };
}

function port(value: Value, path: string): string {
  if (!isDict(value)) return print(value);
  if (!('target' in value)) throw new ComposeError(`service ports ${show(path)} is missing a target port`);
  const { target: container, published = null, host_ip: host = '0.0.0.0', protocol = 'tcp' } = value;
  return `${print(host!)}:${print(published)}:${print(container!)}/${print(protocol!)}`;
}

function envFile(value: Value, path: string): string {
  if (!isDict(value)) return print(value);
  if (!('path' in value)) throw new ComposeError(`environment path attribute ${show(path)} is missing`);
  return print(value['path']!);
}

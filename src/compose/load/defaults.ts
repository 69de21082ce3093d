import { ComposeError } from '../error.ts';
import { lookup, next, show } from '../path.ts';
import { isAddress } from '../port.ts';
import { type Dict, isDict, print, type Value } from '../value.ts';

const DEFAULTS: Readonly<Record<string, (value: Dict) => Dict>> = {
  'services.*.build': (value) => ({ ...value, context: value['context'] ?? '.' }),
  'services.*.secrets.*': (value) => ({
    ...value,
    target: value['target'] ?? `/run/secrets/${print(value['source'] ?? null)}`,
  }),
  'services.*.ports.*': (value) => ({
    ...value,
    protocol: value['protocol'] ?? 'tcp',
    mode: value['mode'] ?? 'ingress',
  }),
  'services.*.deploy.resources.reservations.devices.*': deviceCount,
  'services.*.gpus.*': deviceCount,
};

function deviceCount(value: Dict): Dict {
  return 'count' in value || 'device_ids' in value ? value : { ...value, count: 'all' };
}

/** The model with defaults of attributes that were left out (compose-go, transform/defaults.go). */
export function setDefaults<T extends Value>(value: T, path = ''): T {
  const defaults = lookup(DEFAULTS, path);
  if (defaults) return (isDict(value) ? defaults(value) : value) as T;
  if (isDict(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, setDefaults(one, next(path, key))])) as T;
  return (Array.isArray(value) ? value.map((one) => setDefaults(one, `${path}.[]`)) : value) as T;
}

const CHECKS: Readonly<Record<string, (value: Value, path: string) => void>> = {
  'volumes.*': checkVolume,
  'configs.*': checkFileObject('file', 'environment', 'content'),
  'secrets.*': checkFileObject('file', 'environment'),
  'services.*.ports.*': checkAddress,
  'services.*.develop.watch.*.path': (value, path) => {
    if (value === '') throw new ComposeError(`${show(path)}: value can't be blank`);
  },
  'services.*.deploy.resources.reservations.devices.*': checkDevice,
  'services.*.gpus.*': checkDevice,
};

/** What the schema can't say (compose-go, validation). Throws {@link ComposeError}. */
export function validateModel(value: Value, path = ''): void {
  const check = lookup(CHECKS, path);
  if (check) check(value, path);
  else if (isDict(value)) for (const [key, one] of Object.entries(value)) validateModel(one, next(path, key));
  else if (Array.isArray(value)) for (const one of value) validateModel(one, `${path}.[]`);
}

function checkVolume(value: Value, path: string): void {
  if (!isDict(value) || value['external'] !== true) return;
  for (const key of Object.keys(value))
    if (key !== 'name' && key !== 'external' && !key.startsWith('x-'))
      throw new ComposeError(`${show(path)}: conflicting parameters "external" and ${JSON.stringify(key)} specified`);
}

function checkFileObject(...keys: string[]) {
  return (value: Value, path: string) => {
    const dict = isDict(value) ? value : {};
    const count = keys.filter((key) => key in dict).length;
    if (count > 1) throw new ComposeError(`${show(path)}: ${keys.join('|')} attributes are mutually exclusive`);
    if (count === 0 && !('driver' in dict) && !('external' in dict))
      throw new ComposeError(`${show(path)}: one of ${keys.join('|')} must be set`);
  };
}

function checkAddress(value: Value, path: string): void {
  const address = isDict(value) ? value['host_ip'] : undefined;
  if (typeof address === 'string' && !isAddress(address))
    throw new ComposeError(`${show(path)}: invalid ip address: ${address}`);
}

function checkDevice(value: Value, path: string): void {
  if (isDict(value) && 'count' in value && 'device_ids' in value)
    throw new ComposeError(`${show(path)}: "count" and "device_ids" attributes are exclusive`);
}

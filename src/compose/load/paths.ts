import { ComposeError } from '../error.ts';
import { lookup, next } from '../path.ts';
import { type Dict, isDict, type Value } from '../value.ts';
import { joinPath } from './loading.ts';

type Resolver = (value: Value, context: { base: string; home: string | undefined }) => Value;

const RESOLVERS: Readonly<Record<string, Resolver>> = {
  'services.*.build.context': buildContext,
  'services.*.build.additional_contexts.*': buildContext,
  'services.*.env_file.*.path': absolute,
  'services.*.label_file.*': absolute,
  'services.*.extends.file': absolute,
  'services.*.develop.watch.*.path': absolute,
  'services.*.volumes.*': (value, context) => {
    if (!isDict(value) || value['type'] !== 'bind') return value;
    if (!('source' in value))
      throw new ComposeError('invalid mount config for type "bind": field Source must not be empty');
    return { ...value, source: absolute(value['source']!, context) };
  },
  'configs.*.file': absolute,
  'secrets.*.file': absolute,
  'include.path': absolute,
  'include.project_directory': absolute,
  'include.env_file': absolute,
  'volumes.*': (value, context) => {
    if (!isDict(value) || value['driver'] !== 'local' || !isDict(value['driver_opts'])) return value;
    const options = value['driver_opts'];
    if (options['o'] !== 'bind' || options['device'] === undefined) return value;
    return { ...value, driver_opts: { ...options, device: absolute(options['device'], context) } };
  },
};

/**
 * The model with its relative paths seen from a folder (compose-go, paths/resolve.go). The folder itself may be relative,
 * as that of a file that is extended: then paths stay relative.
 */
export function resolvePaths(model: Dict, base: string, home: string | undefined): Dict {
  const context = { base, home };
  const walk = (value: Value, path: string): Value => {
    const resolver = lookup(RESOLVERS, path);
    if (resolver) return resolver(value, context);
    if (isDict(value))
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, next(path, key))]));
    return Array.isArray(value) ? value.map((one) => walk(one, `${path}.[]`)) : value;
  };
  return walk(model, '') as Dict;
}

function absolute(value: Value, { base, home }: { base: string; home: string | undefined }): Value {
  if (Array.isArray(value)) return value.map((one) => absolute(one, { base, home }));
  if (typeof value !== 'string') return value;
  const path = value.startsWith('~') && home !== undefined ? joinPath(home, value.slice(1)) : value;
  if (path === '' || path.startsWith('/')) return path;
  return base.startsWith('/') ? joinPath(base, path) : relativeJoin(base, path);
}

function relativeJoin(base: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${base}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/') || '.';
}

function buildContext(value: Value, context: { base: string; home: string | undefined }): Value {
  if (typeof value !== 'string' || value.includes('://') || value.startsWith('service:')) return value;
  if (/^(?:https?:\/\/|git:\/\/|ssh:\/\/|github\.com\/|git@)/.test(value)) return value;
  return absolute(value, context);
}

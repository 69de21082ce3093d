import { ComposeError } from '../error.ts';
import { lookup, next, show } from '../path.ts';
import { parsePort } from '../port.ts';
import { type Dict, goType, isDict, print, type Value } from '../value.ts';
import { cleanPath, parseVolume } from '../volume.ts';
import type { Loading } from './loading.ts';

type Transformer = (value: Value, path: string, context: Context) => Value;

interface Context {
  /** Leave as it is what can't be read: variables are not filled in yet. */
  readonly lenient: boolean;
  readonly warn: Loading['warn'];
}

/** Where a model has short forms, and how they are made long (compose-go, transform). */
const TRANSFORMERS: Readonly<Record<string, Transformer>> = {
  'services.*': (value, path, context) => (isDict(value) ? mapping(value, path, context) : value),
  'services.*.build.secrets.*': fileMount,
  'services.*.build.provenance': (value) => (typeof value === 'string' ? value : print(value)),
  'services.*.build.sbom': (value) => (typeof value === 'string' ? value : print(value)),
  'services.*.build.additional_contexts': keyValue,
  'services.*.depends_on': dependsOn,
  'services.*.env_file': envFile,
  'services.*.label_file': stringOrList,
  'services.*.extends': (value) => (typeof value === 'string' ? { service: value } : value),
  'services.*.gpus': (value) => (typeof value === 'string' ? [{ count: 'all' }] : value),
  'services.*.networks': names,
  'services.*.models': names,
  'services.*.volumes.*': volumeMount,
  'services.*.dns': stringOrList,
  'services.*.devices.*': deviceMapping,
  'services.*.secrets.*': fileMount,
  'services.*.configs.*': fileMount,
  'services.*.ports': ports,
  'services.*.build': (value, path, context) =>
    typeof value === 'string' ? { context: value } : mapping(value as Dict, path, context),
  'services.*.build.ssh': ssh,
  'services.*.develop.watch.*.ignore': stringOrList,
  'services.*.develop.watch.*.include': stringOrList,
  'volumes.*': external,
  'networks.*': external,
  'secrets.*': external,
  'configs.*': external,
  'include.*': (value) => (typeof value === 'string' ? { path: value } : value),
};

/** The model with long forms for short ones. Throws {@link ComposeError}. */
export function canonical(model: Dict, lenient: boolean, warn: Loading['warn']): Dict {
  return transform(model, '', { lenient, warn }) as Dict;
}

function transform(value: Value, path: string, context: Context): Value {
  const transformer = lookup(TRANSFORMERS, path);
  if (transformer) return transformer(value, path, context);
  if (isDict(value)) return mapping(value, path, context);
  return Array.isArray(value) ? value.map((one) => transform(one, `${path}.[]`, context)) : value;
}

function mapping(value: Dict, path: string, context: Context): Dict {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, transform(one, next(path, key), context)]));
}

function invalid(path: string, value: Value, what: string): ComposeError {
  return new ComposeError(`${show(path)}: invalid type ${goType(value)} for ${what}`);
}

function stringOrList(value: Value): Value {
  return typeof value === 'string' ? [value] : value;
}

function names(value: Value): Value {
  return Array.isArray(value) ? Object.fromEntries(value.map((name) => [print(name), null])) : value;
}

function fileMount(value: Value, path: string): Value {
  if (isDict(value)) return value;
  if (typeof value === 'string') return { source: value };
  throw new ComposeError(`${show(path)}: unsupported type ${goType(value)}`);
}

function keyValue(value: Value, path: string, { lenient }: Context): Value {
  if (isDict(value)) return value;
  if (!Array.isArray(value)) throw new ComposeError(`${show(path)}: invalid type ${goType(value)}`);
  const result: Dict = {};
  for (const one of value) {
    const text = print(one);
    const equals = text.indexOf('=');
    if (equals < 0) {
      if (lenient) return value;
      throw new ComposeError(`${show(path)}: invalid value ${text}, expected key=value`);
    }
    result[text.slice(0, equals)] = text.slice(equals + 1);
  }
  return result;
}

function dependsOn(value: Value, path: string): Value {
  if (Array.isArray(value))
    return Object.fromEntries(value.map((name) => [print(name), { condition: 'service_started', required: true }]));
  if (!isDict(value)) throw invalid(path, value, 'depend_on');
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      if (!isDict(one)) throw new ComposeError(`${show(path)}.${name}: unsupported value ${print(value)}`);
      return [name, { ...one, condition: one['condition'] ?? 'service_started', required: one['required'] ?? true }];
    }),
  );
}

function envFile(value: Value, path: string): Value {
  const long = (one: Value): Value =>
    typeof one === 'string' ? { path: one, required: true } : isDict(one) ? { required: true, ...one } : null;
  if (typeof value === 'string') return [long(value)];
  if (Array.isArray(value)) return value.map(long);
  throw invalid(path, value, 'env_file');
}

function volumeMount(value: Value, path: string, { lenient }: Context): Value {
  if (isDict(value)) return value;
  if (typeof value !== 'string') throw invalid(path, value, 'service volume mount');
  try {
    const volume = parseVolume(value);
    return { ...volume, target: cleanPath(volume.target) } as unknown as Dict;
  } catch (error) {
    if (lenient) return value;
    throw error;
  }
}

function deviceMapping(value: Value, path: string, { lenient }: Context): Value {
  if (isDict(value)) return value;
  if (typeof value !== 'string') throw invalid(path, value, 'service volume mount');
  const parts = value.split(':');
  if (parts.length > 3 && !lenient)
    throw new ComposeError(`confusing device mapping, please use long syntax: ${value}`);
  const [source = '', target = '', permissions = 'rwm'] = parts.length > 3 ? [] : parts;
  return { source, target: target === '' ? source : target, permissions };
}

function ports(value: Value, path: string, { lenient }: Context): Value {
  if (!Array.isArray(value)) throw invalid(path, value, 'port');
  try {
    return value.flatMap((one): Value[] => {
      if (isDict(one)) return [one];
      if (typeof one !== 'string' && typeof one !== 'number') throw invalid(path, one, 'port');
      return parsePort(String(one)) as unknown as Dict[];
    });
  } catch (error) {
    if (lenient) return value;
    throw error;
  }
}

function ssh(value: Value, path: string): Value {
  if (isDict(value)) return value;
  if (!Array.isArray(value)) throw invalid(path, value, 'ssh');
  return Object.fromEntries(
    value.map((one) => {
      const text = print(one);
      const equals = text.indexOf('=');
      if (equals < 0 && text !== 'default') throw new ComposeError(`invalid ssh key ${JSON.stringify(text)}`);
      return equals < 0 ? [text, null] : [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

function external(value: Value, path: string, context: Context): Value {
  if (!isDict(value)) return value;
  const resource = mapping(value, path, context);
  const given = resource['external'];
  if (!isDict(given)) return resource;
  resource['external'] = true;
  const { name } = given;
  if (name === undefined) return resource;
  context.warn(`${show(path)}: external.name is deprecated. Please set name and external: true`);
  if ('name' in resource && resource['name'] !== name)
    throw new ComposeError(`${show(path)}: name and external.name conflict; only use name`);
  return { ...resource, name };
}

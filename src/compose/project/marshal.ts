import type { Encodable } from '../encodable.ts';
import { isDict, type Value } from '../value.ts';
import { type Decoded, writeDuration } from './decode.ts';
import type { Project } from './project.ts';
import { FILE_OBJECT, type Kind, MODEL, NETWORK, SERVICE, type Shape, VOLUME } from './shape.ts';

type Format = 'yaml' | 'json';

/** The project as `docker compose config` writes it: for YAML in the order of Go's fields, for JSON sorted. */
export function marshalProject(project: Project, format: Format): Encodable {
  const section = (shape: Shape, resources: Readonly<Record<string, object>>) =>
    new Map(Object.entries(resources).map(([name, one]) => [name, marshalStruct(shape, one as Decoded, format)]));
  const secrets = Object.fromEntries(
    Object.entries(project.secrets).map(([name, { content: _content, ...secret }]) => [name, secret]),
  );
  const configs = Object.fromEntries(
    Object.entries(project.configs).map(([name, config]) => {
      const { content, ...rest } = config;
      return [name, config.environment === undefined && content !== undefined ? { ...rest, content } : rest];
    }),
  );
  const entries: [string, Encodable][] = [
    ['name', project.name],
    ['services', section(SERVICE, project.services)],
  ];
  const add = (name: string, shape: Shape, resources: Readonly<Record<string, object>>) => {
    if (Object.keys(resources).length > 0) entries.push([name, section(shape, resources)]);
  };
  add('networks', NETWORK, project.networks);
  add('volumes', VOLUME, project.volumes);
  add('secrets', FILE_OBJECT, secrets);
  add('configs', FILE_OBJECT, configs);
  if (format === 'yaml') add('models', MODEL, project.models);
  const extensions = Object.entries(project.extensions).map(([key, one]): [string, Encodable] => [key, goMap(one)]);
  if (format === 'json') return new Map([...entries, ...extensions]);
  if (project.name === '') entries.shift();
  return Object.fromEntries([...entries, ...extensions.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** A value of a model, whose mappings are Go maps. */
export function goMap(value: Value): Encodable {
  if (Array.isArray(value)) return value.map(goMap);
  return isDict(value) ? new Map(Object.entries(value).map(([key, one]) => [key, goMap(one)])) : value;
}

/** A struct with its fields that are not zero. */
export function marshalStruct(shape: Shape, value: Decoded, format: Format): Encodable {
  const result: Record<string, Encodable> = {};
  for (const [name, kind, options] of shape) {
    const one = value[name];
    const always = format === 'json' && options?.json === 'always';
    if (!always && isZero(kind, one)) continue;
    result[name] = one === undefined ? zeroOf(kind, format) : marshalKind(kind, one, format);
  }
  const { extensions } = value as { extensions?: Readonly<Record<string, Value>> };
  if (format === 'yaml' && extensions)
    for (const key of Object.keys(extensions).sort()) result[key] = goMap(extensions[key]!);
  return result;
}

function zeroOf(kind: Kind, format: Format): Encodable {
  return typeof kind === 'object' && 'struct' in kind ? marshalStruct(kind.struct, {}, format) : null;
}

function isZero(kind: Kind, value: unknown): boolean {
  if (kind === 'required') return false;
  if (value === undefined || value === null) return true;
  if (kind === 'command') return false;
  if (typeof kind === 'object') {
    if ('list' in kind) return (value as unknown[]).length === 0;
    if ('map' in kind) return Object.keys(value as object).length === 0;
    if (kind.pointer) return false;
    const { extensions, ...fields } = value as Decoded;
    return extensions === undefined && kind.struct.every(([name, inner]) => isZero(inner, fields[name]));
  }
  if (kind.endsWith('?') || kind === 'fileMode') return false;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object') return Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false;
}

function marshalKind(kind: Kind, value: unknown, format: Format): Encodable {
  if (typeof kind === 'object') {
    if ('struct' in kind) return marshalStruct(kind.struct, value as Decoded, format);
    if ('list' in kind) {
      const { list } = kind;
      if (list === 'envFile') return (value as Decoded[]).map((one) => marshalEnvFile(one, format));
      return (value as Decoded[]).map((one) => marshalStruct(list, one, format));
    }
    const { map } = kind;
    return new Map(
      Object.entries(value as Readonly<Record<string, Decoded | null>>).map(([key, one]): [string, Encodable] => {
        if (one === null) return [key, null];
        if (map === 'stringList') return [key, marshalKind(map, one, format)];
        return [key, map === 'ulimit' ? marshalUlimit(one) : marshalStruct(map, one, format)];
      }),
    );
  }
  switch (kind) {
    case 'bytes':
      return String(value);
    case 'duration':
    case 'duration?':
      return writeDuration(value as number);
    case 'fileMode':
      return `0${(value as number).toString(8)}`;
    case 'float':
    case 'cpus':
      return shortestFloat32(value as number);
    case 'required':
      return value === true;
    case 'hosts':
      return Object.entries(value as Record<string, string[]>)
        .flatMap(([host, addresses]) => addresses.map((address) => `${host}=${address}`))
        .sort();
    case 'ssh':
      return (value as { id: string; path: string }[]).map(({ id, path }) => (path === '' ? id : `${id}: ${path}`));
    case 'mapping':
    case 'environment':
    case 'labels':
    case 'options':
      return new Map(Object.entries(value as Readonly<Record<string, string | null>>));
    default:
      return value as Encodable;
  }
}

/** The shortest decimal number that is the same as a 32-bit float. */
function shortestFloat32(value: number): number {
  for (let digits = 1; digits < 10; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

function marshalUlimit(ulimit: Decoded): Encodable {
  const { single, soft = 0, hard = 0 } = ulimit as { single?: number; soft?: number; hard?: number };
  return single ? single : { soft, hard };
}

function marshalEnvFile(file: Decoded, format: Format): Encodable {
  const { path, required, format: kind } = file as { path: string; required: boolean; format?: string };
  if (required) return path;
  if (format === 'yaml')
    return new Map<string, Encodable>([
      ['path', path],
      ['required', required],
    ]);
  return { path, required, ...(kind === undefined ? {} : { format: kind }) };
}

import { formatDuration } from '../../engine/duration.ts';
import { ramInBytes } from '../../engine/units.ts';
import { ComposeError } from '../error.ts';
import { toBoolean, toFloat, toInt } from '../load/interpolate.ts';
import { type Dict, goType, isDict, print, type Value } from '../value.ts';
import { parseComposeDuration } from './duration.ts';
import type { Kind, Shape } from './shape.ts';
import { shellWords } from './words.ts';

/** A decoded struct: fields by name; unknown `x-` keys under `extensions`. */
export interface Decoded {
  [field: string]: unknown;
}

/** Reads a struct of a model. Throws {@link ComposeError} with the path as mapstructure writes it. */
export function decode(shape: Shape, value: Dict, path: string, warn: (message: string) => void): Decoded {
  const result: Decoded = {};
  const extensions: Dict = {};
  for (const [key, one] of Object.entries(value)) {
    if (key.startsWith('x-')) {
      extensions[key] = one;
      continue;
    }
    const field = shape.find(([name]) => name === key);
    if (!field || one === null) continue;
    const where = path === '' ? key : `${path}.${key}`;
    result[key] = decodeKind(field[1], one, where, warn);
  }
  for (const [name, kind] of shape)
    if (typeof kind === 'object' && 'struct' in kind && !kind.pointer) result[name] ??= {};
  if (Object.keys(extensions).length > 0) result['extensions'] = extensions;
  return result;
}

function decodeKind(kind: Kind, value: Value, path: string, warn: (message: string) => void): unknown {
  if (typeof kind === 'object') return decodeComposite(kind, value, path, warn);
  try {
    return decodeScalar(kind, value, warn);
  } catch (error) {
    throw new ComposeError(`decoding failed due to the following error(s):\n\n'${path}' ${(error as Error).message}`);
  }
}

function decodeComposite(
  kind: Exclude<Kind, string>,
  value: Value,
  path: string,
  warn: (message: string) => void,
): unknown {
  if ('struct' in kind) return decode(kind.struct, isDict(value) ? value : {}, path, warn);
  if ('list' in kind)
    return (Array.isArray(value) ? value : []).map((one, index) => {
      const where = `${path}[${index}]`;
      return kind.list === 'envFile' ? one : decode(kind.list, isDict(one) ? one : {}, where, warn);
    });
  const result: Decoded = {};
  for (const [key, one] of Object.entries(isDict(value) ? value : {})) {
    const where = `${path}[${key}]`;
    if (typeof kind.map === 'string') result[key] = decodeKind(kind.map, one, where, warn);
    else result[key] = one === null && kind.nullable ? null : decode(kind.map, isDict(one) ? one : {}, where, warn);
  }
  return result;
}

function decodeScalar(kind: Extract<Kind, string>, value: Value, warn: (message: string) => void): unknown {
  switch (kind) {
    case 'string':
      return print(value);
    case 'boolean':
    case 'boolean?':
    case 'required':
      return typeof value === 'string' ? toBoolean(value, warn) : value;
    case 'integer':
    case 'integer?':
      return typeof value === 'string' ? toInt(value) : value;
    case 'float':
    case 'cpus':
      return Math.fround(typeof value === 'string' ? toFloat(value) : (value as number));
    case 'bytes':
      return typeof value === 'string' ? ramInBytes(value) : value;
    case 'duration':
    case 'duration?':
      return parseComposeDuration(print(value));
    case 'strings':
    case 'stringList':
    case 'mixedList':
      return (Array.isArray(value) ? value : [value]).map(print);
    case 'mapping':
    case 'labels':
      return decodeMapping(value);
    case 'environment':
      return decodeEnvironment(value);
    case 'options':
      return Object.fromEntries(
        Object.entries(isDict(value) ? value : {}).map(([key, one]) => [key, one === null ? '' : print(one)]),
      );
    case 'hosts':
      return decodeHosts(value);
    case 'command':
      return typeof value === 'string' ? shellWords(value) : (value as Value[]).map(print);
    case 'healthTest':
      return typeof value === 'string' ? ['CMD-SHELL', value] : (value as Value[]).map(print);
    case 'fileMode':
      return typeof value === 'string' ? Number.parseInt(value, 8) : value;
    case 'ulimit':
      return isDict(value) ? { soft: value['soft'] ?? 0, hard: value['hard'] ?? 0 } : { single: value };
    case 'ssh':
      return Object.entries(isDict(value) ? value : {}).map(([id, path]) => ({
        id,
        path: path === null ? '' : print(path),
      }));
    case 'count':
      return decodeCount(value);
    case 'envFile':
      return value;
  }
}

function decodeCount(value: Value): number {
  if (typeof value !== 'string') return value as number;
  if (value.toLowerCase() === 'all') return -1;
  if (!/^[+-]?\d+$/.test(value))
    throw new ComposeError(`invalid value ${JSON.stringify(value)}, the only value allowed is 'all' or a number`);
  return Number(value);
}

function cut(text: string): [string, string | undefined] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, undefined] : [text.slice(0, equals), text.slice(equals + 1)];
}

function decodeMapping(value: Value): Record<string, string> {
  if (Array.isArray(value))
    return Object.fromEntries(value.map((one) => cut(print(one))).map(([k, v]) => [k, v ?? '']));
  return Object.fromEntries(
    Object.entries(isDict(value) ? value : {}).map(([key, one]) => [key, one === null ? '' : print(one)]),
  );
}

function decodeEnvironment(value: Value): Record<string, string | null> {
  if (!Array.isArray(value))
    return Object.fromEntries(
      Object.entries(isDict(value) ? value : {}).map(([key, one]) => [key, one === null ? null : print(one)]),
    );
  const result: Record<string, string | null> = {};
  for (const one of value) {
    const [key, text] = cut(print(one));
    if (/\s$/.test(key)) throw new ComposeError(`environment variable ${key} is declared with a trailing space`);
    result[key] = text ?? null;
  }
  return result;
}

function decodeHosts(value: Value): Record<string, string[]> {
  const result: Record<string, string[]> = {};
  const unbracket = (address: string) => (/^\[.+\]$/.test(address) ? address.slice(1, -1) : address);
  if (isDict(value)) {
    for (const [host, one] of Object.entries(value))
      result[host] = (Array.isArray(one) ? one.map(print) : [one === null ? '' : print(one)]).map(unbracket);
  } else if (Array.isArray(value)) {
    for (const entry of value) {
      const text = print(entry);
      const at = text.includes('=') ? text.indexOf('=') : text.indexOf(':');
      if (at < 0) throw new ComposeError(`invalid additional host, missing IP: ${text}`);
      const host = text.slice(0, at);
      result[host] = [
        ...(result[host] ?? []),
        ...text
          .slice(at + 1)
          .split(',')
          .map(unbracket),
      ];
    }
  } else throw new ComposeError(`unexpected value type ${goType(value)} for extra_hosts`);
  for (const host of Object.keys(result))
    if (host === '' || /[:=]/.test(host)) throw new ComposeError(`bad host name '${host}'`);
  return result;
}

/** A duration in nanoseconds as the project writes it. */
export function writeDuration(nanoseconds: number): string {
  return formatDuration(nanoseconds);
}

import { parseCsv } from './csv.ts';
import { cut, keyValueMap } from './key-value.ts';
import { OptionError } from './option-error.ts';

/** Engine API, DeviceRequest. */
export interface DeviceRequest {
  readonly Driver: string;
  readonly Count: number;
  readonly DeviceIDs: readonly string[] | null;
  readonly Capabilities: readonly (readonly string[])[];
  readonly Options: Readonly<Record<string, string>>;
}

function count(text: string): number {
  if (text === 'all') return -1;
  if (!/^[+-]?\d+$/.test(text))
    throw new OptionError(`invalid count (${text}): value must be either "all" or an integer: invalid syntax`);
  return Number(text);
}

/** The value of `--gpus` (docker/cli, opts/gpus.go). Throws {@link OptionError}. */
export function parseGpus(value: string): DeviceRequest {
  const seen = new Set<string>();
  let request: DeviceRequest = { Driver: '', Count: 0, DeviceIDs: null, Capabilities: [['gpu']], Options: {} };
  for (const field of parseCsv(value)) {
    const [key, given] = cut(field);
    if (seen.has(key)) throw new OptionError(`gpu request key '${key}' can be specified only once`);
    seen.add(key);
    if (given === undefined) {
      seen.add('count');
      request = { ...request, Count: count(key) };
    } else if (key === 'driver') request = { ...request, Driver: given };
    else if (key === 'count') request = { ...request, Count: count(given) };
    else if (key === 'device') request = { ...request, DeviceIDs: given.split(',') };
    else if (key === 'capabilities') request = { ...request, Capabilities: [[...given.split(','), 'gpu']] };
    else if (key === 'options') request = { ...request, Options: keyValueMap(parseCsv(given)) };
    else throw new OptionError(`unexpected key '${key}' in '${field}'`);
  }
  return seen.has('count') || request.DeviceIDs ? request : { ...request, Count: 1 };
}

import { parseCsv } from './csv.ts';
import { cut } from './key-value.ts';
import { OptionError } from './option-error.ts';

/** A secret or a config, and the file in which a service's containers find it. */
export interface SwarmFile {
  readonly source: string;
  readonly file: { readonly Name: string; readonly UID: string; readonly GID: string; readonly Mode: number };
}

/** The value of `--secret` and `--config` of services (docker/cli, opts/swarmopts). Throws {@link OptionError}. */
export function parseSwarmFile(value: string, kind: 'secret' | 'config'): SwarmFile {
  const fields = parseCsv(value);
  let source = '';
  let file = { Name: '', UID: '0', GID: '0', Mode: 0o444 };
  if (fields.length === 1 && !fields[0]!.includes('=')) {
    source = fields[0]!;
    return { source, file: { ...file, Name: source } };
  }
  for (const field of fields) {
    const [rawKey, given] = cut(field);
    if (given === undefined || rawKey === '')
      throw new OptionError(`invalid field '${field}' must be a key=value pair`);
    const key = rawKey.toLowerCase();
    if (key === 'source' || key === 'src') source = given;
    else if (key === 'target') file = { ...file, Name: given };
    else if (key === 'uid') file = { ...file, UID: given };
    else if (key === 'gid') file = { ...file, GID: given };
    else if (key === 'mode') file = { ...file, Mode: mode(given) };
    else throw new OptionError(`invalid field in ${kind} request: ${rawKey}`);
  }
  if (source === '') throw new OptionError('source is required');
  return { source, file: { ...file, Name: file.Name || source } };
}

/** As Go reads numbers of any base: octal with a leading zero. */
function mode(text: string): number {
  if (!/^(?:0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0[bB][01]+|[1-9]\d*|0)$/.test(text))
    throw new OptionError(`invalid mode specified: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
  return /^0\d/.test(text) ? Number.parseInt(text, 8) : Number(text);
}

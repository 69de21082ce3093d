import { normalizeAddress } from './ip-address.ts';
import { OptionError } from './option-error.ts';

const GATEWAY = 'host-gateway';

/**
 * The value of `--add-host`, `NAME=ADDRESS` or `NAME:ADDRESS`, as the API takes it, `NAME:ADDRESS` (docker/cli,
 * opts.ValidateExtraHost). Throws {@link OptionError}.
 */
export function parseAddHost(value: string): string {
  const separator = value.includes('=') ? '=' : ':';
  const at = value.indexOf(separator);
  const name = value.slice(0, Math.max(at, 0));
  if (name === '' || name === ':') throw new OptionError(`bad format for add-host: ${JSON.stringify(value)}`);
  const given = value.slice(at + 1);
  if (given === GATEWAY) return `${name}:${given}`;
  const bare = /^\[(.*)\]$/.exec(given)?.[1] ?? given;
  if (normalizeAddress(bare) === undefined)
    throw new OptionError(`invalid IP address in add-host: ${JSON.stringify(given)}`);
  return `${name}:${bare}`;
}

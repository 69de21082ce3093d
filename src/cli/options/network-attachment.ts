import { parseCsv } from './csv.ts';
import { cut } from './key-value.ts';
import { OptionError } from './option-error.ts';

/** How a container shall be joined to a network. */
export interface NetworkAttachment {
  readonly target: string;
  readonly aliases: readonly string[];
  readonly driverOptions: Readonly<Record<string, string>>;
  readonly links: readonly string[];
  readonly ipv4: string;
  readonly ipv6: string;
  readonly linkLocalAddresses: readonly string[];
  readonly mac: string;
  readonly gatewayPriority: number;
}

/** The value of `--network`, a name or `name=NAME,alias=…,ip=…` (docker/cli, opts/network.go). Throws {@link OptionError}. */
export function parseNetworkAttachment(value: string): NetworkAttachment {
  const draft = {
    ...{ target: value, ipv4: '', ipv6: '', mac: '', gatewayPriority: 0 },
    ...{
      aliases: [] as string[],
      driverOptions: {} as Record<string, string>,
      links: [],
      linkLocalAddresses: [] as string[],
    },
  };
  if (!/\w=\w/.test(value)) return draft;
  draft.target = '';
  for (const field of parseCsv(value)) {
    const [rawKey, rawValue] = cut(field);
    if (rawValue === undefined || rawKey === '') throw new OptionError(`invalid field ${field}`);
    const key = rawKey.trim();
    const given = rawValue.trim();
    if (key === 'name') draft.target = given;
    else if (key === 'alias') draft.aliases.push(given);
    else if (key === 'ip') draft.ipv4 = given;
    else if (key === 'ip6') draft.ipv6 = given;
    else if (key === 'mac-address') draft.mac = given;
    else if (key === 'link-local-ip') draft.linkLocalAddresses.push(given);
    else if (key === 'gw-priority') draft.gatewayPriority = priority(given);
    else if (key === 'driver-opt') Object.assign(draft.driverOptions, driverOption(given));
    else throw new OptionError(`invalid field key ${key}`);
  }
  if (draft.target === '') throw new OptionError('network name/id is not specified');
  return draft;
}

function priority(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new OptionError(`invalid gw-priority (${text}): invalid syntax`);
  return Number(text);
}

/** `NAME=VALUE` of a driver (docker/cli, parseDriverOpt). Throws {@link OptionError}. */
export function driverOption(text: string): Record<string, string> {
  const [key, value] = cut(text);
  if (value === undefined || key === '') throw new OptionError('invalid key value pair format in driver options');
  return { [key.trim()]: value.trim() };
}

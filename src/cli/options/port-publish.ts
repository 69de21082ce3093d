import { normalizeAddress } from './ip-address.ts';
import { cut } from './key-value.ts';
import { OptionError } from './option-error.ts';

/** A port of a container and where it is published; an empty host port is any. */
export interface PortMapping {
  /** `80/tcp`. */
  readonly containerPort: string;
  readonly hostIp: string;
  readonly hostPort: string;
}

/** First and last port of `80` or `8000-8010` (docker/go-connections, ParsePortRange). Throws {@link OptionError}. */
export function parsePortRange(text: string): readonly [start: number, end: number] {
  if (text === '') throw new OptionError('empty string specified for ports.');
  const [first, last = first] = cut(text, '-');
  const start = port(first);
  const end = port(last);
  if (end < start) throw new OptionError(`Invalid range specified for the Port: ${text}`);
  return [start, end];
}

function port(text: string): number {
  const failed = (why: string) => new OptionError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`);
  if (!/^\d+$/.test(text)) throw failed('invalid syntax');
  if (Number(text) > 0xffff) throw failed('value out of range');
  return Number(text);
}

/** Splits `53/udp`; without protocol it is tcp, without number nothing. */
export function splitProtocol(text: string): readonly [protocol: string, port: string] {
  const [number = '', protocol] = text.split('/');
  if (number === '') return ['', ''];
  return [protocol || 'tcp', number];
}

/** The value of `-p`, `[[IP:][HOST]:]CONTAINER[/PROTOCOL]` (docker/go-connections, nat.ParsePortSpec). Throws {@link OptionError}. */
export function parsePortSpec(value: string): PortMapping[] {
  const parts = value.split(':');
  const [protocol, container] = splitProtocol(parts.at(-1)!);
  const host = parts.length > 1 ? parts.at(-2)! : '';
  const hostIp = hostAddress(parts.slice(0, -2).join(':'));
  if (container === '') throw new OptionError(`No port specified: ${value}<empty>`);
  const [start, end] = range(container, 'containerPort');
  const [hostStart, hostEnd] = host === '' ? [0, 0] : range(host, 'hostPort');
  if (host !== '' && end - start !== hostEnd - hostStart && end !== start)
    throw new OptionError(`Invalid ranges specified for container and host Ports: ${container} and ${host}`);
  const lower = protocol.toLowerCase();
  if (!['tcp', 'udp', 'sctp'].includes(lower)) throw new OptionError(`Invalid proto: ${protocol}`);
  // Only a single container port may choose among several of the host.
  const choice = start === end && hostStart !== hostEnd ? `-${hostEnd}` : '';
  return Array.from({ length: end - start + 1 }, (_, index) => ({
    containerPort: `${start + index}/${lower}`,
    hostIp,
    hostPort: host === '' ? '' : `${hostStart + index}${choice}`,
  }));
}

function range(text: string, what: 'containerPort' | 'hostPort'): readonly [number, number] {
  try {
    return parsePortRange(text);
  } catch {
    throw new OptionError(`Invalid ${what}: ${text}`);
  }
}

function hostAddress(given: string): string {
  const address = /^\[([^[\]]*)\]$/.exec(given)?.[1] ?? given;
  const refused = (why: string) => new OptionError(`Invalid ip address ${given}: address ${given}:: ${why}`);
  if (address === given) {
    if (given.startsWith('['))
      throw refused(given.includes(']') ? 'too many colons in address' : "missing ']' in address");
    if (given.includes(':')) throw refused('too many colons in address');
  }
  if (address !== '' && normalizeAddress(address) === undefined)
    throw new OptionError(`Invalid ip address: ${address}`);
  return address;
}

/** `-p` values in the long form, `published=8080,target=80`, as short ones (docker/cli, convertToStandardNotation). Throws {@link OptionError}. */
export function toShortSyntax(value: string): string {
  if (!value.includes('=')) return value;
  const given: Record<string, string> = { protocol: 'tcp' };
  for (const field of value.split(',')) {
    const [key, one] = cut(field);
    if (one === undefined || key === '')
      throw new OptionError(`invalid publish opts format (should be name=value but got '${field}')`);
    given[key] = one;
  }
  return `${given['published'] ?? ''}:${given['target'] ?? ''}/${given['protocol']}`;
}

import { ComposeError } from './error.ts';

/** A published port in its long form. */
export interface Port {
  readonly mode: string;
  readonly host_ip?: string;
  readonly target: number;
  readonly published?: string;
  readonly protocol: string;
}

function portNumber(text: string): number | undefined {
  if (!/^\+?\d+$/.test(text)) return undefined;
  const number = Number(text);
  return number <= 65535 ? number : undefined;
}

function range(text: string): { start: number; end: number } | undefined {
  const dash = text.indexOf('-');
  const start = portNumber(dash < 0 ? text : text.slice(0, dash));
  const end = portNumber(dash < 0 ? text : text.slice(dash + 1));
  return start === undefined || end === undefined || end < start ? undefined : { start, end };
}

/** Splits `ip:host:container`; the address may be in brackets. */
function split(spec: string): [ip: string, host: string, container: string] {
  const parts = spec.split(':');
  if (parts.length === 1) return ['', '', parts[0]!];
  if (parts.length === 2) return ['', parts[0]!, parts[1]!];
  if (parts.length === 3) return [parts[0]!, parts[1]!, parts[2]!];
  return [parts.slice(0, -2).join(':'), parts.at(-2)!, parts.at(-1)!];
}

/** The long forms of a short one, `127.0.0.1:8000-8001:80-81/udp` (docker/go-connections, ParsePortSpec). Throws {@link ComposeError}. */
export function parsePort(value: string): Port[] {
  const slash = value.lastIndexOf('/');
  const protocol = slash < 0 ? 'tcp' : value.slice(slash + 1).toLowerCase() || 'tcp';
  const spec = slash < 0 ? value : value.slice(0, slash);
  const [rawIp, hostPort, containerPort] = split(spec);
  const ip = checkedAddress(rawIp);
  if (containerPort === '') throw new ComposeError(`No port specified: ${value}<empty>`);
  const container = range(containerPort);
  if (!container) throw new ComposeError(`Invalid containerPort: ${containerPort}`);
  const host = hostPort === '' ? undefined : range(hostPort);
  if (hostPort !== '' && !host) throw new ComposeError(`Invalid hostPort: ${hostPort}`);
  const count = container.end - container.start;
  if (host && host.end - host.start !== count && count !== 0)
    throw new ComposeError(`Invalid ranges specified for container and host Ports: ${containerPort} and ${hostPort}`);
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) throw new ComposeError(`Invalid proto: ${protocol}`);
  return Array.from({ length: count + 1 }, (_, index) => {
    const published =
      host === undefined ? undefined : count === 0 && host.end !== host.start ? hostPort : String(host.start + index);
    return {
      mode: 'ingress',
      ...(ip === '' ? {} : { host_ip: ip }),
      target: container.start + index,
      ...(published === undefined ? {} : { published }),
      protocol,
    };
  }).sort((a, b) => (String(a.target) < String(b.target) ? -1 : 1));
}

function checkedAddress(text: string): string {
  if (text === '') return '';
  let ip = text;
  if (text.startsWith('[')) {
    if (!text.endsWith(']'))
      throw new ComposeError(`Invalid ip address ${text}: address ${text}:: missing ']' in address`);
    ip = text.slice(1, -1);
  } else if (text.includes(':')) {
    throw new ComposeError(`Invalid ip address ${text}: address ${text}:: too many colons in address`);
  }
  if (!isIpv4(ip) && !isIpv6(ip)) throw new ComposeError(`Invalid ip address: ${ip}`);
  return ip;
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

function isIpv6(text: string): boolean {
  return (
    text.includes(':') && /^[0-9a-fA-F:.]+$/.test(text) && text.split('::').length <= 2 && text.split(':').length <= 8
  );
}

/** Whether a text is an IP address. */
export function isAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

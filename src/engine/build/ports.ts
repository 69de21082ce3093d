import { DockerfileError } from './dockerfile-error.ts';

const MAXIMUM = 65_535;

function range(text: string): [number, number] | undefined {
  const parts = text.split('-');
  if (parts.length > 2 || parts.some((part) => !/^\d+$/.test(part) || Number(part) > MAXIMUM)) return undefined;
  const start = Number(parts[0]);
  const end = Number(parts[1] ?? start);
  return end < start ? undefined : [start, end];
}

/**
 * The ports that a word of EXPOSE means, as `PORT/PROTOCOL`; an address and a host's port before it are read and dropped.
 * Throws {@link DockerfileError} with BuildKit's messages.
 */
export function exposedPorts(word: string): string[] {
  const parts = word.split(':');
  const spec = parts.at(-1)!;
  const hostPort = parts.at(-2) ?? '';
  const address = parts.slice(0, -2).join(':');
  const slash = spec.indexOf('/');
  const port = slash < 0 ? spec : spec.slice(0, slash);
  const protocol = (slash < 0 ? '' : spec.slice(slash + 1).toLowerCase()) || 'tcp';
  const refused = (reason: string) => new DockerfileError(`invalid port: ${JSON.stringify(word)}: ${reason}`);
  if (port === '') throw refused('no port specified');
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) throw refused(`invalid proto: ${protocol}`);
  const bare = address.replace(/^\[(.*)\]$/, '$1');
  if (bare !== '' && !/^(\d{1,3}(\.\d{1,3}){3}|(?=.*::)[0-9a-fA-F:]+|([0-9a-fA-F]+:){7}[0-9a-fA-F]+)$/.test(bare))
    throw new DockerfileError(`invalid IP address: ${bare}`);
  const own = range(port);
  if (!own) throw new DockerfileError(`invalid containerPort: ${port}`);
  const host = hostPort === '' ? own : range(hostPort);
  if (!host) throw new DockerfileError(`invalid hostPort: ${hostPort}`);
  if (own[1] - own[0] !== host[1] - host[0] && own[0] !== own[1])
    throw new DockerfileError(`invalid ranges specified for container and host Ports: ${port} and ${hostPort}`);
  return Array.from({ length: own[1] - own[0] + 1 }, (_, index) => `${own[0] + index}/${protocol}`);
}

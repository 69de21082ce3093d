/** A port of a container as `GET /containers/json` says it. */
export interface PortSummary {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
}

const joined = (address: string, port: string | number) =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** The PORTS column of `docker ps`: runs of equal ports together (docker/cli, formatter.DisplayablePorts). */
export function portsColumn(ports: readonly PortSummary[]): string {
  const groups = new Map<string, { first: number; last: number }>();
  const closed: string[] = [];
  const mapped: string[] = [];
  for (const port of [...ports].sort(compare)) {
    const { IP = '', PrivatePort, PublicPort = 0, Type } = port;
    if (IP !== '' && PublicPort !== PrivatePort) {
      mapped.push(`${joined(IP, PublicPort)}->${PrivatePort}/${Type}`);
      continue;
    }
    const key = IP === '' ? Type : `${IP}/${Type}`;
    const group = groups.get(key);
    if (group && PrivatePort === group.last + 1) {
      group.last = PrivatePort;
      continue;
    }
    if (group) closed.push(groupText(key, group));
    groups.set(key, { first: PrivatePort, last: PrivatePort });
  }
  return [...closed, ...[...groups].map(([key, group]) => groupText(key, group)), ...mapped].join(', ');
}

function groupText(key: string, { first, last }: { first: number; last: number }): string {
  const range = first === last ? String(first) : `${first}-${last}`;
  const slash = key.indexOf('/');
  if (slash < 0) return `${range}/${key}`;
  return `${joined(key.slice(0, slash), range)}->${range}/${key.slice(slash + 1)}`;
}

function compare(a: PortSummary, b: PortSummary): number {
  const texts = (x = '', y = '') => (x < y ? -1 : x > y ? 1 : 0);
  return (
    a.PrivatePort - b.PrivatePort ||
    texts(a.IP, b.IP) ||
    (a.PublicPort ?? 0) - (b.PublicPort ?? 0) ||
    texts(a.Type, b.Type)
  );
}

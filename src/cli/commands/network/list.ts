import { truncateId } from '../../../engine/images/reference.ts';
import { listNetworks } from '../../../engine/networks/manage.ts';
import type { Network } from '../../../engine/networks/network.ts';
import type { CommandContext } from '../../command.ts';
import { formatRows, RAW, TABLE } from '../../format/formatter.ts';
import { timeText } from '../../format/print.ts';
import { Methods, Time } from '../../format/value.ts';
import { parseFilters } from '../../options/filter.ts';
import { labelMethods } from '../labels.ts';

const HEADERS = {
  ...{ ID: 'NETWORK ID', Name: 'NAME', Driver: 'DRIVER', Scope: 'SCOPE', IPv4: 'IPV4', IPv6: 'IPV6' },
  ...{ Internal: 'INTERNAL', Labels: 'LABELS', CreatedAt: 'CREATED AT' },
};
const TABLE_FORMAT = 'table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}';
const RAW_FORMAT = 'network_id: {{.ID}}\nname: {{.Name}}\ndriver: {{.Driver}}\nscope: {{.Scope}}\n';

function row(network: Network, trunc: boolean): Methods {
  const { id, name, driver, scope, internal, ipv4 = true, ipv6, labels, created } = network;
  return new Methods('*network.networkContext', {
    ID: () => (trunc ? truncateId(id) : id),
    Name: () => name,
    Driver: () => driver,
    Scope: () => scope,
    IPv4: () => String(ipv4),
    IPv6: () => String(ipv6),
    Internal: () => String(internal),
    CreatedAt: () => timeText(new Time(created)),
    ...labelMethods(labels),
  });
}

function wholeFormat(format: string, quiet: boolean): string {
  if (format === '' || format === TABLE) return quiet ? '{{.ID}}' : TABLE_FORMAT;
  if (format === RAW) return quiet ? 'network_id: {{.ID}}' : RAW_FORMAT;
  return format;
}

/** `docker network ls`. */
export function list({ engine, flags, out }: CommandContext): number {
  const networks = listNetworks(engine, parseFilters(flags.list('filter')));
  const trunc = !flags.boolean('no-trunc');
  const format = wholeFormat(flags.string('format'), flags.boolean('quiet'));
  out(
    formatRows(
      format,
      HEADERS,
      networks.map((network) => row(network, trunc)),
    ),
  );
  return 0;
}

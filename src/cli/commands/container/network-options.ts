import type { EndpointRequest } from '../../../engine/containers/create.ts';
import type { FlagValues } from '../../flags.ts';
import { isMacAddress } from '../../options/mac-address.ts';
import { type NetworkAttachment, parseNetworkAttachment } from '../../options/network-attachment.ts';
import { OptionError } from '../../options/option-error.ts';

export interface NetworkOptions {
  /** The first network, `default` when none is given. */
  readonly mode: string;
  readonly endpoints: Readonly<Record<string, EndpointRequest>>;
}

export function isUserDefined(network: string): boolean {
  return !['default', 'bridge', 'host', 'none'].includes(network) && !/^container(?::|$)/.test(network);
}

/**
 * Networks and endpoints that `--network`, `--network-alias`, `--ip`, `--mac-address` … ask for; what is not said per
 * network belongs to the first (docker/cli, parseNetworkOpts). Throws {@link OptionError}.
 */
export function networkOptions(flags: FlagValues): NetworkOptions {
  const given = flags.list('network').map(parseNetworkAttachment);
  const attachments = given.length > 0 ? given : [parseNetworkAttachment('default')];
  const endpoints: Record<string, EndpointRequest> = {};
  const kinds = new Set<boolean>();
  for (const [index, attachment] of attachments.entries()) {
    kinds.add(isUserDefined(attachment.target));
    const whole = index === 0 ? withFlags(attachment, flags) : attachment;
    const endpoint = endpointOf(whole);
    // The engine knows the default bridge by its name.
    const name = whole.target === 'default' ? 'bridge' : whole.target;
    if (name in endpoints) throw new OptionError(`network "${whole.target}" is specified multiple times`);
    endpoints[name] = endpoint;
  }
  if (kinds.size > 1)
    throw new OptionError('conflicting options: cannot attach both user-defined and non-user-defined network-modes');
  const [first] = attachments;
  const only = attachments.length === 1 && Object.values(endpoints).every((one) => Object.keys(one).length === 0);
  return { mode: first!.target, endpoints: only ? {} : endpoints };
}

function withFlags(network: NetworkAttachment, flags: FlagValues): NetworkAttachment {
  const aliases = flags.list('network-alias');
  const links = isUserDefined(network.target) ? flags.list('link') : [];
  const linkLocalAddresses = flags.list('link-local-ip');
  const [ipv4, ipv6, mac] = [flags.string('ip'), flags.string('ip6'), flags.string('mac-address')];
  const clash = (here: boolean, there: boolean, what: string) => {
    if (here && there) throw new OptionError(`conflicting options: cannot specify both ${what}`);
  };
  clash(network.aliases.length > 0, aliases.length > 0, '--network-alias and per-network alias');
  clash(network.ipv4 !== '', ipv4 !== '', '--ip and per-network IPv4 address');
  clash(network.ipv6 !== '', ipv6 !== '', '--ip6 and per-network IPv6 address');
  clash(network.mac !== '', mac !== '', '--mac-address and per-network MAC address');
  clash(
    network.linkLocalAddresses.length > 0,
    linkLocalAddresses.length > 0,
    '--link-local-ip and per-network link-local IP addresses',
  );
  return {
    ...network,
    aliases: aliases.length > 0 ? aliases : network.aliases,
    links,
    ipv4: ipv4 || network.ipv4,
    ipv6: ipv6 || network.ipv6,
    mac: mac || network.mac,
    linkLocalAddresses: linkLocalAddresses.length > 0 ? linkLocalAddresses : network.linkLocalAddresses,
  };
}

function endpointOf(network: NetworkAttachment): EndpointRequest {
  const { target, aliases, links, ipv4, ipv6, mac, driverOptions, gatewayPriority } = network;
  if (target.trim() === '') throw new OptionError('no name set for network');
  if (!isUserDefined(target) && aliases.length > 0)
    throw new OptionError('network-scoped aliases are only supported for user-defined networks');
  if (mac !== '' && !isMacAddress(mac.trim())) throw new OptionError(`${mac} is not a valid mac address`);
  return {
    ...(aliases.length > 0 ? { aliases } : {}),
    ...(links.length > 0 ? { links } : {}),
    ...(ipv4 === '' ? {} : { address: ipv4 }),
    ...(ipv6 === '' ? {} : { address6: ipv6 }),
    ...(mac === '' ? {} : { mac: mac.trim() }),
    ...(Object.keys(driverOptions).length > 0 ? { driverOptions } : {}),
    ...(gatewayPriority === 0 ? {} : { priority: gatewayPriority }),
  };
}

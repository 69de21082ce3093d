import { EngineError } from '../../../engine/errors.ts';
import {
  connectNetwork,
  createNetwork,
  disconnectNetwork,
  findNetwork,
  inspectNetwork,
  pruneNetworks,
  removeNetwork,
} from '../../../engine/networks/manage.ts';
import type { CommandContext, CommandTable } from '../../command.ts';
import { confirm } from '../../confirm.ts';
import { type Inspected, inspect } from '../../format/inspect.ts';
import { Time, type Value } from '../../format/value.ts';
import { parseFilters } from '../../options/filter.ts';
import { keyValueMap } from '../../options/key-value.ts';
import { failureText, printInspection } from '../failures.ts';
import { ipamOptions } from './ipam-options.ts';
import { list } from './list.ts';

function create({ engine, flags, args: [name = ''], out }: CommandContext): number {
  const pools = ipamOptions(flags);
  const scope = flags.string('scope');
  const { id } = createNetwork(engine, {
    name,
    driver: flags.string('driver'),
    options: keyValueMap(flags.list('opt')),
    labels: keyValueMap(flags.list('label')),
    ...(pools.length > 0 ? { pools } : {}),
    ipamDriver: flags.string('ipam-driver'),
    ...(flags.changed('ipam-opt') ? { ipamOptions: keyValueMap(flags.list('ipam-opt')) } : {}),
    internal: flags.boolean('internal'),
    attachable: flags.boolean('attachable'),
    ingress: flags.boolean('ingress'),
    ...(flags.changed('ipv4') ? { ipv4: flags.boolean('ipv4') } : {}),
    ipv6: flags.boolean('ipv6'),
    ...(scope === 'swarm' || scope === 'local' ? { scope } : {}),
    configOnly: flags.boolean('config-only'),
    ...(flags.string('config-from') === '' ? {} : { configFrom: flags.string('config-from') }),
  });
  out(`${id}\n`);
  return 0;
}

/** What `inspect` shows of a network; to templates, its creation is a time and not a text. */
export function inspectedNetwork({ engine }: CommandContext, ref: string): Inspected {
  const raw = inspectNetwork(engine, ref) as { readonly [field: string]: Value };
  return { typed: { ...raw, Created: new Time(findNetwork(engine, ref).created) }, raw };
}

function inspectNetworks(context: CommandContext): number {
  const find = (ref: string) => inspectedNetwork(context, ref);
  return printInspection(context, inspect(context.args, context.flags.string('format'), find, failureText));
}

const INGRESS =
  'WARNING! Before removing the routing-mesh network, make sure all the nodes in your swarm run the same docker engine version. Otherwise, removal may not be effective and functionality of newly create ingress networks will be impaired.\nAre you sure you want to continue?';

async function remove(context: CommandContext): Promise<number> {
  const { engine, flags, args, out, err } = context;
  let status = 0;
  for (const ref of args) {
    try {
      if (findNetwork(engine, ref).ingress && !(await confirm(context, INGRESS))) continue;
      removeNetwork(engine, ref);
      out(`${ref}\n`);
    } catch (error) {
      if (flags.boolean('force') && error instanceof EngineError && error.status === 404) continue;
      err(`${failureText(error)}\n`);
      status = 1;
    }
  }
  if (status !== 0) err('exit status 1\n');
  return status;
}

const PRUNE =
  'WARNING! This will remove all custom networks not used by at least one container.\nAre you sure you want to continue?';

async function prune(context: CommandContext): Promise<number> {
  const { engine, flags, out } = context;
  if (!flags.boolean('force') && !(await confirm(context, PRUNE))) return 0;
  const { deleted } = pruneNetworks(engine, parseFilters(flags.list('filter')));
  if (deleted.length > 0) out(`Deleted Networks:\n${deleted.map((name) => `${name}\n`).join('')}\n`);
  return 0;
}

function connect({ engine, flags, args: [network = '', container = ''] }: CommandContext): number {
  const address = flags.string('ip');
  connectNetwork(engine, network, container, {
    ...(flags.changed('alias') ? { aliases: flags.list('alias') } : {}),
    ...(flags.changed('link') ? { links: flags.list('link') } : {}),
    ...(address === '' ? {} : { address }),
    ...(flags.changed('driver-opt') ? { driverOptions: keyValueMap(flags.list('driver-opt')) } : {}),
    ...(flags.changed('gw-priority') ? { priority: flags.number('gw-priority') } : {}),
  });
  return 0;
}

function disconnect({ engine, flags, args: [network = '', container = ''] }: CommandContext): number {
  disconnectNetwork(engine, network, container, flags.boolean('force'));
  return 0;
}

/** `docker network …`. */
export const networkCommands: CommandTable = {
  'network connect': connect,
  'network create': create,
  'network disconnect': disconnect,
  'network inspect': inspectNetworks,
  'network ls': list,
  'network prune': prune,
  'network rm': remove,
};

import { humanSize } from '../../../engine/units.ts';
import { createVolume, findVolume, inspectVolume, pruneVolumes, removeVolume } from '../../../engine/volumes/manage.ts';
import { CliError, type CommandContext, type CommandTable } from '../../command.ts';
import { confirm } from '../../confirm.ts';
import { type Inspected, inspect } from '../../format/inspect.ts';
import type { Value } from '../../format/value.ts';
import { parseFilters } from '../../options/filter.ts';
import { keyValueMap } from '../../options/key-value.ts';
import { failureText, forEachArgument, printInspection } from '../failures.ts';
import { list } from './list.ts';

function create({ engine, flags, args, out }: CommandContext): number {
  const [argument = ''] = args;
  if (flags.changed('name') && argument !== '')
    throw new CliError('conflicting options: cannot specify a volume-name through both --name and as a positional arg');
  const { name } = createVolume(engine, {
    name: flags.changed('name') ? flags.string('name') : argument,
    driver: flags.string('driver'),
    options: keyValueMap(flags.list('opt')),
    labels: keyValueMap(flags.list('label')),
  });
  out(`${name}\n`);
  return 0;
}

/** What `inspect` shows of a volume: the client's own types, `Status` among them, which JSON leaves out. */
export function inspectedVolume(context: CommandContext, name: string): Inspected {
  const answer = inspectVolume(context.engine, name) as { readonly [field: string]: Value };
  const typed = Object.defineProperty({ ...answer }, 'Status', { value: new Map(), enumerable: false });
  return { typed, raw: undefined, type: 'volume.Volume' };
}

function inspectVolumes(context: CommandContext): number {
  const find = (name: string) => inspectedVolume(context, name);
  return printInspection(context, inspect(context.args, context.flags.string('format'), find, failureText));
}

function remove(context: CommandContext): Promise<number> {
  return forEachArgument(context, (name) => {
    removeVolume(context.engine, name, context.flags.boolean('force'));
    return `${name}\n`;
  });
}

const ANONYMOUS = 'WARNING! This will remove anonymous local volumes not used by at least one container.';
const ALL = 'WARNING! This will remove all local volumes not used by at least one container.';

async function prune(context: CommandContext): Promise<number> {
  const { engine, flags, out } = context;
  const filters = parseFilters(flags.list('filter'));
  const all = flags.boolean('all');
  if (all && 'all' in filters) throw new CliError('conflicting options: cannot specify both --all and --filter all=1');
  const question = `${all || 'all' in filters ? ALL : ANONYMOUS}\nAre you sure you want to continue?`;
  if (!flags.boolean('force') && !(await confirm(context, question))) return 0;
  const { deleted, reclaimed } = pruneVolumes(engine, all ? { ...filters, all: ['true'] } : filters);
  if (deleted.length > 0) out(`Deleted Volumes:\n${deleted.map((name) => `${name}\n`).join('')}\n`);
  out(`Total reclaimed space: ${humanSize(reclaimed, 4)}\n`);
  return 0;
}

function update({ engine, args: [name = ''] }: CommandContext): number {
  findVolume(engine, name);
  throw new CliError('Can only update volumes with cluster driver');
}

/** `docker volume …`. */
export const volumeCommands: CommandTable = {
  'volume create': create,
  'volume inspect': inspectVolumes,
  'volume ls': list,
  'volume prune': prune,
  'volume rm': remove,
  'volume update': update,
};

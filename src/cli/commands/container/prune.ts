import { pruneContainers } from '../../../engine/containers/list.ts';
import { humanSize } from '../../../engine/units.ts';
import type { CommandContext } from '../../command.ts';
import { confirm } from '../../confirm.ts';
import { parseFilters } from '../../options/filter.ts';

const WARNING = 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue?';

/** `docker container prune`. */
export async function prune(context: CommandContext): Promise<number> {
  const { engine, flags, out } = context;
  if (!flags.boolean('force') && !(await confirm(context, WARNING))) return 0;
  const { deleted, reclaimed } = pruneContainers(engine, parseFilters(flags.list('filter')));
  if (deleted.length > 0) out(`Deleted Containers:\n${deleted.map((id) => `${id}\n`).join('')}\n`);
  out(`Total reclaimed space: ${humanSize(reclaimed, 4)}\n`);
  return 0;
}

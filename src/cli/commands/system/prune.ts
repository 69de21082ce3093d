import { pruneCache } from '../../../engine/build/cache.ts';
import { pruneContainers } from '../../../engine/containers/list.ts';
import { checkFilters, untilFilter } from '../../../engine/filters.ts';
import { pruneImages } from '../../../engine/images/manage.ts';
import { pruneNetworks } from '../../../engine/networks/manage.ts';
import { humanSize } from '../../../engine/units.ts';
import { pruneVolumes } from '../../../engine/volumes/manage.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { confirm } from '../../confirm.ts';
import { parseFilters } from '../../options/filter.ts';
import { deletionLines } from '../image/index.ts';

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? '' : `${title}:\n${lines.map((line) => `${line}\n`).join('')}\n`;

/** `docker system prune`. */
export async function prune(context: CommandContext): Promise<number> {
  const { engine, flags, out } = context;
  const filters = parseFilters(flags.list('filter'));
  const [all, volumes] = [flags.boolean('all'), flags.boolean('volumes')];
  if (volumes && 'until' in filters) throw new CliError('ERROR: The "until" filter is not supported with "--volumes"');
  if (!flags.boolean('force') && !(await confirm(context, question(all, volumes, flags.list('filter'))))) return 0;
  let reclaimed = 0;
  const containers = pruneContainers(engine, filters);
  reclaimed += containers.reclaimed;
  out(section('Deleted Containers', containers.deleted));
  out(section('Deleted Networks', pruneNetworks(engine, filters).deleted));
  if (volumes) {
    const pruned = pruneVolumes(engine, filters);
    reclaimed += pruned.reclaimed;
    out(section('Deleted Volumes', pruned.deleted));
  }
  const images = pruneImages(engine, { ...filters, dangling: [String(!all)] });
  reclaimed += images.reclaimed;
  if (images.deleted.length > 0) out(`Deleted Images:\n${deletionLines(images.deleted, ['untagged', 'deleted'])}\n`);
  // The build cache has no labels, and takes no notice of filters by them.
  checkFilters(filters, ['until', 'label', 'label!']);
  const until = untilFilter(engine, filters);
  const cache = pruneCache(engine, { all, unusedFor: until === undefined ? 0 : engine.state.now - until });
  reclaimed += cache.reclaimed;
  out(
    section(
      'Deleted build cache objects',
      cache.removed.map(({ id }) => id),
    ),
  );
  out(`Total reclaimed space: ${humanSize(reclaimed, 4)}\n`);
  return 0;
}

function question(all: boolean, volumes: boolean, filters: readonly string[]): string {
  const warnings = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(volumes ? ['all anonymous volumes not used by at least one container'] : []),
    all ? 'all images without at least one container associated to them' : 'all dangling images',
    all ? 'all build cache' : 'unused build cache',
  ];
  const filtered =
    filters.length === 0
      ? ''
      : `  Items to be pruned will be filtered with:\n${[...filters]
          .sort()
          .map((filter) => `  - ${filter}\n`)
          .join('')}\n`;
  return `WARNING! This will remove:\n${warnings.map((warning) => `  - ${warning}\n`).join('')}\n${filtered}Are you sure you want to continue?`;
}

import { cacheUsage } from '../../../engine/build/cache.ts';
import { containerSizes, listContainers } from '../../../engine/containers/list.ts';
import { humanDuration } from '../../../engine/duration.ts';
import type { Engine } from '../../../engine/engine.ts';
import { listImages } from '../../../engine/images/manage.ts';
import { familiarName, parseNormalized, truncateId } from '../../../engine/images/reference.ts';
import { diskUsage, type Usage } from '../../../engine/system/disk-usage.ts';
import { humanSize } from '../../../engine/units.ts';
import { listVolumes, volumeSize, volumeUsers } from '../../../engine/volumes/manage.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { finalFormat, formatRows, RAW, TABLE, templateFailure } from '../../format/formatter.ts';
import { timeText } from '../../format/print.ts';
import { render } from '../../format/template/index.ts';
import { Methods, Time } from '../../format/value.ts';
import { CONTAINER_HEADERS, containerRow } from '../container/row.ts';
import { IMAGE_HEADERS, imageRow } from '../image/list.ts';
import { VOLUME_HEADERS, volumeRow } from '../volume/list.ts';

const HEADERS = { Type: 'TYPE', TotalCount: 'TOTAL', Active: 'ACTIVE', Size: 'SIZE', Reclaimable: 'RECLAIMABLE' };
const TABLE_FORMAT = 'table {{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}';
const RAW_FORMAT =
  'type: {{.Type}}\ntotal: {{.TotalCount}}\nactive: {{.Active}}\nsize: {{.Size}}\nreclaimable: {{.Reclaimable}}\n';
const CACHE_HEADERS = {
  ...{ ID: 'CACHE ID', Parent: 'PARENT', CacheType: 'CACHE TYPE', Size: 'SIZE', CreatedSince: 'CREATED' },
  ...{ CreatedAt: 'CREATED AT', LastUsedSince: 'LAST USED', LastUsedAt: 'LAST USED AT', UsageCount: 'USAGE' },
  ...{ InUse: 'IN USE', Shared: 'SHARED' },
};
const VERBOSE_IMAGES =
  'table {{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}\t{{.SharedSize}}\t{{.UniqueSize}}\t{{.Containers}}';
const VERBOSE_CONTAINERS =
  'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t{{.Status}}\t{{.Names}}';
const VERBOSE_VOLUMES = 'table {{.Name}}\t{{.Links}}\t{{.Size}}';
const VERBOSE_CACHE =
  'table {{.ID}}\t{{.CacheType}}\t{{.Size}}\t{{.CreatedSince}}\t{{.LastUsedSince}}\t{{.UsageCount}}\t{{.Shared}}';

function usageRow(type: string, goType: string, { total, active, size, reclaimable }: Usage): Methods {
  const share = size > 0 && goType !== 'Builder' ? ` (${Math.trunc((reclaimable * 100) / size)}%)` : '';
  return new Methods(`*formatter.diskUsage${goType}Context`, {
    Type: () => type,
    TotalCount: () => String(total),
    Active: () => String(active),
    Size: () => humanSize(size, 4),
    Reclaimable: () => humanSize(reclaimable, 4) + share,
  });
}

/** `docker system df`. */
export function df(context: CommandContext): number {
  const { engine, flags, out } = context;
  const format = flags.string('format');
  if (flags.boolean('verbose')) return verbose(context, format);
  const { images, containers, volumes, buildCache } = diskUsage(engine);
  const rows = [
    usageRow('Images', 'Images', images),
    usageRow('Containers', 'Containers', containers),
    usageRow('Local Volumes', 'Volumes', volumes),
    usageRow('Build Cache', 'Builder', buildCache),
  ];
  const whole = format === '' || format === TABLE ? TABLE_FORMAT : format === RAW ? RAW_FORMAT : format;
  out(formatRows(whole, HEADERS, rows));
  return 0;
}

function imageRows(engine: Engine, trunc: boolean): Methods[] {
  return listImages(engine, { all: true }).map((image) => {
    const [first] = image.tags.map(parseNormalized);
    const line = { repository: first ? familiarName(first) : '<none>', tag: first?.tag ?? '<none>', digest: '' };
    return imageRow(image, line, { now: engine.state.now, trunc, shared: true });
  });
}

function containerRows(engine: Engine, trunc: boolean): Methods[] {
  return listContainers(engine, { all: true }).map((container) => {
    const { type, methods } = containerRow(engine, container, { trunc, sized: true });
    // The size of the image is not shown here.
    return new Methods(type, { ...methods, Size: () => humanSize(containerSizes(engine, container.id).rw) });
  });
}

function volumeRows(engine: Engine): Methods[] {
  // The daemon leaves out volumes with options: what lies behind them may be slow to count.
  const counted = listVolumes(engine).filter(({ options }) => !options || Object.keys(options).length === 0);
  return counted.map((volume) =>
    volumeRow(volume, {
      links: volumeUsers(engine, volume.name).length,
      size: humanSize(volumeSize(engine, volume.name), 4),
    }),
  );
}

function cacheRows(engine: Engine, trunc: boolean): Methods[] {
  const { now } = engine.state;
  const ago = (time: number) => `${humanDuration((now - time) / 1000)} ago`;
  return cacheUsage(engine)
    .sort((a, b) => a.lastUsed - b.lastUsed || (a.id < b.id ? -1 : 1))
    .map(
      ({ id, type, size, created, lastUsed, uses, shared, parents }) =>
        new Methods('*formatter.buildCacheContext', {
          ID: () => (trunc ? truncateId(id) : id),
          Parent: () => parents.join(', '),
          CacheType: () => type,
          Size: () => humanSize(size, 4),
          CreatedAt: () => timeText(new Time(created)),
          CreatedSince: () => ago(created),
          LastUsedAt: () => timeText(new Time(lastUsed)),
          LastUsedSince: () => ago(lastUsed),
          UsageCount: () => String(uses),
          InUse: () => 'false',
          Shared: () => String(shared),
        }),
    );
}

function verbose({ engine, out }: CommandContext, format: string): number {
  const table = format === '' || format.startsWith(TABLE);
  if (format === RAW) throw new CliError("docker: 'docker system df -v --format raw' is not modelled in Stapellauf");
  const [images, containers, volumes] = [imageRows(engine, table), containerRows(engine, table), volumeRows(engine)];
  const cache = cacheRows(engine, table);
  if (format !== '' && format !== TABLE) {
    try {
      out(render(finalFormat(format), { Images: images, Containers: containers, Volumes: volumes, BuildCache: cache }));
    } catch (error) {
      templateFailure(error);
    }
    return 0;
  }
  const total = cacheUsage(engine).reduce((sum, { size, shared }) => sum + (shared ? 0 : size), 0);
  out(`Images space usage:\n\n${formatRows(VERBOSE_IMAGES, IMAGE_HEADERS, images)}`);
  out(`\nContainers space usage:\n\n${formatRows(VERBOSE_CONTAINERS, CONTAINER_HEADERS, containers)}`);
  out(`\nLocal Volumes space usage:\n\n${formatRows(VERBOSE_VOLUMES, VOLUME_HEADERS, volumes)}`);
  out(`\nBuild cache usage: ${humanSize(total, 4)}\n\n${formatRows(VERBOSE_CACHE, CACHE_HEADERS, cache)}`);
  return 0;
}

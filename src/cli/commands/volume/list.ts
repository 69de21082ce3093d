import { listVolumes } from '../../../engine/volumes/manage.ts';
import { mountpoint, type Volume } from '../../../engine/volumes/volume.ts';
import type { CommandContext } from '../../command.ts';
import { formatRows, RAW, TABLE } from '../../format/formatter.ts';
import { Methods } from '../../format/value.ts';
import { parseFilters } from '../../options/filter.ts';
import { labelMethods } from '../labels.ts';

export const VOLUME_HEADERS = {
  ...{ Name: 'VOLUME NAME', Driver: 'DRIVER', Scope: 'SCOPE', Availability: 'AVAILABILITY', Mountpoint: 'MOUNTPOINT' },
  ...{ Labels: 'LABELS', Links: 'LINKS', Size: 'SIZE', Group: 'GROUP', Status: 'STATUS' },
};

/** A row of volumes as templates see it; links and size only where they were counted (docker/cli, formatter.volumeContext). */
export function volumeRow(
  { name, driver, labels }: Volume,
  usage?: { readonly links: number; readonly size: string },
): Methods {
  const none = () => 'N/A';
  return new Methods('*formatter.volumeContext', {
    Name: () => name,
    Driver: () => driver,
    Scope: () => 'local',
    Mountpoint: () => mountpoint(name),
    ...labelMethods(labels),
    Links: () => (usage ? String(usage.links) : 'N/A'),
    Size: () => usage?.size ?? 'N/A',
    ...{ Group: none, Availability: none, Status: none },
  });
}

/** What a named format of `docker volume ls` stands for. */
export function volumeFormat(format: string, quiet: boolean): string {
  if (format === '' || format === TABLE) return quiet ? '{{.Name}}' : 'table {{.Driver}}\t{{.Name}}';
  if (format === RAW) return quiet ? 'name: {{.Name}}' : 'name: {{.Name}}\ndriver: {{.Driver}}\n';
  return format;
}

/** `docker volume ls`. */
export function list({ engine, flags, out }: CommandContext): number {
  const volumes = listVolumes(engine, parseFilters(flags.list('filter')));
  const format = volumeFormat(flags.string('format'), flags.boolean('quiet'));
  out(
    formatRows(
      format,
      VOLUME_HEADERS,
      volumes.map((volume) => volumeRow(volume)),
    ),
  );
  return 0;
}

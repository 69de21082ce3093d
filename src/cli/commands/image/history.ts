import { humanDuration } from '../../../engine/duration.ts';
import { imageHistory } from '../../../engine/images/manage.ts';
import { truncateId } from '../../../engine/images/reference.ts';
import { humanSize } from '../../../engine/units.ts';
import type { CommandContext } from '../../command.ts';
import { ellipsis } from '../../format/ellipsis.ts';
import { formatRows, TABLE } from '../../format/formatter.ts';
import { rfc3339 } from '../../format/json.ts';
import { Methods } from '../../format/value.ts';

const HEADERS = {
  ...{ ID: 'IMAGE', CreatedSince: 'CREATED', CreatedAt: 'CREATED AT', CreatedBy: 'CREATED BY', Size: 'SIZE' },
  Comment: 'COMMENT',
};
const CREATED_BY_WIDTH = 45;

/** `docker history`. */
export function history({ engine, flags, args: [ref = ''], out }: CommandContext): number {
  const { now } = engine.state;
  const human = flags.boolean('human');
  const trunc = !flags.boolean('no-trunc');
  const format = flags.string('format');
  const rows = imageHistory(engine, ref).map(({ id, created, createdBy, size, comment }) => {
    const seconds = Math.floor(created / 1000);
    return new Methods('*image.historyContext', {
      ID: () => (trunc ? truncateId(id) : id),
      CreatedAt: () => rfc3339(seconds * 1000),
      CreatedSince: () => (human ? `${humanDuration(now / 1000 - seconds)} ago` : rfc3339(seconds * 1000)),
      CreatedBy: () => {
        const command = createdBy.replaceAll('\t', ' ');
        return trunc ? ellipsis(command, CREATED_BY_WIDTH) : command;
      },
      Size: () => (human ? humanSize(size) : String(size)),
      Comment: () => comment,
    });
  });
  out(formatRows(wholeFormat(format, flags.boolean('quiet'), human), HEADERS, rows));
  return 0;
}

function wholeFormat(format: string, quiet: boolean, human: boolean): string {
  if (format !== '' && format !== TABLE) return format;
  if (quiet) return '{{.ID}}';
  return `table {{.ID}}\t{{.${human ? 'CreatedSince' : 'CreatedAt'}}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}`;
}

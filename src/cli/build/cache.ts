import { type CacheUsage, cacheUsage, pruneCache } from '../../engine/build/cache.ts';
import { DurationError, humanDuration, parseDuration } from '../../engine/duration.ts';
import { NIL_LIST } from '../../engine/json.ts';
import { formatTime } from '../../engine/time.ts';
import { humanSize } from '../../engine/units.ts';
import type { Command, CommandContext } from '../command.ts';
import { confirm } from '../confirm.ts';
import { formatRows } from '../format/formatter.ts';
import { align } from '../format/tabwriter.ts';
import { Methods } from '../format/value.ts';
import { buildxError } from './failure.ts';

const age = ({ engine }: CommandContext, time: number) => `${humanDuration((engine.state.now - time) / 1000)} ago`;

const total = (records: readonly CacheUsage[]) => records.reduce((sum, { size }) => sum + size, 0);

/** `docker buildx du` */
export const diskUsage: Command = (context) => {
  const { engine, flags, out } = context;
  const wanted = filters(flags.list('filter'));
  const records = cacheUsage(engine).filter(
    ({ type, id, description, mutable, shared }) =>
      matches(wanted.get('type'), type) &&
      matches(wanted.get('id'), id) &&
      matches(wanted.get('description'), description) &&
      (!wanted.has('mutable') || mutable) &&
      (!wanted.has('shared') || shared),
  );
  const format = flags.string('format');
  if (format !== '' && format !== 'table' && format !== 'pretty') {
    out(
      formatRows(
        format,
        {},
        records.map((record) => row(context, record)),
      ),
    );
    return 0;
  }
  if (flags.boolean('verbose') || format === 'pretty')
    for (const record of records) out(`${verbose(context, record)}\n`);
  else {
    const rows = records.map(
      (record) =>
        `${record.id}${record.mutable ? '*' : ''}\ttrue\t${humanSize(record.size, 4)}${record.shared ? '*' : ''}\t${age(context, record.lastUsed)}\n`,
    );
    out(align(`ID\tRECLAIMABLE\tSIZE\tLAST ACCESSED\n${rows.join('')}`));
  }
  // A selection has no sums.
  if (wanted.size > 0) return 0;
  const shared = records.filter((record) => record.shared);
  if (total(shared) > 0) {
    const own = records.filter((record) => !record.shared);
    out(`Shared:\t\t${humanSize(total(shared), 4)}\nPrivate:\t${humanSize(total(own), 4)}\n`);
  }
  const size = humanSize(total(records), 4);
  out(`Reclaimable:\t${size}\nTotal:\t\t${size}\n`);
  return 0;
};

/** A record as templates of `--format` see it. */
function row(context: CommandContext, record: CacheUsage): Methods {
  return new Methods('*buildx.diskUsageContext', {
    CreatedAt: () => timestamp(record.created),
    Description: () => record.description,
    ID: () => record.id,
    LastUsedAt: () => age(context, record.lastUsed),
    Mutable: () => record.mutable,
    Parents: () => (record.parents.length > 0 ? record.parents : NIL_LIST),
    Reclaimable: () => true,
    Shared: () => record.shared,
    Size: () => humanSize(record.size, 4),
    Type: () => record.type,
    UsageCount: () => record.uses,
  });
}

const timestamp = (time: number) => `${formatTime(time).replace('T', ' ').replace('Z', '')} +0000 UTC`;

/** The same as prune shows it. */
function pruned(context: CommandContext, record: CacheUsage): string {
  const lines = [
    ...[`ID:\t\t${record.id}`, `Created at:\t${timestamp(record.created)}`, `Mutable:\t${record.mutable}`],
    ...['Reclaimable:\ttrue', `Shared:\t\t${record.shared}`, `Size:\t\t${humanSize(record.size, 4)}`],
    ...[`Description:\t${record.description}`, `Usage count:\t${record.uses}`],
    `Last used:\t${age(context, record.lastUsed)}`,
  ];
  return `${lines.join('\n')}\n\n`;
}

function verbose(context: CommandContext, record: CacheUsage): string {
  const lines = [
    ['ID:', record.id],
    ...(record.parents.length > 0 ? [[`Parents:\n - ${record.parents.join('\n - ')}`, '']] : []),
    ['Created at:', timestamp(record.created)],
    ['Mutable:', String(record.mutable)],
    ['Reclaimable:', 'true'],
    ['Shared:', String(record.shared)],
    ['Size:', humanSize(record.size, 4)],
    ['Description:', record.description],
    ['Usage count:', String(record.uses)],
    ['Last used:', age(context, record.lastUsed)],
    ['Type:', record.type],
  ] as const;
  return lines.map(([label, value]) => (value === '' ? `${label}\n` : `${label!.padEnd(14)}${value}\n`)).join('');
}

function filters(values: readonly string[]): Map<string, string> {
  return new Map(
    values.map((text) => {
      const [, key = text, value = ''] = /^([^=!~]+)(?:=~|!=|==?)(.*)$/.exec(text) ?? [];
      return [key, value];
    }),
  );
}

const matches = (wanted: string | undefined, value: string) => wanted === undefined || value === wanted;

/** `docker buildx prune`, `docker builder prune` */
export const prune: Command = async (context) => {
  const { engine, flags, out } = context;
  const all = flags.boolean('all');
  const wanted = filters(flags.list('filter'));
  const until = wanted.get('until') ?? wanted.get('unused-for');
  let unusedFor = 0;
  if (until !== undefined) {
    try {
      unusedFor = parseDuration(until) / 1e6;
    } catch (error) {
      if (!(error instanceof DurationError)) throw error;
      throw buildxError(`parsing duration for until filter ${JSON.stringify(until)}: ${error.message}`);
    }
  }
  if (!flags.boolean('force')) {
    const what = all ? 'all build cache' : 'all dangling build cache';
    if (!(await confirm(context, `WARNING! This will remove ${what}. Are you sure you want to continue?`))) return 0;
  }
  const known = ['until', 'unused-for', 'id', 'type'];
  const strange = [...wanted.keys()].some((key) => !known.includes(key));
  const { removed, reclaimed } = strange
    ? { removed: [], reclaimed: 0 }
    : pruneCache(engine, {
        ...{ all, unusedFor },
        ...(wanted.has('id') ? { id: wanted.get('id')! } : {}),
        ...(wanted.has('type') ? { type: wanted.get('type')! } : {}),
      });
  const detailed = flags.boolean('verbose');
  if (detailed) for (const record of removed) out(pruned(context, record));
  else if (removed.length > 0) out('ID\t\t\t\t\t\tRECLAIMABLE\tSIZE\t\tLAST ACCESSED\n');
  for (const [index, record] of detailed ? [] : removed.entries()) {
    const id = `${record.id}${record.mutable ? '*' : ''}`.padEnd(40);
    out(
      `${id}\ttrue \t${index === 0 ? '\t' : ''}${humanSize(record.size, 4).padEnd(10)}\t${age(context, record.lastUsed)}\n`,
    );
  }
  out(`Total:\t${humanSize(reclaimed, 4)}\n`);
  return 0;
};

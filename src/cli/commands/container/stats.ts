import { findContainer } from '../../../engine/containers/find.ts';
import { listContainers } from '../../../engine/containers/list.ts';
import { type ContainerStats, containerStats } from '../../../engine/containers/stats.ts';
import { truncateId } from '../../../engine/images/reference.ts';
import { bytesSize, humanSize } from '../../../engine/units.ts';
import type { CommandContext } from '../../command.ts';
import { formatRows, TABLE } from '../../format/formatter.ts';
import { Methods } from '../../format/value.ts';
import { checkRef } from './errors.ts';

const HEADERS = {
  ...{ Container: 'CONTAINER', Name: 'NAME', ID: 'CONTAINER ID', CPUPerc: 'CPU %', MemUsage: 'MEM USAGE / LIMIT' },
  ...{ MemPerc: 'MEM %', NetIO: 'NET I/O', BlockIO: 'BLOCK I/O', PIDs: 'PIDS' },
};
const TABLE_FORMAT =
  'table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}';
/** Milliseconds between two pictures. */
const INTERVAL = 500;

/** `docker stats`: once with `--no-stream`, else again and again, each picture over the last. */
export async function stats(context: CommandContext): Promise<number> {
  const { engine, flags, args, out } = context;
  for (const ref of args) {
    checkRef(ref);
    findContainer(engine, ref);
  }
  if (flags.boolean('no-stream')) {
    // Shares of a processor need two samples, a second apart.
    await engine.scheduler.advance(1000);
    out(picture(context));
    return 0;
  }
  for (;;) {
    await engine.scheduler.advance(INTERVAL);
    const lines = picture(context).split('\n');
    out(`\x1b[H${lines.map((line) => `${line}\x1b[K\n`).join('')}\x1b[J`);
  }
}

function picture({ engine, flags, args }: CommandContext): string {
  const format = flags.string('format');
  const asked =
    args.length > 0
      ? args.filter((ref) => isThere(() => findContainer(engine, ref))).map((ref) => [ref, ref] as const)
      : listContainers(engine, { all: flags.boolean('all') }).map(({ id }) => [truncateId(id), id] as const);
  const rows = asked.map(([shown, ref]) => statsRow(shown, containerStats(engine, ref), !flags.boolean('no-trunc')));
  return formatRows(format === '' || format === TABLE ? TABLE_FORMAT : format, HEADERS, rows);
}

function isThere(find: () => unknown): boolean {
  try {
    find();
    return true;
  } catch {
    return false;
  }
}

function statsRow(shown: string, sample: ContainerStats, trunc: boolean): Methods {
  const percent = (value: number) => `${value.toFixed(2)}%`;
  const pair = (one: number, other: number) => `${humanSize(one)} / ${humanSize(other)}`;
  const { id, name, cpu, memory, memoryLimit, pids } = sample;
  return new Methods('*container.statsContext', {
    Container: () => shown,
    Name: () => name,
    ID: () => (trunc ? truncateId(id) : id),
    CPUPerc: () => percent(cpu),
    MemUsage: () => `${bytesSize(memory)} / ${bytesSize(memoryLimit)}`,
    MemPerc: () => percent(memoryLimit === 0 ? 0 : (memory / memoryLimit) * 100),
    NetIO: () => pair(sample.networkReceived, sample.networkSent),
    BlockIO: () => pair(sample.blockRead, sample.blockWritten),
    PIDs: () => String(pids),
  });
}

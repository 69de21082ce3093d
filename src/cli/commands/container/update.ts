import type { HostConfig, RestartPolicy } from '../../../engine/containers/container.ts';
import { updateContainer } from '../../../engine/containers/update.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { parseRestartPolicy } from '../../options/restart-policy.ts';
import { errorText, withErrors } from './errors.ts';

const NUMBERS = {
  ...{ 'blkio-weight': 'BlkioWeight', 'cpu-period': 'CpuPeriod', 'cpu-quota': 'CpuQuota', cpus: 'NanoCpus' },
  ...{ 'cpu-rt-period': 'CpuRealtimePeriod', 'cpu-rt-runtime': 'CpuRealtimeRuntime', 'cpu-shares': 'CpuShares' },
  ...{ memory: 'Memory', 'memory-reservation': 'MemoryReservation', 'memory-swap': 'MemorySwap' },
  'pids-limit': 'PidsLimit',
} as const;
const TEXTS = { 'cpuset-cpus': 'CpusetCpus', 'cpuset-mems': 'CpusetMems' } as const;

/** `docker update`. */
export async function update(context: CommandContext): Promise<number> {
  const { engine, flags, args, out, err } = context;
  const names = [...Object.keys(NUMBERS), ...Object.keys(TEXTS), 'restart'];
  if (!names.some((name) => flags.changed(name)))
    throw new CliError('you must provide one or more flags when using this command');
  const change = await withErrors(() => changeOf(context));
  const [warnings, errors]: [string[], string[]] = [[], []];
  for (const ref of args) {
    try {
      warnings.push(...updateContainer(engine, ref, change));
      out(`${ref}\n`);
    } catch (error) {
      const text = errorText(error);
      if (text === undefined) throw error;
      errors.push(text);
    }
  }
  if (warnings.length > 0) out(`${warnings.join('\n')}\n`);
  for (const text of errors) err(`${text}\n`);
  return errors.length > 0 ? 1 : 0;
}

/** What is not zero or empty; the rest stays as it is. */
function changeOf({ flags }: CommandContext): Partial<HostConfig> {
  const numbers = Object.entries(NUMBERS).flatMap(([flag, field]) => {
    const value = flags.number(flag);
    return value === 0 ? [] : [[field, value] as const];
  });
  const texts = Object.entries(TEXTS).flatMap(([flag, field]) => {
    const value = flags.string(flag);
    return value === '' ? [] : [[field, value] as const];
  });
  const restart = flags.string('restart');
  return {
    ...Object.fromEntries([...numbers, ...texts]),
    ...(restart === ''
      ? {}
      : { RestartPolicy: { Name: 'no', MaximumRetryCount: 0, ...parseRestartPolicy(restart) } as RestartPolicy }),
  };
}

import type { HealthConfig } from '../../../engine/images/image.ts';
import type { FlagValues } from '../../flags.ts';
import { OptionError } from '../../options/option-error.ts';

/** What the `--health-*` flags ask for; nothing when none is given. Throws {@link OptionError}. */
export function healthOptions(flags: FlagValues): HealthConfig | undefined {
  const command = flags.string('health-cmd');
  const numbers = {
    Interval: flags.number('health-interval'),
    Timeout: flags.number('health-timeout'),
    StartPeriod: flags.number('health-start-period'),
    StartInterval: flags.number('health-start-interval'),
    Retries: flags.number('health-retries'),
  };
  const given = command !== '' || Object.values(numbers).some((number) => number !== 0);
  if (flags.boolean('no-healthcheck')) {
    if (given) throw new OptionError('--no-healthcheck conflicts with --health-* options');
    return { Test: ['NONE'] };
  }
  if (!given) return undefined;
  const names = {
    ...{ Interval: 'interval', Timeout: 'timeout', Retries: 'retries', StartPeriod: 'start-period' },
    StartInterval: 'start-interval',
  };
  for (const [key, name] of Object.entries(names))
    if (numbers[key as keyof typeof numbers] < 0) throw new OptionError(`--health-${name} cannot be negative`);
  const wanted = Object.entries(numbers).filter(([, number]) => number !== 0);
  return { ...(command === '' ? {} : { Test: ['CMD-SHELL', command] }), ...Object.fromEntries(wanted) };
}

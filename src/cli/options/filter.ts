import { cut } from './key-value.ts';
import { OptionError } from './option-error.ts';

/** The values of `--filter` by name (docker/cli, opts.FilterOpt). Throws {@link OptionError}. */
export function parseFilters(values: readonly string[]): Record<string, string[]> {
  const filters: Record<string, string[]> = {};
  for (const one of values) {
    if (one === '') continue;
    const [name, value] = cut(one);
    if (value === undefined) throw new OptionError('bad format of filter (expected name=value)');
    const key = name.trim().toLowerCase();
    const list = filters[key] ?? [];
    if (!list.includes(value.trim())) filters[key] = [...list, value.trim()];
  }
  return filters;
}

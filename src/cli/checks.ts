import { parseLabel } from './options/label.ts';
import { OptionError } from './options/option-error.ts';
import { parseUlimit } from './options/ulimit.ts';
import type { Flag } from './surface/flag.ts';

function parseEnvironment(value: string): void {
  if (value === '' || value.startsWith('=')) throw new OptionError(`invalid environment variable: ${value}`);
}

/**
 * What the client checks of a value while it reads the flags, by `TYPE` or `TYPE NAME`: the readers of src/cli/options,
 * which throw an OptionError. What is said then follows `invalid argument "…" for "--…" flag: `.
 */
const CHECKS: Readonly<Record<string, (value: string) => unknown>> = {
  ulimit: parseUlimit,
  'list env': parseEnvironment,
  'list label': parseLabel,
};

/** Checks a value of a flag beyond what its type demands. Throws an OptionError. */
export function checkValue(flag: Flag, value: string): void {
  (CHECKS[`${flag.type} ${flag.name}`] ?? CHECKS[flag.type])?.(value);
}

import { cut } from './key-value.ts';
import { OptionError } from './option-error.ts';

/**
 * The value of `-e`: `NAME=VALUE`, or a `NAME` alone, which takes its value from the client's environment and stays as it
 * is when there is none (docker/cli, opts.ValidateEnv). Throws {@link OptionError}.
 */
export function parseEnvVar(value: string, environment: Readonly<Record<string, string>>): string {
  const [name, given] = cut(value);
  if (name === '') throw new OptionError(`invalid environment variable: ${value}`);
  const own = environment[name];
  return given === undefined && own !== undefined ? `${name}=${own}` : value;
}

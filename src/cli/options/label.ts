import { OptionError } from './option-error.ts';

/** The value of `--label`, checked: its name is neither empty nor holds white space (docker/cli, opts.ValidateLabel). */
export function parseLabel(value: string): string {
  const name = value.split('=', 1)[0]!.trimStart();
  if (name === '') throw new OptionError(`invalid label '${value}': empty name`);
  if (/\s/.test(name)) throw new OptionError(`label '${name}' contains whitespaces`);
  return value;
}

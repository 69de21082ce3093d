import { OptionError } from './option-error.ts';

/** The value of `--link`, `CONTAINER` or `CONTAINER:ALIAS` (docker/cli, opts.ValidateLink). Throws {@link OptionError}. */
export function parseLink(value: string): string {
  if (value === '') throw new OptionError('empty string specified for links');
  if (value.split(':').length > 2) throw new OptionError(`bad format for links: ${value}`);
  return value;
}

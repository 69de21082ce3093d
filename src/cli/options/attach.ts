import { OptionError } from './option-error.ts';

export type StreamName = 'stdin' | 'stdout' | 'stderr';

/** The value of `--attach` (docker/cli, validateAttach). Throws {@link OptionError}. */
export function parseAttach(value: string): StreamName {
  const name = value.toLowerCase();
  if (name === 'stdin' || name === 'stdout' || name === 'stderr') return name;
  throw new OptionError('valid streams are STDIN, STDOUT and STDERR');
}

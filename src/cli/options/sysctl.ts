import { cut } from './key-value.ts';
import { OptionError } from './option-error.ts';

const NAMES = ['msgmax', 'msgmnb', 'msgmni', 'sem', 'shmall', 'shmmax', 'shmmni', 'shm_rmid_forced'];

/** The value of `--sysctl`: only those that belong to a namespace (docker/cli, opts.ValidateSysctl). Throws {@link OptionError}. */
export function parseSysctl(value: string): readonly [name: string, value: string] {
  const [name, given] = cut(value);
  const allowed = NAMES.some((known) => name === `kernel.${known}`) || /^(?:net|fs\.mqueue)\./.test(name);
  if (given === undefined || !allowed) throw new OptionError(`sysctl '${value}' is not allowed`);
  return [name, given];
}

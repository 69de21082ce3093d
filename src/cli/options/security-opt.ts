import { jsonFault } from '../format/json-fault.ts';
import { cut } from './key-value.ts';
import { OptionError } from './option-error.ts';

export interface SecurityOptions {
  readonly options: readonly string[];
  /** `systempaths=unconfined`: nothing of /proc and /sys is hidden. */
  readonly systemPathsUnconfined: boolean;
}

/**
 * The values of `--security-opt`; a seccomp profile is read by `readFile`, which throws with the reason (docker/cli,
 * parseSecurityOpts and parseSystemPaths). Throws {@link OptionError}.
 */
export function parseSecurityOptions(values: readonly string[], readFile: (path: string) => string): SecurityOptions {
  const options: string[] = [];
  for (const option of values) {
    let [key, value] = cut(option);
    if (value === undefined && key !== 'no-new-privileges') [key, value] = cut(option, ':');
    if (!value && key !== 'no-new-privileges')
      throw new OptionError(`Invalid --security-opt: ${JSON.stringify(option)}`);
    options.push(key === 'seccomp' ? seccomp(value!, option, readFile) : option);
  }
  const unconfined = 'systempaths=unconfined';
  return {
    options: options.filter((option) => option !== unconfined),
    systemPathsUnconfined: options.includes(unconfined),
  };
}

function seccomp(profile: string, option: string, readFile: (path: string) => string): string {
  if (profile === 'unconfined' || profile === 'builtin') return option;
  let text: string;
  try {
    text = readFile(profile);
  } catch (error) {
    throw new OptionError(`opening seccomp profile (${profile}) failed: ${(error as Error).message}`);
  }
  const fault = jsonFault(text);
  if (fault !== undefined) throw new OptionError(`compacting json for seccomp profile (${profile}) failed: ${fault}`);
  return `seccomp=${JSON.stringify(JSON.parse(text))}`;
}

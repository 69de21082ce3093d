import { OptionError } from './option-error.ts';

/** A restart policy as written; whether there is one of this name is for the engine to say. */
export interface RestartOption {
  readonly Name?: string;
  readonly MaximumRetryCount?: number;
}

/** The value of `--restart`, `on-failure:3` (docker/cli, opts.ParseRestartPolicy). Throws {@link OptionError}. */
export function parseRestartPolicy(value: string): RestartOption {
  if (value === '') return {};
  const colon = value.indexOf(':');
  if (colon === 0) throw new OptionError('invalid restart policy format: no policy provided before colon');
  if (colon < 0 || colon === value.length - 1) return { Name: value.replace(/:$/, '') };
  const count = value.slice(colon + 1);
  if (!/^[+-]?\d+$/.test(count))
    throw new OptionError('invalid restart policy format: maximum retry count must be an integer');
  return { Name: value.slice(0, colon), MaximumRetryCount: Number(count) };
}

import { OptionError, parseInteger } from './option-error.ts';

const TYPES = [
  ...['core', 'cpu', 'data', 'fsize', 'locks', 'memlock', 'msgqueue', 'nice', 'nofile', 'nproc', 'rss'],
  ...['rtprio', 'rttime', 'sigpending', 'stack'],
];
const UNLIMITED = -1;

export interface Ulimit {
  readonly name: string;
  readonly soft: number;
  readonly hard: number;
}

/** The value of `--ulimit`, `nofile=512:1024`; -1 is no limit (docker/go-units, ParseUlimit). Throws {@link OptionError}. */
export function parseUlimit(value: string): Ulimit {
  const equals = value.indexOf('=');
  if (equals < 0) throw new OptionError(`invalid ulimit argument: ${value}`);
  const name = value.slice(0, equals);
  if (!TYPES.includes(name)) throw new OptionError(`invalid ulimit type: ${name}`);
  const limits = value.slice(equals + 1);
  const colon = limits.indexOf(':');
  const hard = colon < 0 ? undefined : parseInteger(limits.slice(colon + 1));
  const soft = parseInteger(colon < 0 ? limits : limits.slice(0, colon));
  if (hard === undefined) return { name, soft, hard: soft };
  const refused = 'ulimit soft limit must be less than or equal to hard limit';
  if (hard !== UNLIMITED && soft === UNLIMITED)
    throw new OptionError(`${refused}: soft: -1 (unlimited), hard: ${hard}`);
  if (hard !== UNLIMITED && soft > hard) throw new OptionError(`${refused}: ${soft} > ${hard}`);
  return { name, soft, hard };
}

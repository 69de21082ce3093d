/** A flag of a command (spf13/pflag). */
export interface Flag {
  readonly name: string;
  readonly shorthand: string | undefined;
  /** What pflag calls its type, as the help shows it: `bool`, `list`, `bytes` … */
  readonly type: string;
  /** As the help shows it; empty: the type's zero value. */
  readonly default: string;
  /** Works, but no help shows it. */
  readonly hidden: boolean;
  /** The flag that it is another name of. */
  readonly sets: string | undefined;
  /** What is to be said when it is used. */
  readonly deprecated: string | undefined;
}

const NOTATION = /^(~?)([\w-]+)(?:,(\w))? ([\w-]+)(?:=([^!>]*))?(?:>([\w-]+))?(?:!(.*))?$/;

/**
 * Reads the notation of the data files: `last,n int=-1` is `-n, --last int` with the default -1; `~` before the name
 * hides it, `>` starts the name of the flag that it sets, `!` what is said of a deprecated one.
 */
export function readFlag(notation: string): Flag {
  const match = NOTATION.exec(notation);
  if (!match) throw new Error(`flag can't be read: ${notation}`);
  const [, hidden, name = '', shorthand, type = '', value = '', sets, deprecated] = match;
  return { name, shorthand, type, default: value, hidden: hidden === '~', sets, deprecated };
}

/** Types whose values are collected, one for each time the flag is given. */
const COLLECTED = new Set([
  ...['list', 'map', 'filter', 'stringArray', 'strings', 'stringToString', 'ipNetSlice', 'ulimit', 'mount', 'network'],
  ...['port', 'scale', 'config', 'secret', 'pref', 'external-ca', 'gpu-request'],
]);

/** Whether a flag may be given several times. */
export function isCollected(type: string): boolean {
  return COLLECTED.has(type);
}

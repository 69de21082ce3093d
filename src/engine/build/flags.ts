import { DockerfileError } from './dockerfile-error.ts';
import { didYouMean } from './suggest.ts';

export type FlagKind = 'boolean' | 'string' | 'strings';

/** The flags of one instruction. */
export interface Flags {
  boolean(name: string): boolean;
  /** Empty when the flag was not given. */
  string(name: string): string;
  list(name: string): readonly string[];
}

/** Reads an instruction's flags. Throws {@link DockerfileError} with BuildKit's messages (instructions/bflag.go). */
export function parseFlags(given: readonly string[], known: Readonly<Record<string, FlagKind>>): Flags {
  const values = new Map<string, string[]>();
  for (const flag of given) {
    if (flag === '--') break;
    const equals = flag.indexOf('=');
    const written = equals < 0 ? flag : flag.slice(0, equals);
    const value = equals < 0 ? undefined : flag.slice(equals + 1);
    const name = written.slice(2);
    const kind = known[name];
    if (!kind) throw new DockerfileError(`unknown flag: ${written}${didYouMean(name, Object.keys(known))}`);
    const before = values.get(name);
    if (before && kind !== 'strings') throw new DockerfileError(`duplicate flag specified: ${written}`);
    if (kind === 'boolean' ? value === '' : value === undefined)
      throw new DockerfileError(`missing a value on flag: ${written}`);
    if (kind === 'boolean' && !['true', 'false', undefined].includes(value?.toLowerCase()))
      throw new DockerfileError(`expecting boolean value for flag ${written}, not: ${value}`);
    values.set(name, [...(before ?? []), kind === 'boolean' ? (value ?? 'true').toLowerCase() : value!]);
  }
  return {
    boolean: (name) => values.get(name)?.[0] === 'true',
    string: (name) => values.get(name)?.[0] ?? '',
    list: (name) => values.get(name) ?? [],
  };
}

import { checkValue } from './checks.ts';
import type { FlagValues } from './flags.ts';
import { goQuote } from './quote.ts';
import { type Flag, isCollected } from './surface/flag.ts';
import { readValue } from './values.ts';

/** Arguments that pflag refuses; the message is pflag's. */
export class FlagError extends Error {}

/** Flags that have been read (spf13/pflag). */
export class ParsedFlags implements FlagValues {
  readonly #flags: ReadonlyMap<string, Flag>;
  readonly #given = new Map<string, string[]>();
  readonly #numbers = new Map<string, number | boolean | undefined>();

  constructor(flags: ReadonlyMap<string, Flag>) {
    this.#flags = flags;
  }

  /** Takes a value of a flag, for it or for the one that it is another name of. Throws {@link FlagError}. */
  set(flag: Flag, value: string, target = flag): void {
    try {
      // The one size that may be below zero: without limit.
      const unlimited = flag.name === 'memory-swap' && value === '-1';
      this.#numbers.set(target.name, unlimited ? -1 : readValue(flag.type, value));
      checkValue(flag, value);
      if (flag.name === 'host' && flag.shorthand === 'H' && this.changed('host'))
        throw new Error('specify only one -H');
    } catch (error) {
      const shown = flag.shorthand === undefined ? `--${flag.name}` : `-${flag.shorthand}, --${flag.name}`;
      throw new FlagError(`invalid argument ${goQuote(value)} for "${shown}" flag: ${(error as Error).message}`);
    }
    if (isCollected(flag.type))
      this.#given.set(flag.name, [...(this.#given.get(flag.name) ?? []), ...split(flag, value)]);
    else this.#given.set(flag.name, [value]);
  }

  #known(name: string): Flag {
    const flag = this.#flags.get(name);
    if (!flag) throw new Error(`the command has no flag --${name}`);
    return flag;
  }

  /** Whether the command has such a flag. */
  has(name: string): boolean {
    return this.#flags.has(name);
  }

  changed(name: string): boolean {
    return this.#given.has(name);
  }

  boolean(name: string): boolean {
    const flag = this.#known(name);
    const value = this.#numbers.get(name);
    return typeof value === 'boolean' ? value : flag.default === 'true';
  }

  string(name: string): string {
    return this.#given.get(name)?.at(-1) ?? this.#known(name).default;
  }

  number(name: string): number {
    const value = this.#numbers.get(name);
    if (typeof value === 'number') return value;
    const { type, default: fallback } = this.#known(name);
    return fallback === '' ? 0 : Number(readValue(type, fallback) ?? 0);
  }

  list(name: string): readonly string[] {
    this.#known(name);
    return this.#given.get(name) ?? [];
  }
}

/** `strings` are comma-separated values, each time the flag is given. */
function split({ type }: Flag, value: string): readonly string[] {
  return type === 'strings' || type === 'ipNetSlice' || type === 'stringToString' ? value.split(',') : [value];
}

export interface Parsed {
  readonly flags: ParsedFlags;
  readonly args: readonly string[];
  /** `--help` was given. */
  readonly help: boolean;
  /** What is said of deprecated flags that were given. */
  readonly notices: readonly string[];
}

const HELP: Flag = {
  ...{ name: 'help', shorthand: 'h', type: 'bool', default: 'false', hidden: true },
  ...{ sets: undefined, deprecated: undefined },
};

/**
 * Reads flags and arguments as pflag does. With `stops`, the first argument ends the flags. Throws {@link FlagError}.
 */
export function parseFlags(known: readonly Flag[], words: readonly string[], stops: boolean): Parsed {
  const byName = new Map(known.map((flag) => [flag.name, flag]));
  const byLetter = new Map(known.filter(({ shorthand }) => shorthand).map((flag) => [flag.shorthand!, flag]));
  if (!byName.has('help')) byName.set('help', HELP);
  if (!byLetter.has('h')) byLetter.set('h', HELP);
  const flags = new ParsedFlags(byName);
  const args: string[] = [];
  const notices: string[] = [];
  const set = (flag: Flag, value: string) => {
    flags.set(flag, value, byName.get(flag.sets ?? flag.name));
    if (flag.deprecated !== undefined) notices.push(`Flag --${flag.name} has been deprecated, ${flag.deprecated}`);
  };
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') {
      args.push(word);
      if (stops) break;
    } else if (word === '--') break;
    else if (word.startsWith('--')) readLong(word, rest, byName, set);
    else readShort(word, rest, byLetter, set, notices);
  }
  args.push(...rest);
  return { flags, args, help: flags.changed('help') && flags.boolean('help'), notices };
}

function readLong(
  word: string,
  rest: string[],
  byName: ReadonlyMap<string, Flag>,
  set: (flag: Flag, value: string) => void,
): void {
  const text = word.slice(2);
  if (/^[-=]/.test(text)) throw new FlagError(`bad flag syntax: ${word}`);
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const flag = byName.get(name);
  if (!flag) throw new FlagError(`unknown flag: --${name}`);
  if (equals >= 0) set(flag, text.slice(equals + 1));
  else if (flag.type === 'bool') set(flag, 'true');
  else if (rest.length > 0) set(flag, rest.shift()!);
  else throw new FlagError(`flag needs an argument: ${word}`);
}

function readShort(
  word: string,
  rest: string[],
  byLetter: ReadonlyMap<string, Flag>,
  set: (flag: Flag, value: string) => void,
  notices: string[],
): void {
  for (let letters = word.slice(1); letters !== ''; ) {
    const [letter = ''] = letters;
    const flag = byLetter.get(letter);
    if (!flag) throw new FlagError(`unknown shorthand flag: '${letter}' in -${letters}`);
    if (flag === HELP) notices.push('Flag shorthand -h has been deprecated, use --help');
    if (letters.length > 2 && letters[1] === '=') {
      set(flag, letters.slice(2));
      return;
    }
    if (flag.type === 'bool') {
      set(flag, 'true');
      letters = letters.slice(1);
    } else if (letters.length > 1) {
      set(flag, letters.slice(1));
      return;
    } else if (rest.length > 0) {
      set(flag, rest.shift()!);
      return;
    } else throw new FlagError(`flag needs an argument: '${letter}' in -${letters}`);
  }
}

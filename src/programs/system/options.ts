import { type Invocation, UsageError } from './invocation.ts';

/** Options and operands of a call, read as getopt_long does. */
export interface Options {
  has(...names: string[]): boolean;
  /** The last value of an option; undefined when it was not given. */
  value(name: string): string | undefined;
  values(name: string): readonly string[];
  /** Every option in the order in which it was given. */
  readonly given: readonly { readonly name: string; readonly value: string }[];
  readonly operands: readonly string[];
}

export interface OptionRules {
  /** Long names by what they mean: `{ recursive: 'R', format: 'c' }`; a long name without a letter means itself. */
  readonly long?: Readonly<Record<string, string>>;
  /** Stop at the first operand, as tools do that run a command. */
  readonly inOrder?: boolean;
}

/**
 * Reads options. `letters` as for getopt(3): `ab:c::` (one colon: takes a value, two: may carry one in the same word).
 * Throws {@link UsageError} with the message of the C library.
 */
export function parseOptions(
  call: Invocation,
  letters: string,
  rules: OptionRules = {},
  args: readonly string[] = call.args,
): Options {
  const kinds = letterKinds(letters);
  const long = rules.long ?? {};
  const given: { name: string; value: string }[] = [];
  const operands: string[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const word = args[i]!;
    if (word === '--') {
      operands.push(...args.slice(i + 1));
      break;
    }
    if (word === '-' || !word.startsWith('-')) {
      if (rules.inOrder) {
        operands.push(...args.slice(i));
        break;
      }
      operands.push(word);
    } else if (word.startsWith('--')) i = takeLong(args, i, long, kinds, given);
    else i = takeLetters(args, i, kinds, given);
  }
  return {
    given,
    operands,
    has: (...names) => given.some(({ name }) => names.includes(name)),
    value: (wanted) => given.findLast(({ name }) => name === wanted)?.value,
    values: (wanted) => given.filter(({ name }) => name === wanted).map(({ value }) => value),
  };
}

type Kind = 'none' | 'required' | 'optional';

function letterKinds(letters: string): Map<string, Kind> {
  const kinds = new Map<string, Kind>();
  for (const [, letter, colons] of letters.matchAll(/([^:])(:{0,2})/g))
    kinds.set(letter!, colons === '' ? 'none' : colons === ':' ? 'required' : 'optional');
  return kinds;
}

function takeLong(
  args: readonly string[],
  at: number,
  long: Readonly<Record<string, string>>,
  kinds: ReadonlyMap<string, Kind>,
  given: { name: string; value: string }[],
): number {
  const word = args[at]!;
  const equals = word.indexOf('=');
  const wanted = word.slice(2, equals < 0 ? undefined : equals);
  const names = Object.keys(long);
  const matches = names.includes(wanted) ? [wanted] : names.filter((name) => wanted !== '' && name.startsWith(wanted));
  const [full] = matches;
  if (full === undefined)
    throw new UsageError(
      `unrecognized option '--${word.slice(2, equals < 0 ? undefined : equals)}${equals < 0 ? '' : word.slice(equals)}'`,
    );
  if (new Set(matches.map((name) => long[name])).size > 1)
    throw new UsageError(
      `option '${word}' is ambiguous; possibilities: ${matches.map((name) => `'--${name}'`).join(' ')}`,
    );
  // `name:` takes a value, `name::` may carry one; without a colon the letter that it means decides.
  const [, target = '', colons = ''] = /^(.*?)(:{0,2})$/.exec(long[full]!) ?? [];
  const kind: Kind = colons === ':' ? 'required' : colons === '::' ? 'optional' : (kinds.get(target) ?? 'none');
  const name = target || full;
  if (equals >= 0) {
    if (kind === 'none') throw new UsageError(`option '--${full}' doesn't allow an argument`);
    given.push({ name, value: word.slice(equals + 1) });
    return at;
  }
  if (kind !== 'required') {
    given.push({ name, value: '' });
    return at;
  }
  const value = args[at + 1];
  if (value === undefined) throw new UsageError(`option '--${full}' requires an argument`);
  given.push({ name, value });
  return at + 1;
}

function takeLetters(
  args: readonly string[],
  at: number,
  kinds: ReadonlyMap<string, Kind>,
  given: { name: string; value: string }[],
): number {
  const word = args[at]!;
  for (let i = 1; i < word.length; i += 1) {
    const letter = word[i]!;
    const kind = kinds.get(letter);
    if (!kind) throw new UsageError(`invalid option -- '${letter}'`);
    if (kind === 'none') {
      given.push({ name: letter, value: '' });
      continue;
    }
    const rest = word.slice(i + 1);
    if (rest !== '' || kind === 'optional') {
      given.push({ name: letter, value: rest });
      return at;
    }
    const value = args[at + 1];
    if (value === undefined) throw new UsageError(`option requires an argument -- '${letter}'`);
    given.push({ name: letter, value });
    return at + 1;
  }
  return at;
}

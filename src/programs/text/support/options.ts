import type { Context } from './tool.ts';

/** Options that a tool knows. */
export interface Grammar {
  /** As getopt(3) takes them: `n:` has a value, `i::` may have one. */
  readonly short: string;
  /** Long names, without `--`, and the option that each stands for: `n`, or `n:` and `n::` as in `short`. */
  readonly long?: Readonly<Record<string, string>>;
  /** The first operand ends the options. */
  readonly ordered?: boolean;
}

export interface Options {
  /** In the order given. */
  readonly given: readonly { readonly option: string; readonly value: string }[];
  readonly operands: readonly string[];
  has(...options: string[]): boolean;
  /** The last value given. */
  value(option: string): string | undefined;
  values(option: string): string[];
}

/** Reads the arguments as getopt_long(3) does. Throws {@link Failure} with the flavour's message. */
export function parseOptions(context: Context, grammar: Grammar, args = context.kernel.argv.slice(1)): Options {
  const given: { option: string; value: string }[] = [];
  const operands: string[] = [];
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      operands.push(...rest.splice(0));
    } else if (word.startsWith('--') && (!context.busybox || grammar.long)) {
      given.push(longOption(context, grammar, word, rest));
    } else if (word.startsWith('-') && word !== '-') {
      shortOptions(context, grammar, word, rest, given);
    } else {
      operands.push(word);
      if (grammar.ordered) operands.push(...rest.splice(0));
    }
  }
  return {
    given,
    operands,
    has: (...options) => given.some(({ option }) => options.includes(option)),
    value: (wanted) => given.findLast(({ option }) => option === wanted)?.value,
    values: (wanted) => given.filter(({ option }) => option === wanted).map(({ value }) => value),
  };
}

function longOption(context: Context, { long = {} }: Grammar, word: string, rest: string[]) {
  const [, name = '', given] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word)!;
  const known = Object.keys(long);
  const matching = known.includes(name) ? [name] : known.filter((candidate) => candidate.startsWith(name));
  const meanings = new Set(matching.map((candidate) => long[candidate]));
  if (name === 'help' && meanings.size === 0 && !context.busybox) throw context.usage();
  if (meanings.size === 0) throw context.usage(`unrecognized option '--${name}'`);
  if (meanings.size > 1)
    throw context.usage(
      `option '${word}' is ambiguous; possibilities: ${matching.map((candidate) => `'--${candidate}'`).join(' ')}`,
    );
  const [full = name] = matching;
  const meaning = long[full]!;
  const option = meaning.replace(/:+$/, '');
  if (meaning === option && given !== undefined) throw context.usage(`option '--${full}' doesn't allow an argument`);
  if (!meaning.endsWith(':') || meaning.endsWith('::')) return { option, value: given ?? '' };
  const value = given ?? rest.shift();
  if (value === undefined) throw context.usage(`option '--${full}' requires an argument`);
  return { option, value };
}

function shortOptions(
  context: Context,
  { short }: Grammar,
  word: string,
  rest: string[],
  given: { option: string; value: string }[],
): void {
  for (let at = 1; at < word.length; at += 1) {
    const option = word[at]!;
    const place = option === ':' ? -1 : short.indexOf(option);
    if (place < 0) throw context.usage(`invalid option -- '${option}'`);
    if (short[place + 1] !== ':') {
      given.push({ option, value: '' });
      continue;
    }
    const optional = short[place + 2] === ':';
    const attached = word.slice(at + 1);
    const value = attached !== '' || optional ? attached : rest.shift();
    if (value === undefined) throw context.usage(`option requires an argument -- '${option}'`);
    given.push({ option, value });
    return;
  }
}

import type { ToolTable } from '../tool.ts';
import { parseOptions } from './support/options.ts';
import { inClass, isClass } from './support/regexsyntax.ts';
import { type Context, textTool } from './support/tool.ts';

const LONG = { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' };
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
};

/** Members of a set in order; a repetition to fill up with (`[x*]`) is marked. */
interface CharSet {
  readonly chars: string[];
  readonly fill?: { readonly at: number; readonly char: string };
  /** Class names (`upper`, `lower`) that the set consists of. */
  readonly classes: readonly string[];
}

function tr(context: Context): undefined {
  const options = parseOptions(
    context,
    context.busybox ? { short: 'cCds', ordered: true } : { short: 'cCdst', long: LONG, ordered: true },
  );
  const [first, second, extra] = options.operands;
  const deleting = options.has('d');
  const squeezing = options.has('s');
  checkOperands(context, options.operands, deleting, squeezing);
  if (first === undefined || extra !== undefined) throw context.usage();
  let set1 = parseSet(context, first);
  if (options.has('c', 'C')) {
    const members = new Set(set1.chars);
    const all = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
    set1 = { chars: all.filter((char) => !members.has(char)), classes: [] };
  }
  const set2 = second === undefined ? undefined : parseSet(context, second);
  const input = context.kernel.wholeInput();
  if (deleting) {
    const gone = new Set(set1.chars);
    const kept = [...input].filter((char) => !gone.has(char)).join('');
    context.out(squeezing && set2 ? squeeze(kept, new Set(set2.chars)) : kept);
    return;
  }
  if (!set2) {
    context.out(squeezing ? squeeze(input, new Set(set1.chars)) : input);
    return;
  }
  const targets = filled(set2, set1.chars.length);
  if (!context.busybox && targets.length === 0 && set1.chars.length > 0 && !options.has('t'))
    throw context.fail('when not truncating set1, string2 must be non-empty');
  if (!options.has('t')) while (targets.length > 0 && targets.length < set1.chars.length) targets.push(targets.at(-1)!);
  const map = new Map<string, string>();
  for (const [index, char] of set1.chars.entries()) {
    const target = targets[index];
    if (target !== undefined) map.set(char, target);
  }
  const translated = [...input].map((char) => map.get(char) ?? char).join('');
  context.out(squeezing ? squeeze(translated, new Set(targets)) : translated);
}

function checkOperands(context: Context, operands: readonly string[], deleting: boolean, squeezing: boolean): void {
  if (context.busybox) return;
  const least = deleting === squeezing ? 2 : 1;
  const most = deleting && !squeezing ? 1 : 2;
  if (operands.length === 0) throw context.usage('missing operand');
  if (operands.length < least) {
    const why = squeezing
      ? 'Two strings must be given when both deleting and squeezing repeats.'
      : 'Two strings must be given when translating.';
    throw context.usage(`missing operand after ${context.quote(operands.at(-1)!)}\n${why}`);
  }
  if (operands.length > most) {
    const only = most === 1 ? '\nOnly one string may be given when deleting without squeezing repeats.' : '';
    throw context.usage(`extra operand ${context.quote(operands[most]!)}${only}`);
  }
}

function squeeze(text: string, set: ReadonlySet<string>): string {
  let result = '';
  for (const char of text) if (char !== result.at(-1) || !set.has(char)) result += char;
  return result;
}

function filled({ chars, fill }: CharSet, length: number): string[] {
  if (!fill) return [...chars];
  const missing = Math.max(0, length - chars.length);
  return [...chars.slice(0, fill.at), ...Array<string>(missing).fill(fill.char), ...chars.slice(fill.at)];
}

function parseSet(context: Context, text: string): CharSet {
  const chars: string[] = [];
  const classes: string[] = [];
  let fill: CharSet['fill'];
  let at = 0;
  const take = (): string => {
    const char = text[at]!;
    at += 1;
    if (char !== '\\' || at >= text.length) return char;
    const octal = /^[0-7]{1,3}/.exec(text.slice(at))?.[0];
    if (octal) {
      at += octal.length;
      return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    }
    const escaped = text[at]!;
    at += 1;
    return ESCAPES[escaped] ?? escaped;
  };
  while (at < text.length) {
    const named = /^\[:(\w*):\]/.exec(text.slice(at));
    if (named) {
      const name = named[1]!;
      if (!isClass(name)) throw context.fail(`invalid character class ${context.quote(name)}`);
      for (let code = 0; code < 256; code += 1)
        if (inClass(name, String.fromCharCode(code))) chars.push(String.fromCharCode(code));
      classes.push(name);
      at += named[0].length;
      continue;
    }
    const repeated = /^\[(\\?[\s\S])\*(\d*)\]/.exec(text.slice(at));
    if (repeated && !context.busybox) {
      const char = repeated[1]!.length > 1 ? (ESCAPES[repeated[1]![1]!] ?? repeated[1]![1]!) : repeated[1]!;
      const count = repeated[2]!.startsWith('0') ? Number.parseInt(repeated[2]!, 8) : Number(repeated[2]);
      if (count > 0) chars.push(...Array<string>(Math.min(count, 65536)).fill(char));
      else fill = { at: chars.length, char };
      at += repeated[0].length;
      continue;
    }
    const equal = /^\[=([\s\S])=\]/.exec(text.slice(at));
    if (equal) {
      chars.push(equal[1]!);
      at += equal[0].length;
      continue;
    }
    const start = at;
    const from = take();
    if (text[at] === '-' && at + 1 < text.length) {
      at += 1;
      const to = take();
      if (to < from && !context.busybox)
        throw context.fail(`range-endpoints of '${text.slice(start, at)}' are in reverse collating sequence order`);
      for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code += 1) chars.push(String.fromCharCode(code));
    } else chars.push(from);
  }
  return { chars, classes, ...(fill ? { fill } : {}) };
}

export const trTools: ToolTable = { tr: textTool(tr) };

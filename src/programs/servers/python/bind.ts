import type { Code } from './code.ts';
import { dictOf } from './collections.ts';
import type { Machine } from './machine.ts';
import { type Attributes, type FunctionObj, tuple, type Value } from './value.ts';

const quoted = (names: readonly string[]) => {
  const words = names.map((name) => `'${name}'`);
  if (words.length === 1) return words[0]!;
  return words.length === 2 ? words.join(' and ') : `${words.slice(0, -1).join(', ')}, and ${words.at(-1)}`;
};

/** The variables that a call begins with. */
export function bindArguments(
  vm: Machine,
  func: FunctionObj,
  { parameters }: Code,
  args: readonly Value[],
  keywords: Attributes,
): Attributes {
  const { positional, keywordOnly, rest, keywords: extra, positionalOnly } = parameters;
  const vars: Attributes = new Map();
  const name = func.qualifiedName;
  for (const [index, parameter] of positional.entries()) if (index < args.length) vars.set(parameter, args[index]!);
  const left = new Map<string, Value>();
  for (const [key, value] of keywords) {
    const at = positional.indexOf(key);
    if ((at >= 0 && at >= positionalOnly) || keywordOnly.includes(key)) {
      if (vars.has(key)) throw vm.error('TypeError', `${name}() got multiple values for argument '${key}'`);
      vars.set(key, value);
    } else left.set(key, value);
  }
  if (extra === undefined && left.size > 0)
    throw vm.error('TypeError', `${name}() got an unexpected keyword argument '${[...left.keys()][0]}'`);
  if (args.length > positional.length && rest === undefined) throw tooMany(vm, func, positional.length, args.length);
  const first = positional.length - func.defaults.length;
  const missing = positional.filter((parameter, index) => !vars.has(parameter) && index < first);
  if (missing.length > 0)
    throw vm.error(
      'TypeError',
      `${name}() missing ${missing.length} required positional argument${missing.length > 1 ? 's' : ''}: ${quoted(missing)}`,
    );
  for (const [index, parameter] of positional.entries())
    if (!vars.has(parameter)) vars.set(parameter, func.defaults[index - first]!);
  const lacking = keywordOnly.filter((parameter) => !vars.has(parameter) && !func.keywordDefaults.has(parameter));
  if (lacking.length > 0)
    throw vm.error(
      'TypeError',
      `${name}() missing ${lacking.length} required keyword-only argument${lacking.length > 1 ? 's' : ''}: ${quoted(lacking)}`,
    );
  for (const parameter of keywordOnly)
    if (!vars.has(parameter)) vars.set(parameter, func.keywordDefaults.get(parameter)!);
  if (rest !== undefined) vars.set(rest, tuple(args.slice(positional.length)));
  if (extra !== undefined) vars.set(extra, dictOf([...left]));
  return vars;
}

function tooMany(vm: Machine, func: FunctionObj, most: number, given: number) {
  const least = most - func.defaults.length;
  const takes = least === most ? String(most) : `from ${least} to ${most}`;
  return vm.error(
    'TypeError',
    `${func.qualifiedName}() takes ${takes} positional argument${takes === '1' ? '' : 's'} but ${given} ${given === 1 ? 'was' : 'were'} given`,
  );
}

import { ComposeError } from './error.ts';

/** The value of a variable, undefined when it is not set. */
export type Lookup = (name: string) => string | undefined;

/** A template that can't be read; `template` is the text it stood in. */
export class InvalidTemplate extends ComposeError {
  readonly template: string;
  constructor(template: string) {
    super(`Invalid template: ${JSON.stringify(template)}`);
    this.template = template;
  }
}

const VARIABLE = /\$(?:(\$)|([_a-z][_a-z0-9]*)|\{(?:([_a-z][_a-z0-9]*(?::?[-+?](?:.*))?)\}|()))/i;
const OPERATORS = [':?', '?', ':-', '-', ':+', '+'] as const;

/**
 * Fills in `$NAME`, `${NAME:-default}` and the like (compose-go, template.go). `warn` is told of variables that are not
 * set. Throws {@link InvalidTemplate}, and {@link ComposeError} for required variables.
 */
export function substitute(template: string, lookup: Lookup, warn: (name: string) => void = () => {}): string {
  let failure: unknown;
  // Go goes on after an error and reports the first.
  const result = template.replace(new RegExp(VARIABLE, 'gi'), (match) => {
    try {
      return replacement(match, lookup, warn);
    } catch (error) {
      failure ??= error instanceof InvalidTemplate && error.template === '' ? new InvalidTemplate(template) : error;
      return '';
    }
  });
  if (failure) throw failure;
  return result;
}

function replacement(match: string, lookup: Lookup, warn: (name: string) => void): string {
  const operator = firstOperator(match);
  const close = closingBrace(match);
  const rest = close < 0 ? '' : match.slice(close + 1);
  const groups = VARIABLE.exec(close < 0 ? match : match.slice(0, close + 1));
  if (groups?.[1]) return groups[1];
  const named = groups?.[2];
  const braced = groups?.[3];
  const substitution = named ?? braced ?? '';
  if (substitution === '') throw new InvalidTemplate('');
  if (braced !== undefined && operator !== undefined && braced.includes(operator)) {
    const value = applied(operator, braced, lookup, warn);
    return value + substitute(rest, lookup, warn);
  }
  const value = lookup(substitution);
  if (value === undefined) warn(substitution);
  return value ?? '';
}

function firstOperator(text: string): (typeof OPERATORS)[number] | undefined {
  let best: (typeof OPERATORS)[number] | undefined;
  for (const operator of OPERATORS) {
    const at = text.indexOf(operator);
    if (at >= 0 && (best === undefined || at < text.indexOf(best))) best = operator;
  }
  return best;
}

/** Where the first `{` of a text is closed; braces inside count. */
export function closingBrace(text: string): number {
  let open = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '}') {
      open -= 1;
      if (open === 0) return i;
    }
    if (text[i] === '{') {
      open += 1;
      i += 1;
    }
  }
  return -1;
}

function applied(
  operator: (typeof OPERATORS)[number],
  substitution: string,
  lookup: Lookup,
  warn: (name: string) => void,
): string {
  const at = substitution.indexOf(operator);
  const name = substitution.slice(0, at);
  const word = substitute(substitution.slice(at + operator.length), lookup, warn);
  const value = lookup(name);
  const present = value !== undefined && (!operator.startsWith(':') || value !== '');
  if (operator.endsWith('-')) return present ? value : word;
  if (operator.endsWith('+')) return present ? word : (value ?? '');
  if (present) return value;
  throw new ComposeError(`required variable ${name} is missing a value${word === '' ? '' : `: ${word}`}`);
}

/** A variable that a model uses (compose-go, template/variables.go). */
export interface UsedVariable {
  readonly name: string;
  readonly required: boolean;
  readonly defaultValue: string;
  readonly presenceValue: string;
}

/** The variables in a text. */
export function usedVariables(text: string): UsedVariable[] {
  const found: UsedVariable[] = [];
  for (const match of text.matchAll(new RegExp(VARIABLE, 'gi'))) {
    if (match[1]) continue;
    let value = match[2] ?? match[3] ?? '';
    const close = closingBrace(match[0]);
    if (match[2] === undefined && close > 0) {
      value = match[0].slice(2, close);
      found.push(...usedVariables(match[0].slice(close + 1)));
    }
    const [, name = '', operator = '', word = ''] = /^([A-Za-z0-9_]*)(:?[?+-])?([\s\S]*)$/.exec(value)!;
    const defaultValue = operator.endsWith('-') ? word : '';
    const presenceValue = operator.endsWith('+') ? word : '';
    found.push({ name, required: operator.endsWith('?'), defaultValue, presenceValue });
    found.push(...usedVariables(defaultValue), ...usedVariables(presenceValue));
  }
  return found;
}

import type { ToolTable } from '../tool.ts';
import { Regex, RegexProblem } from './support/regex.ts';
import { type Context, Failure, textTool } from './support/tool.ts';

type Value = string;

/** Operators from the weakest to the strongest. */
const LEVELS = [['|'], ['&'], ['<', '<=', '=', '==', '!=', '>=', '>'], ['+', '-'], ['*', '/', '%'], [':']];
const isNumber = (text: string) => /^-?\d+$/.test(text);
const isNull = (text: string) => text === '' || /^-?0+$/.test(text);

function expr(context: Context): number {
  const words = context.kernel.argv.slice(1);
  if (words[0] === '--') words.shift();
  if (words.length === 0)
    throw context.busybox ? context.fail('too few arguments', 2) : context.usage('missing operand');
  let at = 0;
  const problem = () => {
    if (context.busybox) return context.fail('syntax error', 2);
    const word = words[at];
    if (word === undefined)
      return context.fail(`syntax error: missing argument after ${context.quote(words[at - 1] ?? '')}`, 2);
    return context.fail(`syntax error: unexpected argument ${context.quote(word)}`, 2);
  };
  const primary = (): Value => {
    const word = words[at];
    if (word === undefined) throw problem();
    at += 1;
    if (word === '(') {
      const value = level(0);
      if (words[at] !== ')') {
        if (context.busybox) throw problem();
        throw context.fail(
          words[at] === undefined
            ? `syntax error: expecting ')' after ${context.quote(words[at - 1]!)}`
            : `syntax error: expecting ')' instead of ${context.quote(words[at]!)}`,
          2,
        );
      }
      at += 1;
      return value;
    }
    if (words[at] === undefined || !['length', 'substr', 'index', 'match', '+'].includes(word)) {
      if (word === ')') {
        at -= 1;
        throw context.busybox ? problem() : context.fail(`syntax error: unexpected ')'`, 2);
      }
      return word;
    }
    switch (word) {
      case '+':
        return words[at++]!;
      case 'length':
        return String(primary().length);
      case 'index': {
        const text = primary();
        const chars = primary();
        return String([...text].findIndex((char) => chars.includes(char)) + 1);
      }
      case 'match': {
        const text = primary();
        return matchRegex(context, text, primary());
      }
      default: {
        const text = primary();
        const [from, length] = [Number(primary()), Number(primary())];
        return from > 0 && length > 0 ? text.slice(from - 1, from - 1 + length) : '';
      }
    }
  };
  const level = (index: number): Value => {
    const operators = LEVELS[index];
    if (!operators) return primary();
    let left = level(index + 1);
    while (words[at] !== undefined && operators.includes(words[at]!)) {
      const operator = words[at]!;
      at += 1;
      left = apply(context, operator, left, level(index + 1));
    }
    return left;
  };
  const result = level(0);
  if (at < words.length) throw problem();
  context.out(`${result}\n`);
  return isNull(result) ? 1 : 0;
}

function apply(context: Context, operator: string, left: Value, right: Value): Value {
  switch (operator) {
    case '|':
      return !isNull(left) ? left : !isNull(right) ? right : '0';
    case '&':
      return isNull(left) || isNull(right) ? '0' : left;
    case ':':
      return matchRegex(context, left, right);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%': {
      if (!isNumber(left) || !isNumber(right))
        throw context.fail(context.busybox ? 'non-numeric argument' : 'non-integer argument', 2);
      const [a, b] = [BigInt(left), BigInt(right)];
      if ((operator === '/' || operator === '%') && b === 0n) throw context.fail('division by zero', 2);
      const result =
        operator === '+'
          ? a + b
          : operator === '-'
            ? a - b
            : operator === '*'
              ? a * b
              : operator === '/'
                ? a / b
                : a % b;
      return result.toString();
    }
    default: {
      const order =
        isNumber(left) && isNumber(right)
          ? Number(BigInt(left) - BigInt(right))
          : left < right
            ? -1
            : left > right
              ? 1
              : 0;
      const holds = {
        '<': order < 0,
        '<=': order <= 0,
        '=': order === 0,
        '==': order === 0,
        '!=': order !== 0,
        '>=': order >= 0,
        '>': order > 0,
      }[operator];
      return holds ? '1' : '0';
    }
  }
}

function matchRegex(context: Context, text: string, pattern: string): string {
  try {
    const regex = new Regex(`^\\(${pattern.replace(/^\^/, '')}\\)`, { extended: false });
    const match = regex.exec(text);
    if (regex.groups > 1) return match?.groups[2] ?? '';
    return String(match ? match.end : 0);
  } catch (error) {
    if (!(error instanceof RegexProblem)) throw error;
    throw new Failure(`${context.name}: ${error.message}\n`, 2);
  }
}

export const exprTools: ToolTable = { expr: textTool(expr) };

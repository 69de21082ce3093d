/** What an expression reads and sets. */
export interface Variables {
  get(name: string): string;
  /** An element of an array. */
  element(name: string, index: string): string;
  set(name: string, value: string, index?: string): void;
}

export class ArithmeticProblem extends Error {
  /** What should have come, as dash names it. */
  readonly expecting: 'primary' | 'EOF' | "')'" | "':'";

  constructor(message: string, expecting: ArithmeticProblem['expecting'] = 'primary') {
    super(message);
    this.expecting = expecting;
  }
}

const TOKEN =
  /\s*(0[xX][0-9a-fA-F]+|\d+|[A-Za-z_]\w*|<<=|>>=|\*\*|&&|\|\||<<|>>|<=|>=|==|!=|\+\+|--|[-+*/%&|^]=|[-+*/%<>=!~&|^?:(),])/y;
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** The value of a shell arithmetic expression, 64-bit integers. Throws {@link ArithmeticProblem}. */
export function evaluateArithmetic(text: string, variables: Variables, depth = 0): bigint {
  if (depth > 50) throw new ArithmeticProblem('expression recursion level exceeded');
  const tokens = tokenize(text);
  let at = 0;
  const peek = () => tokens[at] ?? '';
  const take = () => tokens[at++] ?? '';
  const number = (name: string): bigint => {
    const value = variables.get(name).trim();
    if (value === '') return 0n;
    return /^-?\d+$/.test(value) && !/^-?0\d/.test(value)
      ? BigInt(value)
      : evaluateArithmetic(value, variables, depth + 1);
  };
  const store = (name: string, value: bigint) => {
    variables.set(name, String(value));
    return value;
  };

  function comma(skip: boolean): bigint {
    let value = assignment(skip);
    while (peek() === ',') {
      take();
      value = assignment(skip);
    }
    return value;
  }
  function assignment(skip: boolean): bigint {
    const name = peek();
    const operator = tokens[at + 1] ?? '';
    if (/^[A-Za-z_]/.test(name) && (operator === '=' || /^(?:[-+*/%&|^]|<<|>>)=$/.test(operator))) {
      at += 2;
      const right = assignment(skip);
      if (skip) return 0n;
      return store(name, operator === '=' ? right : binary(operator.slice(0, -1), number(name), right));
    }
    const condition = level(0, skip);
    if (peek() !== '?') return condition;
    take();
    const yes = assignment(skip || condition === 0n);
    if (take() !== ':') throw new ArithmeticProblem('syntax error');
    const no = assignment(skip || condition !== 0n);
    return condition === 0n ? no : yes;
  }
  function level(index: number, skip: boolean): bigint {
    const operators = LEVELS[index];
    if (!operators) return power(skip);
    let value = level(index + 1, skip);
    while (operators.includes(peek())) {
      const operator = take();
      const idle = skip || (operator === '&&' && value === 0n) || (operator === '||' && value !== 0n);
      const right = level(index + 1, idle);
      value = skip ? 0n : binary(operator, value, right);
    }
    return value;
  }
  function power(skip: boolean): bigint {
    const base = unary(skip);
    if (peek() !== '**') return base;
    take();
    return base ** power(skip);
  }
  function unary(skip: boolean): bigint {
    const token = take();
    switch (token) {
      case '-':
        return -unary(skip);
      case '+':
        return unary(skip);
      case '!':
        return unary(skip) === 0n ? 1n : 0n;
      case '~':
        return ~unary(skip);
      case '++':
      case '--': {
        const name = take();
        const value = number(name) + (token === '++' ? 1n : -1n);
        return skip ? 0n : store(name, value);
      }
      case '(': {
        const value = comma(skip);
        if (take() !== ')') throw new ArithmeticProblem('syntax error');
        return value;
      }
    }
    if (/^[A-Za-z_]/.test(token)) {
      const value = number(token);
      const after = peek();
      if (after === '++' || after === '--') {
        take();
        if (!skip) store(token, value + (after === '++' ? 1n : -1n));
      }
      return value;
    }
    if (/^0[0-7]+$/.test(token)) return BigInt(`0o${token.slice(1)}`);
    if (/^\d/.test(token)) return BigInt(token);
    throw new ArithmeticProblem('syntax error');
  }

  if (tokens.length === 0) return 0n;
  const value = comma(false);
  if (at < tokens.length) throw new ArithmeticProblem('syntax error');
  return BigInt.asIntN(64, value);
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ''; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new ArithmeticProblem('syntax error');
    tokens.push(token);
  }
  return tokens;
}

function binary(operator: string, left: bigint, right: bigint): bigint {
  const truth = (value: boolean) => (value ? 1n : 0n);
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
    case '%':
      if (right === 0n) throw new ArithmeticProblem('division by 0');
      return operator === '/' ? left / right : left % right;
    case '<<':
      return BigInt.asIntN(64, left << (right & 63n));
    case '>>':
      return left >> (right & 63n);
    case '<':
      return truth(left < right);
    case '<=':
      return truth(left <= right);
    case '>':
      return truth(left > right);
    case '>=':
      return truth(left >= right);
    case '==':
      return truth(left === right);
    case '!=':
      return truth(left !== right);
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '&&':
      return truth(left !== 0n && right !== 0n);
    default:
      return truth(left !== 0n || right !== 0n);
  }
}

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
  /\s*(0[xX][0-9a-fA-F]+|\d+#[0-9a-zA-Z@_]+|\d\w*|[A-Za-z_]\w*(?:\[[^\]]*\])?|<<=|>>=|\*\*|&&|\|\||<<|>>|<=|>=|==|!=|\+\+|--|[-+*/%&|^]=|[-+*/%<>=!~&|^?:(),])/y;
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
  const peek = () => tokens[at]?.text ?? '';
  const take = () => tokens[at++]?.text ?? '';
  /** The rest of the text from a token on, as bash shows where it got lost. */
  const rest = (index: number) => text.slice(tokens[Math.min(index, tokens.length - 1)]?.at ?? 0);
  const fail = (message: string, index = at, expecting: ArithmeticProblem['expecting'] = 'primary'): never => {
    throw new ArithmeticProblem(`${message} (error token is "${rest(index)}")`, expecting);
  };
  const operand = (): never => fail('arithmetic syntax error: operand expected', at - 1);
  const number = (name: string): bigint => {
    const [variable = '', index] = split(name);
    const value = (index === undefined ? variables.get(variable) : variables.element(variable, index)).trim();
    if (value === '') return 0n;
    return /^-?\d+$/.test(value) && !/^-?0\d/.test(value)
      ? BigInt(value)
      : evaluateArithmetic(value, variables, depth + 1);
  };
  /** An array's name and the value of its index. */
  const split = (name: string): [string, string?] => {
    const element = /^(\w+)\[(.*)\]$/.exec(name);
    if (!element) return [name];
    return [element[1]!, String(evaluateArithmetic(element[2]!, variables, depth + 1))];
  };
  const store = (name: string, value: bigint) => {
    const [variable = '', index] = split(name);
    variables.set(variable, String(value), index);
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
    const operator = tokens[at + 1]?.text ?? '';
    if (/^[A-Za-z_]/.test(name) && (operator === '=' || /^(?:[-+*/%&|^]|<<|>>)=$/.test(operator))) {
      at += 2;
      const right = assignment(skip);
      if (skip) return 0n;
      return store(name, operator === '=' ? right : divided(operator.slice(0, -1), number(name), right));
    }
    const condition = level(0, skip);
    if (peek() !== '?') return condition;
    take();
    const yes = assignment(skip || condition === 0n);
    if (take() !== ':') fail("`:' expected for conditional expression", at - 1, "':'");
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
      value = skip ? 0n : divided(operator, value, right);
    }
    return value;
  }
  function power(skip: boolean): bigint {
    const base = unary(skip);
    if (peek() !== '**') return base;
    take();
    const exponent = power(skip);
    return exponent < 0n ? fail('exponent less than 0', at - 1) : BigInt.asIntN(64, base ** (exponent & 63n));
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
        if (take() !== ')') fail("missing `)'", at - 1, "')'");
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
    if (/^\d/.test(token)) return literal(token) ?? fail('value too great for base', at - 1);
    return operand();
  }
  function divided(operator: string, left: bigint, right: bigint): bigint {
    if (right === 0n && (operator === '/' || operator === '%')) fail('division by 0', at - 1);
    return BigInt.asIntN(64, binary(operator, left, right));
  }

  if (tokens.length === 0) return 0n;
  const value = comma(false);
  if (at < tokens.length) fail('arithmetic syntax error in expression', at, 'EOF');
  return BigInt.asIntN(64, value);
}

/** A number: decimal, 0x…, 0… or BASE#DIGITS; nothing when a digit is too great. */
function literal(token: string): bigint | undefined {
  if (/^0[xX]/.test(token)) return BigInt(token);
  const [, base, digits] = /^(\d+)#(.+)$/.exec(token) ?? [
    undefined,
    token.startsWith('0') && token !== '0' ? '8' : '10',
    token,
  ];
  let value = 0n;
  for (const digit of digits!) {
    const number = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_'.indexOf(
      Number(base) <= 36 ? digit.toLowerCase() : digit,
    );
    if (number < 0 || number >= Number(base)) return undefined;
    value = value * BigInt(base!) + BigInt(number);
  }
  return value;
}

interface Token {
  readonly text: string;
  readonly at: number;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; text.slice(at).trim() !== ''; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) {
      const rest = text.slice(at).trimStart();
      throw new ArithmeticProblem(`arithmetic syntax error: operand expected (error token is "${rest}")`);
    }
    tokens.push({ text: token, at: TOKEN.lastIndex - token.length });
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

import { decode } from '../../../engine/bytes.ts';
import type { Kernel } from '../../../engine/process/program.ts';

/** What the request that is being answered looks like. */
export interface Asked {
  readonly url: string;
  readonly method: string;
}

export type Plain = string | number | boolean | null | undefined | readonly Plain[] | { readonly [key: string]: Plain };

/** As the official images say in their environment; else what the handbook's image holds. */
export const versionOf = (kernel: Kernel): string => `v${kernel.environment['NODE_VERSION'] ?? '24.21.0'}`;
const STRING = /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")$/s;

/** An expression that can't be told. */
export class Unknown extends Error {}

const unquoted = (text: string) =>
  text.replace(/\\(?:n|t|r|u([\da-f]{4})|x([\da-f]{2})|(.))/gi, (whole, u?: string, x?: string, other?: string) =>
    u || x
      ? String.fromCharCode(Number.parseInt((u ?? x)!, 16))
      : other === undefined || /[ntr]/.test(whole[1]!)
        ? ({ n: '\n', t: '\t', r: '\r' }[whole[1]!] ?? '')
        : other,
  );

/** Splits at an operator that stands outside of brackets and quotes. */
function split(text: string, operator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) quote = '';
    } else if (`'"\``.includes(char)) quote = char;
    else if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) depth -= 1;
    else if (depth === 0 && text.startsWith(operator, at)) {
      parts.push(text.slice(from, at));
      from = at + operator.length;
      at = from - 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** The value of an expression of the simple kinds: literals, templates, sums, and what the process knows of itself. */
export function evaluate(kernel: Kernel, source: string, variables: ReadonlyMap<string, string>, asked?: Asked): Plain {
  const value = (part: string) => evaluate(kernel, part, variables, asked);
  const text = source.trim();
  for (const operator of ['||', '??']) {
    const parts = split(text, operator);
    if (parts.length > 1) {
      const first = value(parts[0]!);
      return (operator === '||' ? first : first !== undefined && first !== null)
        ? first
        : value(parts.slice(1).join(operator));
    }
  }
  const [test, ...branches] = split(text, '?');
  if (branches.length === 1 && branches[0] !== undefined) {
    const [yes = '', no = ''] = split(branches[0], ':');
    return value(value(test!) ? yes : no);
  }
  for (const operator of ['===', '==', '!==', '!=']) {
    const sides = split(text, operator);
    if (sides.length === 2) return (value(sides[0]!) === value(sides[1]!)) === !operator.startsWith('!');
  }
  const sum = split(text, '+').map((part) => part.trim());
  if (sum.length > 1 && sum.every((part) => part !== ''))
    return sum
      .map(value)
      .reduce((a, b) => (typeof a === 'number' && typeof b === 'number' ? a + b : `${show(a)}${show(b)}`));
  const product = split(text.replaceAll('**', '\u0001'), '*');
  if (product.length > 1)
    return product.map((part) => Number(value(part.replaceAll('\u0001', '**')))).reduce((a, b) => a * b);
  return atom(kernel, text, variables, asked);
}

function atom(kernel: Kernel, text: string, variables: ReadonlyMap<string, string>, asked?: Asked): Plain {
  const value = (part: string) => evaluate(kernel, part, variables, asked);
  const literal = STRING.exec(text);
  if (literal) return unquoted(literal[1] ?? literal[2] ?? '');
  if (/^`[\s\S]*`$/.test(text)) return template(text.slice(1, -1), value);
  if (/^-?[\d_]+(\.\d+)?$/.test(text)) return Number(text.replaceAll('_', ''));
  const known: Record<string, Plain> = { true: true, false: false, null: null, undefined: undefined };
  if (text in known) return known[text];
  if (/^\(.*\)$/s.test(text)) return value(text.slice(1, -1));
  const variable = variables.get(text);
  if (variable !== undefined && variable !== text) return value(variable);
  if (/^\{[\s\S]*\}$/.test(text)) return object(text.slice(1, -1), value);
  if (/^\[[\s\S]*\]$/.test(text))
    return split(text.slice(1, -1), ',')
      .filter((part) => part.trim() !== '')
      .map(value);
  const wrapped = /^(JSON\.stringify|String|Number|parseInt)\(([\s\S]*)\)$/.exec(text);
  if (wrapped) {
    const [first = ''] = split(wrapped[2]!, ',');
    const inner = value(first);
    return wrapped[1] === 'JSON.stringify'
      ? JSON.stringify(inner)
      : wrapped[1] === 'String'
        ? show(inner)
        : Number(inner);
  }
  return process(kernel, text, asked);
}

function template(text: string, value: (part: string) => Plain): string {
  return unquoted(
    text.replace(/\$\{((?:[^{}]|\{[^{}]*\})*)\}/g, (_match, part: string) =>
      show(value(part)).replaceAll('\\', '\\\\'),
    ),
  );
}

function object(text: string, value: (part: string) => Plain): Plain {
  const entries = split(text, ',').filter((part) => part.trim() !== '');
  return Object.fromEntries(
    entries.map((entry) => {
      const [key = '', ...rest] = split(entry, ':');
      const name = key.trim().replace(/^['"]|['"]$/g, '');
      return [name, value(rest.length > 0 ? rest.join(':') : name)];
    }),
  );
}

/** What a process, its host and its request are asked for. */
function process(kernel: Kernel, text: string, asked: Asked | undefined): Plain {
  const variable = /^process\.env\.(\w+)$|^process\.env\[['"](\w+)['"]\]$/.exec(text);
  if (variable) {
    const found = kernel.environment[variable[1] ?? variable[2]!];
    return found === undefined ? undefined : decode(found);
  }
  const { uid, gid } = kernel.credentials;
  const known: Record<string, Plain> = {
    ...{
      'process.version': versionOf(kernel),
      'process.pid': kernel.pid,
      'process.platform': 'linux',
      'process.arch': 'x64',
    },
    ...{ 'process.getuid()': uid, 'process.getgid()': gid, 'process.cwd()': decode(kernel.cwd) },
    ...{ 'os.hostname()': decode(kernel.hostname), 'hostname()': decode(kernel.hostname) },
    ...{
      "require('os').hostname()": decode(kernel.hostname),
      "require('node:os').hostname()": decode(kernel.hostname),
    },
    ...{ 'new Date().toISOString()': new Date(kernel.now).toISOString(), 'Date.now()': Math.floor(kernel.now) },
    ...(asked
      ? { 'req.url': asked.url, 'request.url': asked.url, 'req.method': asked.method, 'request.method': asked.method }
      : {}),
  };
  if (Object.hasOwn(known, text)) return known[text];
  throw new Unknown(text);
}

/** A value as console.log writes it. */
export function show(value: Plain, nested = false): string {
  if (typeof value === 'string') return nested ? `'${value}'` : value;
  if (Array.isArray(value))
    return value.length === 0 ? '[]' : `[ ${value.map((item: Plain) => show(item, true)).join(', ')} ]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${show(item, true)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return String(value);
}

/** Arguments of console.log, as one line. */
export function line(kernel: Kernel, source: string, variables: ReadonlyMap<string, string>, asked?: Asked): string {
  if (source.trim() === '') return '\n';
  return `${split(source, ',')
    .map((part) => show(evaluate(kernel, part, variables, asked)))
    .join(' ')}\n`;
}

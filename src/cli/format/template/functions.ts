import { Duration } from '../../../engine/json.ts';
import { toJson } from '../json.ts';
import { sprint, sprintln } from '../print.ts';
import { sprintf } from '../printf.ts';
import { Float, isList, isMap, JsonNumber, typeName, type Value, zeroElement } from '../value.ts';

/** A failure inside a function; the caller says which. */
export class CallError extends Error {}

/** Stands in a message for the text of a call's first argument. */
export const CALLEE = '\0';

/** What a parameter takes: anything, or only values of a type. */
export type Parameter = 'any' | 'string' | 'int' | '[]string';

export interface TemplateFunction {
  readonly parameters: readonly Parameter[];
  /** The last parameter may be given any number of times. */
  readonly variadic?: boolean;
  readonly call: (args: readonly Value[]) => Value;
}

/** Whether a value counts as true (Go, text/template: anything but its type's zero value; structs always do). */
export function isTrue(value: Value): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string' || isList(value)) return value.length > 0;
  if (typeof value === 'number' || typeof value === 'boolean') return Boolean(value);
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof JsonNumber) return value.text !== '';
  if (value instanceof Duration) return value.nanoseconds !== 0;
  return isMap(value) ? value.size > 0 : true;
}

function text(value: Value): string {
  return value as string;
}

const HTML: Readonly<Record<string, string>> = {
  ...{ '"': '&#34;', "'": '&#39;', '&': '&amp;', '<': '&lt;', '>': '&gt;', '\0': '\ufffd' },
};

function printed(args: readonly Value[]): string {
  return sprint(args.map((arg) => (arg === undefined ? '<no value>' : arg)));
}

function escapeScript(source: string): string {
  return source.replace(/[\\'"<>&=\0-\x1f]/g, (char) => {
    if (char === '\\' || char === "'" || char === '"') return `\\${char}`;
    return `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

function escapeQuery(source: string): string {
  return encodeURIComponent(source)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function index(args: readonly Value[]): Value {
  let [item] = args;
  if (item === undefined) throw new CallError('index of untyped nil');
  for (const key of args.slice(1)) {
    if (item === null || item === undefined) throw new CallError('index of nil pointer');
    if (isList(item) || typeof item === 'string') {
      const at = position(key, item.length);
      if (at === item.length)
        throw new CallError(`reflect: ${typeof item === 'string' ? 'string' : 'slice'} index out of range`);
      item = typeof item === 'string' ? item.charCodeAt(at) : item[at];
    } else if (isMap(item)) {
      if (typeof key !== 'string') throw new CallError(`value has type ${typeName(key)}; should be string`);
      item = item.has(key) ? item.get(key) : zeroElement(item);
    } else throw new CallError(`can't index item of type ${typeName(item)}`);
  }
  return item;
}

/** A number to index with; one beyond the last is let through, as Go's own check does. */
function position(key: Value, length: number): number {
  if (key === undefined || key === null) throw new CallError('cannot index slice/array with nil');
  if (typeof key !== 'number' || !Number.isInteger(key))
    throw new CallError(`cannot index slice/array with type ${typeName(key)}`);
  if (key < 0 || key > length) throw new CallError(`index out of range: ${key}`);
  return key;
}

function slice(args: readonly Value[]): Value {
  const [item, ...indexes] = args;
  if (item === undefined || item === null) throw new CallError('slice of untyped nil');
  if (indexes.length > 3) throw new CallError(`too many slice indexes: ${indexes.length}`);
  if (typeof item === 'string' && indexes.length === 3) throw new CallError('cannot 3-index slice a string');
  if (typeof item !== 'string' && !isList(item)) throw new CallError(`can't slice item of type ${typeName(item)}`);
  const [from = 0, to = item.length] = indexes.map((key) => position(key, item.length));
  if (from > to) throw new CallError(`invalid slice index: ${from} > ${to}`);
  return item.slice(from, to) as string | readonly Value[];
}

function length([item]: readonly Value[]): Value {
  if (item === null || item === undefined) throw new CallError('len of nil pointer');
  if (typeof item === 'string') return new TextEncoder().encode(item).length;
  if (isList(item)) return item.length;
  if (isMap(item)) return item.size;
  throw new CallError(`len of type ${typeName(item)}`);
}

type Kind = 'bool' | 'int' | 'float' | 'string' | 'other';

function kind(value: Value): Kind {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string' || value instanceof JsonNumber) return 'string';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (value instanceof Duration) return 'int';
  return value instanceof Float ? 'float' : 'other';
}

function plain(value: Value): boolean | number | string {
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof Duration) return value.nanoseconds;
  return value instanceof Float ? value.value : (value as boolean | number | string);
}

function incompatible(a: Value, b: Value): CallError {
  return new CallError(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`);
}

function equal(args: readonly Value[]): boolean {
  const [first, ...others] = args;
  if (others.length === 0) throw new CallError('missing argument for comparison');
  for (const other of others) {
    if (kind(first) !== kind(other)) {
      if (first !== undefined && other !== undefined) throw incompatible(first, other);
    } else if (kind(first) === 'other') {
      if (first === null || other === null || first === undefined || other === undefined) {
        if ((first ?? null) === (other ?? null)) return true;
      } else if (isList(first) || isMap(first))
        throw new CallError(`non-comparable type ${sprint([first])}: ${typeName(first)}`);
      else if (first === other) return true;
    } else if (plain(first) === plain(other)) return true;
  }
  return false;
}

function less([a, b]: readonly Value[]): boolean {
  if (kind(a) === 'other' || kind(b) === 'other') throw new CallError('invalid type for comparison');
  if (kind(a) !== kind(b)) throw incompatible(a, b);
  if (kind(a) === 'bool') throw new CallError('invalid type for comparison');
  return plain(a) < plain(b);
}

const two: readonly Parameter[] = ['any', 'any'];
const any: readonly Parameter[] = ['any'];

/** Functions that every Go template has. `and` and `or` evaluate no more arguments than they need; see the executor. */
const BUILTIN: Readonly<Record<string, TemplateFunction>> = {
  and: { parameters: any, variadic: true, call: (args) => args.find((arg) => !isTrue(arg)) ?? args.at(-1) },
  or: { parameters: any, variadic: true, call: (args) => args.find(isTrue) ?? args.at(-1) },
  not: { parameters: any, call: ([arg]) => !isTrue(arg) },
  len: { parameters: any, call: length },
  index: { parameters: two, variadic: true, call: index },
  slice: { parameters: two, variadic: true, call: slice },
  print: { parameters: any, variadic: true, call: sprint },
  println: { parameters: any, variadic: true, call: sprintln },
  printf: { parameters: ['string', 'any'], variadic: true, call: ([format, ...args]) => sprintf(text(format), args) },
  html: { parameters: any, variadic: true, call: (args) => printed(args).replace(/["'&<>\0]/g, (char) => HTML[char]!) },
  js: { parameters: any, variadic: true, call: (args) => escapeScript(printed(args)) },
  urlquery: { parameters: any, variadic: true, call: (args) => escapeQuery(printed(args)) },
  call: {
    parameters: two,
    variadic: true,
    call: ([callee]) => {
      if (callee === undefined || callee === null) throw new CallError('call of nil');
      // The executor knows how the argument is written.
      throw new CallError(`non-function ${CALLEE} of type ${typeName(callee)}`);
    },
  },
  eq: { parameters: two, variadic: true, call: equal },
  ne: { parameters: two, call: (args) => !equal(args) },
  lt: { parameters: two, call: less },
  le: { parameters: two, call: (args) => less(args) || equal(args) },
  gt: { parameters: two, call: (args) => !(less(args) || equal(args)) },
  ge: { parameters: two, call: (args) => !less(args) },
};

function title(source: string): string {
  return source.replace(
    /(^|[^\p{L}\p{N}_'])(\p{Ll})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

/** Functions that docker adds (docker/cli, templates). */
const DOCKER: Readonly<Record<string, TemplateFunction>> = {
  json: { parameters: any, call: ([value]) => toJson(value, { html: false }) },
  split: { parameters: ['string', 'string'], call: ([source, separator]) => split(text(source), text(separator)) },
  join: { parameters: ['[]string', 'string'], call: ([list, separator]) => (list as string[]).join(text(separator)) },
  title: { parameters: ['string'], call: ([source]) => title(text(source)) },
  lower: { parameters: ['string'], call: ([source]) => text(source).toLowerCase() },
  upper: { parameters: ['string'], call: ([source]) => text(source).toUpperCase() },
  pad: {
    parameters: ['string', 'int', 'int'],
    call: ([source, before, after]) =>
      source === '' ? '' : ' '.repeat(Number(before)) + text(source) + ' '.repeat(Number(after)),
  },
  truncate: { parameters: ['string', 'int'], call: ([source, most]) => text(source).slice(0, Number(most)) },
};

function split(source: string, separator: string): string[] {
  return separator === '' ? [...source] : source.split(separator);
}

/** Functions of docker's templates. */
export const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = { ...BUILTIN, ...DOCKER };

const keep = (...parameters: Parameter[]): TemplateFunction => ({ parameters, call: ([value]) => value });

/** The same for the line of headers, which leave the headers as they are. */
export const HEADER_FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  ...FUNCTIONS,
  ...{ json: keep('string'), split: keep('string', 'string'), join: keep('string', 'string') },
  ...{ title: keep('string'), lower: keep('string'), upper: keep('string'), truncate: keep('string', 'int') },
};

export const FUNCTION_NAMES: ReadonlySet<string> = new Set(Object.keys(FUNCTIONS));

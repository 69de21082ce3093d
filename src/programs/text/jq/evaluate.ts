import { formatText } from './formats.ts';
import { compare, equal, type Json, type JsonObject, Literal, numberOf, numberText, print, typeOf } from './json.ts';
import { callNative, isNative } from './natives.ts';
import { type Filter, type Pattern, ProgramProblem, parseFilter } from './parser.ts';
import { PRELUDE } from './prelude.ts';

/** An error that a program can catch: any value. */
export class JqError extends Error {
  readonly value: Json;

  constructor(value: Json) {
    super(typeof value === 'string' ? value : print(value));
    this.value = value;
  }
}

/** Ends the program (`halt`, `halt_error`). */
export class Halt extends Error {
  readonly status: number;
  readonly output: string;

  constructor(status: number, output = '') {
    super('halt');
    this.status = status;
    this.output = output;
  }
}

class Break extends Error {
  readonly label: object;

  constructor(label: object) {
    super('break');
    this.label = label;
  }
}

/** A value and, where paths are asked for, the way to it. */
interface Place {
  readonly value: Json;
  readonly path: readonly Json[] | undefined;
}

type Binding =
  | { readonly b: 'variable'; readonly name: string; readonly value: Json }
  | { readonly b: 'label'; readonly name: string; readonly label: object }
  | {
      readonly b: 'function';
      readonly name: string;
      readonly parameters: readonly string[];
      readonly body: Filter;
      /** One of jq's own, which see each other. */
      readonly own?: true;
    }
  | { readonly b: 'closure'; readonly name: string; readonly body: Filter; readonly scope: Scope };

/** Names in sight, the innermost first. */
export interface Scope {
  readonly binding: Binding;
  readonly outer: Scope | undefined;
}

/** What a program can ask for beyond its input. */
export interface Surroundings {
  nextInput(): Json | undefined;
  error(text: string): void;
  readonly now: number;
  readonly environment: Json;
  readonly line: number;
  readonly file: string | null;
}

const MAX_STEPS = 3_000_000;

let prelude: Scope | undefined;

/** The scope that programs start from: the functions written in jq, and variables. */
export function startScope(variables: ReadonlyMap<string, Json>): Scope | undefined {
  if (!prelude) {
    let filter = parseFilter(PRELUDE);
    while (filter.f === 'define') {
      const { name, parameters, body } = filter;
      prelude = {
        binding: { b: 'function', name: `${name}/${parameters.length}`, parameters, body, own: true },
        outer: prelude,
      };
      filter = filter.rest;
    }
  }
  let scope = prelude;
  for (const [name, value] of variables) scope = { binding: { b: 'variable', name, value }, outer: scope };
  return scope;
}

/** Runs filters. */
export class Evaluator {
  readonly surroundings: Surroundings;
  #steps = 0;

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
  }

  *run(filter: Filter, value: Json, scope: Scope | undefined): Generator<Json> {
    for (const place of this.each(filter, { value, path: undefined }, scope)) yield place.value;
  }

  *paths(filter: Filter, value: Json, scope: Scope | undefined): Generator<readonly Json[]> {
    for (const place of this.each(filter, { value, path: [] }, scope)) yield place.path ?? [];
  }

  *each(filter: Filter, at: Place, scope: Scope | undefined): Generator<Place> {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) throw new JqError('program runs too long');
    const made = (value: Json): Place => ({ value, path: at.path && NOT_A_PATH });
    switch (filter.f) {
      case 'identity':
        yield at;
        return;
      case 'recurse':
        yield* this.#recurse(at);
        return;
      case 'literal':
        yield made(
          filter.text !== undefined && numberText(filter.value as number) !== filter.text
            ? new Literal(filter.text)
            : filter.value,
        );
        return;
      case 'empty array':
        yield made([]);
        return;
      case 'string':
        for (const text of this.#strings(filter.parts, 0, filter.format ?? '@text', at.value, scope)) yield made(text);
        return;
      case 'format':
        yield made(formatText(filter.name, at.value));
        return;
      case 'index':
        for (const of of this.each(filter.of, at, scope))
          for (const key of this.run(filter.key, at.value, scope))
            yield { value: index(of.value, key), path: extend(of, key) };
        return;
      case 'slice':
        for (const of of this.each(filter.of, at, scope))
          for (const to of filter.to ? this.run(filter.to, at.value, scope) : [null])
            for (const from of filter.from ? this.run(filter.from, at.value, scope) : [null]) {
              const key: Json = new Map([
                ['start', from],
                ['end', to],
              ]);
              yield { value: index(of.value, key), path: extend(of, key) };
            }
        return;
      case 'iterate':
        for (const of of this.each(filter.of, at, scope)) yield* iterate(of);
        return;
      case 'try':
        yield* this.#attempt(filter.of, undefined, at, scope);
        return;
      case 'catch':
        yield* this.#attempt(filter.of, filter.handler, at, scope);
        return;
      case 'negate':
        for (const value of this.run(filter.of, at.value, scope)) {
          if (typeOf(value) !== 'number') throw new JqError(`${described(value)} cannot be negated`);
          yield made(
            value instanceof Literal
              ? new Literal(value.text.startsWith('-') ? value.text.slice(1) : `-${value.text}`)
              : -numberOf(value),
          );
        }
        return;
      case 'array':
        yield made([...this.run(filter.of, at.value, scope)]);
        return;
      case 'object':
        for (const object of this.#objects(filter.entries, 0, at.value, scope)) yield made(object);
        return;
      case 'variable':
        yield made(this.#variable(filter.name, scope));
        return;
      case 'call':
        yield* this.#call(filter.name, filter.args, at, scope);
        return;
      case 'pipe':
        for (const left of this.each(filter.left, at, scope)) yield* this.each(filter.right, left, scope);
        return;
      case 'comma':
        yield* this.each(filter.left, at, scope);
        yield* this.each(filter.right, at, scope);
        return;
      case 'and':
      case 'or':
        for (const left of this.run(filter.left, at.value, scope)) {
          if (isTrue(left) === (filter.f === 'or')) yield made(filter.f === 'or');
          else for (const right of this.run(filter.right, at.value, scope)) yield made(isTrue(right));
        }
        return;
      case 'alternative':
        yield* this.#alternative(filter.left, filter.right, at, scope);
        return;
      case 'binary':
        for (const right of this.run(filter.right, at.value, scope))
          for (const left of this.run(filter.left, at.value, scope)) yield made(operate(filter.op, left, right));
        return;
      case 'update':
        for (const value of this.#update(filter.op, filter.left, filter.right, at.value, scope)) yield made(value);
        return;
      case 'if':
        for (const condition of this.run(filter.condition, at.value, scope)) {
          const chosen = isTrue(condition) ? filter.yes : filter.no;
          if (chosen) yield* this.each(chosen, at, scope);
          else yield at;
        }
        return;
      case 'as':
        for (const value of this.run(filter.source, at.value, scope))
          for (const inner of this.#bind(filter.patterns[0]!, value, at.value, scope))
            yield* this.each(filter.body, at, inner);
        return;
      case 'reduce': {
        for (const start of this.each(filter.start, at, scope)) {
          let state: Place | undefined = start;
          for (const value of this.run(filter.source, at.value, scope))
            for (const inner of this.#bind(filter.pattern, value, at.value, scope)) {
              let last: Place | undefined;
              for (const next of this.each(filter.step, state ?? made(null), inner)) last = next;
              state = last;
            }
          yield state ?? made(null);
        }
        return;
      }
      case 'foreach':
        for (const start of this.each(filter.start, at, scope)) {
          let state = start;
          for (const value of this.run(filter.source, at.value, scope))
            for (const inner of this.#bind(filter.pattern, value, at.value, scope))
              for (const next of this.each(filter.step, state, inner)) {
                state = next;
                if (filter.emit) yield* this.each(filter.emit, next, inner);
                else yield next;
              }
        }
        return;
      case 'define': {
        const { name, parameters, body } = filter;
        const inner = {
          binding: { b: 'function' as const, name: `${name}/${parameters.length}`, parameters, body },
          outer: scope,
        };
        yield* this.each(filter.rest, at, inner);
        return;
      }
      case 'label': {
        const label = {};
        try {
          yield* this.each(filter.body, at, { binding: { b: 'label', name: filter.name, label }, outer: scope });
        } catch (error) {
          if (!(error instanceof Break) || error.label !== label) throw error;
        }
        return;
      }
      case 'break':
        for (let place = scope; place; place = place.outer)
          if (place.binding.b === 'label' && place.binding.name === filter.name) throw new Break(place.binding.label);
        throw new JqError('break');
    }
  }

  *#recurse(at: Place): Generator<Place> {
    yield at;
    if (Array.isArray(at.value) || at.value instanceof Map)
      for (const inner of iterate(at)) yield* this.#recurse(inner);
  }

  *#strings(
    parts: readonly (string | Filter)[],
    from: number,
    format: string,
    input: Json,
    scope: Scope | undefined,
  ): Generator<string> {
    const part = parts[from];
    if (part === undefined) {
      yield '';
      return;
    }
    for (const rest of this.#strings(parts, from + 1, format, input, scope)) {
      if (typeof part === 'string') yield part + rest;
      else for (const value of this.run(part, input, scope)) yield formatText(format, value) + rest;
    }
  }

  *#attempt(body: Filter, handler: Filter | undefined, at: Place, scope: Scope | undefined): Generator<Place> {
    const source = this.each(body, at, scope);
    for (;;) {
      let next: IteratorResult<Place>;
      try {
        next = source.next();
      } catch (error) {
        if (!(error instanceof JqError)) throw error;
        if (!handler) return;
        yield* this.each(handler, { value: error.value, path: at.path && NOT_A_PATH }, scope);
        return;
      }
      if (next.done) return;
      yield next.value;
    }
  }

  *#objects(
    entries: readonly { key: Filter; value: Filter }[],
    from: number,
    input: Json,
    scope: Scope | undefined,
    sofar: readonly [string, Json][] = [],
  ): Generator<JsonObject> {
    const entry = entries[from];
    if (!entry) {
      yield new Map(sofar);
      return;
    }
    for (const key of this.run(entry.key, input, scope)) {
      if (typeof key !== 'string') throw new JqError(`Object keys must be strings`);
      for (const value of this.run(entry.value, input, scope))
        yield* this.#objects(entries, from + 1, input, scope, [...sofar, [key, value]]);
    }
  }

  #variable(name: string, scope: Scope | undefined): Json {
    for (let place = scope; place; place = place.outer)
      if (place.binding.b === 'variable' && place.binding.name === name) return place.binding.value;
    if (name === '__loc__')
      return new Map<string, Json>([
        ['file', '<top-level>'],
        ['line', 1],
      ]);
    throw new JqError(`$${name} is not defined`);
  }

  *#call(name: string, args: readonly Filter[], at: Place, scope: Scope | undefined): Generator<Place> {
    const full = `${name}/${args.length}`;
    for (let place = scope; place; place = place.outer) {
      const { binding } = place;
      if (binding.b === 'closure' && binding.name === full) {
        yield* this.each(binding.body, at, binding.scope);
        return;
      }
      if (binding.b === 'function' && binding.name === full) {
        yield* this.#apply(binding, args, 0, at, scope, binding.own ? prelude! : place);
        return;
      }
    }
    yield* callNative(this, name, args, at, scope);
  }

  *#apply(
    binding: Binding & { b: 'function' },
    args: readonly Filter[],
    from: number,
    at: Place,
    scope: Scope | undefined,
    inner: Scope,
  ): Generator<Place> {
    const parameter = binding.parameters[from];
    if (parameter === undefined) {
      yield* this.each(binding.body, at, inner);
      return;
    }
    const body = args[from]!;
    const plain = parameter.replace(/^\$/, '');
    const closure: Scope = { binding: { b: 'closure', name: `${plain}/0`, body, scope: scope as Scope }, outer: inner };
    if (!parameter.startsWith('$')) {
      yield* this.#apply(binding, args, from + 1, at, scope, closure);
      return;
    }
    for (const value of this.run(body, at.value, scope))
      yield* this.#apply(binding, args, from + 1, at, scope, {
        binding: { b: 'variable', name: plain, value },
        outer: closure,
      });
  }

  *#alternative(left: Filter, right: Filter, at: Place, scope: Scope | undefined): Generator<Place> {
    let any = false;
    const source = this.each(left, at, scope);
    for (;;) {
      let next: IteratorResult<Place>;
      try {
        next = source.next();
      } catch (error) {
        if (!(error instanceof JqError)) throw error;
        break;
      }
      if (next.done) break;
      if (!isTrue(next.value.value)) continue;
      any = true;
      yield next.value;
    }
    if (!any) yield* this.each(right, at, scope);
  }

  *#update(op: string, left: Filter, right: Filter, input: Json, scope: Scope | undefined): Generator<Json> {
    if (op === '|=') {
      let result = input;
      const removed: Json[] = [];
      for (const path of [...this.paths(left, input, scope)]) {
        const first = this.run(right, getPath(result, path), scope).next();
        if (first.done) removed.push([...path]);
        else result = setPath(result, path, first.value);
      }
      yield removed.length > 0 ? deletePaths(result, removed as Json[][]) : result;
      return;
    }
    for (const value of this.run(right, input, scope)) {
      let result = input;
      for (const path of [...this.paths(left, input, scope)]) {
        const old = getPath(result, path);
        const changed =
          op === '=' ? value : op === '//=' ? (isTrue(old) ? old : value) : operate(op.slice(0, -1), old, value);
        result = setPath(result, path, changed);
      }
      yield result;
    }
  }

  *#bind(pattern: Pattern, value: Json, input: Json, scope: Scope | undefined): Generator<Scope | undefined> {
    switch (pattern.p) {
      case 'variable':
        yield { binding: { b: 'variable', name: pattern.name, value }, outer: scope };
        return;
      case 'array':
        yield* this.#bindAll(
          pattern.items.map((item, position) => ({ item, key: position as Json })),
          0,
          value,
          input,
          scope,
        );
        return;
      case 'object':
        yield* this.#bindEntries(pattern.entries, 0, value, input, scope);
    }
  }

  *#bindAll(
    items: readonly { item: Pattern; key: Json }[],
    from: number,
    value: Json,
    input: Json,
    scope: Scope | undefined,
  ): Generator<Scope | undefined> {
    const entry = items[from];
    if (!entry) {
      yield scope;
      return;
    }
    for (const inner of this.#bind(entry.item, index(value, entry.key), input, scope))
      yield* this.#bindAll(items, from + 1, value, input, inner);
  }

  *#bindEntries(
    entries: (Pattern & { p: 'object' })['entries'],
    from: number,
    value: Json,
    input: Json,
    scope: Scope | undefined,
  ): Generator<Scope | undefined> {
    const entry = entries[from];
    if (!entry) {
      yield scope;
      return;
    }
    for (const key of this.run(entry.key, input, scope)) {
      const found = index(value, key);
      const named =
        entry.variable === undefined
          ? scope
          : { binding: { b: 'variable' as const, name: entry.variable, value: found }, outer: scope };
      const inners = entry.value ? this.#bind(entry.value, found, input, named) : [named];
      for (const inner of inners) yield* this.#bindEntries(entries, from + 1, value, input, inner);
    }
  }
}

/** Marks a value that no path leads to. */
const NOT_A_PATH: readonly Json[] = [];

function extend({ path, value }: Place, key: Json): readonly Json[] | undefined {
  if (path === undefined) return undefined;
  if (path === NOT_A_PATH) throw new JqError(`Invalid path expression with result ${shortened(value)}`);
  return [...path, key];
}

export function isTrue(value: Json): boolean {
  return value !== null && value !== false;
}

/** A value in a message, cut when it is long. */
export function shortened(value: Json, most = 26): string {
  const text = print(value);
  return text.length > most + 3 ? `${text.slice(0, most)}...` : text;
}

/** `number (1)`: what messages call a value. */
export function described(value: Json): string {
  const text = print(value);
  if (text.length <= 29) return `${typeOf(value)} (${text})`;
  const close = { object: '}', array: ']', string: '"' }[typeOf(value) as 'object'] ?? '';
  return `${typeOf(value)} (${text.slice(0, 26 - close.length + 0)}...${close})`;
}

function* iterate({ value, path }: Place): Generator<Place> {
  if (path === NOT_A_PATH) throw new JqError(`Invalid path expression with result ${shortened(value)}`);
  if (Array.isArray(value))
    for (const [position, item] of value.entries()) yield { value: item, path: path && [...path, position] };
  else if (value instanceof Map) for (const [key, item] of value) yield { value: item, path: path && [...path, key] };
  else throw new JqError(`Cannot iterate over ${described(value)}`);
}

/** `.[key]`. */
export function index(value: Json, key: Json): Json {
  const [type, keyType] = [typeOf(value), typeOf(key)];
  if (type === 'object' && keyType === 'string') return (value as JsonObject).get(key as string) ?? null;
  if (type === 'array' && keyType === 'number') {
    const position = Math.floor(numberOf(key));
    const items = value as Json[];
    return items[position < 0 ? items.length + position : position] ?? null;
  }
  if (value === null && (keyType === 'string' || keyType === 'number' || key === null || keyType === 'object'))
    return null;
  if (keyType === 'object' && (type === 'array' || type === 'string')) {
    const [from, to] = bounds(
      key as JsonObject,
      type === 'array' ? (value as Json[]).length : [...(value as string)].length,
    );
    return type === 'array' ? (value as Json[]).slice(from, to) : [...(value as string)].slice(from, to).join('');
  }
  if (type === 'array' && keyType === 'array') return indices(value as Json[], key as Json[]);
  throw new JqError(
    `Cannot index ${type} with ${keyType === 'string' || keyType === 'number' ? described(key) : keyType}`,
  );
}

/** Where a part occurs in a whole. */
export function indices(whole: readonly Json[], part: readonly Json[]): number[] {
  const found: number[] = [];
  if (part.length === 0) return found;
  for (let at = 0; at + part.length <= whole.length; at += 1)
    if (part.every((item, offset) => equal(whole[at + offset]!, item))) found.push(at);
  return found;
}

function bounds(key: JsonObject, length: number): [number, number] {
  const bound = (value: Json | undefined, fallback: number, round: (x: number) => number) => {
    if (value === null || value === undefined) return fallback;
    if (typeOf(value) !== 'number') throw new JqError('Start and end indices of an array slice must be numbers');
    const number = numberOf(value);
    return Math.max(0, Math.min(length, round(number < 0 ? length + number : number)));
  };
  const from = bound(key.get('start'), 0, Math.floor);
  return [from, Math.max(from, bound(key.get('end'), length, Math.ceil))];
}

export function getPath(value: Json, path: readonly Json[]): Json {
  let current = value;
  for (const key of path) {
    if (current === null) return null;
    current = index(current, key);
  }
  return current;
}

export function setPath(value: Json, path: readonly Json[], to: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  if (typeof key === 'string') {
    if (value !== null && !(value instanceof Map))
      throw new JqError(`Cannot index ${typeOf(value)} with ${described(key)}`);
    const object: JsonObject = new Map(value ?? []);
    object.set(key, setPath(object.get(key) ?? null, rest, to));
    return object;
  }
  if (typeOf(key) === 'number') {
    if (value !== null && !Array.isArray(value))
      throw new JqError(`Cannot index ${typeOf(value)} with ${described(key)}`);
    const items = [...(value ?? [])];
    let position = Math.floor(numberOf(key));
    if (position < 0) position += items.length;
    if (position < 0) throw new JqError('Out of bounds negative array index');
    if (position > 1_000_000) throw new JqError('Array index too large');
    while (items.length < position) items.push(null);
    items[position] = setPath(items[position] ?? null, rest, to);
    return items;
  }
  if (key instanceof Map && (value === null || Array.isArray(value))) {
    const items = value ?? [];
    const [from, end] = bounds(key, items.length);
    const changed = setPath(items.slice(from, end), rest, to);
    if (!Array.isArray(changed)) throw new JqError('A slice of an array can only be assigned another array');
    return [...items.slice(0, from), ...changed, ...items.slice(end)];
  }
  throw new JqError(`Invalid path component ${described(key)}`);
}

export function deletePaths(value: Json, paths: readonly (readonly Json[])[]): Json {
  let result = value;
  for (const path of [...paths].sort((a, b) => compare([...b], [...a]))) result = deletePath(result, path);
  return result;
}

function deletePath(value: Json, path: readonly Json[]): Json {
  const [key, ...rest] = path;
  if (key === undefined || value === null) return null;
  if (rest.length > 0) {
    const inner = index(value, key);
    return inner === null ? value : setPath(value, [key], deletePath(inner, rest));
  }
  if (value instanceof Map) {
    if (typeof key !== 'string') throw new JqError(`Cannot delete field at object index of ${typeOf(key)}`);
    const object: JsonObject = new Map(value);
    object.delete(key);
    return object;
  }
  if (!Array.isArray(value))
    throw new JqError(
      `Cannot delete field at ${typeof key === 'string' ? 'object' : 'array'} index of ${typeOf(value)}`,
    );
  if (key instanceof Map) {
    const [from, to] = bounds(key, value.length);
    return [...value.slice(0, from), ...value.slice(to)];
  }
  if (typeOf(key) !== 'number') throw new JqError(`Cannot delete field at array index of ${typeOf(value)}`);
  const position = numberOf(key) < 0 ? value.length + numberOf(key) : numberOf(key);
  return value.filter((_, at) => at !== position);
}

/** `left op right`. */
export function operate(op: string, left: Json, right: Json): Json {
  switch (op) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case '<':
      return compare(left, right) < 0;
    case '<=':
      return compare(left, right) <= 0;
    case '>':
      return compare(left, right) > 0;
    case '>=':
      return compare(left, right) >= 0;
  }
  const [a, b] = [typeOf(left), typeOf(right)];
  const numbers = a === 'number' && b === 'number';
  const [x, y] = numbers ? [numberOf(left), numberOf(right)] : [0, 0];
  const problem = (what: string) => new JqError(`${described(left)} and ${described(right)} cannot be ${what}`);
  switch (op) {
    case '+':
      if (left === null) return right;
      if (right === null) return left;
      if (numbers) return x + y;
      if (a === 'string' && b === 'string') return (left as string) + (right as string);
      if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
      if (left instanceof Map && right instanceof Map) return new Map([...left, ...right]);
      throw problem('added');
    case '-':
      if (numbers) return x - y;
      if (Array.isArray(left) && Array.isArray(right))
        return left.filter((item) => !right.some((other) => equal(item, other)));
      throw problem('subtracted');
    case '*':
      if (numbers) return x * y;
      if ((a === 'string' && b === 'number') || (a === 'number' && b === 'string')) {
        const [text, count] = a === 'string' ? [left as string, numberOf(right)] : [right as string, numberOf(left)];
        if (count < 0 || Number.isNaN(count)) return null;
        if (text.length * count > 10_000_000) throw new JqError('Repeat string result too long');
        return text.repeat(count < 1 && count > 0 ? 1 : Math.floor(count));
      }
      if (left instanceof Map && right instanceof Map) return merge(left, right);
      throw problem('multiplied');
    case '/':
      if (numbers) {
        if (y === 0) throw problem('divided because the divisor is zero');
        return x / y;
      }
      if (a === 'string' && b === 'string')
        return left === '' ? [] : right === '' ? [...(left as string)] : (left as string).split(right as string);
      throw problem('divided');
    default: {
      if (!numbers) throw problem('divided');
      const divisor = Math.trunc(y);
      if (divisor === 0) throw problem('divided because the divisor is zero');
      return Math.trunc(x) % Math.abs(divisor) || 0;
    }
  }
}

function merge(left: JsonObject, right: JsonObject): JsonObject {
  const result: JsonObject = new Map(left);
  for (const [key, value] of right) {
    const old = result.get(key);
    result.set(key, old instanceof Map && value instanceof Map ? merge(old, value) : value);
  }
  return result;
}

/** Functions and variables that a program uses but nobody defines. */
export function unknownNames(filter: Filter, scope: Scope | undefined): ProgramProblem[] {
  const known = new Set<string>();
  for (let place = scope; place; place = place.outer)
    known.add(place.binding.b === 'variable' ? `$${place.binding.name}` : place.binding.name);
  const problems: ProgramProblem[] = [];
  visit(filter, known, problems);
  return problems;
}

function visit(node: unknown, known: ReadonlySet<string>, problems: ProgramProblem[]): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, known, problems);
    return;
  }
  if (typeof node !== 'object' || node === null || !('f' in node)) {
    if (typeof node === 'object' && node !== null)
      for (const value of Object.values(node)) visit(value, known, problems);
    return;
  }
  const filter = node as Filter & { from?: number; to?: number };
  switch (filter.f) {
    case 'call': {
      const name = `${filter.name}/${filter.args.length}`;
      if (!known.has(name) && !isNative(filter.name, filter.args.length))
        problems.push(new ProgramProblem(`${name} is not defined`, filter.from ?? 0, filter.to ?? 1));
      visit(filter.args, known, problems);
      return;
    }
    case 'variable':
      if (!known.has(`$${filter.name}`) && filter.name !== '__loc__')
        problems.push(new ProgramProblem(`$${filter.name} is not defined`, filter.from ?? 0, filter.to ?? 1));
      return;
    case 'define': {
      const own = new Set([...known, `${filter.name}/${filter.parameters.length}`]);
      const inside = filter.parameters.flatMap((parameter) =>
        parameter.startsWith('$') ? [parameter, `${parameter.slice(1)}/0`] : [`${parameter}/0`],
      );
      visit(filter.body, new Set([...own, ...inside]), problems);
      visit(filter.rest, own, problems);
      return;
    }
    case 'as':
      visit(filter.source, known, problems);
      visit(filter.body, new Set([...known, ...filter.patterns.flatMap(variablesOf)]), problems);
      return;
    case 'reduce':
    case 'foreach': {
      visit(filter.source, known, problems);
      visit(filter.start, known, problems);
      const inner = new Set([...known, ...variablesOf(filter.pattern)]);
      visit(filter.step, inner, problems);
      if (filter.f === 'foreach' && filter.emit) visit(filter.emit, inner, problems);
      return;
    }
    default:
      for (const value of Object.values(filter)) visit(value, known, problems);
  }
}

function variablesOf(pattern: Pattern): string[] {
  switch (pattern.p) {
    case 'variable':
      return [`$${pattern.name}`];
    case 'array':
      return pattern.items.flatMap(variablesOf);
    case 'object':
      return pattern.entries.flatMap(({ variable, value }) => [
        ...(variable === undefined ? [] : [`$${variable}`]),
        ...(value ? variablesOf(value) : []),
      ]);
  }
}

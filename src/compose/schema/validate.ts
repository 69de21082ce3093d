import { DurationError, parseDuration } from '../../engine/duration.ts';
import { ComposeError } from '../error.ts';
import { type Dict, equal, isDict, type Value } from '../value.ts';
import specification from './compose-spec.json' with { type: 'json' };

/** The keywords of JSON Schema (draft 7) that the Compose specification uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly Value[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly uniqueItems?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly oneOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

interface Failure {
  readonly path: readonly string[];
  readonly message: string;
  /** How much it says: the depth of its place, one more for unknown keys. */
  readonly weight: number;
}

const ROOT = specification as unknown as Schema;

/**
 * Holds a model against the Compose specification's schema. Throws {@link ComposeError} with the most specific of all
 * violations in compose-go's words (schema/schema.go; the words of single keywords are santhosh-tekuri/jsonschema's).
 */
export function validateSchema(model: Dict): void {
  const failures = violations(ROOT, model, []);
  let worst: Failure | undefined;
  for (const failure of failures) if (failure.weight > (worst?.weight ?? -1)) worst = failure;
  if (worst) throw new ComposeError(`${worst.path.join('.')} ${worst.message}`);
}

function typeOf(value: Value): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return isDict(value) ? 'object' : typeof value;
}

function hasType(value: Value, wanted: readonly string[]): boolean {
  const type = typeOf(value);
  return wanted.includes(type) || (type === 'number' && wanted.includes('integer') && Number.isInteger(value));
}

/** The order in which jsonschema lists types: that of its bit set. */
const TYPE_ORDER = ['null', 'boolean', 'number', 'integer', 'string', 'array', 'object'];

function typeMessage(wanted: readonly string[]): string {
  const names = TYPE_ORDER.filter((type) => wanted.includes(type)).map((type) =>
    type === 'object' ? 'mapping' : type,
  );
  if (names.length === 1) return `must be a ${names[0]}`;
  names.sort();
  return `must be a ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const display = (value: Value) => (typeof value === 'string' ? quoted(value) : String(value));

function violations(given: Schema, value: Value, path: readonly string[]): Failure[] {
  const schema = given.$ref === undefined ? given : ROOT.definitions![given.$ref.slice('#/definitions/'.length)]!;
  if (given.$ref !== undefined) return violations(schema, value, path);
  const fail = (message: string, extra = 0): Failure => ({ path, message, weight: path.length + extra });
  if (schema.type !== undefined) {
    const wanted = typeof schema.type === 'string' ? [schema.type] : schema.type;
    if (!hasType(value, wanted)) return [fail(typeMessage(wanted))];
  }
  if (schema.enum && !schema.enum.some((one) => equal(one, value))) {
    const names = schema.enum.map(display);
    return [fail(names.length === 1 ? `value must be ${names[0]}` : `value must be one of ${names.join(', ')}`)];
  }
  if (schema.format === 'duration') {
    const reason = durationProblem(value);
    if (reason !== undefined) return [fail(`${display(value)} is not valid duration: ${reason}`)];
  }
  const failures: Failure[] = [];
  if (isDict(value)) failures.push(...objectViolations(schema, value, path, fail));
  else if (Array.isArray(value)) failures.push(...arrayViolations(schema, value, path, fail));
  else if (typeof value === 'string') {
    if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value))
      failures.push(fail(`${quoted(value)} does not match pattern ${quoted(schema.pattern)}`));
  } else if (typeof value === 'number') {
    if (schema.minimum !== undefined && value < schema.minimum)
      failures.push(fail(`must be greater than or equal to ${schema.minimum}`));
    if (schema.maximum !== undefined && value > schema.maximum)
      failures.push(fail(`must be less than or equal to ${schema.maximum}`));
  }
  if (schema.oneOf) failures.push(...oneOfViolations(schema.oneOf, value, path, fail));
  return failures;
}

function durationProblem(value: Value): string | undefined {
  if (typeof value !== 'string') return 'expected string';
  try {
    parseDuration(value);
    return undefined;
  } catch (error) {
    if (error instanceof DurationError) return error.message;
    throw error;
  }
}

type Fail = (message: string, extra?: number) => Failure;

function objectViolations(schema: Schema, value: Dict, path: readonly string[], fail: Fail): Failure[] {
  const failures: Failure[] = [];
  const missing = schema.required?.filter((name) => !(name in value)) ?? [];
  if (missing.length === 1) failures.push(fail(`missing property ${quoted(missing[0]!)}`));
  if (missing.length > 1) failures.push(fail(`missing properties ${missing.map(quoted).join(', ')}`));
  const additional: string[] = [];
  for (const [name, one] of Object.entries(value)) {
    const inside = [...path, name];
    const schemas = [
      ...(schema.properties && Object.hasOwn(schema.properties, name) ? [schema.properties[name]!] : []),
      ...Object.entries(schema.patternProperties ?? {})
        .filter(([pattern]) => new RegExp(pattern).test(name))
        .map(([, found]) => found),
    ];
    if (schemas.length > 0) for (const found of schemas) failures.push(...violations(found, one, inside));
    else if (schema.additionalProperties === false) additional.push(name);
    else if (typeof schema.additionalProperties === 'object')
      failures.push(...violations(schema.additionalProperties, one, inside));
  }
  if (additional.length > 0)
    failures.push(fail(`additional properties ${additional.map(quoted).join(', ')} not allowed`, 1));
  return failures;
}

function arrayViolations(schema: Schema, value: readonly Value[], path: readonly string[], fail: Fail): Failure[] {
  const failures: Failure[] = [];
  if (schema.uniqueItems)
    search: for (let i = 1; i < value.length; i += 1)
      for (let j = 0; j < i; j += 1)
        if (equal(value[i], value[j])) {
          failures.push(fail(`items at ${j} and ${i} are equal`));
          break search;
        }
  const { items } = schema;
  if (items)
    for (const [index, one] of value.entries()) failures.push(...violations(items, one, [...path, String(index)]));
  return failures;
}

function oneOfViolations(schemas: readonly Schema[], value: Value, path: readonly string[], fail: Fail): Failure[] {
  const failures: Failure[] = [];
  let matched = -1;
  for (const [index, schema] of schemas.entries()) {
    const found = violations(schema, value, path);
    if (found.length > 0) failures.push(...found);
    else if (matched >= 0) return [fail(`'oneOf' failed, subschemas ${matched}, ${index} matched`)];
    else matched = index;
  }
  return matched >= 0 ? [] : failures;
}

import type { Json } from '../../engine/json.ts';
import { CliError } from '../command.ts';
import { toJson } from './json.ts';
import { executeTemplate, parse, type Template, TemplateError, untyped } from './template/index.ts';
import type { Value } from './value.ts';

/** An object to be inspected: what the client's types make of the answer, and the answer itself. */
export interface Inspected {
  readonly typed: Value;
  /** The answer as JSON; undefined when the client has nothing but its own types. */
  readonly raw: Value | undefined;
  readonly type?: string;
}

/** What `inspect` commands print for references, and the messages for those that there were none of. */
export interface Inspection {
  readonly stdout: string;
  readonly errors: readonly string[];
}

/** A template that can't be parsed ends an inspection with this status. */
const BAD_TEMPLATE = 64;

/** An answer of the engine as `inspect` prints it; also what templates work on. */
export function inspected(answer: Json): Inspected {
  return { typed: answer as Value, raw: answer as Value };
}

/**
 * Looks up references and prints them, as JSON or by a template: first on the typed answer and, when that fails, on the
 * raw one (docker/cli, command/inspect). `find` throws for what there is none of; `explain` says so.
 */
export function inspect(
  references: readonly string[],
  format: string,
  find: (reference: string) => Inspected,
  explain: (error: unknown) => string,
): Inspection {
  let template: Template | undefined;
  try {
    template = format === '' || format === 'json' ? undefined : parse(format);
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`template parsing error: ${error.message}`, BAD_TEMPLATE);
    throw error;
  }
  const errors: string[] = [];
  const found: Inspected[] = [];
  let text = '';
  for (const reference of references) {
    try {
      const item = find(reference);
      if (template) text += `${execute(template, item)}\n`;
      else found.push(item);
    } catch (error) {
      errors.push(error instanceof TemplateError ? `template parsing error: ${error.message}` : explain(error));
    }
  }
  if (template) return { stdout: text === '' ? '\n' : text, errors };
  return { stdout: `${list(found, format)}\n`, errors };
}

function execute(template: Template, { typed, raw, type }: Inspected): string {
  try {
    return executeTemplate(template, typed, type === undefined ? {} : { type });
  } catch (error) {
    if (raw === undefined || !(error instanceof TemplateError)) throw error;
    return executeTemplate(template, untyped(raw), { raw: true });
  }
}

function list(found: readonly Inspected[], format: string): string {
  if (found.length === 0) return '[]';
  // The daemon leaves <, > and & alone; what the client itself writes escapes them.
  const html = found.every(({ raw }) => raw === undefined);
  return toJson(
    found.map(({ typed, raw }) => raw ?? typed),
    format === 'json' ? { html } : { html, indent: 4 },
  );
}

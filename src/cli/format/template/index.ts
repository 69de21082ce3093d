import type { Value } from '../value.ts';
import { type ExecuteOptions, executeTemplate, untyped } from './execute.ts';
import { FUNCTION_NAMES } from './functions.ts';
import type { Template } from './nodes.ts';
import { parseTemplate } from './parse.ts';

export { TemplateError } from './parse.ts';
export { executeTemplate, type Template, untyped };

/** Templates that were parsed lately; people repeat themselves. */
const KEPT = 64;
const parsed = new Map<string, Template>();

/** Parses a template with docker's functions; its name stands in messages. Throws TemplateError. */
export function parse(text: string, name = ''): Template {
  const key = `${name}\n${text}`;
  const known = parsed.get(key);
  if (known) return known;
  const template = parseTemplate(text, FUNCTION_NAMES, name);
  if (parsed.size >= KEPT) parsed.delete(parsed.keys().next().value!);
  parsed.set(key, template);
  return template;
}

/** Parses and executes a template. Throws TemplateError. */
export function render(text: string, data: Value, options: ExecuteOptions = {}): string {
  return executeTemplate(parse(text), data, options);
}

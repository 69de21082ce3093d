import { CliError } from '../command.ts';
import { align } from './tabwriter.ts';
import { HEADER_FUNCTIONS } from './template/functions.ts';
import { executeTemplate, parse, type Template, TemplateError } from './template/index.ts';
import { HeaderMap, type Methods } from './value.ts';

/** Titles of columns by the method that they belong to. */
export type Headers = Readonly<Record<string, string>>;

/** Formats that have a name. */
export const TABLE = 'table';
export const RAW = 'raw';
export const JSON_FORMAT = 'json';

/** Throws what docker's client says of a template that it can't parse or execute. */
export function templateFailure(error: unknown): never {
  if (error instanceof TemplateError) throw new CliError(`template parsing error: ${error.message}`);
  throw error;
}

/** A format as it is executed: without `table`, with `\t` and `\n` replaced (docker/cli, formatter.preFormat). */
export function finalFormat(format: string): string {
  const body = format.startsWith(TABLE) ? format.slice(TABLE.length) : format === JSON_FORMAT ? '{{json .}}' : format;
  return body
    .replace(/^ +| +$/g, '')
    .replaceAll('\\t', '\t')
    .replaceAll('\\n', '\n');
}

function parseFormat(format: string): Template {
  try {
    return parse(finalFormat(format));
  } catch (error) {
    return templateFailure(error);
  }
}

/**
 * What docker's lists print for rows: `table …` with a line of headers, any other template a line for each row
 * (docker/cli, command/formatter). Throws a {@link CliError} for a template that can't be parsed or executed.
 */
export function formatRows(format: string, headers: Headers, rows: Iterable<Methods>): string {
  const template = parseFormat(format);
  let body = '';
  try {
    for (const row of rows) body += `${executeTemplate(template, row)}\n`;
  } catch (error) {
    templateFailure(error);
  }
  return format.startsWith(TABLE) ? align(`${headerLine(template, headers)}\n${body}`) : body;
}

function headerLine(template: Template, headers: Headers): string {
  let line = '';
  try {
    line = executeTemplate(template, new HeaderMap(Object.entries(headers)), {
      functions: HEADER_FUNCTIONS,
      partial: (text) => {
        line = text;
      },
    });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
  }
  return line;
}

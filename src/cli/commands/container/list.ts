import { listContainers } from '../../../engine/containers/list.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { formatRows, RAW, TABLE } from '../../format/formatter.ts';
import { executeTemplate, parse, type Template, TemplateError } from '../../format/template/index.ts';
import { Methods, type Value } from '../../format/value.ts';
import { parseFilters } from '../../options/filter.ts';
import { CONTAINER_HEADERS, containerRow } from './row.ts';

const TABLE_FORMAT = 'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}';
const RAW_FORMAT = [
  ...['container_id: {{.ID}}', 'image: {{.Image}}', 'command: {{.Command}}', 'created_at: {{.CreatedAt}}'],
  ...['state: {{- pad .State 1 0}}', 'status: {{- pad .Status 1 0}}', 'names: {{.Names}}'],
  ...['labels: {{- pad .Labels 1 0}}', 'ports: {{- pad .Ports 1 0}}', ''],
].join('\n');

/** `docker ps` (docker/cli, cli/command/container/list.go). */
export function list({ engine, flags, out, err }: CommandContext): number {
  const format = flags.string('format');
  const quiet = flags.boolean('quiet');
  if (format !== '' && quiet) err('WARNING: Ignoring custom format, because both --format and --quiet are set.\n');
  const usesSize = format !== '' && tryFormat(format);
  const sized = flags.boolean('size') || (usesSize && !quiet && !flags.changed('size'));
  const last = flags.number('last');
  const limit = flags.boolean('latest') && last === -1 ? 1 : last;
  const containers = listContainers(engine, {
    all: flags.boolean('all'),
    ...(limit > 0 ? { limit } : {}),
    filters: parseFilters(flags.list('filter')),
  });
  const options = { trunc: !flags.boolean('no-trunc'), sized };
  const rows = containers.map((container) => containerRow(engine, container, options));
  out(formatRows(wholeFormat(format, quiet, sized), CONTAINER_HEADERS, rows));
  return 0;
}

function wholeFormat(format: string, quiet: boolean, sized: boolean): string {
  if (format === RAW) {
    if (quiet) return 'container_id: {{.ID}}';
    return sized ? `${RAW_FORMAT}size: {{.Size}}\n` : RAW_FORMAT;
  }
  if (quiet) return '{{.ID}}';
  if (format === '' || format === TABLE) return sized ? `${TABLE_FORMAT}\t{{.Size}}` : TABLE_FORMAT;
  return format;
}

/** Executes a template, as it was written, for nothing, to see whether it is one; whether it asks for sizes. */
function tryFormat(format: string): boolean {
  let sized = false;
  const field = (name: string) => () => {
    sized ||= name === 'Size';
    return name === 'Platform' ? null : '';
  };
  const empty = {
    ...Object.fromEntries(Object.keys(CONTAINER_HEADERS).map((name) => [name, field(name)])),
    Label: (_name: Value) => '',
  };
  const failure = (what: string, error: unknown) => {
    if (!(error instanceof TemplateError)) throw error;
    return new CliError(`failed to ${what} template: ${error.message}`);
  };
  let template: Template;
  try {
    template = parse(format);
  } catch (error) {
    throw failure('parse', error);
  }
  try {
    executeTemplate(template, new Methods('*formatter.ContainerContext', empty));
  } catch (error) {
    throw failure('execute', error);
  }
  return sized;
}

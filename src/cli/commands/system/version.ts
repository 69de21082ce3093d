import { serverVersion } from '../../../engine/system/server-version.ts';
import * as version from '../../../engine/system/version.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { Unreachable } from '../../endpoint.ts';
import { executeTemplate, parse, TemplateError } from '../../format/template/index.ts';
import { isStruct, type Value, withType } from '../../format/value.ts';
import { CLIENT_BUILD, CLIENT_VERSION } from '../../version.ts';
import { currentContext } from '../context/store.ts';

type Fields = { readonly [field: string]: Value };

/** Columns of the names of fields. */
const WIDTH = 18;

/** What the client says of itself. */
function clientVersion(context: CommandContext): Fields {
  const fields: Fields = {
    Version: CLIENT_VERSION,
    ApiVersion: version.API_VERSION,
    DefaultAPIVersion: version.API_VERSION,
    GitCommit: CLIENT_BUILD,
    GoVersion: version.GO_VERSION,
    Os: 'linux',
    Arch: 'amd64',
    BuildTime: version.BUILD_TIME,
    Context: currentContext(context),
  };
  return Object.defineProperty({ ...fields }, 'Platform', { value: null, enumerable: false });
}

/**
 * Executes a template of `version` and `info`, which print what there is before an error. Its name stands in messages.
 */
export function printTemplate(
  { out }: CommandContext,
  format: string,
  data: Fields,
  { name, type }: { readonly name: string; readonly type: string },
): number {
  const text = format === 'json' ? '{{json .}}' : format;
  let template: ReturnType<typeof parse>;
  try {
    template = parse(text, name);
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`template parsing error: ${error.message}`, 64);
    throw error;
  }
  try {
    out(`${executeTemplate(template, data, { type, partial: (written) => out(`${written}\n`) })}\n`);
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(error.message);
    throw error;
  }
  return 0;
}

/** What every call of the engine is answered with when nobody is there. */
export function unreachable({ engine }: CommandContext): Unreachable | undefined {
  try {
    return engine.state && undefined;
  } catch (error) {
    if (error instanceof Unreachable) return error;
    throw error;
  }
}

/** `docker version`. */
export function showVersion(context: CommandContext): number {
  const client = clientVersion(context);
  const refusal = unreachable(context);
  const server = refusal ? null : withType(serverVersion() as Fields, '*types.Version');
  const format = context.flags.string('format');
  if (format !== '')
    printTemplate(context, format, { Client: client, Server: server }, { name: 'version', type: 'system.versionInfo' });
  else context.out(`${clientText(client)}${server ? `\n${serverText(server)}` : ''}`);
  if (refusal) throw refusal;
  return 0;
}

function line(indent: number, name: string, value: Value): string {
  return `${' '.repeat(indent)}${`${name}:`.padEnd(WIDTH + 2 - indent)}${String(value)}\n`;
}

function clientText(client: Fields): string {
  return [
    'Client:\n',
    line(1, 'Version', client['Version']),
    line(1, 'API version', client['ApiVersion']),
    line(1, 'Go version', client['GoVersion']),
    line(1, 'Git commit', client['GitCommit']),
    line(1, 'Built', client['BuildTime']),
    line(1, 'OS/Arch', `${client['Os']}/${client['Arch']}`),
    line(1, 'Context', client['Context']),
  ].join('');
}

function serverText(server: Fields): string {
  const components = (server['Components'] as readonly Value[]).filter(isStruct);
  let text = 'Server:\n';
  for (const component of components) {
    const details = component['Details'] as ReadonlyMap<string, string>;
    const detail = (name: string) => details.get(name) ?? '';
    text += ` ${component['Name']}:\n${line(2, 'Version', component['Version'])}`;
    if (component['Name'] !== 'Engine') {
      text += line(2, 'GitCommit', detail('GitCommit'));
      continue;
    }
    text += line(2, 'API version', `${detail('ApiVersion')} (minimum version ${detail('MinAPIVersion')})`);
    text += line(2, 'Go version', detail('GoVersion'));
    text += line(2, 'Git commit', detail('GitCommit'));
    text += line(2, 'Built', detail('BuildTime'));
    text += line(2, 'OS/Arch', `${detail('Os')}/${detail('Arch')}`);
    text += line(2, 'Experimental', detail('Experimental'));
  }
  return text;
}

import { EngineError } from '../../../engine/errors.ts';
import { checkFilters } from '../../../engine/filters.ts';
import { CliError, type CommandContext, type CommandTable } from '../../command.ts';
import { formatRows, TABLE } from '../../format/formatter.ts';
import { parseFilters } from '../../options/filter.ts';
import { goQuote } from '../../quote.ts';
import { readConfig, writeConfig } from '../context/store.ts';
import { failureText, forEachArgument } from '../failures.ts';

const HUB = 'https://index.docker.io/v1/';

/** The registry that an argument means; Docker Hub when there is none. */
function serverOf([argument = '']: readonly string[]): string {
  const host = argument.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return host === '' || host === 'docker.io' || host === 'index.docker.io' ? HUB : host;
}

/** What comes of asking a registry: from the modelled host, none can be reached to log in to. */
function unreachable(server: string): EngineError {
  const address = server === HUB ? 'https://registry-1.docker.io/v2/' : `https://${server}/v2/`;
  const host = new URL(address).host;
  return new EngineError(500, `Get ${goQuote(address)}: dial tcp: lookup ${host}: no such host`);
}

function login({ kernel, flags, args, err }: CommandContext): number {
  const [user, fromInput] = [flags.string('username'), flags.boolean('password-stdin')];
  if (flags.changed('password')) {
    err('WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n');
    if (fromInput) throw new CliError('--password and --password-stdin are mutually exclusive');
  }
  if (fromInput) {
    if (user === '') throw new CliError('the --password-stdin option requires --username to be set');
    kernel.wholeInput();
  } else if (!flags.changed('password') || user === '') {
    if (!kernel.terminal.stdin) throw new CliError('Error: Cannot perform an interactive login from a non TTY device');
  }
  throw unreachable(serverOf(args));
}

function logout({ kernel, args, out }: CommandContext): number {
  const server = serverOf(args);
  out(`Removing login credentials for ${server}\n`);
  const config = readConfig(kernel);
  const { auths } = config;
  if (typeof auths === 'object' && auths !== null && server in auths) {
    const { [server]: _, ...rest } = auths as Record<string, unknown>;
    writeConfig(kernel, { ...config, auths: rest });
  }
  return 0;
}

function search({ flags, args: [term = ''] }: CommandContext): number {
  const limit = flags.number('limit');
  checkFilters(parseFilters(flags.list('filter')), ['is-automated', 'is-official', 'stars']);
  if (limit !== 0 && (limit < 1 || limit > 100))
    throw new EngineError(400, `limit ${limit} is outside the range of [1, 100]`);
  const address = `https://index.docker.io/v1/search?q=${encodeURIComponent(term)}&n=${limit || 25}`;
  throw new EngineError(500, `Get ${goQuote(address)}: dial tcp: lookup index.docker.io: no such host`);
}

const PLUGIN_HEADERS = { ID: 'ID', Name: 'NAME', Description: 'DESCRIPTION', Enabled: 'ENABLED' };
const PLUGIN_TABLE = 'table {{.ID}}\t{{.Name}}\t{{.Description}}\t{{.Enabled}}';

function listPlugins({ flags, out }: CommandContext): number {
  checkFilters(parseFilters(flags.list('filter')), ['capability', 'enabled']);
  const format = flags.string('format');
  const whole = flags.boolean('quiet') ? '{{.ID}}' : format === '' || format === TABLE ? PLUGIN_TABLE : format;
  out(formatRows(whole, PLUGIN_HEADERS, []));
  return 0;
}

const noPlugin = (name: string) => new EngineError(404, `plugin ${goQuote(name)} not found`);

function onPlugin({ args: [name = ''] }: CommandContext): number {
  throw noPlugin(name);
}

function removePlugins(context: CommandContext): Promise<number> {
  return forEachArgument(context, (name) => {
    throw noPlugin(name);
  });
}

function inspectPlugins({ args, out, err }: CommandContext): number {
  out('[]\n');
  for (const name of args) err(`${failureText(noPlugin(name))}\n`);
  return 1;
}

/** Logging in to registries, searching them, and the engine's plugins, of which there are none. */
export const registryCommands: CommandTable = {
  login,
  logout,
  'plugin disable': onPlugin,
  'plugin enable': onPlugin,
  'plugin inspect': inspectPlugins,
  'plugin ls': listPlugins,
  'plugin rm': removePlugins,
  'plugin set': onPlugin,
  search,
};

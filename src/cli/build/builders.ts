import { inventName } from '../../engine/containers/names.ts';
import type { Engine } from '../../engine/engine.ts';
import { formatTime } from '../../engine/time.ts';
import { CliError, type Command, type CommandContext } from '../command.ts';
import { formatRows } from '../format/formatter.ts';
import { Methods } from '../format/value.ts';
import { buildxError } from './failure.ts';

/** A builder that the user made. */
interface Builder {
  readonly name: string;
  readonly driver: string;
  readonly endpoint: string;
  readonly created: number;
}

interface Builders {
  readonly list: readonly Builder[];
  readonly current: string;
}

const KEY = 'builders';
const ENDPOINT = 'unix:///var/run/docker.sock';
const DRIVERS = ['docker-container', 'kubernetes', 'remote'];

function builders({ state }: Engine): Builders {
  return (state.extensions[KEY] as Builders | undefined) ?? { list: [], current: 'default' };
}

function store({ state }: Engine, value: Builders): void {
  state.extensions = { ...state.extensions, [KEY]: value };
}

export function builderNames(engine: Engine): string[] {
  return ['default', ...builders(engine).list.map(({ name }) => name)];
}

const PLATFORMS = 'linux/amd64, linux/amd64/v2, linux/amd64/v3, linux/amd64/v4, linux/386';

/** `docker buildx ls` */
export const list: Command = ({ engine, flags, out }) => {
  const { list: made, current } = builders(engine);
  const format = flags.string('format');
  if (format === 'json') {
    for (const name of [...made.map((one) => one.name), 'default'])
      out(
        `${JSON.stringify({ Current: name === current, Driver: name === 'default' ? 'docker' : 'docker-container', Dynamic: false, LastActivity: formatTime(engine.state.now), Name: name })}\n`,
      );
    return 0;
  }
  const wide = format === 'table' || format.startsWith('table ') || format === '';
  const short = !flags.boolean('no-trunc');
  const platforms = short ? 'linux/amd64 (+4), linux/386' : PLATFORMS;
  const rows = made.flatMap(({ name, driver, endpoint }) => [
    row(wide, { name: wide && name === current ? `${name}*` : name, driver }),
    row(wide, { name: `${name}0`, driver: endpoint, status: 'inactive', node: true }),
  ]);
  rows.push(row(wide, { name: wide && current === 'default' ? 'default*' : 'default', driver: 'docker' }));
  const node = { name: 'default', driver: 'default', status: 'running', buildkit: 'v0.0.0+unknown', platforms };
  rows.push(row(wide, { ...node, node: true }));
  try {
    out(formatRows(format === 'table' || format === '' ? TABLE_FORMAT : format, HEADERS, rows));
  } catch (error) {
    throw error instanceof CliError ? buildxError(error.message) : error;
  }
  return 0;
};

const TABLE_FORMAT = 'table {{.Name}}\t{{.DriverEndpoint}}\t{{.Status}}\t{{.Buildkit}}\t{{.Platforms}}';
const HEADERS = {
  Name: 'NAME/NODE',
  DriverEndpoint: 'DRIVER/ENDPOINT',
  LastActivity: 'LAST ACTIVITY',
  Status: 'STATUS',
  Buildkit: 'BUILDKIT',
  Platforms: 'PLATFORMS',
};

/** A builder, or one of its nodes, which tables show below it. */
function row(
  wide: boolean,
  about: {
    readonly name: string;
    readonly driver: string;
    readonly status?: string;
    readonly buildkit?: string;
    readonly platforms?: string;
    readonly node?: boolean;
  },
): Methods {
  const { name, driver, status = '', buildkit = '', platforms = '', node = false } = about;
  const below = (text: string) => (wide && node ? ` \\_ ${text}` : text);
  return new Methods('*commands.lsContext', {
    Name: () => below(name),
    DriverEndpoint: () => below(driver),
    LastActivity: () => '',
    Status: () => status,
    Buildkit: () => buildkit,
    Platforms: () => platforms,
    Error: () => '',
  });
}

/** `docker buildx inspect` */
export const inspect: Command = ({ engine, args, flags, out }) => {
  const { list: made, current } = builders(engine);
  const wanted = args[0] ?? (flags.string('builder') || current);
  const builder = made.find(({ name }) => name === wanted);
  if (!builder && wanted !== 'default') throw buildxError(`no builder ${JSON.stringify(wanted)} found`);
  const when = `${formatTime(engine.state.now).slice(0, 19).replace('T', ' ')} +0000 UTC`;
  if (builder) {
    const { name, driver, endpoint } = builder;
    out(`Name:          ${name}\nDriver:        ${driver}\nLast Activity: ${when}\n\nNodes:\n`);
    out(`Name:                  ${name}0\nEndpoint:              ${endpoint}\nStatus:                inactive\n`);
    out('BuildKit daemon flags: --allow-insecure-entitlement=network.host\n');
    return 0;
  }
  out(`Name:          default\nDriver:        docker\nLast Activity: ${when}\n\nNodes:\nName:             default\n`);
  out('Endpoint:         default\nStatus:           running\nBuildKit version: v0.0.0+unknown\n');
  out(`Platforms:        ${PLATFORMS}\nLabels:\n org.mobyproject.buildkit.worker.moby.host-gateway-ip: 172.17.0.1\n`);
  const limits = ' Reserved Space: 24.21GiB\n Max Used Space: 188.1GiB\n Min Free Space: 47.5GiB\n';
  out(
    'GC Policy rule#0:\n All:            false\n Filters:        type==source.local,type==exec.cachemount,type==source.git.checkout\n Keep Duration:  48h0m0s\n Max Used Space: 3.346GiB\n',
  );
  out(`GC Policy rule#1:\n All:            false\n Keep Duration:  1440h0m0s\n${limits}`);
  out(`GC Policy rule#2:\n All:            false\n${limits}GC Policy rule#3:\n All:            true\n${limits}`);
  return 0;
};

/** `docker buildx create`: the builder is noted; it never runs, for the model has one BuildKit. */
export const create: Command = ({ engine, args, flags, out }) => {
  const before = builders(engine);
  const driver = flags.string('driver') || 'docker-container';
  if (driver === 'docker') throw buildxError('additional instances of driver "docker" cannot be created');
  if (!DRIVERS.includes(driver)) throw buildxError(`failed to find driver ${JSON.stringify(driver)}`);
  const name = flags.string('name') || inventName(engine);
  if (!/^[a-zA-Z][a-zA-Z0-9._-]*$/.test(name))
    throw buildxError(
      `invalid name ${name}, name needs to start with a letter and may not contain symbols, except ._-`,
    );
  if (name === 'default')
    throw buildxError('default is a reserved name and cannot be used to identify builder instance');
  if (before.list.some((one) => one.name === name) && !flags.boolean('append'))
    throw buildxError(
      `existing instance for ${JSON.stringify(name)} but no append mode, specify the node name to make changes for existing instances`,
    );
  const made: Builder = { name, driver, endpoint: args[0] ?? ENDPOINT, created: engine.state.now };
  const others = before.list.filter((one) => one.name !== name);
  const all = [...others, made].sort((a, b) => (a.name < b.name ? -1 : 1));
  store(engine, { list: all, current: flags.boolean('use') ? name : before.current });
  out(`${name}\n`);
  return 0;
};

/** `docker buildx use` */
export const use: Command = ({ engine, args, flags }) => {
  const name = args[0] ?? flags.string('builder');
  if (name === '')
    throw buildxError(
      'failed to find instance "": invalid name , name needs to start with a letter and may not contain symbols, except ._-',
    );
  if (!builderNames(engine).includes(name))
    throw buildxError(
      `failed to find instance ${JSON.stringify(name)}: open /root/.docker/buildx/instances/${name}: no such file or directory`,
    );
  store(engine, { ...builders(engine), current: name });
  return 0;
};

/** `docker buildx rm` */
export const remove: Command = ({ engine, args, flags, err }) => {
  const names = flags.boolean('all-inactive')
    ? builders(engine).list.map(({ name }) => name)
    : args.length > 0
      ? args
      : [flags.string('builder')];
  let failed = false;
  for (const name of names) {
    const { list: made, current } = builders(engine);
    if (name === 'default' || name === '') {
      err(
        `failed to remove ${name}: context builder cannot be removed, run \`docker context rm default\` to remove this context\n`,
      );
      failed = true;
    } else if (!made.some((one) => one.name === name)) {
      err(`failed to remove ${name}: no builder ${JSON.stringify(name)} found\n`);
      failed = true;
    } else {
      store(engine, { list: made.filter((one) => one.name !== name), current: current === name ? 'default' : current });
      err(`${name} removed\n`);
    }
  }
  if (failed) throw buildxError('failed to remove one or more builders');
  return 0;
};

/** `docker buildx stop` */
export const stop: Command = ({ engine, args, flags }: CommandContext) => {
  const name = args[0] ?? (flags.string('builder') || builders(engine).current);
  if (!builderNames(engine).includes(name)) throw buildxError(`no builder ${JSON.stringify(name)} found`);
  return 0;
};

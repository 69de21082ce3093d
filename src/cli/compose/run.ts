import { parseDotenv } from '../../compose/dotenv.ts';
import { parsePort } from '../../compose/port.ts';
import type { Project, Service } from '../../compose/project/project.ts';
import { withSelectedServices, withServicesDisabled } from '../../compose/project/select.ts';
import { shellWords } from '../../compose/project/words.ts';
import { parseVolume } from '../../compose/volume.ts';
import type { Container } from '../../engine/containers/container.ts';
import { startContainer } from '../../engine/containers/start.ts';
import { randomHex } from '../../engine/random.ts';
import { CliError } from '../command.ts';
import { ContainerEnd } from '../commands/container/run.ts';
import { converse, OutputStream } from '../commands/container/streams.ts';
import { type Compose, composeCommand } from './compose.ts';
import { serviceOf } from './concurrency.ts';
import { projectContainers } from './containers.ts';
import { Convergence, CREATE_DEFAULTS, create, createFor } from './convergence.ts';
import { composeFiles } from './files.ts';
import { ensureImages } from './images.ts';
import * as label from './labels.ts';
import { customLabels } from './request.ts';
import { injectFiles, startServices, waitDependencies } from './start.ts';
import { applyCreateFlags } from './up-options.ts';

/** `docker compose run`. */
export const run = composeCommand(async (compose) => {
  const { flags, args, out } = compose.context;
  const [name = '', ...command] = args;
  if (flags.list('publish').length > 0 && flags.boolean('service-ports'))
    throw new CliError('--service-ports and --publish are incompatible');
  const entrypoint = flags.changed('entrypoint') ? shellWords(flags.string('entrypoint')) : undefined;
  let project = compose.project([name]);
  if (flags.boolean('no-deps')) project = withSelectedServices(project, [name], 'ignore');
  project = withService(project, withRunFlags(compose, serviceOf(project, name)));
  project = applyCreateFlags(project, flags, []);
  const labels = Object.fromEntries(
    flags.list('label').map((one) => {
      const equals = one.indexOf('=');
      if (equals < 0) throw new CliError('label must be set as KEY=VALUE');
      return [one.slice(0, equals), one.slice(equals + 1)];
    }),
  );
  const variables = environment(compose, project);
  await startDependencies(compose, project, name);
  const service: Service = {
    ...overridden(compose, serviceOf(project, name), command, entrypoint),
    labels: { ...serviceOf(project, name).labels, ...labels },
    environment: { ...serviceOf(project, name).environment, ...variables },
  };
  const container = await createOneOff(compose, project, service);
  if (flags.boolean('detach')) {
    await startContainer(compose.engine, container.id);
    out(`${container.id}\n`);
    return 0;
  }
  if (compose.dryRun) throw new CliError('interactive run is not supported in dry-run mode');
  return attachTo(compose, container);
});

function withService(project: Project, service: Service): Project {
  return { ...project, services: { ...project.services, [service.name]: service } };
}

function withRunFlags({ context: { flags } }: Compose, service: Service): Service {
  const volumes = flags.list('volume').map((volume) => parseVolume(volume));
  return {
    ...service,
    tty: false,
    stdin_open: flags.boolean('interactive'),
    ...(flags.boolean('service-ports') ? {} : { ports: flags.list('publish').flatMap((port) => parsePort(port)) }),
    ...(volumes.length > 0 ? { volumes: [...(service.volumes ?? []), ...volumes] } : {}),
  };
}

/** `-e` and `--env-from-file`; a name alone takes the value that it has here. */
function environment(compose: Compose, project: Project): Record<string, string> {
  const { flags, kernel } = compose.context;
  const result: Record<string, string> = {};
  for (const one of flags.list('env')) {
    const equals = one.indexOf('=');
    const name = equals < 0 ? one : one.slice(0, equals);
    const value = equals < 0 ? project.environment.get(name) : one.slice(equals + 1);
    if (value !== undefined) result[name] = value;
  }
  for (const file of flags.list('env-from-file')) {
    const path = file.startsWith('/') ? file : `${compose.cwd}/${file}`;
    const text = composeFiles(kernel).read(path);
    if (text === undefined) throw new CliError(`open ${file}: no such file or directory`);
    const found = new Map<string, string>();
    parseDotenv(text, found, (name) => result[name]);
    for (const [name, value] of found) result[name] ??= value;
  }
  return result;
}

async function startDependencies(compose: Compose, given: Project, name: string): Promise<void> {
  const { flags } = compose.context;
  const project = withServicesDisabled(given, [name]);
  const build = { services: [], dependencies: false, quiet: flags.boolean('quiet-build') };
  await create(compose, project, {
    ...CREATE_DEFAULTS,
    build,
    removeOrphans: flags.boolean('remove-orphans'),
    ignoreOrphans: /^(?:1|t|true|y|yes|on)$/i.test(given.environment.get('COMPOSE_IGNORE_ORPHANS') ?? ''),
    quietPull: flags.boolean('quiet-pull'),
  });
  if (Object.keys(project.services).length > 0) await startServices(compose, project);
}

function overridden(
  { context: { flags } }: Compose,
  service: Service,
  command: readonly string[],
  entrypoint: readonly string[] | undefined,
): Service {
  const add = flags.list('cap-add');
  const drop = flags.list('cap-drop');
  const without = (list: readonly string[] = [], other: readonly string[]) =>
    list.filter((one) => !other.includes(one));
  const { restart: _restart, container_name: _name, ...rest } = service;
  return {
    ...rest,
    scale: 1,
    ...(rest.deploy === undefined ? {} : { deploy: { resources: rest.deploy.resources } }),
    ...(flags.string('name') === '' ? {} : { container_name: flags.string('name') }),
    ...(command.length > 0 ? { command } : {}),
    ...(entrypoint === undefined ? {} : { entrypoint, ...(command.length > 0 ? {} : { command: [] }) }),
    ...(flags.string('user') === '' ? {} : { user: flags.string('user') }),
    ...(flags.string('workdir') === '' ? {} : { working_dir: flags.string('workdir') }),
    ...(add.length + drop.length > 0
      ? {
          cap_add: [...without(service.cap_add, drop), ...add],
          cap_drop: [...without(service.cap_drop, add), ...drop],
        }
      : {}),
  };
}

async function createOneOff(compose: Compose, project: Project, given: Service): Promise<Container> {
  const { flags } = compose.context;
  const slug = randomHex(compose.engine.state, 64);
  const named = given.container_name || `${project.name}-${given.name}-run-${slug.slice(0, 12)}`;
  await ensureImages(compose, project, {
    build: { services: [given.name], dependencies: false, quiet: flags.boolean('quiet-build') },
    quietPull: flags.boolean('quiet-pull'),
  });
  const observed = projectContainers(compose.engine, project.name, 'include', true);
  if (!flags.boolean('no-deps')) await waitDependencies(compose, project, given.name, given.depends_on ?? {}, observed);
  const convergence = new Convergence(compose, project, CREATE_DEFAULTS, observed);
  const service = convergence.resolve({ ...given, container_name: named });
  const container = await createFor(compose, project, service, {
    ...{ name: named, number: 0, networkAliases: flags.boolean('use-aliases') },
    autoRemove: flags.boolean('rm'),
    attachStdin: flags.boolean('interactive'),
    labels: {
      ...service.labels,
      ...customLabels(compose, project, service),
      [label.SLUG]: slug,
      [label.ONE_OFF]: 'True',
    },
  });
  injectFiles(compose, project, service, container.id);
  return container;
}

async function attachTo(compose: Compose, { id, config }: Container): Promise<number> {
  const { context, engine } = compose;
  const silent = context.flags.boolean('quiet');
  const output = new OutputStream(context, `container ${id}`, { stdout: !silent, stderr: true });
  const end = new ContainerEnd(engine, id, context.flags.boolean('rm'));
  try {
    await startContainer(engine, id);
    const pid = engine.state.containers.get(id)?.state.pid;
    await converse(context, output, {
      ended: () => end.reached,
      ...(config.OpenStdin ? { inputTo: () => pid } : {}),
    });
    // The plugin prints the message of its error, which is empty.
    if (end.exitCode) context.err('\n');
    return end.exitCode ?? 0;
  } finally {
    end.close();
    output.close();
  }
}

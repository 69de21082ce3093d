import type { Project } from '../../compose/project/project.ts';
import { mapServices, withSelectedServices, withServicesEnabled } from '../../compose/project/select.ts';
import type { Container } from '../../engine/containers/container.ts';
import { pauseContainer, unpauseContainer } from '../../engine/containers/pause.ts';
import { killContainer } from '../../engine/containers/stop.ts';
import { EngineError } from '../../engine/errors.ts';
import { CliError } from '../command.ts';
import { type Compose, composeCommand } from './compose.ts';
import { asked, inOrder, together } from './concurrency.ts';
import { projectContainers, serviceLabel } from './containers.ts';
import { projectFromContainers, projectFromResources } from './existing.ts';
import { confirm } from './prompt.ts';
import { removeAll } from './remove.ts';
import { startServices, waitDependencies } from './start.ts';
import { restartOne, stopServices } from './stop.ts';

function timeoutOf({ context: { flags } }: Compose): number | undefined {
  return flags.changed('timeout') ? flags.number('timeout') : undefined;
}

/** The project, or what its resources tell of it. */
function known(compose: Compose, project: Project | undefined, name: string): Project {
  return (
    project ?? projectFromResources(compose.engine, name, projectContainers(compose.engine, name, 'exclude', true))
  );
}

/** `docker compose start`. */
export const start = composeCommand(async (compose) => {
  const { args } = compose.context;
  const { project, name } = compose.projectOrName(args);
  const found = projectContainers(compose.engine, name, 'exclude', true);
  if (!project && found.length === 0)
    throw new CliError(`no container found for project ${JSON.stringify(name)}: not found`);
  await startServices(compose, project ?? projectFromContainers(name, found, args));
  return 0;
});

/** `docker compose stop`. */
export const stop = composeCommand(async (compose) => {
  const { args } = compose.context;
  const { project, name } = compose.projectOrName(args);
  await stopServices(compose, known(compose, project, name), args, timeoutOf(compose));
  return 0;
});

/** `docker compose restart`. */
export const restart = composeCommand(async (compose) => {
  const { args, flags } = compose.context;
  const { project: given, name } = compose.projectOrName([]);
  const project = given && args.length > 0 ? withServicesEnabled(given, args) : given;
  await restartServices(compose, known(compose, project, name), args, {
    ...(timeoutOf(compose) === undefined ? {} : { timeout: timeoutOf(compose)! }),
    noDependents: flags.boolean('no-deps'),
  });
  return 0;
});

/** Restarts services, and those that want it when what they depend on is restarted. */
export async function restartServices(
  compose: Compose,
  given: Project,
  services: readonly string[],
  { timeout, noDependents = false }: { readonly timeout?: number; readonly noDependents?: boolean } = {},
): Promise<void> {
  const containers = projectContainers(compose.engine, given.name, 'exclude', true);
  let project = noDependents ? withSelectedServices(given, services, 'ignore') : given;
  project = mapServices(project, (service) => ({
    ...service,
    depends_on: Object.fromEntries(
      Object.entries(service.depends_on ?? {}).filter(([, { restart: wanted }]) => wanted === true),
    ),
  }));
  if (services.length > 0) project = withSelectedServices(project, services, 'dependents');
  await inOrder(project, 'up', async (name) => {
    const service = project.services[name]!;
    await waitDependencies(compose, project, name, service.depends_on ?? {}, containers);
    const own = containers.filter((container) => serviceLabel(container) === name);
    await together(own.map((container) => () => restartOne(compose, service, container, timeout)));
  });
}

/** `docker compose kill`. */
export const kill = composeCommand(async (compose) => {
  const { args, flags } = compose.context;
  const { project: given, name } = compose.projectOrName(args);
  let containers = projectContainers(compose.engine, name, 'include', false, args);
  const project = known(compose, given, name);
  if (!flags.boolean('remove-orphans'))
    containers = containers.filter((container) => serviceLabel(container) in project.services);
  if (containers.length === 0) {
    compose.context.err('no container to kill');
    return 0;
  }
  const { engine, progress } = compose;
  await together(
    containers.map(({ id, name: own }) => async () => {
      progress.event(`Container ${own}`, 'Killing');
      try {
        if (!compose.dryRun) await killContainer(engine, id, flags.string('signal'));
      } catch (error) {
        if (error instanceof EngineError) progress.event(`Container ${own}`, 'Error while Killing');
        throw error;
      }
      progress.event(`Container ${own}`, 'Killed');
    }),
  );
  return 0;
});

function pausing(operate: (compose: Compose, container: Container) => void, text: string) {
  return composeCommand(async (compose) => {
    const { args } = compose.context;
    const { project, name } = compose.projectOrName(args);
    const containers = projectContainers(compose.engine, name, 'exclude', false, args).filter(
      (container) => !project || serviceLabel(container) in project.services,
    );
    let refused = false;
    await together(
      containers.map((container) => async () => {
        try {
          operate(compose, container);
        } catch (error) {
          refused = true;
          throw error;
        }
        // A refusal comes at once, and nobody waits for the others any more.
        await asked();
        if (!refused) compose.progress.event(`Container ${container.name}`, text);
      }),
    );
    return 0;
  });
}

/** `docker compose pause`. */
export const pause = pausing(({ engine }, { id }) => pauseContainer(engine, id), 'Paused');
/** `docker compose unpause`. */
export const unpause = pausing(({ engine }, { id }) => unpauseContainer(engine, id), 'Unpaused');

/** `docker compose rm`. */
export const rm = composeCommand(async (compose) => {
  const { args, flags, out, err } = compose.context;
  const { project, name } = compose.projectOrName(args);
  if (flags.boolean('stop')) await stopServices(compose, known(compose, project, name), args);
  const stopped = projectContainers(compose.engine, name, 'exclude', true, args).filter(
    (container) =>
      (!project || serviceLabel(container) in project.services) &&
      (!['running', 'paused', 'restarting'].includes(container.state.status) ||
        (compose.dryRun && flags.boolean('stop'))),
  );
  if (stopped.length === 0) {
    err('No stopped containers\n');
    return 0;
  }
  const question = `Going to remove ${stopped.map((container) => container.name).join(', ')}`;
  if (flags.boolean('force')) out(`${question}\n`);
  else if (!confirm(compose, question)) return 0;
  const force = flags.boolean('force') || compose.dryRun;
  await removeAll(compose, stopped, { force, volumes: flags.boolean('volumes') });
  return 0;
});

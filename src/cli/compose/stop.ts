import type { Hook, Project, Service } from '../../compose/project/project.ts';
import type { Container } from '../../engine/containers/container.ts';
import { restartContainer, stopContainer } from '../../engine/containers/stop.ts';
import { EngineError, Interrupted } from '../../engine/errors.ts';
import type { Compose } from './compose.ts';
import { inOrder, together } from './concurrency.ts';
import { isOneOff, projectContainers, serviceLabel } from './containers.ts';
import { runHook } from './hooks.ts';

export type LogLine = (source: string, line: string) => void;

/** Stops a container; tells of it. */
export async function stopOne(
  compose: Compose,
  service: Service | undefined,
  container: Container,
  timeout: number | undefined,
  log?: LogLine,
): Promise<void> {
  const { engine, progress } = compose;
  const event = `Container ${container.name}`;
  progress.event(event, 'Stopping');
  await hooks(compose, service?.pre_stop, container, service, log);
  try {
    if (!compose.dryRun) await stopContainer(engine, container.id, timeout === undefined ? {} : { timeout });
  } catch (error) {
    if (error instanceof EngineError || error instanceof Interrupted) progress.event(event, 'Error while Stopping');
    throw error;
  }
  progress.event(event, 'Stopped');
}

async function hooks(
  compose: Compose,
  list: readonly Hook[] | undefined,
  container: Container,
  service: Service | undefined,
  log?: LogLine,
): Promise<void> {
  for (const hook of list ?? []) {
    try {
      await runHook(compose, container, service!, hook, log);
    } catch (error) {
      if (error instanceof EngineError && (error.status === 404 || error.status === 409)) return;
      throw error;
    }
  }
}

/** Stops containers of services, those first that depend on others (docker/compose, stop). */
export async function stopServices(
  compose: Compose,
  project: Project,
  services: readonly string[],
  timeout?: number,
  log?: LogLine,
): Promise<void> {
  const containers = projectContainers(compose.engine, project.name, 'exclude', true);
  const wanted = services.length === 0 ? Object.keys(project.services) : services;
  await inOrder(project, 'down', async (name) => {
    if (!wanted.includes(name)) return;
    const own = containers.filter((container) => serviceLabel(container) === name && !isOneOff(container));
    await together(own.map((container) => () => stopOne(compose, project.services[name], container, timeout, log)));
  });
}

/** Restarts a container; tells of it. */
export async function restartOne(
  compose: Compose,
  service: Service | undefined,
  container: Container,
  timeout: number | undefined,
): Promise<void> {
  const event = `Container ${container.name}`;
  for (const hook of service?.pre_stop ?? []) await runHook(compose, container, service!, hook);
  compose.progress.event(event, 'Restarting');
  if (!compose.dryRun) await restartContainer(compose.engine, container.id, timeout === undefined ? {} : { timeout });
  compose.progress.event(event, 'Started');
  for (const hook of service?.post_start ?? []) await runHook(compose, container, service!, hook);
}

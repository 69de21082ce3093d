import type { Service } from '../../compose/project/project.ts';
import type { Container } from '../../engine/containers/container.ts';
import { removeContainer } from '../../engine/containers/remove.ts';
import { EngineError } from '../../engine/errors.ts';
import type { Compose } from './compose.ts';
import { together } from './concurrency.ts';
import { stopOne } from './stop.ts';

/** Removes containers; tells of it. */
export async function removeAll(
  { engine, progress }: Compose,
  containers: readonly Container[],
  options: { readonly force?: boolean; readonly volumes?: boolean },
): Promise<void> {
  await together(
    containers.map(({ id, name }) => async () => {
      progress.event(`Container ${name}`, 'Removing');
      await removeContainer(engine, id, options);
      progress.event(`Container ${name}`, 'Removed');
    }),
  );
}

/** Stops containers and removes them (docker/compose, removeContainers). */
export async function stopAndRemove(
  compose: Compose,
  containers: readonly Container[],
  service: Service | undefined,
  timeout: number | undefined,
  volumes: boolean,
): Promise<void> {
  await together(containers.map((container) => () => stopAndRemoveOne(compose, container, service, timeout, volumes)));
}

export async function stopAndRemoveOne(
  compose: Compose,
  container: Container,
  service: Service | undefined,
  timeout: number | undefined,
  volumes: boolean,
): Promise<void> {
  const { engine, progress } = compose;
  const event = `Container ${container.name}`;
  try {
    await stopOne(compose, service, container, timeout);
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 404) throw error;
    progress.event(event, 'Removed');
    return;
  }
  progress.event(event, 'Removing');
  try {
    await removeContainer(engine, container.id, { force: true, volumes });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (error.status !== 404 && error.status !== 409) {
      progress.event(event, 'Error while Removing');
      throw error;
    }
  }
  progress.event(event, 'Removed');
}

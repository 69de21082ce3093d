import type { Project } from '../../compose/project/project.ts';
import type { Container } from '../../engine/containers/container.ts';
import { listContainers } from '../../engine/containers/list.ts';
import type { Engine } from '../../engine/engine.ts';
import { CliError } from '../command.ts';
import { CONFIG_HASH, NUMBER, ONE_OFF, PROJECT, SERVICE } from './labels.ts';

export type OneOff = 'include' | 'exclude' | 'only';

/** Containers of a project, the newest first (docker/compose, getContainers). */
export function projectContainers(
  engine: Engine,
  project: string,
  oneOff: OneOff,
  all: boolean,
  services: readonly string[] = [],
): Container[] {
  const label = [`${PROJECT}=${project}`, CONFIG_HASH];
  if (oneOff !== 'include') label.push(`${ONE_OFF}=${oneOff === 'only' ? 'True' : 'False'}`);
  const found = listContainers(engine, { all, filters: { label } });
  return found.filter((container) => services.length === 0 || services.includes(serviceLabel(container)));
}

export const serviceLabel = ({ config }: Container) => config.Labels[SERVICE] ?? '';
export const isOneOff = ({ config }: Container) => config.Labels[ONE_OFF] === 'True';
export const numberOf = ({ config }: Container) => Number(config.Labels[NUMBER] ?? 0);

/** A container by a service and its number. Throws `service "x" is not running`. */
export function specifiedContainer(
  engine: Engine,
  project: string,
  oneOff: OneOff,
  all: boolean,
  service: string,
  index: number,
): Container {
  const found = projectContainers(engine, project, oneOff, all, [service]).filter(
    (container) => index <= 0 || numberOf(container) === index,
  );
  if (found.length === 0)
    throw new CliError(`service ${JSON.stringify(service)} is not running${index > 0 ? ` container #${index}` : ''}`);
  return found.sort((a, b) => Number(isOneOff(a)) - Number(isOneOff(b)) || numberOf(a) - numberOf(b))[0]!;
}

/** Name of a container in logs: without the project, unless it has a name of its own. */
export function shortName(container: Container): string {
  const project = container.config.Labels[PROJECT] ?? '';
  const standard = `${project}-${serviceLabel(container)}-${container.config.Labels[NUMBER] ?? ''}`;
  return container.name === standard ? container.name.slice(project.length + 1) : container.name;
}

/** Whether a container belongs to no service of the project any more, or ran once and has ended. */
export function isOrphan(project: Project): (container: Container) => boolean {
  return (container) => {
    if (isOneOff(container)) return ['exited', 'dead'].includes(container.state.status);
    const service = serviceLabel(container);
    return !(service in project.services) && !(service in project.disabled);
  };
}

export const byName = (a: Container, b: Container) => (a.name < b.name ? -1 : 1);

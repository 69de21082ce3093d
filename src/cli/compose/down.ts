import type { Project } from '../../compose/project/project.ts';
import { imageOf } from '../../compose/project/project.ts';
import { EngineError } from '../../engine/errors.ts';
import { findImage, referencesOf } from '../../engine/images/find.ts';
import { removeImage } from '../../engine/images/manage.ts';
import { familiarName, parseNormalized } from '../../engine/images/reference.ts';
import { CliError } from '../command.ts';
import { type Compose, composeCommand } from './compose.ts';
import { asked, inOrder, serviceOf, together } from './concurrency.ts';
import { isOrphan, projectContainers, serviceLabel } from './containers.ts';
import { askProvider } from './convergence.ts';
import { projectFromResources } from './existing.ts';
import * as label from './labels.ts';
import { dropNetwork, networksInUse } from './networks.ts';
import { stopAndRemove } from './remove.ts';
import { localImage } from './request.ts';
import { dropVolume } from './volumes.ts';

export interface DownOptions {
  readonly project: Project | undefined;
  readonly services: readonly string[];
  readonly removeOrphans: boolean;
  readonly timeout?: number;
  /** `local`, `all` or nothing. */
  readonly images: string;
  readonly volumes: boolean;
}

/** `docker compose down`. */
export const down = composeCommand(async (compose) => {
  const { flags, args } = compose.context;
  const images = flags.string('rmi');
  if (images !== '' && images !== 'all' && images !== 'local')
    throw new CliError(`invalid value for --rmi: ${JSON.stringify(images)}`);
  const { project, name } = compose.projectOrName(args);
  await tearDown(compose, name, {
    ...{ project, services: args, images },
    removeOrphans: flags.changed('remove-orphans')
      ? flags.boolean('remove-orphans')
      : /^(?:1|t|true|y|yes|on)$/i.test(compose.variable('COMPOSE_REMOVE_ORPHANS') ?? ''),
    ...(flags.changed('timeout') ? { timeout: flags.number('timeout') } : {}),
    volumes: flags.boolean('volumes'),
  });
  return 0;
});

/** Stops and removes what belongs to a project (docker/compose, down). */
export async function tearDown(compose: Compose, name: string, options: DownOptions): Promise<void> {
  const { engine } = compose;
  const inUse = networksInUse(engine);
  const containers = projectContainers(engine, name, options.removeOrphans ? 'include' : 'exclude', true);
  const project = options.project ?? projectFromResources(engine, name, containers);
  const services = options.services.filter((service) => {
    if (!options.project) return service in project.services;
    serviceOf(project, service);
    return true;
  });
  if (options.services.length > 0 && services.length === 0) return;
  const wanted = services.length === 0 ? undefined : withDependents(project, services);
  await inOrder(project, 'down', async (service) => {
    if (wanted && !wanted.has(service)) return;
    const known = project.services[service];
    if (known) askProvider(known);
    const own = containers.filter((container) => serviceLabel(container) === service);
    await stopAndRemove(compose, own, project.services[service], options.timeout, options.volumes);
  });
  const orphans = containers.filter(isOrphan(project));
  if (options.removeOrphans && orphans.length > 0)
    await stopAndRemove(compose, orphans, undefined, options.timeout, false);
  const tasks: (() => Promise<void>)[] = [];
  if (options.volumes)
    for (const { name: volume, external } of Object.values(project.volumes))
      if (!external) tasks.push(() => dropVolume(compose, volume));
  if (options.images !== '')
    for (const image of imagesToRemove(compose, project, options)) tasks.push(() => dropImage(compose, image));
  for (const [key, { name: network, external }] of Object.entries(project.networks))
    if (!external) tasks.push(() => dropNetwork(compose, project.name, key, network, inUse));
  if (containers.length === 0 && tasks.length === 0)
    compose.warn(`Warning: No resource found to remove for project ${JSON.stringify(name)}.`);
  await together(tasks);
}

function withDependents(project: Project, services: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    for (const [other, service] of Object.entries(project.services))
      if (service.depends_on && name in service.depends_on) visit(other);
  };
  for (const name of services) visit(name);
  return found;
}

function imagesToRemove({ engine }: Compose, project: Project, options: DownOptions): string[] {
  const found: string[] = [];
  const services = Object.values(project.services);
  if (options.images === 'all')
    for (const { image } of services) if (image && localImage(engine, image) !== undefined) found.push(image);
  for (const image of engine.state.images.values()) {
    const labels = image.config.Labels ?? {};
    if (labels[label.PROJECT] !== project.name) continue;
    const [tag] = referencesOf(engine, image.id).tags;
    if (tag !== undefined && (options.removeOrphans || (labels[label.SERVICE] ?? '') in project.services))
      found.push(tag);
  }
  for (const service of services) {
    const reference = imageOf(service, project.name);
    if (!service.image && localImage(engine, reference) !== undefined) found.push(reference);
  }
  return [...new Set(found.map(withTag))].sort();
}

function withTag(text: string): string {
  try {
    const reference = parseNormalized(text);
    const name = familiarName(reference);
    return reference.digest === undefined ? `${name}:${reference.tag ?? 'latest'}` : text;
  } catch {
    return text;
  }
}

async function dropImage({ engine, progress }: Compose, image: string): Promise<void> {
  const event = `Image ${image}`;
  progress.event(event, 'Removing');
  await asked();
  try {
    findImage(engine, image);
    removeImage(engine, image);
    progress.event(event, 'Removed');
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (error.status === 409) progress.event(event, 'Resource is still in use');
    else if (error.status === 404) progress.event(event, 'Warning: No resource found to remove');
    else throw error;
  }
}

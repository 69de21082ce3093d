import { encodeJson } from '../../compose/json.ts';
import { marshalStruct } from '../../compose/project/marshal.ts';
import type { Project, VolumeConfig } from '../../compose/project/project.ts';
import { VOLUME as VOLUME_SHAPE } from '../../compose/project/shape.ts';
import { encode } from '../../engine/bytes.ts';
import { sha256Hex } from '../../engine/digest.ts';
import { EngineError } from '../../engine/errors.ts';
import { createVolume, removeVolume } from '../../engine/volumes/manage.ts';
import { CliError } from '../command.ts';
import type { Compose } from './compose.ts';
import { asked } from './concurrency.ts';
import { projectContainers } from './containers.ts';
import * as label from './labels.ts';
import { confirm } from './prompt.ts';
import { removeAll } from './remove.ts';
import { stopServices } from './stop.ts';

/** Names of a project's volumes by their key; those that are missing are created (docker/compose, ensureProjectVolumes). */
export async function ensureVolumes(
  compose: Compose,
  project: Project,
  assumeYes: boolean,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const [key, volume] of Object.entries(project.volumes))
    names.set(key, await ensureVolume(compose, project, key, volume, assumeYes));
  return names;
}

function hashOf(volume: VolumeConfig): string {
  const full = { ...volume, driver: volume.driver || 'local' };
  return sha256Hex(encode(encodeJson(marshalStruct(VOLUME_SHAPE, full, 'json'))));
}

async function ensureVolume(
  compose: Compose,
  project: Project,
  key: string,
  volume: VolumeConfig,
  assumeYes: boolean,
): Promise<string> {
  const { name } = volume;
  const existing = compose.engine.state.volumes.get(name);
  if (!existing) {
    if (volume.external) throw new CliError(`external volume ${JSON.stringify(name)} not found`);
    create(compose, project, key, volume);
    return name;
  }
  if (volume.external) return name;
  const owner = existing.labels?.[label.PROJECT];
  const advice = 'Use `external: true` to use an existing volume';
  if (owner === undefined)
    compose.warn(`volume ${JSON.stringify(name)} already exists but was not created by Docker Compose. ${advice}`);
  else if (owner !== project.name)
    compose.warn(
      `volume ${JSON.stringify(name)} already exists but was created for project ${JSON.stringify(owner)} (expected ${JSON.stringify(project.name)}). ${advice}`,
    );
  const before = existing.labels?.[label.CONFIG_HASH];
  if (before === undefined || before === hashOf(volume)) return name;
  const question = `Volume ${JSON.stringify(name)} exists but doesn't match configuration in compose file. Recreate (data will be lost)?`;
  if (assumeYes || confirm(compose, question)) {
    const services = Object.values(project.services)
      .filter(({ volumes }) => volumes?.some(({ source }) => source === key))
      .map((service) => service.name);
    await stopServices(compose, project, services);
    await removeAll(compose, projectContainers(compose.engine, project.name, 'exclude', true, services), {});
    removeVolume(compose.engine, name, true);
    create(compose, project, key, volume);
  }
  return name;
}

function create({ engine, progress }: Compose, project: Project, key: string, volume: VolumeConfig): void {
  const event = `Volume ${volume.name}`;
  progress.event(event, 'Creating');
  try {
    createVolume(engine, {
      name: volume.name,
      ...(volume.driver ? { driver: volume.driver } : {}),
      ...(volume.driver_opts ? { options: volume.driver_opts } : {}),
      labels: {
        ...volume.labels,
        [label.CONFIG_HASH]: hashOf(volume),
        [label.PROJECT]: project.name,
        [label.VERSION]: label.COMPOSE_VERSION,
        [label.VOLUME]: key,
      },
    });
  } catch (error) {
    if (error instanceof EngineError) progress.event(event, 'Error');
    throw error;
  }
  progress.event(event, 'Created');
}

/** Removes a project's volume unless it is in use (docker/compose, removeVolume). */
export async function dropVolume({ engine, progress }: Compose, name: string): Promise<void> {
  if (!engine.state.volumes.has(name)) return;
  const event = `Volume ${name}`;
  progress.event(event, 'Removing');
  await asked();
  try {
    removeVolume(engine, name, true);
    progress.event(event, 'Removed');
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 409) throw error;
    progress.event(event, 'Resource is still in use');
  }
}

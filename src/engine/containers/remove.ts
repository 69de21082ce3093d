import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { removeVolume } from '../volumes/manage.ts';
import type { Container } from './container.ts';
import { containerEvent } from './event.ts';
import { findContainer } from './find.ts';
import { killContainer } from './stop.ts';
import { dropTrees } from './volumes.ts';

export interface RemoveOptions {
  readonly force?: boolean;
  readonly volumes?: boolean;
  readonly link?: boolean;
}

/** Removes a container with its writable layer; with `volumes` its anonymous volumes, too. Throws 409 when it runs. */
export async function removeContainer(engine: Engine, ref: string, options: RemoveOptions = {}): Promise<void> {
  if (options.link) return removeLink(engine, ref);
  const container = findContainer(engine, ref);
  const refuse = (message: string): never => {
    throw new EngineError(409, `cannot remove container "${container.name}": ${message}`);
  };
  const { status } = container.state;
  if (status === 'running' || status === 'paused' || status === 'restarting') {
    if (!options.force) {
      if (status === 'paused') refuse('container is paused and must be unpaused first');
      refuse(`container is ${status}: stop the container before removing or force remove`);
    }
    await killContainer(engine, container.id, 'KILL');
  }
  // With `--rm` its end has removed it already.
  const left = engine.state.containers.get(container.id);
  if (left) dropContainer(engine, left, options.volumes ?? false);
}

/** Takes away the name that a link gives to another container: `docker rm --link parent/alias`. */
function removeLink(engine: Engine, ref: string): void {
  const path = ref.replace(/^\//, '');
  const at = path.lastIndexOf('/');
  if (at < 0) throw new EngineError(409, 'Conflict, cannot remove the default link name of the container');
  const alias = path.slice(at + 1);
  const id = engine.state.containerNames.get(path.slice(0, at));
  const parent = id === undefined ? undefined : engine.state.containers.get(id);
  if (!parent) throw new EngineError(500, `Cannot get parent /${path.slice(0, at)} for name /${path}`);
  const links = (parent.hostConfig.Links ?? []).filter((link) => (link.split(':')[1] ?? link) !== alias);
  engine.updateContainer(parent.id, { hostConfig: { ...parent.hostConfig, Links: links.length > 0 ? links : null } });
}

/** Takes a container that does not run out of the engine's books. */
export function dropContainer(engine: Engine, container: Container, volumes: boolean): void {
  const { id, name, mounts } = container;
  const { state } = engine;
  state.containers.delete(id);
  state.containerNames.delete(name);
  state.hostnames.delete(id);
  for (const exec of [...state.execs.values()]) if (exec.container === id) state.execs.delete(exec.id);
  for (const kind of ['health', 'restart', 'stop']) state.alarms.delete(`${kind} ${id}`);
  dropTrees(engine, id);
  containerEvent(engine, container, 'destroy');
  if (!volumes) return;
  for (const { Name } of mounts) {
    if (Name === undefined || !state.volumes.get(Name)?.anonymous) continue;
    try {
      removeVolume(engine, Name);
    } catch (error) {
      // Another container still uses it.
      if (!(error instanceof EngineError)) throw error;
    }
  }
}

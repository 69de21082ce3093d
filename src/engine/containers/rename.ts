import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { isContainerName } from '../names.ts';
import { containerEvent } from './event.ts';
import { findContainer } from './find.ts';

/** Gives a container another name. Throws 400 for a bad one, 409 for one that is taken. */
export function renameContainer(engine: Engine, ref: string, name: string): void {
  const container = findContainer(engine, ref);
  const { containerNames } = engine.state;
  const wanted = name.replace(/^\//, '');
  if (wanted === container.name)
    throw new EngineError(400, 'Renaming a container with the same name as its current name');
  const refuse = (status: 400 | 409, message: string): never => {
    throw new EngineError(status, `Error when allocating new name: ${message}`);
  };
  if (!isContainerName(wanted))
    refuse(400, `Invalid container name (/${wanted}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  const holder = containerNames.get(wanted);
  if (holder !== undefined)
    refuse(
      409,
      `Conflict. The container name "/${wanted}" is already in use by container "${holder}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
  containerNames.delete(container.name);
  containerNames.set(wanted, container.id);
  containerEvent(engine, engine.updateContainer(container.id, { name: wanted }), 'rename', {
    oldName: `/${container.name}`,
  });
}

import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { randomBase36 } from '../random.ts';
import { changeSwarm, type StoredFile, swarmOf } from './state.ts';

/** Secrets and configs are the same but for their name and where they lie. */
export type Kind = 'secret' | 'config';

const NAME = /^[a-zA-Z0-9]+(?:[a-zA-Z0-9-_.]*[a-zA-Z0-9])?$/;
const LARGEST = { secret: 500 * 1024, config: 1000 * 1024 };

const table = (kind: Kind) => (kind === 'secret' ? 'secrets' : 'configs');
const refuse = (status: 400 | 404 | 409, code: string, text: string): never => {
  throw new EngineError(status, `rpc error: code = ${code} desc = ${text}`);
};

/** Files of a kind by name. */
export function listFiles(engine: Engine, kind: Kind): readonly StoredFile[] {
  return Object.values(swarmOf(engine)[table(kind)]).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** By name, id or unique prefix of one. Throws 404 `secret X not found`. */
export function findFile(engine: Engine, kind: Kind, ref: string): StoredFile {
  const all = Object.values(swarmOf(engine)[table(kind)]);
  const found =
    all.find(({ id, name }) => id === ref || name === ref) ?? all.find(({ id }) => ref !== '' && id.startsWith(ref));
  if (!found) throw new EngineError(404, `${kind} ${ref} not found`);
  return found;
}

/** Stores a file; its id. Throws 409 `secret X already exists`, 400 for bad names and sizes. */
export function createFile(
  engine: Engine,
  kind: Kind,
  name: string,
  data: string,
  labels: Readonly<Record<string, string>> = {},
): string {
  const swarm = swarmOf(engine);
  if (name.length > 64 || !NAME.test(name))
    refuse(
      400,
      'InvalidArgument',
      'invalid name, only 64 [a-zA-Z0-9-_.] characters allowed, and the start and end character must be [a-zA-Z0-9]',
    );
  if (data.length > LARGEST[kind])
    refuse(400, 'InvalidArgument', `${kind} data must be larger than 0 and less than ${LARGEST[kind]} bytes`);
  const files = swarm[table(kind)];
  if (Object.values(files).some((file) => file.name === name))
    refuse(409, 'AlreadyExists', `${kind} ${name} already exists`);
  const id = randomBase36(engine.state);
  const { now } = engine.state;
  changeSwarm(engine, {
    [table(kind)]: { ...files, [id]: { id, index: swarm.index + 1, created: now, updated: now, name, labels, data } },
  });
  engine.event(kind, 'create', id, { name }, 'swarm');
  return id;
}

/** Throws 400 `secret 'X' is in use by the following services: …`. */
export function removeFile(engine: Engine, kind: Kind, ref: string): void {
  const { id, name } = findFile(engine, kind, ref);
  const swarm = swarmOf(engine);
  const users = Object.values(swarm.services).filter(({ spec }) =>
    (kind === 'secret' ? spec.Container.Secrets : spec.Container.Configs)?.some((file) => file.id === id),
  );
  if (users.length > 0)
    refuse(
      400,
      'InvalidArgument',
      `${kind} '${name}' is in use by the following service${users.length > 1 ? 's' : ''}: ${[...users]
        .reverse()
        .map(({ spec }) => spec.Name)
        .join(', ')}`,
    );
  const { [id]: _gone, ...rest } = swarm[table(kind)];
  changeSwarm(engine, { [table(kind)]: rest });
  engine.event(kind, 'remove', id, { name }, 'swarm');
}

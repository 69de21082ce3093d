import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import type { Container } from './container.ts';

/** The container that an id, a unique prefix of one, or a name means. Throws 404 `No such container: REF`. */
export function findContainer(engine: Engine, ref: string): Container {
  const { containers, containerNames } = engine.state;
  const byId = containers.get(ref);
  if (byId) return byId;
  const named = containerNames.get(ref.replace(/^\//, ''));
  const container = named === undefined ? undefined : containers.get(named);
  if (container) return container;
  const candidates = ref === '' ? [] : [...containers.keys()].filter((id) => id.startsWith(ref));
  if (candidates.length > 1) throw new EngineError(400, `multiple IDs found with provided prefix: ${ref}`);
  if (candidates.length === 0) throw new EngineError(404, `No such container: ${ref}`);
  return containers.get(candidates[0]!)!;
}

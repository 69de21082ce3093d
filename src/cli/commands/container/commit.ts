import { commitContainer } from '../../../engine/containers/commit.ts';
import { findContainer } from '../../../engine/containers/find.ts';
import { parseNormalized, referenceText } from '../../../engine/images/reference.ts';
import type { CommandContext } from '../../command.ts';
import { withChanges } from '../changes.ts';
import { checkRef, withErrors } from './errors.ts';

/** `docker commit`. */
export async function commit({ engine, flags, args, out }: CommandContext): Promise<number> {
  const [ref = '', reference] = args;
  // The client reads the name itself before it asks the daemon.
  const named = await withErrors(() => (reference ? referenceText(parseNormalized(reference)) : undefined));
  checkRef(ref);
  const { config } = findContainer(engine, ref);
  const changes = flags.list('change');
  const changed = changes.length > 0 ? await withChanges(config, changes) : config;
  const touched = Object.entries(changed).filter(([field, value]) => value !== config[field as keyof typeof config]);
  const id = commitContainer(engine, ref, {
    ...(named === undefined ? {} : { reference: named }),
    author: flags.string('author'),
    message: flags.string('message'),
    pause: flags.boolean('pause'),
    config: Object.fromEntries(touched),
  });
  out(`${id}\n`);
  return 0;
}

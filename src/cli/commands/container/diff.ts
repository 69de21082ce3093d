import { decode } from '../../../engine/bytes.ts';
import { containerChanges } from '../../../engine/containers/diff.ts';
import type { CommandContext } from '../../command.ts';
import { checkRef } from './errors.ts';

/** `docker diff`. */
export function diff({ engine, args, out }: CommandContext): number {
  const [ref = ''] = args;
  checkRef(ref);
  for (const { kind, path } of containerChanges(engine, ref)) out(`${kind} ${decode(path)}\n`);
  return 0;
}

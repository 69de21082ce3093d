import { containerProcesses } from '../../../engine/containers/top.ts';
import type { CommandContext } from '../../command.ts';
import { align } from '../../format/tabwriter.ts';
import { checkRef } from './errors.ts';

/** `docker top`: columns at least 20 wide. */
export function top({ engine, args, out }: CommandContext): number {
  const [ref = '', ...options] = args;
  checkRef(ref);
  const { titles, rows } = containerProcesses(engine, ref, options);
  const text = [titles, ...rows].map((row) => `${row.join('\t')}\n`).join('');
  out(align(text, { minWidth: 20, padding: 3 }));
  return 0;
}

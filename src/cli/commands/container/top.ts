import { containerProcesses } from '../../../engine/containers/top.ts';
import type { CommandContext } from '../../command.ts';
import { checkRef } from './errors.ts';

const CELL = 20;

/** `docker top`: columns 20 wide. */
export function top({ engine, args, out }: CommandContext): number {
  const [ref = '', ...options] = args;
  checkRef(ref);
  const { titles, rows } = containerProcesses(engine, ref, options);
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, index) => (index === cells.length - 1 ? cell : cell.padEnd(Math.max(CELL, cell.length + 1))))
      .join('');
  for (const row of [titles, ...rows]) out(`${line(row)}\n`);
  return 0;
}

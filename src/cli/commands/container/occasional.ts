import type { CommandTable } from '../../command.ts';
import { attach } from './attach.ts';
import { commit } from './commit.ts';
import { cp } from './cp.ts';
import { diff } from './diff.ts';
import { exportContainer } from './export.ts';
import { port } from './port.ts';
import { prune } from './prune.ts';
import { stats } from './stats.ts';
import { top } from './top.ts';
import { update } from './update.ts';

/** Commands of `docker container …` that are called now and then only. */
export const occasionalContainerCommands: CommandTable = {
  'container attach': attach,
  'container commit': commit,
  'container cp': cp,
  'container diff': diff,
  'container export': exportContainer,
  'container port': port,
  'container prune': prune,
  'container stats': stats,
  'container top': top,
  'container update': update,
};

import type { CommandTable } from '../../command.ts';
import { attach } from './attach.ts';
import { commit } from './commit.ts';
import { cp } from './cp.ts';
import { create } from './create.ts';
import { diff } from './diff.ts';
import { exec } from './exec.ts';
import { exportContainer } from './export.ts';
import { inspect } from './inspect.ts';
import { kill, pause, remove, rename, restart, stop, unpause, wait } from './lifecycle.ts';
import { list } from './list.ts';
import { logs } from './logs.ts';
import { port } from './port.ts';
import { prune } from './prune.ts';
import { run } from './run.ts';
import { start } from './start.ts';
import { stats } from './stats.ts';
import { top } from './top.ts';
import { update } from './update.ts';

/** `docker container …` and the commands of the same kind at the top. */
export const containerCommands: CommandTable = {
  'container attach': attach,
  'container commit': commit,
  'container cp': cp,
  'container create': create,
  'container diff': diff,
  'container exec': exec,
  'container export': exportContainer,
  'container inspect': inspect,
  'container kill': kill,
  'container logs': logs,
  'container ls': list,
  'container pause': pause,
  'container port': port,
  'container prune': prune,
  'container rename': rename,
  'container restart': restart,
  'container rm': remove,
  'container run': run,
  'container start': start,
  'container stats': stats,
  'container stop': stop,
  'container top': top,
  'container unpause': unpause,
  'container update': update,
  'container wait': wait,
};

import type { CommandTable } from '../../command.ts';
import { create } from './create.ts';
import { exec } from './exec.ts';
import { inspect } from './inspect.ts';
import { kill, pause, remove, rename, restart, stop, unpause, wait } from './lifecycle.ts';
import { list } from './list.ts';
import { logs } from './logs.ts';
import { run } from './run.ts';
import { start } from './start.ts';

/** Commands of `docker container …` that nearly everybody calls; they stand at the top, too. */
export const containerCommands: CommandTable = {
  'container create': create,
  'container exec': exec,
  'container inspect': inspect,
  'container kill': kill,
  'container logs': logs,
  'container ls': list,
  'container pause': pause,
  'container rename': rename,
  'container restart': restart,
  'container rm': remove,
  'container run': run,
  'container start': start,
  'container stop': stop,
  'container unpause': unpause,
  'container wait': wait,
};

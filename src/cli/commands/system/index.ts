import type { CommandTable } from '../../command.ts';
import { inspectObjects } from '../inspect.ts';
import { df } from './df.ts';
import { events } from './events.ts';
import { info } from './info.ts';
import { prune } from './prune.ts';
import { showVersion } from './version.ts';

/** `docker system …`, `docker version` and `docker inspect`. */
export const systemCommands: CommandTable = {
  inspect: inspectObjects,
  'system df': df,
  'system events': events,
  'system info': info,
  'system prune': prune,
  version: showVersion,
};

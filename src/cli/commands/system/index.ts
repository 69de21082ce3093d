import type { CommandTable } from '../../command.ts';
import { df } from './df.ts';
import { events } from './events.ts';
import { info } from './info.ts';
import { prune } from './prune.ts';

/** `docker system …`. */
export const systemCommands: CommandTable = {
  'system df': df,
  'system events': events,
  'system info': info,
  'system prune': prune,
};

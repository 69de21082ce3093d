import type { CommandTable } from '../command.ts';
import { build } from './build.ts';
import * as builders from './builders.ts';
import { diskUsage, prune } from './cache.ts';
import { historyList, historyRemove } from './history.ts';

/** Versions of the buildx plugin that Debian ships with Engine 28.5. */
const VERSION = 'github.com/docker/buildx 0.29.1+ds1 0.29.1+ds1-4\n';

/** `docker build`, `docker buildx …`, `docker builder …`. */
export const buildCommands: CommandTable = {
  'buildx build': build,
  'buildx ls': builders.list,
  'buildx inspect': builders.inspect,
  'buildx create': builders.create,
  'buildx use': builders.use,
  'buildx rm': builders.remove,
  'buildx stop': builders.stop,
  'buildx du': diskUsage,
  'buildx prune': prune,
  'buildx history ls': historyList,
  'buildx history rm': historyRemove,
  'buildx version': ({ out }) => {
    out(VERSION);
    return 0;
  },
};

import type { CommandTable } from '../command.ts';
import { containerCommands } from './container/index.ts';
import { imageCommands } from './image/index.ts';
import { inspectObjects } from './inspect.ts';
import { networkCommands } from './network/index.ts';
import { showVersion } from './system/version.ts';
import { volumeCommands } from './volume/index.ts';

/** Commands of the client that nearly everybody calls, and that are there at once. */
export const commands: CommandTable = {
  ...containerCommands,
  ...imageCommands,
  ...networkCommands,
  ...volumeCommands,
  inspect: inspectObjects,
  version: showVersion,
};

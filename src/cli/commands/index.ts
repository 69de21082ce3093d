import type { CommandTable } from '../command.ts';
import { containerCommands } from './container/index.ts';
import { imageCommands } from './image/index.ts';
import { networkCommands } from './network/index.ts';
import { volumeCommands } from './volume/index.ts';

/** Commands of the client that are not a plugin's. */
export const commands: CommandTable = {
  ...containerCommands,
  ...imageCommands,
  ...networkCommands,
  ...volumeCommands,
};

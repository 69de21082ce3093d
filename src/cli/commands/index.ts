import type { CommandTable } from '../command.ts';
import { containerCommands } from './container/index.ts';
import { contextCommands } from './context/index.ts';
import { imageCommands } from './image/index.ts';
import { networkCommands } from './network/index.ts';
import { registryCommands } from './registry/index.ts';
import { systemCommands } from './system/index.ts';
import { volumeCommands } from './volume/index.ts';

/** Commands of the client that are not a plugin's. */
export const commands: CommandTable = {
  ...containerCommands,
  ...contextCommands,
  ...imageCommands,
  ...networkCommands,
  ...registryCommands,
  ...systemCommands,
  ...volumeCommands,
};

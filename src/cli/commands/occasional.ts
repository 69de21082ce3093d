import type { CommandTable } from '../command.ts';
import { occasionalContainerCommands } from './container/occasional.ts';
import { contextCommands } from './context/index.ts';
import { occasionalImageCommands } from './image/occasional.ts';
import { registryCommands } from './registry/index.ts';
import { systemCommands } from './system/index.ts';

/** Commands that are called now and then only, in one load, because few of them are needed without another. */
export const occasionalCommands: CommandTable = {
  ...contextCommands,
  ...occasionalContainerCommands,
  ...occasionalImageCommands,
  ...registryCommands,
  ...systemCommands,
};

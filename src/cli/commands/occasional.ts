import type { CommandTable } from '../command.ts';
import { occasionalContainerCommands } from './container/occasional.ts';
import { occasionalImageCommands } from './image/occasional.ts';

/** Commands for containers and images that are called now and then only. */
export const occasionalCommands: CommandTable = { ...occasionalContainerCommands, ...occasionalImageCommands };

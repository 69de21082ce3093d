import type { CommandTable } from '../command.ts';
import { containerCommands } from './container/index.ts';

/** Commands of the client that are not a plugin's. */
export const commands: CommandTable = { ...containerCommands };

import type { CommandTable } from '../command.ts';

/** Commands of the client that are not a plugin's. */
export const commands: CommandTable = {};

import type { CommandTable } from '../command.ts';

/** `docker compose …`. */
export const composeCommands: CommandTable = {};

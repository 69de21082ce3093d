import type { CommandTable } from '../command.ts';
import { contextCommands } from './context/index.ts';
import { registryCommands } from './registry/index.ts';
import { systemCommands } from './system/index.ts';

/** Commands about the client, the engine as a whole and registries. */
export const administrationCommands: CommandTable = { ...contextCommands, ...registryCommands, ...systemCommands };

import type { CommandTable } from '../command.ts';
import { clusterCommands } from './cluster.ts';
import { fileCommands } from './files.ts';
import { nodeCommands } from './nodes.ts';
import { serviceCommands } from './services.ts';
import { stackCommands } from './stack.ts';

/** `docker swarm, node, service, stack, secret, config …`. */
export const swarmCommands: CommandTable = {
  ...clusterCommands,
  ...fileCommands,
  ...nodeCommands,
  ...serviceCommands,
  ...stackCommands,
};

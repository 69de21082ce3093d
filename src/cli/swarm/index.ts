import type { CommandTable } from '../command.ts';

/** `docker swarm, node, service, stack, secret, config …`. */
export const swarmCommands: CommandTable = {};

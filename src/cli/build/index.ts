import type { CommandTable } from '../command.ts';

/** `docker build`, `docker buildx …`, `docker builder …`. */
export const buildCommands: CommandTable = {};

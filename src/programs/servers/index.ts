import type { Program } from '../../engine/process/program.ts';

/** Servers, databases and language runtimes by the `program` of their file: nginx, redis-server, postgres, node … */
export const serverPrograms: Readonly<Record<string, Program>> = {};

import type { ToolTable } from '../tool.ts';

/** Tools that ask or change the system: files, users, processes, network. */
export const systemTools: ToolTable = {};

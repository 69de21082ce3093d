import type { ToolTable } from '../tool.ts';

/** Tools that read, change and write text: cat, grep, sed, awk, sort …. */
export const textTools: ToolTable = {};

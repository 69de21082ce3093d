import type { Tool } from '../tool.ts';

/** Succeeds, fails: whatever they are told. */
export const succeed: Tool = { run: () => 0 };
export const fail: Tool = { run: () => 1 };

import type { Program, ProgramTable } from '../engine/process/program.ts';

/** All programs of images and host, by the `program` of a file and the name it is called by. `extra`: the host's docker. */
export function programTable(extra: Readonly<Record<string, Program>> = {}): ProgramTable {
  return (program) => extra[program];
}

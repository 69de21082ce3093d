import type { Engine } from '../engine/engine.ts';
import type { Program } from '../engine/process/program.ts';

/** The client as a program of the host: parses its arguments by the command table, runs the command, prints errors. */
export function dockerProgram(_engine: () => Engine): Program {
  return {
    run(kernel) {
      kernel.error('docker: not modelled yet\n');
      return { exit: 1 };
    },
  };
}

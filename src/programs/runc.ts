import type { Program } from '../engine/process/program.ts';

/** runc inside a new container, after it failed to become the container's command: its second argument says why. */
export const runcInit: Program = {
  run(kernel) {
    kernel.error(`${kernel.argv[2]}\n`);
    return { exit: 255 };
  },
};

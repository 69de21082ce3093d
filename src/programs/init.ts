import type { Outcome, Program } from '../engine/process/program.ts';

interface Memory {
  readonly child: number;
}

/**
 * The small init that `docker run --init` puts in front of the command: starts it, hands signals on to it, takes up the status
 * of children that nobody waits for, and ends as the command ends (tini).
 */
export const initProgram: Program = {
  run(kernel): Outcome {
    const words = kernel.argv.slice(kernel.argv.indexOf('--') + 1);
    if (kernel.memory === undefined) {
      const found = kernel.find(words[0] ?? '');
      if ('status' in found) {
        kernel.error(`[FATAL tini (${kernel.pid})] exec ${words[0]} failed: No such file or directory\n`);
        return { exit: found.status };
      }
      const child = kernel.spawn(found, { argv: words, inheritsInput: true });
      kernel.memory = { child } satisfies Memory;
      return { wait: { child: true } };
    }
    const { child } = kernel.memory as Memory;
    const own = kernel.reap().find(({ pid }) => pid === child);
    return own ? { exit: own.status } : { wait: { child: true } };
  },
  signal(kernel, signal): Outcome {
    const memory = kernel.memory as Memory | undefined;
    if (memory) kernel.kill(memory.child, signal);
    return { wait: { child: true } };
  },
};

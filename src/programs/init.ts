import type { Outcome, Program } from '../engine/process/program.ts';

interface Memory {
  readonly child: number;
}

/** How far the process that it forks for the command is away: threads of runc had the ids between. */
const FORKED = 6;

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
        const why = { ENOEXEC: 'Exec format error', EACCES: 'Permission denied', EISDIR: 'Permission denied' };
        const reason = why[found.reason as keyof typeof why] ?? 'No such file or directory';
        kernel.error(`[FATAL tini (${kernel.pid + FORKED})] exec ${words[0]} failed: ${reason}\n`);
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

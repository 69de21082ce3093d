import type { Outcome } from '../../../engine/process/program.ts';
import type { Invocation } from '../invocation.ts';

/** What a program says, and how it ends, when a time-out is over. */
interface Later {
  readonly out: string;
  readonly err: string;
  readonly exit: number;
}

/** Ends after some milliseconds with a message on standard error. */
export function endLater(call: Invocation, milliseconds: number, err: string, exit: number, out = ''): Outcome {
  if (milliseconds <= 0) {
    call.out(out);
    call.err(err);
    return { exit };
  }
  call.kernel.memory = { later: { out, err, exit } satisfies Later };
  return { wait: { until: call.kernel.now + milliseconds } };
}

/** The end that was put off, when the program runs again. */
export function ended(call: Invocation): Outcome | undefined {
  const memory = call.kernel.memory as { later?: Later } | undefined;
  if (!memory?.later) return undefined;
  call.out(memory.later.out);
  call.err(memory.later.err);
  return { exit: memory.later.exit };
}

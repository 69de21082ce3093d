import { decode } from '../../engine/bytes.ts';
import type { Compose } from './compose.ts';

/** Asks yes or no; no without an answer. Without a terminal the answer is read from the input. */
export function confirm({ context }: Compose, question: string): boolean {
  context.out(question);
  const line = decode(context.kernel.wholeInput()).split('\n')[0]!.trim().toLowerCase();
  return line === 'y' || line === 'yes';
}

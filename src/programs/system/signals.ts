import { SIGNALS, signalNumber } from '../../engine/process/signals.ts';

/** Names of the first 31 signals in the order of their numbers. */
export const SIGNAL_NAMES: readonly string[] = Array.from({ length: 32 }, (_, number) =>
  number === 0
    ? ''
    : (Object.keys(SIGNALS).find((name) => SIGNALS[name] === number && name !== 'IOT' && name !== 'CLD') ?? ''),
);

/** `KILL`, `SIGKILL` or `9`; 0 asks whether a process is there. */
export function signalOf(text: string): number | undefined {
  return text === '0' || text.toUpperCase() === 'EXIT' ? 0 : signalNumber(text);
}

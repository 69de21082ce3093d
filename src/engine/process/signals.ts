/** Numbers of Linux signals by name, without the prefix SIG (signal(7), x86 and ARM). */
export const SIGNALS: Readonly<Record<string, number>> = {
  ...{ HUP: 1, INT: 2, QUIT: 3, ILL: 4, TRAP: 5, ABRT: 6, IOT: 6, BUS: 7, FPE: 8, KILL: 9, USR1: 10, SEGV: 11 },
  ...{ USR2: 12, PIPE: 13, ALRM: 14, TERM: 15, STKFLT: 16, CHLD: 17, CLD: 17, CONT: 18, STOP: 19, TSTP: 20, TTIN: 21 },
  ...{ TTOU: 22, URG: 23, XCPU: 24, XFSZ: 25, VTALRM: 26, PROF: 27, WINCH: 28, IO: 29, POLL: 29, PWR: 30, SYS: 31 },
  ...{ RTMIN: 34, RTMAX: 64 },
};

/** Signals that a process survives when it does not care about them. */
const HARMLESS = new Set([17, 18, 23, 28]);
const STOPPING = new Set([19, 20, 21, 22]);

/** The number that `TERM`, `SIGTERM`, `sigterm` or `15` stand for, or nothing. */
export function signalNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) >= 1 && Number(text) <= 64 ? Number(text) : undefined;
  return SIGNALS[text.toUpperCase().replace(/^SIG/, '')];
}

export function signalName(number: number): string {
  return Object.keys(SIGNALS).find((name) => SIGNALS[name] === number) ?? String(number);
}

/** Whether the signal stops a process that has not asked to handle it, until it is told to go on. */
export function isStopping(number: number): boolean {
  return STOPPING.has(number);
}

/** Whether the signal ends a process that has not asked to handle it. */
export function isDeadly(number: number): boolean {
  return !HARMLESS.has(number) && !STOPPING.has(number);
}

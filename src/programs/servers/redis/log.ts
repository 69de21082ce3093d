import type { Kernel } from '../../../engine/process/program.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A line of the server's log: process, role (C before it serves, M as a master), time, level. */
export function log(kernel: Kernel, role: 'C' | 'M', level: '*' | '#', text: string): void {
  const date = new Date(kernel.now);
  const stamp = `${String(date.getUTCDate()).padStart(2, '0')} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} ${date.toISOString().slice(11, 23)}`;
  kernel.output(`${kernel.pid}:${role} ${stamp} ${level} ${text}\n`);
}

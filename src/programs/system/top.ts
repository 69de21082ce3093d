import { HOST_MEMORY } from '../../engine/process/proc.ts';
import type { Tool } from '../tool.ts';
import { duration } from './clock.ts';
import { type Invocation, waiting } from './invocation.ts';
import { parseOptions } from './options.ts';
import { processRows } from './processes.ts';
import { strftime } from './time.ts';

/** Milliseconds between two pictures, unless `-d` says otherwise. */
const DELAY = { busybox: 5000, gnu: 3000 };

interface Memory {
  readonly shown: number;
}

/** Pictures of the machine, one after the other: `-n` says how many. */
export const top: Tool = waiting(
  (call) => {
    const options = parseOptions(call, call.busybox ? 'bHn:d:' : 'bcHin:d:o:p:u:Sw::');
    const count = Number(options.value('n') ?? Number.POSITIVE_INFINITY);
    const delay = duration(options.value('d') ?? '') ?? (call.busybox ? DELAY.busybox : DELAY.gnu);
    const shown = ((call.kernel.memory as Memory | undefined)?.shown ?? 0) + 1;
    if (call.busybox) busybox(call);
    else procps(call);
    if (shown >= count) return { exit: 0 };
    call.kernel.memory = { shown } satisfies Memory;
    return { wait: { until: call.kernel.now + delay } };
  },
  { usage: 'top [-bH] [-n COUNT] [-d SECONDS]' },
  // It puts the terminal in order and then dies of the signal, also where it is the first process.
  (_call, signal) => ({ exit: 128 + signal }),
);

const total = Math.floor(HOST_MEMORY / 1024);
const free = Math.floor((HOST_MEMORY * 0.6) / 1024);

function busybox(call: Invocation): void {
  const rows = processRows(call.kernel);
  call.out(`Mem: ${total - free}K used, ${free}K free, 8860K shrd, 86988K buff, ${Math.floor(total * 0.2)}K cached\n`);
  call.out('CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq\n');
  call.out(`Load average: 0.08 0.03 0.01 1/${rows.length} ${rows.at(-1)?.pid ?? 0}\n`);
  call.out('  PID  PPID USER     STAT   RSS %RSS %CPU COMMAND\n');
  for (const row of rows)
    call.out(
      `${String(row.pid).padStart(5)} ${String(row.ppid).padStart(5)} ${row.user.slice(0, 8).padEnd(8)} ${row.state.padEnd(4)} ${'1024'.padStart(5)}   0%   0% ${row.args}\n`,
    );
}

function procps(call: Invocation): void {
  const rows = processRows(call.kernel);
  const running = rows.filter(({ state }) => state === 'R').length;
  call.out(`top - ${strftime('%H:%M:%S', call.kernel.now)} up 1 day,  0 users,  load average: 0.08, 0.03, 0.01\n`);
  call.out(
    `Tasks: ${rows.length} total, ${running} running, ${rows.length - running} sleep, 0 d-sleep, 0 stopped, 0 zombie\n`,
  );
  call.out('%Cpu(s):  0.0 us,  0.0 sy,  0.0 ni,100.0 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st \n');
  const mebi = (kilobytes: number) => (kilobytes / 1024).toFixed(1).padStart(8);
  call.out(
    `MiB Mem :${mebi(total)} total,${mebi(free)} free,${mebi(total * 0.2)} used,${mebi(total * 0.2)} buff/cache     \n`,
  );
  call.out(`MiB Swap:${mebi(0)} total,${mebi(0)} free,${mebi(0)} used.${mebi(total * 0.8)} avail Mem \n\n`);
  call.out('  PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n');
  for (const row of rows)
    call.out(
      `${String(row.pid).padStart(5)} ${row.user.slice(0, 8).padEnd(8)}  20   0    4608   1024    896 ${row.state}   0.0   0.0   0:00.00 ${row.comm}\n`,
    );
}

import { HOST_ROOT } from '../../engine/process/credentials.ts';
import { commandName, type Process } from '../../engine/process/process.ts';
import type { Kernel } from '../../engine/process/program.ts';
import { userOf } from './accounts.ts';

/** A process as ps and its like see it. */
export interface Row {
  readonly process: Process;
  readonly pid: number;
  readonly ppid: number;
  readonly user: string;
  readonly uid: number;
  /** Name of the program, at most fifteen bytes. */
  readonly comm: string;
  /** Command line. */
  readonly args: string;
  readonly state: string;
}

/** Processes of this PID namespace, by process id. `own`: the words that the caller itself is shown with. */
export function processRows(kernel: Kernel): Row[] {
  const all = kernel.processes();
  const byPid = new Map(all.map((process) => [process.pid, process]));
  const rows = all.map((process): Row => {
    // A tool that runs inside its shell is that shell's process, but shows its own words.
    const self = process.pid === kernel.process.pid;
    const argv = self ? kernel.argv : process.argv;
    const zombie = process.state === 'zombie';
    const comm = self ? commandName({ ...process, argv, executable: process.executable }) : commandName(process);
    return {
      ...{ process, pid: process.nsPid, ppid: byPid.get(process.parent)?.nsPid ?? 0, comm },
      ...{
        user: userOf(kernel.files, process.credentials.uid)?.name ?? String(process.credentials.uid),
        uid: process.credentials.uid,
      },
      args: zombie ? `[${comm}]` : (process.title ?? argv).join(' '),
      state: zombie ? 'Z' : process.stopped ? 'T' : self || process.state === 'ready' ? 'R' : 'S',
    };
  });
  if (kernel.process.pidns === 'host') withShims(rows);
  return rows.sort((a, b) => a.pid - b.pid);
}

/**
 * On the host the first process of a container has a parent, the shim that containerd starts for it. It is no modelled process;
 * its number is the one that `docker top` names.
 */
function withShims(rows: Row[]): undefined {
  const firsts = new Map<string, Row>();
  for (const row of rows)
    if (row.process.container !== '' && (firsts.get(row.process.container)?.pid ?? Number.POSITIVE_INFINITY) > row.pid)
      firsts.set(row.process.container, row);
  for (const [id, first] of firsts) {
    const pid = Math.max(1, first.pid - 23);
    for (const [i, row] of rows.entries())
      if (row.process.container === id && row.ppid === 0) rows[i] = { ...row, ppid: pid };
    rows.push({
      ...{
        process: { ...first.process, credentials: HOST_ROOT, tty: false, container: '' },
        pid,
        ppid: 1,
        user: 'root',
        uid: 0,
      },
      ...{ comm: 'containerd-shim', state: 'S' },
      args: `/usr/bin/containerd-shim-runc-v2 -namespace moby -id ${id} -address /run/containerd/containerd.sock`,
    });
  }
}

import { type Directory, directory, type FileNode, regularFile, symbolicLink } from '../files/node.ts';
import type { EngineState } from '../state.ts';
import { parameterTree } from './kernel-parameters.ts';
import { netFolder } from './proc-net.ts';
import { processFolder } from './proc-process.ts';
import type { Process } from './process.ts';
import { FIRST_CHILD } from './process.ts';
import { sysTree } from './sysfs.ts';

/** What the modelled host has: bytes of memory, processors. */
export const HOST_MEMORY = 8_236_343_296;
export const HOST_CPUS = 2;
export const KERNEL_RELEASE = '6.12.48';

/** Trees that the kernel makes up while they are read: `proc:PIDNS` and `sys:CONTAINER` (proc(5), cgroups(7)). */
export function procTree(
  state: EngineState,
  key: string,
  pid: number,
  argv?: readonly string[],
): Directory | undefined {
  if (key.startsWith('proc:')) return proc(state, key.slice(5), pid, argv);
  if (key.startsWith('sys:'))
    return sysTree(state, key.slice(4), state.processes.get(String(pid))?.netns ?? key.slice(4));
  return undefined;
}

/** What lies below /proc/PID/root of a process that sees other files than who looks: those of its container. */
export function insideProcess(
  state: EngineState,
  key: string,
  [number, root, ...names]: readonly string[],
  viewer: number,
): { tree: string; names: readonly string[] } | undefined {
  if (root !== 'root' || !key.startsWith('proc:')) return undefined;
  const pidns = key.slice('proc:'.length);
  const process = [...state.processes.values()].find((other) =>
    pidns === 'host' ? String(other.pid) === number : other.pidns === pidns && String(other.nsPid) === number,
  );
  if (!process || process.container === '') return undefined;
  if (state.processes.get(String(viewer))?.container === process.container) return undefined;
  return { tree: `container:${process.container}`, names };
}

/** What a tool finds of itself that runs inside its shell, where it would be a child of it. */
function childFolder(shell: Process, number: string, argv: readonly string[], state: EngineState): Directory {
  const name = (argv[0] ?? '').slice((argv[0] ?? '').lastIndexOf('/') + 1);
  return processFolder({ ...shell, argv, comm: name, parent: shell.pid }, number, state);
}

/** The number that the next process of a PID namespace gets. */
function nextPid(state: EngineState, pidns: string): number {
  const last = state.pids.get(pidns) ?? 0;
  return pidns === 'host' ? state.nextPid : last === 1 ? FIRST_CHILD : last + 1;
}

const file = (data: string, mode = 0o444) => regularFile(data, { mode });
const folder = (entries: Readonly<Record<string, FileNode>>) =>
  directory({ mode: 0o555 }, new Map(Object.entries(entries)));

function proc(state: EngineState, pidns: string, pid: number, argv: readonly string[] | undefined): Directory {
  const entries: Record<string, FileNode> = {};
  let self = '1';
  for (const process of state.processes.values()) {
    if (pidns !== 'host' && process.pidns !== pidns) continue;
    const number = String(pidns === 'host' ? process.pid : process.nsPid);
    entries[number] = processFolder(process, number, state);
    if (process.pid === pid) self = number;
  }
  const own = state.processes.get(String(pid));
  const viewer = own ?? { netns: 'host', uts: pidns, container: pidns === 'host' ? '' : pidns };
  if (own && argv && argv.join('\0') !== own.argv.join('\0')) {
    self = String(nextPid(state, pidns));
    entries[self] = childFolder(own, self, argv, state);
  }
  entries['self'] = symbolicLink(self);
  const up = 86_400 + (state.now % 86_400_000) / 1000;
  const kB = (bytes: number) => String(Math.round(bytes / 1024)).padStart(8);
  return folder({
    ...entries,
    version: file(`Linux version ${KERNEL_RELEASE} (builder@stapellauf) (gcc 14.2.0) #1 SMP PREEMPT_DYNAMIC\n`),
    uptime: file(`${up.toFixed(2)} ${(up * 1.8).toFixed(2)}\n`),
    loadavg: file('0.08 0.03 0.01 1/214 4242\n'),
    meminfo: file(
      `MemTotal:       ${kB(HOST_MEMORY)} kB\nMemFree:        ${kB(HOST_MEMORY * 0.6)} kB\nMemAvailable:   ${kB(HOST_MEMORY * 0.8)} kB\nSwapTotal:             0 kB\nSwapFree:              0 kB\n`,
    ),
    cpuinfo: file(
      Array.from(
        { length: HOST_CPUS },
        (_, index) => `processor\t: ${index}\nmodel name\t: Modelled processor\ncpu MHz\t\t: 2400.000\n\n`,
      ).join(''),
    ),
    net: netFolder(state, viewer.netns),
    filesystems: file('nodev\tproc\nnodev\ttmpfs\nnodev\toverlay\n\text4\n'),
    mounts: symbolicLink('self/mounts'),
    sys: parameterTree(state, viewer, KERNEL_RELEASE),
    ...{ acpi: folder({}), bus: folder({}), fs: folder({}), irq: folder({}), driver: folder({}), tty: folder({}) },
    ...{ interrupts: file(''), keys: file('', 0o440), timer_list: file('', 0o400), sysvipc: folder({}) },
    cgroups: file('#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t0\t64\t1\nmemory\t0\t64\t1\npids\t0\t64\t1\n'),
    cmdline: file('BOOT_IMAGE=/boot/vmlinuz root=/dev/vda1 ro quiet\n'),
    devices: file('Character devices:\n  1 mem\n  5 /dev/tty\n136 pts\n\nBlock devices:\n254 virtblk\n'),
    diskstats: file(' 254       0 vda 1024 0 16384 512 2048 0 32768 1024 0 1024 1536\n'),
    partitions: file('major minor  #blocks  name\n\n 254        0   62914560 vda\n 254        1   61255492 vda1\n'),
    stat: file(
      `cpu  1000 0 500 100000 100 0 10 0 0 0\nbtime ${Math.floor((state.now - up * 1000) / 1000)}\nprocesses ${state.nextPid}\nprocs_running 1\nprocs_blocked 0\n`,
    ),
    swaps: file('Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n'),
  });
}

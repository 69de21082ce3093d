import { type Directory, directory, type FileNode, regularFile, symbolicLink } from '../files/node.ts';
import { interfacesOf } from '../networks/interfaces.ts';
import type { EngineState } from '../state.ts';
import { capabilityMask } from './credentials.ts';
import type { Process } from './process.ts';

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
  if (key.startsWith('sys:')) return sys(state, key.slice(4));
  return undefined;
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
  entries['self'] = own && argv ? processFolder({ ...own, argv }, self, state) : symbolicLink(self);
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
    net: netFolder(state, own?.netns ?? 'host'),
    filesystems: file('nodev\tproc\nnodev\ttmpfs\nnodev\toverlay\n\text4\n'),
    mounts: symbolicLink('self/mounts'),
    sys: folder({
      kernel: folder({
        hostname: file(`${state.hostnames.get(pidns) ?? state.hostnames.get('host')}\n`, 0o644),
        osrelease: file(`${KERNEL_RELEASE}\n`),
        pid_max: file('4194304\n'),
      }),
      net: folder({
        ipv4: folder({
          ip_forward: file('1\n', 0o644),
          ip_unprivileged_port_start: file(pidns === 'host' ? '1024\n' : '0\n', 0o644),
        }),
        core: folder({ somaxconn: file('4096\n', 0o644) }),
      }),
      vm: folder({ swappiness: file('60\n', 0o644), overcommit_memory: file('0\n', 0o644) }),
    }),
  });
}

/** Devices, routes and listening ports of a network namespace, as proc_pid_net(5) has them. */
function netFolder(state: EngineState, netns: string): Directory {
  const hex = (address: string) =>
    address
      .split('.')
      .reverse()
      .map((byte) => Number(byte).toString(16).toUpperCase().padStart(2, '0'))
      .join('');
  const listening = [...state.sockets.values()].filter(({ namespace }) => namespace === netns);
  const table = (protocol: 'tcp' | 'udp') => {
    const title = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
    const rows = listening
      .filter((socket) => socket.protocol === protocol && !socket.address.includes(':'))
      .map(({ address, port }, i) => {
        const local = `${hex(/^[\d.]+$/.test(address) ? address : '0.0.0.0')}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
        const status = protocol === 'tcp' ? '0A' : '07';
        return `${String(i).padStart(4)}: ${local} 00000000:0000 ${status} 00000000:00000000 00:00000000 00000000     0        0 ${4711 + i} 1 0000000000000000 100 0 0 10 0`;
      });
    return file([title, ...rows].map((row) => `${row.padEnd(149)}\n`).join(''));
  };
  const devices = interfacesOf(state, netns).map(
    ({ name }) =>
      `${name.padStart(6)}:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0`,
  );
  return folder({
    dev: file(
      `${[
        'Inter-|   Receive                                                |  Transmit',
        ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
        ...devices,
      ].join('\n')}\n`,
    ),
    tcp: table('tcp'),
    udp: table('udp'),
  });
}

function processFolder(process: Process, number: string, state: EngineState): Directory {
  const { argv, credentials, executable, environment, mounts } = process;
  const comm = (executable.endsWith('busybox') ? (argv[0] ?? '') : executable).split('/').at(-1)!.slice(0, 15);
  const { uid, gid, groups, capabilities, bounding, noNewPrivileges } = credentials;
  const effective = capabilityMask(capabilities);
  const four = (id: number) => Array(4).fill(id).join('\t');
  const seccomp = process.container === '' ? 0 : 2;
  const parent = state.processes.get(String(process.parent));
  return folder({
    comm: file(`${comm}\n`, 0o644),
    cmdline: file(argv.map((word) => `${word}\0`).join('')),
    environ: file(
      Object.entries(environment)
        .map(([name, value]) => `${name}=${value}\0`)
        .join(''),
      0o400,
    ),
    status: file(
      [
        ...[
          `Name:\t${comm}`,
          'Umask:\t0022',
          `State:\t${process.state === 'zombie' ? 'Z (zombie)' : process.state === 'ready' ? 'R (running)' : 'S (sleeping)'}`,
        ],
        ...[
          `Tgid:\t${number}`,
          `Pid:\t${number}`,
          `PPid:\t${parent ? (process.pidns === 'host' ? parent.pid : parent.nsPid) : 0}`,
        ],
        ...[
          `Uid:\t${four(uid)}`,
          `Gid:\t${four(gid)}`,
          `Groups:\t${groups.join(' ')} `,
          `NSpid:\t${process.pidns === 'host' ? process.pid : process.nsPid}`,
        ],
        ...['Threads:\t1', 'VmRSS:\t    1024 kB', 'SigIgn:\t0000000000000000'],
        ...[
          'CapInh:\t0000000000000000',
          `CapPrm:\t${effective}`,
          `CapEff:\t${effective}`,
          `CapBnd:\t${capabilityMask(bounding)}`,
          'CapAmb:\t0000000000000000',
        ],
        ...[
          `NoNewPrivs:\t${noNewPrivileges ? 1 : 0}`,
          `Seccomp:\t${seccomp}`,
          `Seccomp_filters:\t${seccomp === 0 ? 0 : 1}`,
          '',
        ],
      ].join('\n'),
    ),
    mounts: file(
      mounts
        .map(
          (mount) =>
            `${mount.type === 'overlay' || mount.type === 'tmpfs' ? mount.type : mount.type === 'ext4' ? '/dev/vda1' : mount.type} ${mount.target} ${mount.type} ${mount.readOnly ? 'ro' : 'rw'},relatime 0 0\n`,
        )
        .join(''),
    ),
    mountinfo: file(''),
    uid_map: file('         0          0 4294967295\n'),
    gid_map: file('         0          0 4294967295\n'),
    cgroup: file('0::/\n'),
    cwd: symbolicLink(process.cwd),
    exe: symbolicLink(executable),
    root: symbolicLink('/'),
    ns: folder(
      Object.fromEntries(
        Object.entries({
          cgroup: process.container || 'host',
          ipc: process.container || 'host',
          mnt: process.container || 'host',
          net: process.netns,
          pid: process.pidns,
          user: 'host',
          uts: process.uts,
        }).map(([kind, owner]) => [kind, symbolicLink(`${kind}:[${namespaceNumber(kind, owner)}]`)]),
      ),
    ),
    fd: folder({ 0: symbolicLink('/dev/null'), 1: symbolicLink('pipe:[4711]'), 2: symbolicLink('pipe:[4712]') }),
  });
}

/** A number like the kernel's inode of a namespace: the same for the same owner. */
function namespaceNumber(kind: string, owner: string): number {
  if (owner === 'host') return 4026531833 + kind.length + (kind.charCodeAt(0) % 7);
  let hash = kind.charCodeAt(0) + kind.length;
  for (const c of owner) hash = (hash * 31 + c.charCodeAt(0)) % 99_991;
  return 4026532000 + hash;
}

function sys(state: EngineState, id: string): Directory {
  const config = state.containers.get(id)?.hostConfig;
  const count = [...state.processes.values()].filter(
    ({ container, state: now }) => container === id && now !== 'zombie',
  ).length;
  const limit = (value: number | null | undefined) => (value && value > 0 ? `${value}\n` : 'max\n');
  const quota = config?.NanoCpus ? Math.round(config.NanoCpus / 10_000) : config?.CpuQuota;
  const swap = config ? config.MemorySwap - config.Memory : 0;
  return folder({
    fs: folder({
      cgroup: folder({
        'memory.max': file(limit(config?.Memory), 0o644),
        'memory.swap.max': file(config && config.MemorySwap > 0 ? `${swap}\n` : 'max\n', 0o644),
        'memory.high': file('max\n', 0o644),
        'memory.low': file(`${config?.MemoryReservation ?? 0}\n`, 0o644),
        'memory.current': file('1048576\n'),
        'pids.max': file(limit(config?.PidsLimit), 0o644),
        'pids.current': file(`${count}\n`),
        'cpu.max': file(`${quota ? quota : 'max'} ${config?.CpuPeriod || 100000}\n`, 0o644),
        'cpu.weight': file(
          `${config?.CpuShares ? Math.max(1, Math.round(1 + ((config.CpuShares - 2) * 9999) / 262142)) : 100}\n`,
          0o644,
        ),
        'cpuset.cpus': file(`${config?.CpusetCpus ?? ''}\n`, 0o644),
        'cgroup.procs': file(''),
        'cgroup.controllers': file('cpuset cpu io memory hugetlb pids rdma misc\n'),
      }),
    }),
    class: folder({ net: folder({ lo: folder({}) }) }),
    kernel: folder({}),
  });
}

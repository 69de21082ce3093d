import { encode } from '../bytes.ts';
import type { Container } from '../containers/container.ts';
import { FileError } from '../files/errors.ts';
import { FileSystem } from '../files/filesystem.ts';
import { mountOptions, mountSource } from '../files/mount-info.ts';
import { type Directory, directory, type FileNode, regularFile, symbolicLink } from '../files/node.ts';
import { replace } from '../files/tree.ts';
import type { EngineState } from '../state.ts';
import { capabilityMask, HOST_ROOT } from './credentials.ts';
import { limitsText } from './limits.ts';
import { commandName, limitsOf, type Process } from './process.ts';

const STATES = { zombie: 'Z (zombie)', ready: 'R (running)', waiting: 'S (sleeping)' } as const;

/** What /proc/PID holds (proc(5)). `number`: its process id for who looks. */
export function processFolder(process: Process, number: string, state: EngineState): Directory {
  const { uid, gid } = process.credentials;
  const file = (data: string, mode = 0o444) => regularFile(data, { mode, uid, gid });
  const folder = (entries: Readonly<Record<string, FileNode>>) =>
    directory({ mode: 0o555, uid, gid }, new Map(Object.entries(entries)));
  const link = (target: string) => symbolicLink(target, { uid, gid });
  const container = state.containers.get(process.container);
  const comm = commandName(process);
  const parent = state.processes.get(String(process.parent));
  const sees = parent && (process.pidns === 'host' || parent.pidns === process.pidns);
  const ppid = sees ? (process.pidns === 'host' ? parent.pid : parent.nsPid) : 0;
  const letter = process.stopped ? 'T' : STATES[process.state][0];
  const mapping = file('         0          0 4294967295\n', 0o644);
  return folder({
    cgroup: file('0::/\n'),
    cmdline: file(
      process.state === 'zombie' ? '' : (process.title ?? process.argv).map((word) => `${word}\0`).join(''),
    ),
    comm: file(`${comm}\n`, 0o644),
    cwd: link(process.cwd),
    environ: file(variables(process.environment), 0o400),
    exe: link(executed(state, process)),
    fd: folder({
      ...{ 0: link('/dev/null'), 1: link('pipe:[4711]'), 2: link('pipe:[4712]') },
      ...Object.fromEntries(state.trees.get(descriptors(process.pid))?.entries ?? []),
    }),
    gid_map: mapping,
    limits: file(limitsText(limitsOf(process))),
    loginuid: file('4294967295', 0o644),
    mountinfo: file(process.mounts.map(mountInfo).join('')),
    mounts: file(process.mounts.map(mountLine).join('')),
    ns: namespaces(process, container),
    oom_score: file('666\n'),
    oom_score_adj: file(`${container?.hostConfig.OomScoreAdj ?? 0}\n`, 0o644),
    root: link('/'),
    setgroups: file('allow\n', 0o644),
    stat: file(
      `${number} (${comm}) ${letter} ${ppid} ${number} ${number} 0 -1 4194560 1236 0 0 0 1 1 0 0 20 0 1 0 ${process.startedAt % 1_000_000} 2457600 349 18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n`,
    ),
    status: file(statusText(process, container, number, ppid)),
    uid_map: mapping,
  });
}

/** Key of the tree with what a process has opened for others to read by its number. */
export const descriptors = (pid: number) => `fd:${pid}`;

/** Opens a descriptor behind which there is a text: bash's `<(…)`. */
export function openDescriptor(state: EngineState, pid: number, number: string, text: string): void {
  const tree = state.trees.get(descriptors(pid)) ?? directory();
  state.trees.set(descriptors(pid), replace(tree, [number], regularFile(text, { mode: 0o600 }), state.now));
}

function variables(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${value}\0`)
    .join('');
}

/** The file that runs, links followed. */
function executed(state: EngineState, { executable, mounts }: Process): string {
  try {
    return new FileSystem({ trees: state.trees, now: state.now }, mounts, HOST_ROOT).realpath(executable);
  } catch (error) {
    if (error instanceof FileError) return executable;
    throw error;
  }
}

type Mounted = Process['mounts'][number];

const mountLine = (mount: Mounted) =>
  `${mountSource(mount)} ${mount.target} ${mount.type} ${mountOptions(mount).join(',')} 0 0\n`;

function mountInfo(mount: Mounted, index: number): string {
  const [access = '', ...rest] = mountOptions(mount);
  const common = ['nosuid', 'nodev', 'noexec', 'relatime'];
  const own = [access, ...rest.filter((option) => common.includes(option))].join(',');
  const filesystem = ['rw', ...rest.filter((option) => !common.includes(option))].join(',');
  const parent = index === 0 ? 500 : 501;
  return `${501 + index} ${parent} 0:${40 + index} ${mount.source} ${mount.target} ${own} - ${mount.type} ${mountSource(mount)} ${filesystem}\n`;
}

function statusText(process: Process, container: Container | undefined, number: string, ppid: number): string {
  const { uid, gid, groups, capabilities, bounding, noNewPrivileges } = process.credentials;
  const host = container?.hostConfig;
  const unconfined =
    !host || host.Privileged || (host.SecurityOpt ?? []).some((o) => /^seccomp[=:]unconfined$/.test(o));
  const effective = capabilityMask(capabilities);
  const four = (id: number) => Array(4).fill(id).join('\t');
  const none = '0000000000000000';
  const rows: readonly (readonly [name: string, value: string | number])[] = [
    ['Name', commandName(process)],
    ['Umask', (process.credentials.umask ?? 0o022).toString(8).padStart(4, '0')],
    ['State', process.stopped ? 'T (stopped)' : STATES[process.state]],
    ['Tgid', number],
    ['Ngid', 0],
    ['Pid', number],
    ['PPid', ppid],
    ['TracerPid', 0],
    ['Uid', four(uid)],
    ['Gid', four(gid)],
    ['FDSize', 64],
    ['Groups', `${groups.join(' ')} `],
    ...['NStgid', 'NSpid', 'NSpgid', 'NSsid'].map((name): [string, string] => [name, number]),
    ['Kthread', 0],
    ...(['VmPeak', 'VmSize'] as const).map((name): [string, string] => [name, '    2400 kB']),
    ...(['VmHWM', 'VmRSS'] as const).map((name): [string, string] => [name, '    1536 kB']),
    ['VmSwap', '       0 kB'],
    ['Threads', 1],
    ['SigQ', '0/96365'],
    ...['SigPnd', 'ShdPnd', 'SigBlk', 'SigIgn', 'SigCgt', 'CapInh'].map((name): [string, string] => [name, none]),
    ['CapPrm', effective],
    ['CapEff', effective],
    ['CapBnd', capabilityMask(bounding)],
    ['CapAmb', none],
    ['NoNewPrivs', noNewPrivileges ? 1 : 0],
    ['Seccomp', unconfined ? 0 : 2],
    ['Seccomp_filters', unconfined ? 0 : 1],
    ['Cpus_allowed_list', encode(host?.CpusetCpus || '0-1')],
    ['voluntary_ctxt_switches', 15],
    ['nonvoluntary_ctxt_switches', 41],
  ];
  return rows.map(([name, value]) => `${name}:\t${value}\n`).join('');
}

function namespaces(process: Process, container: Container | undefined): Directory {
  const own = process.container || 'host';
  const ipc = container?.hostConfig.IpcMode ?? '';
  const owners: Readonly<Record<string, string>> = {
    cgroup: container?.hostConfig.CgroupnsMode === 'host' ? 'host' : own,
    ipc: ipc === 'host' ? 'host' : ipc.startsWith('container:') ? ipc.slice('container:'.length) : own,
    ...{ mnt: own, net: process.netns, pid: process.pidns, pid_for_children: process.pidns },
    ...{ time: 'host', time_for_children: 'host', user: 'host', uts: process.uts },
  };
  const entries = Object.entries(owners).map(([name, owner]): [string, FileNode] => {
    const kind = name.replace('_for_children', '');
    return [name, symbolicLink(`${kind}:[${namespaceNumber(kind, owner)}]`)];
  });
  return directory({ mode: 0o511 }, new Map(entries));
}

/** A number like the kernel's inode of a namespace: the same for the same owner. */
function namespaceNumber(kind: string, owner: string): number {
  if (owner === 'host') return 4026531833 + kind.length + (kind.charCodeAt(0) % 7);
  let hash = kind.charCodeAt(0) + kind.length;
  for (const c of owner) hash = (hash * 31 + c.charCodeAt(0)) % 99_991;
  return 4026532000 + hash;
}

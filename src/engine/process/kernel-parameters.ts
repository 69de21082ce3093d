import { encode } from '../bytes.ts';
import { directory, type FileNode, regularFile } from '../files/node.ts';
import { replace } from '../files/tree.ts';
import type { EngineState } from '../state.ts';
import type { Process } from './process.ts';

/** Parameters below /proc/sys with the values that a container finds (sysctl(8)); a tab stands between several numbers. */
const PARAMETERS: Readonly<Record<string, string>> = {
  ...{ 'fs.file-max': '9223372036854775807', 'fs.nr_open': '1048576', 'fs.inotify.max_user_instances': '128' },
  ...{ 'fs.inotify.max_user_watches': '65536', 'fs.mqueue.msg_default': '10', 'fs.mqueue.msg_max': '10' },
  ...{ 'fs.mqueue.msgsize_default': '8192', 'fs.mqueue.msgsize_max': '8192', 'fs.mqueue.queues_max': '256' },
  ...{ 'kernel.cap_last_cap': '40', 'kernel.msgmax': '8192', 'kernel.msgmnb': '16384', 'kernel.msgmni': '32000' },
  ...{ 'kernel.ngroups_max': '65536', 'kernel.ostype': 'Linux', 'kernel.panic': '1', 'kernel.pid_max': '4194304' },
  ...{ 'kernel.randomize_va_space': '2', 'kernel.sem': '32000\t1024000000\t500\t32000' },
  ...{ 'kernel.shm_rmid_forced': '0', 'kernel.shmall': '18446744073692774399', 'kernel.shmmni': '4096' },
  ...{ 'kernel.shmmax': '18446744073692774399', 'kernel.threads-max': '192730' },
  ...{ 'net.core.rmem_default': '212992', 'net.core.rmem_max': '212992', 'net.core.somaxconn': '4096' },
  ...{ 'net.core.wmem_default': '212992', 'net.core.wmem_max': '212992', 'net.ipv4.icmp_echo_ignore_all': '0' },
  ...{ 'net.ipv4.conf.all.forwarding': '1', 'net.ipv4.conf.default.forwarding': '1' },
  ...{ 'net.ipv4.ip_default_ttl': '64', 'net.ipv4.ip_forward': '1', 'net.ipv4.ip_local_port_range': '32768\t60999' },
  ...{ 'net.ipv4.ip_local_reserved_ports': '', 'net.ipv4.ip_nonlocal_bind': '0' },
  ...{ 'net.ipv4.ip_unprivileged_port_start': '0', 'net.ipv4.ping_group_range': '0\t2147483647' },
  ...{ 'net.ipv4.tcp_fin_timeout': '60', 'net.ipv4.tcp_keepalive_intvl': '75', 'net.ipv4.tcp_keepalive_probes': '9' },
  ...{ 'net.ipv4.tcp_keepalive_time': '7200', 'net.ipv4.tcp_max_syn_backlog': '2048', 'net.ipv4.tcp_syn_retries': '6' },
  ...{ 'net.ipv4.tcp_synack_retries': '5', 'net.ipv4.tcp_syncookies': '1', 'net.ipv4.tcp_tw_reuse': '2' },
  ...{ 'net.ipv6.conf.all.disable_ipv6': '0', 'net.ipv6.conf.default.disable_ipv6': '0' },
  ...{ 'net.ipv6.conf.all.forwarding': '0', 'vm.max_map_count': '1048576', 'vm.overcommit_memory': '0' },
  ...{ 'vm.overcommit_ratio': '50', 'vm.swappiness': '60' },
};

/** What the host has otherwise than a container. */
const OF_HOST: Readonly<Record<string, string>> = {
  'net.ipv4.ip_unprivileged_port_start': '1024',
  'net.ipv4.ping_group_range': '1\t0',
};

/** Parameters that nobody may change. */
const FIXED = new Set(['kernel.cap_last_cap', 'kernel.ngroups_max', 'kernel.osrelease', 'kernel.ostype']);

/** Who has a value of its own for a parameter: a network, IPC or host name namespace, or the host for all. */
function ownerOf(name: string, { netns, uts, container }: Pick<Process, 'netns' | 'uts' | 'container'>): string {
  if (name.startsWith('net.')) return netns;
  if (/^kernel\.(?:host|domain)name$/.test(name)) return uts;
  if (/^(?:kernel\.(?:msg|sem|shm)|fs\.mqueue\.)/.test(name)) return container || 'host';
  return 'host';
}

type Viewer = Pick<Process, 'netns' | 'uts' | 'container'>;

/** The folder /proc/sys as a process finds it. */
export function parameterTree(state: EngineState, viewer: Viewer, release: string): FileNode {
  let tree = directory({ mode: 0o555 });
  const { hostnames } = state;
  const container = state.containers.get(viewer.uts);
  const named: Readonly<Record<string, string>> = {
    ...PARAMETERS,
    'kernel.hostname': hostnames.get(viewer.uts) ?? hostnames.get('host') ?? '',
    'kernel.domainname': container?.config.Domainname || '(none)',
    'kernel.osrelease': release,
  };
  for (const [name, usual] of Object.entries(named)) {
    const owner = ownerOf(name, viewer);
    const otherwise = owner === 'host' ? (OF_HOST[name] ?? usual) : usual;
    const value = state.kernelParameters.get(`${owner} ${name}`) ?? otherwise;
    const mode = FIXED.has(name) ? 0o444 : 0o644;
    tree = replace(tree, name.split('.'), regularFile(`${encode(value)}\n`, { mode }), 0);
  }
  return tree;
}

/** Notes a value that was written below /proc/sys; `path` below it. Unknown parameters can't be made. */
export function setParameter(state: EngineState, viewer: Viewer, path: readonly string[], text: string): void {
  const name = path.join('.');
  if (!(name in PARAMETERS) || text === '') return;
  const value = text.trim().split(/\s+/).join('\t');
  state.kernelParameters.set(`${ownerOf(name, viewer)} ${name}`, value);
}

/** Sets what `--sysctl` asks for a container that starts, and forgets what it had before. */
export function bootParameters(state: EngineState, id: string, sysctls: Readonly<Record<string, string>> = {}): void {
  for (const key of [...state.kernelParameters.keys()])
    if (key.startsWith(`${id} `)) state.kernelParameters.delete(key);
  for (const [name, value] of Object.entries(sysctls)) state.kernelParameters.set(`${id} ${name}`, value);
}

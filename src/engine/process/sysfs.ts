import { type Directory, directory, type FileNode, regularFile } from '../files/node.ts';
import { type Interface, interfacesOf } from '../networks/interfaces.ts';
import type { EngineState } from '../state.ts';

const file = (data: string, mode = 0o444) => regularFile(data, { mode });
const folder = (entries: Readonly<Record<string, FileNode>> = {}) =>
  directory({ mode: 0o555 }, new Map(Object.entries(entries)));

/** What a container finds in /sys: its network devices and the limits of its control group (cgroups(7), version 2). */
export function sysTree(state: EngineState, id: string, netns: string): Directory {
  const devices = interfacesOf(state, netns);
  const net = Object.fromEntries(devices.map((device, index) => [device.name, networkDevice(device, index + 1)]));
  const empty = Object.fromEntries(
    ['block', 'bus', 'dev', 'devices', 'firmware', 'kernel', 'module', 'power'].map((name) => [name, folder()]),
  );
  return folder({ ...empty, class: folder({ net: folder(net) }), fs: folder({ cgroup: controlGroup(state, id) }) });
}

function networkDevice({ name, mac, mtu }: Interface, index: number): Directory {
  const loopback = name === 'lo';
  return folder({
    addr_len: file('6\n'),
    address: file(`${loopback ? '00:00:00:00:00:00' : mac}\n`),
    broadcast: file(loopback ? '00:00:00:00:00:00\n' : 'ff:ff:ff:ff:ff:ff\n'),
    carrier: file('1\n', 0o644),
    duplex: file(loopback ? '' : 'full\n'),
    flags: file(loopback ? '0x9\n' : '0x1003\n', 0o644),
    ifindex: file(`${index}\n`),
    mtu: file(`${loopback ? 65_536 : (mtu ?? 1500)}\n`, 0o644),
    operstate: file(loopback ? 'unknown\n' : 'up\n'),
    speed: file(loopback ? '' : '10000\n'),
    statistics: folder(
      Object.fromEntries(
        ['rx_bytes', 'rx_dropped', 'rx_errors', 'rx_packets', 'tx_bytes', 'tx_dropped', 'tx_errors', 'tx_packets'].map(
          (counter) => [counter, file('0\n')],
        ),
      ),
    ),
    tx_queue_len: file('1000\n', 0o644),
    type: file(loopback ? '772\n' : '1\n'),
    uevent: file(`INTERFACE=${name}\nIFINDEX=${index}\n`, 0o644),
  });
}

function controlGroup(state: EngineState, id: string): Directory {
  const container = state.containers.get(id);
  const config = container?.hostConfig;
  const inside = [...state.processes.values()].filter(
    (process) => process.container === id && process.state !== 'zombie',
  );
  const limit = (value: number | null | undefined) => (value && value > 0 ? `${value}\n` : 'max\n');
  const quota = config?.NanoCpus ? Math.round(config.NanoCpus / 10_000) : config?.CpuQuota;
  const swap = config ? config.MemorySwap - config.Memory : 0;
  const killed = container?.state.oomKilled ? 1 : 0;
  return folder({
    'cgroup.controllers': file('cpuset cpu io memory hugetlb pids rdma misc\n'),
    'cgroup.events': file('populated 1\nfrozen 0\n'),
    'cgroup.freeze': file('0\n', 0o644),
    'cgroup.procs': file(inside.map(({ nsPid }) => `${nsPid}\n`).join(''), 0o644),
    'cgroup.type': file('domain\n', 0o644),
    'cpu.max': file(`${quota ? quota : 'max'} ${config?.CpuPeriod || 100000}\n`, 0o644),
    'cpu.stat': file(
      'usage_usec 24000\nuser_usec 12000\nsystem_usec 12000\nnr_periods 0\nnr_throttled 0\nthrottled_usec 0\n',
    ),
    'cpu.weight': file(
      `${config?.CpuShares ? Math.max(1, Math.round(1 + ((config.CpuShares - 2) * 9999) / 262142)) : 100}\n`,
      0o644,
    ),
    'cpuset.cpus': file(`${config?.CpusetCpus ?? ''}\n`, 0o644),
    'cpuset.cpus.effective': file(`${config?.CpusetCpus || '0-1'}\n`),
    'cpuset.mems': file(`${config?.CpusetMems ?? ''}\n`, 0o644),
    'io.stat': file(''),
    'memory.current': file('1048576\n'),
    'memory.events': file(`low 0\nhigh 0\nmax 0\noom ${killed}\noom_kill ${killed}\noom_group_kill 0\n`),
    'memory.high': file('max\n', 0o644),
    'memory.low': file(`${config?.MemoryReservation ?? 0}\n`, 0o644),
    'memory.max': file(limit(config?.Memory), 0o644),
    'memory.min': file('0\n', 0o644),
    'memory.peak': file('2097152\n'),
    'memory.stat': file('anon 524288\nfile 262144\nkernel 262144\n'),
    'memory.swap.current': file('0\n'),
    'memory.swap.max': file(config && config.MemorySwap > 0 ? `${swap}\n` : 'max\n', 0o644),
    'pids.current': file(`${inside.length}\n`),
    'pids.max': file(limit(config?.PidsLimit), 0o644),
    'pids.peak': file(`${inside.length}\n`),
  });
}

import { type Directory, directory, type FileNode, regularFile } from '../files/node.ts';
import { interfacesOf } from '../networks/interfaces.ts';
import type { EngineState } from '../state.ts';

const file = (data: string) => regularFile(data, { mode: 0o444 });
const folder = (entries: Readonly<Record<string, FileNode>>) =>
  directory({ mode: 0o555 }, new Map(Object.entries(entries)));

/** Devices, routes and listening ports of a network namespace, as proc_pid_net(5) has them. */
export function netFolder(state: EngineState, netns: string): Directory {
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
    arp: file('IP address       HW type     Flags       HW address            Mask     Device\n'),
    if_inet6: file('00000000000000000000000000000001 01 80 10 80       lo\n'),
    route: file(routes(state, netns, hex)),
    tcp: table('tcp'),
    udp: table('udp'),
  });
}

function routes(state: EngineState, netns: string, hex: (address: string) => string): string {
  const title = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
  const row = (name: string, destination: string, gateway: string, flags: string, bits: number) => {
    const mask = bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
    const dotted = [24, 16, 8, 0].map((shift) => (mask >>> shift) & 255).join('.');
    return `${name}\t${hex(destination)}\t${hex(gateway)}\t${flags}\t0\t0\t0\t${hex(dotted)}\t0\t0\t0`;
  };
  const devices = interfacesOf(state, netns).filter(({ name }) => name !== 'lo');
  const way = devices.find(({ gateway }) => gateway !== '');
  const lines = [
    title,
    ...(way ? [row(way.name, '0.0.0.0', way.gateway, '0003', 0)] : []),
    ...devices.map(({ name, subnet, prefix }) => row(name, subnet.split('/')[0] ?? '', '0.0.0.0', '0001', prefix)),
  ];
  return lines.map((line) => `${line.padEnd(127)}\n`).join('');
}

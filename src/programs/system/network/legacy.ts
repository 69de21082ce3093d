import { formatAddress, parseAddress, parsePrefix, size } from '../../../engine/networks/address.ts';
import type { Interface } from '../../../engine/networks/interfaces.ts';
import { DOCKER_PROXY } from '../../../engine/networks/view.ts';
import { hasCapability } from '../../../engine/process/credentials.ts';
import { commandName } from '../../../engine/process/process.ts';
import type { Outcome } from '../../../engine/process/program.ts';
import type { Socket } from '../../../engine/state.ts';
import type { Tool } from '../../tool.ts';
import { type Invocation, tool, UsageError, waiting } from '../invocation.ts';
import { parseOptions } from '../options.ts';

const mask = (prefix: number) => formatAddress(prefix === 0 ? 0 : 2 ** 32 - 2 ** (32 - prefix));

function broadcast({ subnet }: Interface): string {
  const prefix = parsePrefix(subnet);
  return prefix ? formatAddress(prefix.base + size(prefix) - 1) : '';
}

export const ifconfig: Tool = tool(
  (call) => {
    const [name, ...changes] = call.args.filter((word) => word !== '-a');
    const interfaces = [...call.kernel.network.interfaces()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const chosen = name === undefined ? interfaces : interfaces.filter((device) => device.name === name);
    if (chosen.length === 0)
      throw call.failure(
        `${name}: error fetching interface information: Device not found`,
        `${name}: error fetching interface information: Device not found`,
      );
    if (changes.length > 0) {
      if (hasCapability(call.kernel.credentials, 'NET_ADMIN')) return;
      const [change = ''] = changes;
      const request = change === 'mtu' ? 'SIOCSIFMTU' : /^\d/.test(change) ? 'SIOCSIFADDR' : 'SIOCSIFFLAGS';
      throw call.failure(`${request}: Operation not permitted`, `${request}: Operation not permitted`);
    }
    for (const device of chosen) call.out(call.busybox ? busyboxCard(device) : gnuCard(device));
  },
  { usage: 'ifconfig [-a] [IFACE] [ADDRESS]', pointer: false },
);

function busyboxCard(device: Interface): string {
  const lo = device.name === 'lo';
  const rows = [
    lo ? 'Link encap:Local Loopback  ' : `Link encap:Ethernet  HWaddr ${device.mac.toUpperCase()}  `,
    ...(device.address === ''
      ? []
      : [`inet addr:${device.address}${lo ? '' : `  Bcast:${broadcast(device)}`}  Mask:${mask(device.prefix)}`]),
    ...(lo ? ['inet6 addr: ::1/128 Scope:Host'] : []),
    `UP ${lo ? 'LOOPBACK RUNNING' : 'BROADCAST RUNNING MULTICAST'}  MTU:${lo ? 65536 : (device.mtu ?? 1500)}  Metric:1`,
    'RX packets:0 errors:0 dropped:0 overruns:0 frame:0',
    'TX packets:0 errors:0 dropped:0 overruns:0 carrier:0',
    `collisions:0 txqueuelen:${lo ? 1000 : 0} `,
    'RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)',
  ];
  return `${rows.map((row, i) => `${i === 0 ? device.name.padEnd(10) : ' '.repeat(10)}${row}\n`).join('')}\n`;
}

function gnuCard(device: Interface): string {
  const lo = device.name === 'lo';
  const rows = [
    `${device.name}: flags=${lo ? '73<UP,LOOPBACK,RUNNING>' : '4163<UP,BROADCAST,RUNNING,MULTICAST>'}  mtu ${lo ? 65536 : (device.mtu ?? 1500)}`,
    ...(device.address === ''
      ? []
      : [
          `        inet ${device.address}  netmask ${mask(device.prefix)}${lo ? '' : `  broadcast ${broadcast(device)}`}`,
        ]),
    lo ? '        loop  txqueuelen 1000  (Local Loopback)' : `        ether ${device.mac}  txqueuelen 0  (Ethernet)`,
    '        RX packets 0  bytes 0 (0.0 B)',
    '        RX errors 0  dropped 0  overruns 0  frame 0',
    '        TX packets 0  bytes 0 (0.0 B)',
    '        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0',
  ];
  return `${rows.join('\n')}\n\n`;
}

interface Row {
  readonly to: string;
  readonly gateway: string;
  readonly mask: string;
  readonly flags: string;
  readonly device: string;
}

function table(call: Invocation, numeric: boolean): Row[] {
  const rows = call.kernel.network.routes().map(({ destination, gateway, device }): Row => {
    if (destination === 'default')
      return { to: numeric ? '0.0.0.0' : 'default', gateway, mask: '0.0.0.0', flags: 'UG', device };
    const [base = '', prefix = '0'] = destination.split('/');
    return { to: base, gateway: numeric ? '0.0.0.0' : '*', mask: mask(Number(prefix)), flags: 'U', device };
  });
  return rows.sort((a, b) => (parseAddress(a.to) ?? 0) - (parseAddress(b.to) ?? 0));
}

export const route: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'nNeA:');
    if (options.operands.length > 0) {
      if (hasCapability(call.kernel.credentials, 'NET_ADMIN')) throw call.failure('SIOCADDRT: Operation not supported');
      throw call.failure(`SIOC${options.operands[0]!.startsWith('d') ? 'DEL' : 'ADD'}RT: Operation not permitted`);
    }
    call.out(
      'Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n',
    );
    for (const row of table(call, options.has('n')))
      call.out(
        `${row.to.padEnd(15)} ${row.gateway.padEnd(15)} ${row.mask.padEnd(15)} ${row.flags.padEnd(5)} 0      0        0 ${row.device}\n`,
      );
  },
  { usage: 'route [-ne] [-A inet[6]] [{add|del|delete}]', pointer: false },
);

/** Name and process id of whoever holds a socket, where the caller may know it. */
function holder(call: Invocation, { pid }: Socket): { pid: number; name: string } | undefined {
  if (pid === DOCKER_PROXY) return { pid: 4242, name: 'docker-proxy' };
  const process = call.kernel.processes().find((other) => other.pid === pid);
  return process && { pid: process.nsPid, name: commandName(process) };
}

const any = (address: string) => address === '' || address === '*';

function local(socket: Socket, brackets: boolean): string {
  if (any(socket.address)) return `0.0.0.0:${socket.port}`;
  if (socket.address.includes(':')) return `${brackets ? `[${socket.address}]` : socket.address}:${socket.port}`;
  return `${socket.address}:${socket.port}`;
}

export const netstat: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'ralntuwxep46c', {
      long: { listening: 'l', tcp: 't', udp: 'u', numeric: 'n', all: 'a', route: 'r', programs: 'p', program: 'p' },
    });
    if (options.has('r')) {
      call.out(
        'Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n',
      );
      for (const row of table(call, options.has('n')))
        call.out(
          `${row.to.padEnd(15)} ${row.gateway.padEnd(15)} ${row.mask.padEnd(15)} ${row.flags.padEnd(9)} 0 0          0 ${row.device}\n`,
        );
      return;
    }
    const kind = options.has('l') ? 'only servers' : options.has('a') ? 'servers and established' : 'w/o servers';
    const families = options.has('t', 'u', 'x', 'w');
    const programs = options.has('p');
    if (!families || options.has('t', 'u', 'w')) {
      call.out(`Active Internet connections (${kind})\n`);
      call.out(
        `Proto Recv-Q Send-Q Local Address           Foreign Address         State       ${programs ? 'PID/Program name    ' : ''}\n`,
      );
      const shown = options.has('l', 'a') ? call.kernel.network.sockets() : [];
      for (const protocol of ['tcp', 'udp'] as const) {
        if (families && !options.has(protocol === 'tcp' ? 't' : 'u')) continue;
        for (const socket of [...shown].filter((entry) => entry.protocol === protocol).sort(byFamily)) {
          const six = socket.address.includes(':');
          const far = six ? ':::*' : '0.0.0.0:*';
          const owner = programs ? holder(call, socket) : undefined;
          const text = programs ? (owner ? `${owner.pid}/${owner.name}` : '-') : '';
          call.out(
            `${`${protocol}${six && !call.busybox ? '6' : ''}`.padEnd(4)}  ${'0'.padStart(6)} ${'0'.padStart(6)} ${local(socket, false).padEnd(23)} ${far.padEnd(23)} ${(protocol === 'tcp' ? 'LISTEN' : '').padEnd(12)}${text}\n`,
          );
        }
      }
    }
    if (!families || options.has('x'))
      call.out(
        `Active UNIX domain sockets (${kind})\nProto RefCnt Flags       Type       State         I-Node ${programs ? 'PID/Program name    ' : ''}Path\n`,
      );
  },
  { usage: 'netstat [-ral] [-tuwx] [-en]', pointer: false },
);

const byFamily = (a: Socket, b: Socket) => Number(a.address.includes(':')) - Number(b.address.includes(':'));

/** iproute2's list of sockets; columns as wide as what stands in them. */
export const ss: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'tulnpaxeomi46sHOwZ', {
      long: {
        tcp: 't',
        udp: 'u',
        listening: 'l',
        numeric: 'n',
        processes: 'p',
        all: 'a',
        summary: 's',
        'no-header': 'H',
        ipv4: '4',
        ipv6: '6',
        unix: 'x',
      },
    });
    const families = options.has('t', 'u', 'x');
    const wanted = call.kernel.network.sockets().filter((socket) => {
      if (families && !options.has(socket.protocol === 'tcp' ? 't' : 'u')) return false;
      if (options.has('4') && socket.address.includes(':')) return false;
      return !(options.has('6') && !socket.address.includes(':'));
    });
    const sockets = options.has('l', 'a') ? [...wanted].sort(byFamily) : [];
    const both = !families || (options.has('t') && options.has('u'));
    const cells = sockets.map((socket) => {
      const owner = options.has('p') ? holder(call, socket) : undefined;
      const [host = '', port = ''] = split(local(socket, true));
      return {
        ...{ netid: socket.protocol, state: socket.protocol === 'tcp' ? 'LISTEN' : 'UNCONN', host, port },
        ...{ queue: socket.protocol === 'udp' ? '0' : owner?.name === 'nginx' || socket.port === 80 ? '511' : '4096' },
        ...{
          peer: socket.address.includes(':') ? '[::]' : '0.0.0.0',
          owner: owner ? `users:(("${owner.name}",pid=${owner.pid},fd=7))` : '',
        },
      };
    });
    const wide = (title: string, list: readonly string[]) => Math.max(title.length, ...list.map((text) => text.length));
    const netid = wide(
      'Netid',
      cells.map((cell) => cell.netid),
    );
    const state = wide(
      'State',
      cells.map((cell) => cell.state),
    );
    const host = wide(
      'Local Address',
      cells.map((cell) => cell.host),
    );
    const port = wide(
      'Port',
      cells.map((cell) => cell.port),
    );
    const peer = wide(
      'Peer Address',
      cells.map((cell) => cell.peer),
    );
    const owner = options.has('p')
      ? wide(
          'Process',
          cells.map((cell) => cell.owner),
        )
      : 0;
    const line = (
      a: string,
      b: string,
      q: string,
      s: string,
      h: string,
      p: string,
      ph: string,
      pp: string,
      o: string,
    ) =>
      `${both ? `${a.padEnd(netid)} ` : ''}${b.padEnd(state)} ${q.padEnd(6)} ${s.padEnd(6)} ${h.padStart(host)}:${p.padEnd(port)} ${ph.padStart(peer)}:${pp.padEnd(4)}${options.has('p') ? o.padEnd(owner) : ''}\n`;
    if (!options.has('H'))
      call.out(line('Netid', 'State', 'Recv-Q', 'Send-Q', 'Local Address', 'Port', 'Peer Address', 'Port', 'Process'));
    for (const cell of cells)
      call.out(line(cell.netid, cell.state, '0', cell.queue, cell.host, cell.port, cell.peer, '*', cell.owner));
  },
  { pointer: false },
);

function split(text: string): [string, string] {
  const at = text.lastIndexOf(':');
  return [text.slice(0, at), text.slice(at + 1)];
}

export const arp: Tool = tool(
  (call) => {
    parseOptions(call, 'anveDH:i:');
    const way = call.kernel.network.interfaces().find(({ gateway }) => gateway !== '');
    if (way) call.out(`? (${way.gateway}) at 02:42:00:00:00:01 [ether]  on ${way.name}\n`);
  },
  { usage: 'arp [-vn] [-H HWTYPE] [-i IF] -a [HOSTNAME]', pointer: false },
);

/** The way to a host: one hop on the same network, the gateway before anything else. */
export const traceroute: Tool = waiting(
  (call): Outcome => {
    if (call.kernel.memory !== undefined) {
      call.out(String(call.kernel.memory));
      return { exit: 0 };
    }
    const options = parseOptions(call, '46FIlnrvf:m:q:p:t:w:z:i:s:');
    const [name, packet = '38'] = options.operands;
    if (name === undefined)
      throw call.busybox ? new UsageError() : call.failure('', 'Specify "host" missing argument.');
    const { network } = call.kernel;
    const [address] = network.resolve(name);
    if (address === undefined) throw call.failure(`bad address '${name}'`, `${name}: Name or service not known`);
    const most = Number(options.value('m') ?? 30);
    const probes = Number(options.value('q') ?? 3);
    const wait = Number(options.value('w') ?? 5) * 1000;
    call.out(
      `traceroute to ${name} (${address}), ${most} hops max, ${call.busybox ? Number(packet) + 8 : 60} byte packets\n`,
    );
    if (network.echo(address) === 'unreachable')
      throw call.failure('sendto: Network is unreachable', 'connect: Network is unreachable');
    const times = Array.from({ length: probes }, () => `  0.00${Math.floor(call.kernel.random() * 5) + 3} ms`).join('');
    const hop = (number: number, at: string) => {
      const known = options.has('n') ? undefined : network.reverse(at);
      return `${String(number).padStart(2)}  ${options.has('n') ? at : `${known ?? at} (${at})`}${times}\n`;
    };
    const own = network.interfaces();
    const number = parseAddress(address) ?? 0;
    const near = own.some((device) => {
      const prefix = parsePrefix(device.subnet);
      return (
        device.address === address ||
        (prefix !== undefined && number >= prefix.base && number < prefix.base + size(prefix))
      );
    });
    if (near && network.echo(address) === undefined) {
      call.out(hop(1, address));
      return { exit: 0 };
    }
    const gateway = own.find((device) => device.gateway !== '')?.gateway;
    const first = near || gateway === undefined ? 1 : 2;
    if (first === 2) call.out(hop(1, gateway!));
    if (network.echo(address) === undefined && most >= 2) {
      call.out(hop(2, address));
      return { exit: 0 };
    }
    const silent = Array.from(
      { length: Math.max(0, Math.min(most, 64) - first + 1) },
      (_, i) => `${String(first + i).padStart(2)}${'  *'.repeat(probes)}\n`,
    );
    if (silent.length === 0) return { exit: 0 };
    call.kernel.memory = silent.join('');
    return { wait: { until: call.kernel.now + silent.length * probes * wait } };
  },
  { usage: 'traceroute [-46FIlnrv] [-f 1ST_TTL] [-m MAXTTL] [-q PROBES] HOST [BYTES]', pointer: false },
);
